"""The money of a window of the month sheet, read from five tables in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import (
    InvestmentMonth,
    MonthCell,
    MonthPlan,
    ProjectDescent,
    ProjectYear,
)
from gongjian.flow.projects.queries.amounts import MonthMoney
from gongjian.flow.projects.queries.events import seen_by
from gongjian.flow.projects.queries.reached import last_heirs
from gongjian.flow.projects.queries.sheet_months import MonthOf, SheetRow, Told, uid_of
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.acceptance.rules import FILL
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import KEEP_OFFICE, allows


def fill_months(rows: Iterable[SheetRow], campaign: Campaign, *, reader: User) -> None:
    """The money of a year for each of the rows: what counts, what was sent in, what was typed.

    Of two projects found to be one, the month of the one that stayed counts; the other's only
    where that has none. One query, however many.
    """
    of = {row.pk: row for row in rows}
    found = _lines(list(of), campaign, reader)
    heirs = last_heirs({line.project: line.number for line in found if line.kind == "merge"})
    lent: dict[tuple[int, int], MonthMoney] = {}
    for line in found:
        row, kind = of.get(line.project), line.kind
        if kind == "plan" and row is not None:
            row.months[int(line.month[5:]) - 1].planned = _sum(line.done)
        elif kind == "year" and row is not None:
            row.year_plan, row.done_before = _sum(line.done), _sum(line.stat_done)
        elif kind in ("month", "cell") and row is not None:
            _put(row, row.months[int(line.month[5:]) - 1], line)
        elif kind == "month" and line.code == State.ACCEPTED and heirs.get(line.project) in of:
            lent[heirs[line.project], int(line.month[5:]) - 1] = line.money
    for (heir, place), money in lent.items():
        month = of[heir].months[place]
        if not month.accepted:
            month.money, month.accepted = money, True


@dataclass(frozen=True, slots=True)
class DraftsSeen:
    """Whose drafts a reader sees: those of the own unit, or the office's plans."""

    unit: int | None
    plans: bool


def drafts_seen_by(reader: User) -> DraftsSeen:
    """Drafts are seen where they are made: nobody's are but one's own unit's."""
    return DraftsSeen(
        unit=reader.unit_id if allows(FILL, reader) else None, plans=allows(KEEP_OFFICE, reader)
    )


def cells_seen_by(reader: User) -> Q:
    """The drafts a reader sees."""
    said = drafts_seen_by(reader)
    seen = Q(unit__isnull=True) if said.plans else Q(pk__in=[])
    return seen if said.unit is None else seen | Q(unit=said.unit)


class _Line(NamedTuple):
    """One row of the union: a month, a plan, a draft, a place in the year, a merge."""

    kind: str
    project: int
    month: str
    done: Any
    stat_done: Any
    arrived: Any
    early_cost: Any
    words: str
    code: str  # state of a month, column of a draft
    reason: str
    corrects: int | None
    uid: Any
    number: int  # version; of a merge the project that stayed
    at: str | None  # when it was accepted, as the database writes it

    @property
    def money(self) -> MonthMoney:
        return MonthMoney(
            _sum(self.done), _sum(self.stat_done), _sum(self.arrived), _sum(self.early_cost)
        )


# By hand and not by the mapper: it would spend longer on building this than the database on
# answering it, and four questions would be four. By kind, then as they were accepted: the last
# of a month counts.
LINES = """
SELECT 'month', project_id, month, done, stat_done, arrived, early_cost, words, state,
       return_reason, corrects_id, uid, version, CAST(accepted_at AS TEXT)
  FROM {months}
 WHERE month BETWEEN %s AND %s AND (unit_id = %s OR state = 'accepted' OR state IN ({states}))
   AND (project_id IN ({keys}) OR state = 'accepted' AND project_id IN
        (SELECT earlier_id FROM {descents} WHERE kind = 'merge'))
UNION ALL
SELECT 'plan', project_id, month, planned, NULL, NULL, NULL, '', '', '', NULL, NULL, number, NULL
  FROM {plans} WHERE month BETWEEN %s AND %s AND project_id IN ({keys})
UNION ALL
SELECT 'cell', project_id, month, NULL, NULL, NULL, NULL, typed, "column", '', NULL, NULL, version,
       NULL
  FROM {cells}
 WHERE month BETWEEN %s AND %s AND (unit_id = %s OR unit_id IS NULL AND %s)
   AND project_id IN ({keys})
UNION ALL
SELECT 'year', project_id, '', plan_investment, done_before, NULL, NULL, '', '', '', NULL, NULL, 0,
       NULL
  FROM {years} WHERE campaign_id = %s AND project_id IN ({keys})
UNION ALL
SELECT 'merge', earlier_id, '', NULL, NULL, NULL, NULL, '', '', '', NULL, NULL, later_id, NULL
  FROM {descents} WHERE kind = 'merge'
 ORDER BY 1, 14, 13
"""
TABLES = {
    "years": ProjectYear._meta.db_table,
    "months": InvestmentMonth._meta.db_table,
    "plans": MonthPlan._meta.db_table,
    "cells": MonthCell._meta.db_table,
    "descents": ProjectDescent._meta.db_table,
}


def _lines(keys: list[int], campaign: Campaign, reader: User) -> list[_Line]:
    """All that one window needs of five tables, in one query."""
    if not keys:
        return []
    seen, drafts = seen_by(reader), drafts_seen_by(reader)
    marks = {"keys": ", ".join(["%s"] * len(keys)), "states": ", ".join(["%s"] * len(seen.states))}
    span = [f"{campaign.year}-01", f"{campaign.year}-12"]
    given = [
        *span, seen.unit, *seen.states, *keys,
        *span, *keys,
        *span, drafts.unit, drafts.plans, *keys,
        campaign.pk, *keys,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(LINES.format(**TABLES, **marks), given)
        return [_Line._make(line) for line in cursor.fetchall()]


def _sum(value: Any) -> Decimal | None:
    """A sum as PostgreSQL gives it, and from the number that SQLite keeps."""
    if value is None or isinstance(value, Decimal):
        return value
    return Decimal(f"{value:.2f}") if isinstance(value, float) else Decimal(value)


def _put(row: SheetRow, month: MonthOf, line: _Line) -> None:
    """What a unit said of a month: it counts, or it is under way."""
    if line.kind == "cell":
        month.cells[line.code] = (line.words, line.number)
        row.under_way = True
        return
    if line.code == State.ACCEPTED:
        month.money, month.words, month.accepted = line.money, line.words, True
    else:
        month.told = Told(uid_of(line.uid), line.number, line.code, line.money, line.words,
                          line.corrects is not None, line.reason)  # fmt: skip
        row.under_way = True
    if line.corrects is None:
        month.key = line.uid

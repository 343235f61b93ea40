"""The month sheet: a window of projects with their money of a year, accepted and not yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import (
    Count,
    Q,
    QuerySet,
    Subquery,
    Value,
)

from gongjian.engine.standing import MONTHS, MoneyStanding, stand_at
from gongjian.engine.typed import read_typed
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import (
    InvestmentMonth,
    MonthCell,
    MonthPlan,
    Project,
    ProjectDescent,
    ProjectList,
    ProjectYear,
)
from gongjian.flow.projects.queries.amounts import MonthMoney
from gongjian.flow.projects.queries.events import seen_by
from gongjian.flow.projects.queries.listing import RegisterFilter, in_register, narrowed
from gongjian.flow.projects.queries.lists import members_on
from gongjian.flow.projects.queries.reached import last_heirs
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.acceptance.rules import FILL, OPEN
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.orgs.rules import KEEP_OFFICE, allows
from gongjian.lib.days import local_day

Column = MonthCell.Column
LIST = "list"
NOTHING = MonthMoney(None, None, None, None)


@dataclass(frozen=True, slots=True)
class SheetFilter:
    """Which projects a sheet shows: as the register, by who reports, by list, or one's own."""

    register: RegisterFilter = field(default_factory=RegisterFilter)
    unit: str = ""
    listed: ProjectList | None = None
    own: int | None = None  # the key of a unit
    waiting: tuple[str, str] | None = None  # a month, and the state that waits for a step

    @property
    def any(self) -> bool:
        return bool(self.register.any or self.unit or self.listed)


@dataclass(frozen=True, slots=True)
class Told:
    """A month that was sent in and does not count yet, or was returned."""

    uid: UUID
    version: int
    state: str
    money: MonthMoney
    words: str
    correction: bool
    return_reason: str


@dataclass(slots=True)
class MonthOf:
    """One month of one project; `cells` are drafts: {column: (typed, version)}."""

    planned: Decimal | None = None
    money: MonthMoney = NOTHING
    words: str = ""
    uid: UUID | None = None  # of the first row that was sent in
    accepted: bool = False
    told: Told | None = None
    cells: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether a reporter may still type: nothing was sent in, or it came back."""
        return not self.accepted and (self.told is None or self.told.state in OPEN)

    def is_unsettled(self, column: str) -> bool:
        """Whether a figure waits to be sent in, checked or accepted."""
        under_way = self.told is not None and self.told.state not in OPEN
        return column in self.cells or (under_way and column != Column.PLANNED)

    @property
    def says_anything(self) -> bool:
        """Whether sending the drafts in would say or change something."""
        blank = all(not typed.strip() for typed, _version in self.cells.values())
        return bool(self.cells) and (not blank or self.told is not None)

    def standing_value(self, column: str) -> Decimal | str | None:
        """What a cell shows without its draft: what counts, else what was sent in."""
        if column == Column.PLANNED:
            return self.planned
        source = self.told if self.told is not None and not self.accepted else self
        if column == Column.WORDS:
            return source.words
        value: Decimal | None = getattr(source.money, column)
        return value

    def would_say(self, column: str) -> Decimal | None:
        """The figure of a column if the drafts were sent in; one that is no number counts as one.

        Of a month that came back, what it said stands where nothing else is typed.
        """
        if column in self.cells:
            read = read_typed(self.cells[column][0])
            return read.yuan if read.code in ("ok", "empty") else Decimal(0)
        value = self.standing_value(column)
        return value if isinstance(value, Decimal) else None

    def as_told(self, column: str) -> Decimal | None:
        """The figure with what does not count yet; a draft that is no number changes nothing."""
        value = self.planned if column == Column.PLANNED else getattr(self.money, column)
        if self.told is not None and self.told.state not in OPEN and column != Column.PLANNED:
            value = getattr(self.told.money, column)
        if column in self.cells:
            read = read_typed(self.cells[column][0])
            return read.yuan if read.code in ("ok", "empty") else value
        return value


@dataclass(slots=True)
class SheetRow:
    """A project of the sheet with its twelve months, January first."""

    pk: int
    uid: UUID
    name: str
    filler: int | None
    township: int | None
    standing: str
    total: Decimal | None
    year_plan: Decimal | None = None
    done_before: Decimal | None = None
    months: list[MonthOf] = field(default_factory=lambda: [MonthOf() for _ in range(MONTHS)])
    stood: dict[tuple[str, int, str], MoneyStanding] = field(default_factory=dict)

    @property
    def unit(self) -> int | None:
        """The key of the unit that reports: the one named, else the township."""
        return self.filler or self.township

    def counted(self, month: int, column: str = Column.DONE) -> MoneyStanding:
        """Where the project stands by what was accepted."""
        place = ("counted", month, column)
        if place not in self.stood:
            figures = [getattr(one.money, column) for one in self.months]
            planned = [one.planned for one in self.months]
            self.stood[place] = stand_at(planned, figures, year_plan=self.year_plan, month=month)
        return self.stood[place]

    def told(self, month: int, column: str = Column.DONE) -> MoneyStanding:
        """Where it would stand if all that was sent in and typed were accepted."""
        if all(one.told is None and not one.cells for one in self.months[:month]):
            return self.counted(month, column)
        place = ("told", month, column)
        if place not in self.stood:
            planned = [one.as_told(Column.PLANNED) for one in self.months]
            figures = [one.as_told(column) for one in self.months]
            self.stood[place] = stand_at(planned, figures, year_plan=self.year_plan, month=month)
        return self.stood[place]


@dataclass(frozen=True)
class Window:
    """The projects of one page of the sheet, and how many there are."""

    rows: list[SheetRow]
    total: int

    @cached_property
    def keys(self) -> list[int]:
        return [row.pk for row in self.rows]


def sheet_window(
    campaign: Campaign,
    wanted: SheetFilter,
    *,
    reader: User,
    at: datetime,
    offset: int,
    limit: int,
) -> Window:
    """A window of the sheet in the order of the register. Two queries; five with a stage."""
    found = _wanted(campaign, wanted, at=at)
    counted = found.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    whole = found.annotate(whole=Subquery(counted.values("n")))
    lines = list(whole.values_list(*TOLD, "whole")[offset : offset + limit])
    if not lines and offset:
        return Window([], found.count())
    rows = [SheetRow(*line[:-1]) for line in lines]
    fill_months(rows, campaign, reader=reader)
    return Window(rows, lines[0][-1] if lines else 0)


def sheet_rows(campaign: Campaign, uids: Iterable[UUID], *, reader: User) -> list[SheetRow]:
    """The rows of these projects of a year, in their order. Two queries."""
    found = in_register(campaign, RegisterFilter()).filter(uid__in=list(uids))
    rows = [SheetRow(*line) for line in found.values_list(*TOLD)]
    fill_months(rows, campaign, reader=reader)
    return rows


def sheet_keys(
    campaign: Campaign, wanted: SheetFilter, *, at: datetime
) -> list[tuple[UUID, str, str]]:
    """(uid, name, code) of every project of the sheet, in its order. One query."""
    return list(_wanted(campaign, wanted, at=at).values_list("uid", "name", "code"))


def fill_months(rows: Iterable[SheetRow], campaign: Campaign, *, reader: User) -> None:
    """The money of a year for each of the rows: what counts, what was sent in, what was typed.

    Of two projects found to be one, the month of the one that stayed counts; the other's only
    where that has none. One query, however many.
    """
    of = {row.pk: row for row in rows}
    found = _lines(list(of), campaign, reader)
    heirs = last_heirs({line.project: line.number for line in found if line.kind == "merge"})
    lent: dict[tuple[int, int], MonthMoney] = {}
    for line in sorted(found, key=lambda one: (one.kind, str(one.at or ""), one.number)):
        row = of.get(line.project)
        if line.kind == "year" and row is not None:
            row.year_plan, row.done_before = _sum(line.done), _sum(line.stat_done)
        if line.kind in ("year", "merge"):
            continue
        place = int(line.month[5:]) - 1
        if row is not None:
            _put(row.months[place], line)
        elif line.kind == "month" and line.code == State.ACCEPTED:
            heir = heirs.get(line.project)
            if heir in of:
                lent[heir, place] = line.money
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


@dataclass(frozen=True, slots=True)
class SheetChoices:
    """What a sheet may be narrowed to: places, units that report, lists; `names` of all units."""

    townships: list[str]
    units: list[str]
    lists: list[tuple[UUID, str]]
    names: dict[int, str]


def sheet_choices(campaign: Campaign, *, on: date) -> SheetChoices:
    """The choices of the filters, in their order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(CHOICES.format(**TABLES), [campaign.pk])
        lines = sorted(cursor.fetchall(), key=lambda line: line[4])
    day = on.isoformat()
    there = [line for line in lines if line[5] is None or str(line[5]) >= day]
    return SheetChoices(
        townships=[line[3] for line in there if line[0] == Unit.Kind.TOWNSHIP],
        units=[line[3] for line in there if line[0] != LIST],
        lists=[(_uid(line[2]), line[3]) for line in there if line[0] == LIST],
        names={line[1]: line[3] for line in lines if line[0] != LIST},
    )


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
    at: Any  # when it was accepted, as the database writes it

    @property
    def money(self) -> MonthMoney:
        return MonthMoney(
            _sum(self.done), _sum(self.stat_done), _sum(self.arrived), _sum(self.early_cost)
        )


# By hand and not by the mapper: it would spend longer on building this than the database on
# answering it, and four questions would be four.
LINES = """
SELECT 'month', project_id, month, done, stat_done, arrived, early_cost, words, state,
       return_reason, corrects_id, uid, version, accepted_at
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
"""
CHOICES = """
SELECT kind, id, uid, short_name, "order", valid_to FROM {units} unit
 WHERE kind = 'township' OR EXISTS (SELECT 1 FROM {projects} WHERE filler_id = unit.id)
UNION ALL SELECT 'list', id, uid, name, id, NULL FROM {lists} WHERE campaign_id = %s
"""
TOLD = ("pk", "uid", "name", "filler", "township", "standing", "total_investment")
TABLES = {
    "years": ProjectYear._meta.db_table,
    "units": Unit._meta.db_table,
    "projects": Project._meta.db_table,
    "lists": ProjectList._meta.db_table,
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


def _put(month: MonthOf, line: _Line) -> None:
    if line.kind == "plan":
        month.planned = _sum(line.done)
    elif line.kind == "cell":
        month.cells[line.code] = (line.words, line.number)
    elif line.code == State.ACCEPTED:
        month.money, month.words, month.accepted = line.money, line.words, True
    else:
        month.told = Told(line.uid, line.number, line.code, line.money, line.words,
                          line.corrects is not None, line.reason)  # fmt: skip
    if line.kind == "month" and line.corrects is None:
        month.uid = _uid(line.uid)


def _uid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _wanted(campaign: Campaign, wanted: SheetFilter, *, at: datetime) -> QuerySet[Project]:
    found = in_register(campaign, wanted.register)
    if wanted.listed is not None:
        found = found.filter(pk__in=members_on(wanted.listed, local_day(at)).values("pk"))
    if wanted.own is not None:
        found = found.filter(_reported_by(Q(pk=wanted.own)))
    if wanted.waiting is not None:
        month, state = wanted.waiting
        told = InvestmentMonth.objects.filter(month=month, state=state)
        found = found.filter(pk__in=told.values("project"))
    if wanted.unit:
        found = found.filter(_reported_by(Q(short_name=wanted.unit)))
    return narrowed(found, campaign, wanted.register, known_at=at)


def _reported_by(which: Q) -> Q:
    units = Unit.objects.filter(which).values("pk")
    return Q(filler__in=units) | Q(filler__isnull=True, township__in=units)

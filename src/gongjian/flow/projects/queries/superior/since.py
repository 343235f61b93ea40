"""What was corrected after a table was sent: each cell that would read otherwise now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjian.flow.projects.models import (
    AmountChange,
    DateChange,
    InvestmentMonth,
    Project,
    ProjectName,
    SentTable,
    StageEvent,
)
from gongjian.flow.projects.queries.amounts import month_of
from gongjian.flow.projects.queries.exports.book import LedgerBook
from gongjian.flow.projects.queries.exports.tables import Basis
from gongjian.flow.projects.queries.superior.filling import MONEY, SPANS, printed, value_of
from gongjian.flow.projects.queries.superior.phrases import field_label
from gongjian.flow.projects.queries.superior.reading import SheetColumnRead
from gongjian.foundation.acceptance.models import State
from gongjian.lib.days import at_local, local_day

# What a correction can touch; texts and who answers change with time and correct nothing.
COMPARED = MONEY | SPANS | {"share_of_plan", "stage_label", "name", "code", "plan_class"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell of a sent table that reads otherwise now, and the day on which it became so."""

    project: str
    uid: str
    label: str
    old: str
    new: str
    day: date | None


def corrections_since(
    tables: Sequence[SentTable], *, known_at: datetime
) -> dict[int, list[Correction]]:
    """{sent table: what was corrected since}. Twenty queries, however many tables and rows.

    The facts are those up to the day of the table, as they are known now: what was done later is
    no correction.
    """
    if not tables:
        return {}
    campaign = tables[0].sheet.campaign
    uids = {row["uid"] for table in tables for row in table.rows}
    projects = {
        str(one.uid): one
        for one in Project.objects.filter(uid__in=uids).select_related(
            "township", "action", "filler", "place"
        )
    }
    book = LedgerBook(projects.values(), campaign, known_at=known_at)
    days = _Days([one.pk for one in book.projects], min(table.sent_at for table in tables))
    return {table.pk: _of(table, projects, book, days, known_at) for table in tables}


def _of(
    table: SentTable,
    projects: Mapping[str, Project],
    book: LedgerBook,
    days: "_Days",
    known_at: datetime,
) -> list[Correction]:
    basis = Basis(table.as_of, known_at)
    columns = [_column(one) for one in table.columns]
    found = []
    for row in table.rows:
        project = projects.get(row["uid"])
        if project is None:
            continue
        now = book.object_of(project, as_of=table.as_of)
        for column, old in zip(columns, row["values"], strict=True):
            if column.field not in COMPARED:
                continue
            new = printed(value_of(column, now, basis, order=0))
            if new != (old or ""):
                found.append(
                    Correction(
                        project=row["name"],
                        uid=row["uid"],
                        label=column.title or field_label(column.field),
                        old=old or _("空"),
                        new=new or _("空"),
                        day=days.of(project.pk, column.field, table),
                    )
                )
    return found


def _column(kept: Mapping[str, Any]) -> SheetColumnRead:
    return SheetColumnRead(
        at=0,
        letter=kept["letter"],
        title=kept["head"],
        field=kept["field"],
        code="",
        scale=kept["scale"],
    )


class _Days:
    """On which day what is known of a project changed after a moment. Five queries."""

    def __init__(self, keys: list[int], since: datetime) -> None:
        self._held: dict[tuple[str, int], list[tuple[datetime, str, date]]] = defaultdict(list)
        accepted: dict[str, Any] = {"state": State.ACCEPTED, "accepted_at__gt": since}
        money = InvestmentMonth.objects.filter(project__in=keys, **accepted)
        for pk, month, at in money.values_list("project", "month", "accepted_at"):
            self._add("money", pk, at, month)
        stages = StageEvent.objects.filter(project__in=keys, **accepted)
        for pk, day, at in stages.values_list("project", "day", "accepted_at"):
            self._add("stage", pk, at, month_of(day))
        for kind, model in (("amount", AmountChange), ("date", DateChange)):
            rows = model.objects.filter(project__in=keys, at__gt=since)
            for pk, at in rows.values_list("project", "at"):
                self._add(kind, pk, at, "")
        names = ProjectName.objects.filter(project__in=keys, valid_to__gte=local_day(since))
        for pk, until in names.values_list("project", "valid_to"):
            if until is not None:
                self._held["name", pk].append((at_local(until, 23, 59), "", until))

    def of(self, project: int, field: str, table: SentTable) -> date | None:
        """The newest day that may have changed a field of a table."""
        kinds = {"total_investment": "amount", "name": "name", "stage_label": "stage",
                 "actual_start": "stage", "actual_finish": "stage", "planned_start": "date",
                 "planned_finish": "date", "planned_production": "date"}  # fmt: skip
        kind = kinds.get(field, "money")
        upto = month_of(table.as_of)
        days = [
            day
            for at, month, day in self._held[kind, project]
            if at >= table.sent_at and month <= upto
        ]
        return max(days, default=None)

    def _add(self, kind: str, project: int, at: datetime | None, month: str) -> None:
        if at is not None:
            self._held[kind, project].append((at, month, local_day(at)))

"""What was corrected after a table was sent: each cell that would read otherwise now."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
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
from gongjian.flow.projects.queries.exports.ledger import BESIDE
from gongjian.flow.projects.queries.superior.filling import FilledSheet
from gongjian.flow.projects.queries.superior.phrases import field_label
from gongjian.flow.projects.queries.superior.telling import MONEY, SheetColumnRead
from gongjian.flow.projects.queries.superior.values import printed, value_of
from gongjian.foundation.acceptance.models import State
from gongjian.lib.days import at_local, local_day

SPANS = frozenset({"planned_start", "planned_finish", "planned_production", "actual_start",
                   "actual_finish"})  # fmt: skip
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
    """{sent table: what was corrected since}. Twenty queries a campaign, however many tables and
    rows.

    The facts are those up to the day of the table, as they are known now: what was done later is
    no correction, and neither is what was known otherwise when the table was sent from a snapshot.
    """
    found: dict[int, list[Correction]] = {}
    campaigns = {table.sheet.campaign_id: table.sheet.campaign for table in tables}
    for key, campaign in campaigns.items():
        own = [table for table in tables if table.sheet.campaign_id == key]
        book = _Standing({row["uid"] for table in own for row in table.rows}, campaign, known_at)
        days = _Days(book.keys, min(table.sent_at for table in own))
        found |= {table.pk: _of(table, book, days) for table in own}
    return found


def values_standing(
    filled: FilledSheet, campaign: Campaign, *, known_at: datetime
) -> list[list[str | None]]:
    """What the cells that a correction can touch would say of what is known at a moment, a row a
    line; None is any other cell. Twenty queries."""
    book = _Standing({line.uid for line in filled.lines}, campaign, known_at)
    return [
        [book.value(line.uid, column, filled.basis.as_of) for column in filled.read.columns]
        for line in filled.lines
    ]


class _Standing:
    """What is known at a moment of the projects of a campaign's tables."""

    def __init__(self, uids: Collection[str], campaign: Campaign, known_at: datetime) -> None:
        found = Project.objects.filter(uid__in=uids).select_related(*BESIDE)
        self._projects = {str(one.uid): one for one in found}
        self._book = LedgerBook(self._projects.values(), campaign, known_at=known_at)
        self._said: dict[tuple[str, date], dict[str, Any]] = {}

    @property
    def keys(self) -> list[int]:
        return [one.pk for one in self._book.projects]

    def key_of(self, uid: str) -> int:
        return self._projects[uid].pk

    def value(self, uid: str, column: SheetColumnRead, as_of: date) -> str | None:
        """What a cell would say; None where no correction can touch it."""
        if column.field not in COMPARED or uid not in self._projects:
            return None
        if (uid, as_of) not in self._said:
            self._said[uid, as_of] = self._book.object_of(self._projects[uid], as_of=as_of)
        return printed(value_of(column, self._said[uid, as_of], as_of, order=0))


def _of(table: SentTable, book: _Standing, days: "_Days") -> list[Correction]:
    columns = [_column(one) for one in table.columns]
    found = []
    for row in table.rows:
        stood = row.get("stood", row["values"])
        for column, old, then in zip(columns, row["values"], stood, strict=True):
            new = book.value(row["uid"], column, table.as_of)
            if new is not None and new not in (old or "", then or ""):
                found.append(
                    Correction(
                        project=row["name"],
                        uid=row["uid"],
                        label=column.title or field_label(column.field),
                        old=old or _("空"),
                        new=new or _("空"),
                        day=days.of(book.key_of(row["uid"]), column.field, table),
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
        month=kept["month"],
    )


class _Days:
    """On which day what is known of a project changed after a moment. Five queries."""

    def __init__(self, keys: list[int], since: datetime) -> None:
        self._held: dict[tuple[str, int], list[tuple[datetime, str, date]]] = defaultdict(list)
        accepted: dict[str, Any] = {"state": State.ACCEPTED, "accepted_at__gte": since}
        money = InvestmentMonth.objects.filter(project__in=keys, **accepted)
        for pk, month, at in money.values_list("project", "month", "accepted_at"):
            self._add("money", pk, at, month)
        stages = StageEvent.objects.filter(project__in=keys, **accepted)
        for pk, day, at in stages.values_list("project", "day", "accepted_at"):
            self._add("stage", pk, at, month_of(day))
        for kind, model in (("amount", AmountChange), ("date", DateChange)):
            rows = model.objects.filter(project__in=keys, at__gte=since)
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

"""The desk: what waits for this account, and nothing about anybody else's diligence."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Value

from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries.led import led_by
from gongjian.flow.progress.queries.reports import PLAN_ORDER, ReportRow, row_of, with_subject
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.acceptance.rules import ACCEPT, CHECK, CONFIRM, FILL
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import allows
from gongjian.foundation.records.queries import prepared


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One thing to do: what, by when, and which step it is."""

    row: ReportRow
    step: str
    period: str
    due_at: datetime
    uid: UUID


def desk_rows(reader: User, *, at: datetime, limit: int = 200) -> list[DeskRow]:
    """What waits for the reader, returned ones first, then by deadline. One query.

    `step` is fill, check, confirm or accept. Reports of a frozen period wait for nobody, except
    corrections.
    """
    reports = (
        with_subject(_waiting(_steps_of(reader), reader.pk, _units_of(reader), at))
        .annotate(shown_evidence=Count("evidence"), shown_files=Count("evidence__file"))
        .order_by("period__key", *PLAN_ORDER)[:limit]
    )
    rows = [
        DeskRow(
            row=row_of(report, evidence=report.shown_evidence, files=report.shown_files),
            step=_STEPS[State(report.state)],
            period=report.period.key,
            due_at=report.period.freezes_at,
            uid=report.uid,
        )
        for report in reports
    ]
    return sorted(rows, key=lambda desk: desk.row.state != State.RETURNED)


def waiting_count(reader: User, *, at: datetime) -> int:
    """How many things wait for the reader. One query."""
    counted = _number(_steps_of(reader), reader=reader.pk, units=_units_of(reader), at=at)
    return next(iter(counted), 0)


@prepared
def _number(
    steps: frozenset[str], *, reader: int, units: Collection[int], at: datetime
) -> QuerySet[Report, int]:
    whole = _waiting(steps, reader, units, at).values(whole=Value(1))
    return whole.annotate(n=Count("pk")).values_list("n", flat=True)


def _units_of(reader: User) -> list[int]:
    return [reader.unit_id] if reader.unit_id else []


def _steps_of(reader: User) -> frozenset[str]:
    """The steps of a report that somebody's roles let them do."""
    rights = {"fill": FILL, "check": CHECK, "confirm": CONFIRM, "accept": ACCEPT}
    return frozenset(step for step, right in rights.items() if allows(right, reader))


def _waiting(
    steps: frozenset[str], reader: int, units: Collection[int], at: datetime
) -> QuerySet[Report]:
    mine = Q(pk__in=[])
    if "fill" in steps:
        mine |= Q(unit__in=units, state__in=[State.DRAFT, State.RETURNED])
    if "check" in steps:
        mine |= Q(unit__in=units, state=State.FILLED) & ~Q(filled_by=reader)
    if "confirm" in steps:
        mine |= led_by(units) & Q(state=State.CHECKED) & ~Q(filled_by=reader)
    if "accept" in steps:
        mine |= Q(state=State.CONFIRMED) & ~Q(unit__in=units)
    moving = Q(period__frozen_at__isnull=True, period__freezes_at__gt=at) | Q(
        corrects__isnull=False
    )
    return Report.objects.filter(mine & moving, period__opened_at__isnull=False)


_STEPS = {
    State.DRAFT: "fill",
    State.RETURNED: "fill",
    State.FILLED: "check",
    State.CHECKED: "confirm",
    State.CONFIRMED: "accept",
}

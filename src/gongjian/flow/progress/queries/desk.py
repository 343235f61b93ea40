"""The desk: what waits for this account, and nothing about anybody else's diligence."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gongjian.flow.progress.models import Period, Report
from gongjian.flow.progress.queries.led import led_by
from gongjian.flow.progress.queries.periods import PeriodRow, newest_opened_period, period_row
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


@dataclass(frozen=True, slots=True)
class TopBar:
    """The period whose numbers are looked at, None before the first; how many things wait."""

    period: PeriodRow | None
    waiting: int


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


def top_bar(reader: User, *, at: datetime) -> TopBar:
    """What every page says at its top, for who may see business. One query."""
    asked = _top(_steps_of(reader), reader=reader.pk, units=_units_of(reader), at=at)
    period = next(iter(asked), None)
    if period is None:
        return TopBar(None, 0)  # nothing is filled before the first period has opened
    return TopBar(period_row(period, at), getattr(period, "number", 0))


@prepared
def _top(
    steps: frozenset[str], *, reader: int, units: Collection[int], at: datetime
) -> QuerySet[Period]:
    whole = _waiting(steps, reader, units, at).order_by().values(whole=Value(1))
    number = Subquery(whole.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return newest_opened_period().annotate(number=Coalesce(number, 0))


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

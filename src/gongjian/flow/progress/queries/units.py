"""How the units of a period stand: what was due from each, and whose hands come next."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries.reports import ReportRow, row_of, with_subject
from gongjian.flow.progress.queries.sides import sides_of_report
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.orgs.models import Role, RoleGrant, Unit, User

OPEN = (State.DRAFT, State.RETURNED)


@dataclass(slots=True)
class UnitGap:
    """What one unit still owes in a period; `targets` are the keys of what is missing."""

    unit: str
    due: int
    missing: int
    targets: list[int]

    @property
    def done(self) -> int:
        return self.due - self.missing


@dataclass(frozen=True, slots=True)
class PeriodCounts:
    """How the target reports of a period stand."""

    due: int
    accepted: int
    waiting: int
    returned: int
    missing: int


def unit_gaps(period: str, *, only: Unit | None = None) -> list[UnitGap]:
    """What each unit owes of a period's targets, in the office's order, not by speed. One query.

    `only`: of one unit alone.
    """
    due = Report.objects.filter(period__key=period, target__isnull=False, corrects__isnull=True)
    rows = (
        (due if only is None else due.filter(unit=only))
        .order_by("unit__order", "unit__pk", "target__action__seq", "target__seq")
        .values_list("unit__pk", "unit__short_name", "target", "state")
    )
    gaps: dict[int, UnitGap] = {}
    for pk, name, target, state in rows:
        gap = gaps.setdefault(pk, UnitGap(unit=name, due=0, missing=0, targets=[]))
        gap.due += 1
        if state in OPEN and target is not None:
            gap.missing += 1
            gap.targets.append(target)
    return list(gaps.values())


def period_counts(period: str) -> PeriodCounts:
    """The counts of a period's target reports by where they stand. One query."""
    states = list(
        Report.objects.filter(
            period__key=period, target__isnull=False, corrects__isnull=True
        ).values_list("state", flat=True)
    )
    return PeriodCounts(
        due=len(states),
        accepted=states.count(State.ACCEPTED),
        waiting=sum(state in (State.FILLED, State.CHECKED, State.CONFIRMED) for state in states),
        returned=states.count(State.RETURNED),
        missing=states.count(State.DRAFT),
    )


def sent_rows(reader: User, period: str, *, limit: int = 40) -> list[ReportRow]:
    """What the reader's own unit has sent in, newest first. One query."""
    if reader.unit_id is None:
        return []
    reports = with_subject(Report.objects.filter(unit=reader.unit_id, period__key=period))
    sent = reports.exclude(state__in=OPEN).order_by("-filled_at", "pk")[:limit]
    return [row_of(report, evidence=0, files=0) for report in sent]


def next_hands(report: Report, *, on: date) -> str:
    """Who takes a report the next step: the unit and, where accounts are named, the persons."""
    sides = sides_of_report(report)
    if report.state in (State.DRAFT, State.RETURNED, State.FILLED):
        return _hands(Role.UNIT_APPROVER, sides.filler, on=on)
    if report.state == State.CHECKED:
        return _hands(Role.LEAD_UNIT, sides.lead, on=on)
    return _hands(Role.OFFICE_REVIEWER, None, on=on)


def _hands(role: Role, unit: Unit | None, *, on: date) -> str:
    grants = RoleGrant.objects.in_force(on).filter(role=role, user__is_active=True)
    if unit is not None:
        grants = grants.filter(user__unit=unit)
    accounts = [grant.user for grant in grants.select_related("user__unit").order_by("pk")[:3]]
    place = unit or next((account.unit for account in accounts if account.unit), None)
    names = _("、").join(account.display_name for account in accounts)
    return " ".join(filter(None, (str(place or ""), names)))

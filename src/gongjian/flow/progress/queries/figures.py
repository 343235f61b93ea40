"""Accepted figures, as they are known at a moment."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from gongjian.flow.plan.models import Campaign, Target, Task
from gongjian.flow.progress.models import LatestAccepted, Report
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.records.queries import prepared


@dataclass(frozen=True, slots=True)
class Figure:
    """One accepted figure of one target in one period."""

    target: int
    period: str
    value: Decimal
    report: int
    report_uid: UUID
    level: int
    accepted_at: datetime
    first_accepted_at: datetime
    accepted_by: str
    correction: bool


Known = dict[tuple[int, str], Figure]


def accepted_figures(targets: Iterable[int], *, known_at: datetime | None = None) -> Known:
    """{(target, period): newest accepted figure}, as it was known at a moment. One query.

    A correction counts from the moment it was accepted; before that the first figure stands.
    """
    reports = Report.objects.filter(state=State.ACCEPTED, target__in=list(targets))
    if known_at is not None:
        reports = reports.filter(accepted_at__lte=known_at)
    reports = reports.select_related("period", "accepted_by").order_by("accepted_at", "pk")
    known: Known = {}
    for report in reports:
        figure = _figure(report)
        first = known.get((figure.target, figure.period), figure).first_accepted_at
        known[figure.target, figure.period] = replace(figure, first_accepted_at=first)
    return known


def figure_history(target: Target) -> list[Figure]:
    """The accepted figures of a target, one a period, in time."""
    known = accepted_figures([target.pk])
    return [known[key] for key in sorted(known)]


def accepted_words(period: str) -> list[Report]:
    """Accepted reports on tasks and milestones up to a period, the newest of each last."""
    return list(
        Report.objects.filter(state=State.ACCEPTED, target__isnull=True, period__key__lte=period)
        .select_related("task", "milestone", "period", "unit", "accepted_by")
        .order_by("period__key", "pk")
    )


def newest_words_of(
    tasks: Collection[int], milestones: Collection[int], *, upto: str
) -> dict[tuple[str, int], Report]:
    """{("task" | "milestone", key): newest accepted report} of those named. One query."""
    told: dict[tuple[str, int], Report] = {}
    for report in _told(tasks=tasks, milestones=milestones, upto=upto):
        if report.task_id is not None:
            told["task", report.task_id] = report
        elif report.milestone_id is not None:
            told["milestone", report.milestone_id] = report
    return told


@prepared
def _told(*, tasks: Collection[int], milestones: Collection[int], upto: str) -> QuerySet[Report]:
    named = Q(task__in=tasks) | Q(milestone__in=milestones)
    told = Report.objects.filter(named, state=State.ACCEPTED, period__key__lte=upto)
    said = told.only("uid", "task_id", "milestone_id", "words", "done_on")
    return said.order_by("period__key", "pk")


def told_of_task(task: Task, *, upto: str) -> list[Report]:
    """The accepted reports on one task, in time. One query."""
    reports = task.reports.filter(state=State.ACCEPTED, period__key__lte=upto)
    related = reports.select_related("period", "unit", "accepted_by")
    return list(related.order_by("period__key", "pk"))


def accepted_in(campaign: Campaign, period: str) -> dict[int, Decimal]:
    """{target: accepted value of a period}, in base units; no entry: not reported. One query."""
    rows = LatestAccepted.objects.filter(target__action__campaign=campaign, period__key=period)
    return {row.target_id: row.value for row in rows}


def last_accepted_of(campaign: Campaign) -> dict[int, Decimal]:
    """{target: the newest accepted value of the campaign's year}, in base units. One query."""
    rows = LatestAccepted.objects.filter(
        target__action__campaign=campaign, period__key__startswith=str(campaign.year)
    ).order_by("period__key")
    return {row.target_id: row.value for row in rows}


CACHE_TABLES = frozenset({LatestAccepted._meta.db_table})


def wrong_latest() -> list[tuple[int, str]]:
    """(target, period) whose cached newest figure is not what the accepted reports give."""
    known = accepted_figures(Target.objects.values_list("pk", flat=True))
    cached = {
        (row.target_id, row.period.key): (row.report_id, row.value)
        for row in LatestAccepted.objects.select_related("period")
    }
    true = {key: (figure.report, figure.value) for key, figure in known.items()}
    return sorted(key for key in true.keys() | cached.keys() if true.get(key) != cached.get(key))


def _figure(report: Report) -> Figure:
    if report.target_id is None or report.value is None or report.accepted_at is None:
        raise LookupError(f"report {report.pk} is accepted without a figure")
    return Figure(
        target=report.target_id,
        period=report.period.key,
        value=report.value,
        report=report.pk,
        report_uid=report.uid,
        level=report.level,
        accepted_at=report.accepted_at,
        first_accepted_at=report.accepted_at,
        accepted_by=report.accepted_by.display_name if report.accepted_by else "",
        correction=report.corrects_id is not None,
    )

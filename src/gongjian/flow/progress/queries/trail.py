"""Around one report: the one before it, its corrections, and what has no report yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q

from gongjian.flow.duties.models import Duty
from gongjian.flow.plan.models import Milestone, Task
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries.reports import visible_to
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.acceptance.rules import FILL
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import allows


@dataclass(frozen=True, slots=True)
class Beginning:
    """A task or milestone the reader's unit leads and has not reported on in a period."""

    uid: UUID
    kind: str
    code: str
    title: str
    due: date


@dataclass(frozen=True, slots=True)
class Overdue:
    """A task or milestone past its day that nobody has reported as done."""

    title: str
    code: str
    unit: str
    due: date


def report_before(report: Report) -> Report | None:
    """The newest accepted report on the same subject from an earlier period. One query."""
    return (
        Report.objects.filter(
            target=report.target_id,
            task=report.task_id,
            milestone=report.milestone_id,
            state=State.ACCEPTED,
            period__key__lt=report.period.key,
        )
        .select_related("period")
        .order_by("period__key", "accepted_at")
        .last()
    )


def corrections_of(report: Report, *, reader: User) -> list[Report]:
    """The corrections of a report that a reader may see, in time. One query."""
    return list(visible_to(reader).filter(corrects=report.pk).order_by("pk"))


def beginnings(reader: User, period: str, *, on: date) -> list[Beginning]:
    """What the reader's unit may report on in words and has not begun. Two queries."""
    if reader.unit_id is None or not allows(FILL, reader):
        return []
    led = Duty.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        unit=reader.unit_id,
        role=Duty.Role.LEAD,
        valid_from__lte=on,
        confirmed_at__isnull=False,
        task__isnull=False,
    )
    tasks = Task.objects.filter(_unreported(period), pk__in=led.values("task"))
    nodes = Milestone.objects.filter(_unreported(period), task__in=led.values("task"))
    return [
        *(
            Beginning(task.uid, "task", f"{task.action.seq}-{task.seq}", task.title, task.deadline)
            for task in tasks.select_related("action").order_by("action__seq", "seq")
        ),
        *(
            Beginning(node.uid, "milestone", f"{node.action.seq}-{node.seq}", node.text, node.day)
            for node in nodes.select_related("action").order_by("action__seq", "seq")
        ),
    ]


def overdue(actions: Iterable[int], *, on: date) -> list[Overdue]:
    """Tasks and milestones of some actions past their day without an accepted end. Four queries."""
    led = list(actions)
    leading = Duty.objects.filter(role=Duty.Role.LEAD, valid_to__isnull=True).select_related("unit")
    done = Report.objects.filter(state=State.ACCEPTED, done_on__isnull=False)
    tasks = Task.objects.filter(action__in=led, deadline__lt=on)
    nodes = Milestone.objects.filter(action__in=led, day__lt=on)
    late = [
        Overdue(task.title, f"{task.action.seq}-{task.seq}", _lead(task), task.deadline)
        for task in tasks.exclude(pk__in=done.filter(task__isnull=False).values("task"))
        .select_related("action")
        .prefetch_related(Prefetch("duties", leading))
    ]
    late += [
        Overdue(node.text, f"{node.action.seq}-{node.seq}", _lead(node.task), node.day)
        for node in nodes.exclude(pk__in=done.filter(milestone__isnull=False).values("milestone"))
        .select_related("action", "task")
        .prefetch_related(Prefetch("task__duties", leading))
    ]
    return sorted(late, key=lambda one: one.due)


def _lead(task: Task | None) -> str:
    """The unit that leads a task whose leading duties are loaded."""
    return next((duty.unit.short_name for duty in task.duties.all()), "") if task else ""


def _unreported(period: str) -> Q:
    """Neither reported on in the period nor reported as done."""
    return ~Q(reports__period__key=period) & ~Q(reports__done_on__isnull=False)

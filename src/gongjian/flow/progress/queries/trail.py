"""Around one report: the one before it, its corrections, and what has no report yet."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from gongjian.flow.duties.models import Duty
from gongjian.flow.plan.models import Milestone, Task
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries.reports import visible_to
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.orgs.models import Role, User


@dataclass(frozen=True, slots=True)
class Beginning:
    """A task or milestone the reader's unit leads and has not reported on in a period."""

    uid: UUID
    kind: str
    code: str
    title: str
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
    if reader.unit_id is None or not {Role.UNIT_REPORTER, Role.TOWNSHIP} & reader.roles:
        return []
    led = Duty.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        unit=reader.unit_id,
        role=Duty.Role.LEAD,
        valid_from__lte=on,
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


def _unreported(period: str) -> Q:
    """Neither reported on in the period nor reported as done."""
    return ~Q(reports__period__key=period) & ~Q(reports__done_on__isnull=False)

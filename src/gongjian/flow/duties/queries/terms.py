"""Measures and 口径 of the targets and tasks of a plan, and what each lacks of the 五定."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongjian.flow.duties.models import Duty
from gongjian.flow.plan.models import Campaign, Definition, Target, Task
from gongjian.foundation.orgs.queries import in_force

Key = tuple[str, int]
FIVE = ("goal", "duty", "measure", "time", "check")


@dataclass(frozen=True, slots=True)
class WorkTerms:
    """How a piece of work is done and when it counts as done."""

    measures: str = ""
    definition: str = ""
    definition_number: int = 0


def work_terms(campaign: Campaign, *, on: date) -> dict[Key, WorkTerms]:
    """The terms of every target and task of a campaign. Three queries."""
    targets = Target.objects.filter(action__campaign=campaign)
    tasks = Task.objects.filter(action__campaign=campaign)
    defined = _definitions(
        Q(target__action__campaign=campaign) | Q(task__action__campaign=campaign), on=on
    )
    measures: dict[Key, str] = {
        **{("target", pk): text for pk, text in targets.values_list("pk", "measures")},
        **{("task", pk): text for pk, text in tasks.values_list("pk", "measures")},
    }
    return {key: WorkTerms(text, *defined.get(key, ("", 0))) for key, text in measures.items()}


def gaps(keys: Iterable[Key], *, on: date) -> dict[Key, tuple[str, ...]]:
    """What each target or task lacks of the 五定, by the names of FIVE. Four queries.

    定任务 a name, for a target a value too; 定人员 a confirmed lead unit; 定措施; 定时限; 定标准
    a definition in force on the day.
    """
    wanted = list(keys)
    targets = [pk for kind, pk in wanted if kind == "target"]
    tasks = [pk for kind, pk in wanted if kind == "task"]
    mine = Q(target__in=targets) | Q(task__in=tasks)
    led = {
        duty.subject_key
        for duty in Duty.objects.filter(
            mine, role=Duty.Role.LEAD, confirmed_at__isnull=False, valid_from__lte=on
        ).filter(in_force(on))
    }
    defined = _definitions(mine, on=on)
    works: dict[Key, Target | Task] = {
        **{("target", t.pk): t for t in Target.objects.filter(pk__in=targets)},
        **{("task", t.pk): t for t in Task.objects.filter(pk__in=tasks)},
    }
    return {
        key: tuple(
            name
            for name, there in (
                ("goal", bool(_title(works[key]))),
                ("duty", key in led),
                ("measure", bool(works[key].measures.strip())),
                ("time", works[key].deadline is not None),
                ("check", bool(defined.get(key, ("", 0))[0])),
            )
            if not there
        )
        for key in wanted
        if key in works
    }


def what_is_missing(work: Target | Task, *, on: date) -> tuple[str, ...]:
    """What one target or task lacks of the 五定. Four queries."""
    key = ("target" if isinstance(work, Target) else "task", work.pk)
    return gaps([key], on=on)[key]


def _title(work: Target | Task) -> str:
    return work.metric.strip() if isinstance(work, Target) else work.title.strip()


def _definitions(which: Q, *, on: date) -> dict[Key, tuple[str, int]]:
    """The 调度口径 in force on a day. One query."""
    found = (
        Definition.objects.filter(which, purpose=Definition.Purpose.DISPATCH)
        .filter(in_force(on))
        .order_by("number")
    )
    return {
        ("target", d.target_id) if d.target_id is not None else ("task", d.task_id or 0): (
            d.text.strip(),
            d.number,
        )
        for d in found
    }

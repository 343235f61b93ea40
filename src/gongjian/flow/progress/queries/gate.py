"""The 五定 gate: what lacks something is not opened for reporting; what was open stays open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongjian.flow.duties.queries import gaps
from gongjian.flow.plan.models import Milestone, Task
from gongjian.flow.progress.models import Report

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Held:
    """A target or task that lacks something of the 五定: held back, or open since before."""

    key: Key
    missing: tuple[str, ...]
    open_already: bool


def held_items(keys: Iterable[Key], *, on: date) -> dict[Key, Held]:
    """What lacks something, and whether it was reported on before. Six queries."""
    lacking = {key: missing for key, missing in gaps(list(keys), on=on).items() if missing}
    opened = _reported(lacking)
    return {key: Held(key, missing, key in opened) for key, missing in lacking.items()}


def targets_held_back(keys: Iterable[int], *, on: date) -> dict[int, tuple[str, ...]]:
    """The targets that get no draft, with what they lack. Six queries."""
    held = held_items([("target", key) for key in keys], on=on)
    return {key[1]: one.missing for key, one in held.items() if not one.open_already}


def missing_for(subject: Task | Milestone, *, on: date) -> tuple[str, ...]:
    """What keeps a task, or a node of one, from being reported on; nothing where it was before.

    A node of an action itself has its action's lead unit, and no measures of its own.
    """
    task = subject.pk if isinstance(subject, Task) else subject.task_id
    if task is None:
        return ()
    held = held_items([("task", task)], on=on).get(("task", task))
    return () if held is None or held.open_already else held.missing


def _reported(keys: Iterable[Key]) -> set[Key]:
    wanted = list(keys)
    targets = [key for kind, key in wanted if kind == "target"]
    tasks = [key for kind, key in wanted if kind == "task"]
    of_targets = Report.objects.filter(target__in=targets).values_list("target", flat=True)
    of_tasks = Report.objects.filter(task__in=tasks).values_list("task", flat=True)
    of_nodes = Report.objects.filter(milestone__task__in=tasks)
    return {
        *(("target", key) for key in of_targets if key),
        *(("task", key) for key in of_tasks if key),
        *(("task", key) for key in of_nodes.values_list("milestone__task", flat=True) if key),
    }

"""Tasks from above, what of ours answers them, and the gaps on both sides."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.engine.cascade import falls_short, is_late, is_piled_up, is_rushed
from gongjian.flow.plan.models import Alignment, Campaign, SuperiorTask
from gongjian.flow.plan.queries.goals import written_amount, written_day, written_goal
from gongjian.flow.plan.queries.tree import ActionRow, TargetRow, TaskRow, plan_actions
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import SEE_BUSINESS, allows
from gongjian.lib.refusals import Missing
from gongjian.lib.units import dimension_of


@dataclass(frozen=True, slots=True)
class Answer:
    """One action, target or task that answers a task from above; an action with all it holds."""

    uid: UUID
    uid_of_node: UUID
    kind: str
    name: str
    share: Decimal | None
    reason: str
    key: int
    action: ActionRow
    targets: tuple[TargetRow, ...]
    tasks: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True)
class SuperiorRow:
    """One task from above with its answers; without any it was missed (漏接)."""

    task: SuperiorTask
    goal: str
    deadline: str
    answers: tuple[Answer, ...]
    piled_up: tuple[str, ...]
    short: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alignments:
    """Both sides, and what stands alone on either: 漏接 above, 自选 below."""

    rows: tuple[SuperiorRow, ...]
    missed: tuple[SuperiorTask, ...]
    own: tuple[ActionRow, ...]


def alignments(campaign: Campaign, *, on: date) -> Alignments:
    """The alignment of a campaign on a day. A constant number of queries."""
    actions = plan_actions(campaign, on=on)
    found = _Tree(actions)
    answers: dict[int, list[Answer]] = defaultdict(list)
    touched: set[int] = set()
    for row in _in_force(on).filter(superior__campaign=campaign).order_by("pk"):
        answer = found.answer(row)
        if answer is not None:
            answers[row.superior_id].append(answer)
            touched.add(answer.action.pk)
    tasks = list(campaign.superior_tasks.all())
    rows = tuple(superior_row(task, tuple(answers[task.pk])) for task in tasks)
    return Alignments(
        rows=rows,
        missed=tuple(row.task for row in rows if not row.answers),
        own=tuple(action for action in actions if action.pk not in touched),
    )


def superior_row(task: SuperiorTask, answers: tuple[Answer, ...]) -> SuperiorRow:
    """A task from above with its answers and what they make one wonder."""
    has_number = task.value is not None
    return SuperiorRow(
        task=task,
        goal=written_goal(task.comparator, task.value, None, task.unit, task.factor)
        if has_number
        else "",
        deadline=written_day(task.deadline, "day") if task.deadline else "",
        answers=answers,
        piled_up=tuple(_piled_up(task, answers)),
        short=tuple(_short(task, answers)),
    )


def _piled_up(task: SuperiorTask, answers: Sequence[Answer]) -> Iterator[str]:
    """More, or much earlier, than asked: 层层加码, in sentences (handbook 14)."""
    aligned = _aligned(answers)
    ours = _sum(task, aligned)
    if ours is not None and is_piled_up(task.value, ours):
        yield _("本级目标合计 %(ours)s，超过上级下达数 %(asked)s 的 105%%。") % _both(task, ours)
    for target in aligned:
        if is_rushed(task.deadline, target.deadline):
            yield _("“%(name)s”定在%(ours)s，比上级时限早一成以上。") % _dated(target)


def _short(task: SuperiorTask, answers: Sequence[Answer]) -> Iterator[str]:
    """Less, or later, than asked: 缺口, in sentences."""
    aligned = _aligned(answers)
    ours = _sum(task, aligned)
    if ours is not None and falls_short(task.value, ours):
        yield _("本级目标合计 %(ours)s，不到上级下达数 %(asked)s，有缺口。") % _both(task, ours)
    for target in aligned:
        if is_late(task.deadline, target.deadline):
            yield _("“%(name)s”定在%(ours)s，晚于上级时限。") % _dated(target)


def _aligned(answers: Sequence[Answer]) -> list[TargetRow]:
    return [target for answer in answers if answer.kind == "target" for target in answer.targets]


def _sum(task: SuperiorTask, aligned: Sequence[TargetRow]) -> Decimal | None:
    """Of ours in the unit of what was asked; None where there is nothing to compare."""
    if task.value is None or not aligned:
        return None
    wanted = dimension_of(task.unit)[0]
    values = [t.value for t in aligned if dimension_of(t.unit)[0] == wanted]
    return sum((value for value in values if value is not None), Decimal(0))


def _both(task: SuperiorTask, ours: Decimal) -> dict[str, str]:
    return {
        "asked": written_amount(task.value, task.unit, task.factor),
        "ours": written_amount(ours, task.unit, task.factor),
    }


def _dated(target: TargetRow) -> dict[str, str]:
    return {"name": target.metric, "ours": written_day(target.deadline, target.precision)}


def superior_tasks(campaign: Campaign) -> list[SuperiorTask]:
    """In their order. One query."""
    return list(campaign.superior_tasks.all())


def superior_by_uid(uid: UUID, *, reader: User) -> SuperiorTask:
    """One task from above, for a reader of the plan. Missing: superior.missing."""
    task = SuperiorTask.objects.select_related("campaign").filter(uid=uid).first()
    if task is None or not allows(SEE_BUSINESS, reader):
        raise Missing("superior.missing", _("没有这项上级任务。"))
    return task


def answers_of(task: SuperiorTask, *, on: date) -> list[Alignment]:
    """What answers one task from above on a day. One query."""
    rows = _in_force(on).filter(superior=task).order_by("pk")
    return list(rows.select_related("action", "target__action", "task__action"))


def superiors_of(kind: str, key: int, *, on: date) -> list[Alignment]:
    """Which tasks from above one node answers. One query."""
    return list(_in_force(on).filter(**{kind: key}).select_related("superior"))


def alignment_by_uid(uid: UUID, *, reader: User) -> Alignment:
    """One alignment, for a reader of the plan. Missing: alignment.missing."""
    row = Alignment.objects.filter(uid=uid).first()
    if row is None or not allows(SEE_BUSINESS, reader):
        raise Missing("alignment.missing", _("没有这条对应关系。"))
    return row


def _in_force(on: date) -> QuerySet[Alignment]:
    return Alignment.objects.filter(valid_from__lte=on).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )


class _Tree:
    """The nodes of a plan by their keys."""

    def __init__(self, actions: Sequence[ActionRow]) -> None:
        self.actions = {action.pk: action for action in actions}
        self.targets = {t.pk: (action, t) for action in actions for t in action.targets}
        self.tasks = {t.pk: (action, t) for action in actions for t in action.tasks}

    def answer(self, row: Alignment) -> Answer | None:
        """The answer of an alignment; None where its node was withdrawn."""
        if row.action_id is not None:
            action = self.actions.get(row.action_id)
            if action is None:
                return None
            name = f"{action.seq} {action.name}"
            return _answer(row, "action", name, action, action.targets, action.tasks)
        if row.target_id is not None and row.target_id in self.targets:
            action, target = self.targets[row.target_id]
            return _answer(row, "target", target.metric, action, (target,), ())
        if row.task_id is not None and row.task_id in self.tasks:
            action, task = self.tasks[row.task_id]
            return _answer(row, "task", task.title, action, (), (task,))
        return None


def _answer(
    row: Alignment,
    kind: str,
    name: str,
    action: ActionRow,
    targets: tuple[TargetRow, ...],
    tasks: tuple[TaskRow, ...],
) -> Answer:
    nodes: dict[str, tuple[ActionRow | TargetRow | TaskRow, ...]] = {
        "action": (action,),
        "target": targets,
        "task": tasks,
    }
    node = nodes[kind][0]
    return Answer(
        row.uid, node.uid, kind, name, row.share, row.reason, node.pk, action, targets, tasks
    )

"""The plan tree a screenful at a time: filtered, counted and cut by the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from gongjian.flow.duties.queries import DutyLine, lines_of
from gongjian.flow.judgement.models import LightColour, Verdict
from gongjian.flow.judgement.queries.board import TargetLine, target_line
from gongjian.flow.judgement.queries.filters import (
    Pairs,
    PlanFilter,
    wanted_milestones,
    wanted_targets,
    wanted_tasks,
)
from gongjian.flow.plan.models import (
    Action,
    Campaign,
    Definition,
    Milestone,
    Target,
    Task,
)
from gongjian.flow.plan.queries import Slip, held_by, slips_by_key, slips_of, standing, target_row
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import newest_words_of
from gongjian.foundation.records.queries import prepared

TARGET, TASK, MILESTONE = range(3)  # the places of the kinds in a count
OF_LINE = {  # the columns a line says
    TASK: (
        "uid", "action_id", "seq", "title", "deadline", "deadline_precision", "measures",
        "end_reason",
    ),
    MILESTONE: ("uid", "action_id", "text", "day", "precision", "end_reason"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NodeBelow:
    """A milestone as the line of its target or task says it."""

    pk: int
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class TreeLine:
    """One target, task or milestone of an action, with what belongs on its line."""

    kind: str
    pk: int
    uid: UUID
    action: int
    code: str
    name: str
    deadline: date
    precision: str
    measures: str
    defined: bool
    duty: DutyLine
    slips: tuple[Slip, ...]
    target: TargetLine | None
    told: Report | None
    nodes: tuple[tuple[NodeBelow, Report | None], ...]
    end_reason: str


@dataclass(frozen=True, slots=True)
class ActionHead:
    """An action above its lines: how many of each kind are wanted of it, and its lights."""

    action: Action
    targets: int
    tasks: int
    lights: Mapping[str, int]
    duty: DutyLine


@dataclass(frozen=True, slots=True)
class TreePage:
    """A screenful of a plan."""

    lines: tuple[TreeLine, ...]
    heads: Mapping[int, ActionHead]
    total: int
    counts: Mapping[str, int]
    lights: Mapping[str, int]


def tree_page(
    campaign: Campaign,
    wanted: PlanFilter,
    *,
    period: str,
    on: date,
    offset: int,
    limit: int,
    impossible: Pairs,
) -> TreePage:
    """Lines `offset` to `offset + limit` of the plan in its order. A constant number of queries.

    `impossible` are the pairs of kind and source that cannot be measured (plan.rules).
    """
    wanted = wanted.known()
    actions = _actions(wanted, campaign=campaign.pk, on=on)
    keys = [action.pk for action in actions]
    asked: _Asked = {"actions": keys, "period": period, "on": on}
    counted: list[dict[int, int]] = [{}, {}, {}]
    for action, n, kind in _counts(wanted, impossible, **asked):
        counted[kind][action] = n
    total = sum(sum(counts.values()) for counts in counted)
    targets, tasks, nodes = (
        _cut(kind, cut.start, cut.stop, wanted, impossible, **asked) if cut.start < cut.stop else []
        for kind, cut in enumerate(_cuts(keys, counted, offset, limit))
    )
    numbers = {action.pk: action.seq for action in actions}
    lines = _Lines(numbers, period, on, targets, tasks, nodes)
    lights = _lights(campaign, period)
    return TreePage(
        lines=tuple(line for key in keys for line in lines.of(key)),
        heads=_heads(actions, counted, lights, lines.action_duties(keys)),
        total=total,
        counts={
            kind: sum(counts.values())
            for kind, counts in zip(("target", "task", "milestone"), counted, strict=True)
        },
        lights=_all_lights(lights),
    )


class _Asked(TypedDict):
    """What each question about the lines is asked with."""

    actions: Collection[int]
    period: str
    on: date


@prepared
def _actions(wanted: PlanFilter, *, campaign: int, on: date) -> QuerySet[Action]:
    stands = Q() if wanted.ended else standing(on)
    actions = Action.objects.filter(stands, campaign=campaign).select_related("part")
    actions = actions.only("uid", "seq", "name", "part__name")
    if wanted.action is not None:
        actions = actions.filter(seq=wanted.action)
    if wanted.part is not None:
        actions = actions.filter(part__uid=wanted.part)
    if wanted.no_number:
        numbered = Target.objects.filter(
            stands, action=OuterRef("pk"), values__valid_to=None, values__value__isnull=False
        )
        actions = actions.filter(~Exists(numbered))
    return actions


def _wanted(
    wanted: PlanFilter, impossible: Pairs, *, actions: Collection[int], period: str, on: date
) -> tuple[QuerySet[Target], QuerySet[Task], QuerySet[Milestone]]:
    """What is wanted of each kind."""
    there = Q(ended_on__isnull=False) if wanted.ended else standing(on)
    there = Q(action__in=actions) & there
    return (
        wanted_targets(wanted, period, on, impossible).filter(there),
        wanted_tasks(wanted, on).filter(there),
        wanted_milestones(wanted).filter(there),
    )


@prepared
def _counts(
    wanted: PlanFilter, impossible: Pairs, *, actions: Collection[int], period: str, on: date
) -> QuerySet[Any, tuple[int, int, int]]:
    """(action, how many, of which kind by its place) in one query."""
    rows = _wanted(wanted, impossible, actions=actions, period=period, on=on)
    first, *others = (_counted(of_kind, kind) for kind, of_kind in enumerate(rows))
    return first.union(*others, all=True)


def _counted(rows: QuerySet[Any], kind: int) -> QuerySet[Any, tuple[int, int, int]]:
    grouped = rows.order_by().values("action").annotate(n=Count("pk"), kind=Value(kind))
    counted: QuerySet[Any, tuple[int, int, int]] = grouped.values_list("action", "n", "kind")
    return counted


@prepared
def _cut(
    kind: int,
    start: int,
    stop: int,
    wanted: PlanFilter,
    impossible: Pairs,
    *,
    actions: Collection[int],
    period: str,
    on: date,
) -> QuerySet[Any]:
    """The rows of one kind that the window holds."""
    rows = _wanted(wanted, impossible, actions=actions, period=period, on=on)[kind]
    if kind == TARGET:
        rows = rows.select_related("document").defer("document__text", "document__blocks")
    else:
        rows = rows.only(*OF_LINE[kind])
    return rows.order_by("action__seq", "seq")[start:stop]


def _cuts(
    keys: Sequence[int], counted: Sequence[Mapping[int, int]], offset: int, limit: int
) -> list[slice]:
    """Which rows of each kind the window holds: each kind keeps its order in the whole."""
    before, inside = [0] * len(counted), [0] * len(counted)
    at, end = 0, offset + limit
    for key in keys:
        for kind, counts in enumerate(counted):
            n = counts.get(key, 0)
            skipped = min(max(offset - at, 0), n)
            before[kind] += skipped
            inside[kind] += max(min(n, end - at) - skipped, 0)
            at += n
    return [slice(b, b + i) for b, i in zip(before, inside, strict=True)]


class _Lines:
    """The lines of a page, with all that belongs to them read at once."""

    def __init__(
        self,
        numbers: Mapping[int, int],
        period: str,
        on: date,
        targets: Sequence[Target],
        tasks: Sequence[Task],
        nodes: Sequence[Milestone],
    ) -> None:
        self._on, self._period, self._numbers = on, period, numbers
        target_keys, task_keys = [t.pk for t in targets], [t.pk for t in tasks]
        self._below: dict[tuple[str, int], list[NodeBelow]] = defaultdict(list)
        for target, task, *below in _below(targets=target_keys, tasks=task_keys, on=on):
            above = ("task", task) if task else ("target", target)
            self._below[above].append(NodeBelow(*below))
        every = [node.pk for rows in self._below.values() for node in rows]
        every += [node.pk for node in nodes]
        self._told = newest_words_of(task_keys, every, upto=period)
        self._slips = slips_by_key(targets=target_keys, tasks=task_keys, milestones=every)
        rows: list[Target | Task | Milestone] = [*targets, *tasks, *nodes]
        actions = {row.action_id for row in rows}
        self._duties = lines_of(actions=actions, targets=target_keys, tasks=task_keys, on=on)
        self._defined = set(_defined(tasks=task_keys, on=on))
        self._lines: dict[int, list[TreeLine]] = defaultdict(list)
        self._add_targets(targets)
        for task in tasks:
            self._lines[task.action_id].append(self._task(task))
        for node in nodes:
            self._lines[node.action_id].append(self._milestone(node))

    def of(self, action: int) -> list[TreeLine]:
        return self._lines.get(action, [])

    def action_duties(self, keys: Iterable[int]) -> dict[int, DutyLine]:
        return {key: self._duties.get(("action", key), DutyLine()) for key in keys}

    def _add_targets(self, targets: Sequence[Target]) -> None:
        rows = {}
        held = held_by([target.pk for target in targets])
        for target in targets:
            slips = tuple(self._slips.get(("target", target.pk), ()))
            rows[target.pk] = target_row(
                target,
                self._numbers[target.action_id],
                on=self._on,
                slips=slips,
                held=held[target.pk],
            )
        verdicts = _verdicts(rows.keys(), self._period)
        for target in targets:
            row = rows[target.pk]
            duty = self._duties.get(("target", target.pk), DutyLine())
            line = target_line(row, self._period, verdicts.get(target.pk, {}), duty)
            name = f"{row.metric}（{row.qualifier}）" if row.qualifier else row.metric  # not shown
            self._lines[target.action_id].append(
                TreeLine(
                    kind="target",
                    pk=target.pk,
                    uid=target.uid,
                    action=target.action_id,
                    code=row.code,
                    name=name,
                    deadline=row.deadline,
                    precision=target.deadline_precision,
                    measures=target.measures,
                    defined=bool(row.definition),
                    duty=duty,
                    slips=row.slips,
                    target=line,
                    told=None,
                    nodes=self._nodes("target", target.pk),
                    end_reason=target.end_reason,
                )
            )

    def _task(self, task: Task) -> TreeLine:
        return TreeLine(
            kind="task",
            pk=task.pk,
            uid=task.uid,
            action=task.action_id,
            code=f"{self._numbers[task.action_id]}-{task.seq}",
            name=task.title,
            deadline=task.deadline,
            precision=task.deadline_precision,
            measures=task.measures,
            defined=task.pk in self._defined,
            duty=self._duties.get(("task", task.pk), DutyLine()),
            slips=tuple(self._slips.get(("task", task.pk), ())),
            target=None,
            told=self._told.get(("task", task.pk)),
            nodes=self._nodes("task", task.pk),
            end_reason=task.end_reason,
        )

    def _milestone(self, node: Milestone) -> TreeLine:
        return TreeLine(
            kind="milestone",
            pk=node.pk,
            uid=node.uid,
            action=node.action_id,
            code="",
            name=node.text,
            deadline=node.day,
            precision=node.precision,
            measures="",
            defined=True,
            duty=DutyLine(),
            slips=tuple(self._slips.get(("milestone", node.pk), ())),
            target=None,
            told=self._told.get(("milestone", node.pk)),
            nodes=(),
            end_reason=node.end_reason,
        )

    def _nodes(self, kind: str, key: int) -> tuple[tuple[NodeBelow, Report | None], ...]:
        rows = self._below.get((kind, key), ())
        return tuple((node, self._told.get(("milestone", node.pk))) for node in rows)


@prepared
def _below(
    *, targets: Collection[int], tasks: Collection[int], on: date
) -> QuerySet[Milestone, tuple[Any, ...]]:
    """The milestones that stand below targets and tasks: (target, task, key, day, text)."""
    named = Q(target__in=targets) | Q(task__in=tasks)
    rows = Milestone.objects.filter(standing(on)).filter(named).order_by("seq")
    return rows.values_list("target_id", "task_id", "pk", "day", "text")


@prepared
def _defined(*, tasks: Collection[int], on: date) -> QuerySet[Definition, int]:
    """The tasks that have a 口径 on a day."""
    rows = Definition.objects.filter(valid_from__lte=on, task__in=tasks)
    return rows.order_by().values_list("task_id", flat=True).distinct()


@prepared
def _judged(*, targets: Collection[int], upto: str) -> QuerySet[Verdict]:
    rows = Verdict.objects.standing().filter(target__in=targets, period__key__lte=upto)
    return rows.select_related("period", "report")


def _verdicts(targets: Collection[int], period: str) -> dict[int, dict[str, Verdict]]:
    found: dict[int, dict[str, Verdict]] = defaultdict(dict)
    for verdict in _judged(targets=targets, upto=period):
        found[verdict.target_id][verdict.period.key] = verdict
    return found


def _lights(campaign: Campaign, period: str) -> dict[int, dict[str, int]]:
    """{action: {colour: count}} of the targets with a verdict. One query."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for action, light, n in _lit(campaign=campaign.pk, period=period):
        found[action][light] = n
    return found


@prepared
def _lit(*, campaign: int, period: str) -> QuerySet[Verdict, tuple[int, str, int]]:
    rows = Verdict.objects.standing().filter(
        target__action__campaign=campaign, target__ended_on=None, period__key=period
    )
    lit = rows.values("target__action", "light").annotate(n=Count("pk"))
    return lit.values_list("target__action", "light", "n")


def _all_lights(lights: Mapping[int, Mapping[str, int]]) -> dict[str, int]:
    return {
        colour.value: sum(counts.get(colour, 0) for counts in lights.values())
        for colour in (LightColour.GREEN, LightColour.YELLOW, LightColour.RED, LightColour.GREY)
    }


def _heads(
    actions: Sequence[Action],
    counted: Sequence[Mapping[int, int]],
    lights: Mapping[int, Mapping[str, int]],
    duties: Mapping[int, DutyLine],
) -> dict[int, ActionHead]:
    return {
        action.pk: ActionHead(
            action=action,
            targets=counted[0].get(action.pk, 0),
            tasks=counted[1].get(action.pk, 0),
            lights=lights.get(action.pk, {}),
            duty=duties[action.pk],
        )
        for action in actions
    }


def line_of_target(target: Target, *, period: str, on: date) -> TargetLine:
    """One target with its light and its arithmetic. As many queries, however large the plan."""
    row = target_row(target, target.action.seq, on=on, slips=slips_of(target))
    duty = lines_of(actions=(), targets=[target.pk], tasks=(), on=on)
    verdicts = _verdicts([target.pk], period).get(target.pk, {})
    return target_line(row, period, verdicts, duty.get(("target", target.pk), DutyLine()))

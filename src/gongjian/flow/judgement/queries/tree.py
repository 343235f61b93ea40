"""The plan tree a screenful at a time: filtered, counted and cut by the database."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from gongjian.flow.duties.queries import DutyLine, lines_of
from gongjian.flow.judgement.models import LightColour, Verdict
from gongjian.flow.judgement.queries.board import TargetLine, target_line
from gongjian.flow.judgement.queries.filters import (
    Node,
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
from gongjian.flow.plan.queries import Slip, slips_by_key, slips_of, standing, target_row
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import newest_words_of


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
    nodes: tuple[tuple[Milestone, Report | None], ...]
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
    stands = Q() if wanted.ended else standing(on)
    there = Q(ended_on__isnull=False) if wanted.ended else standing(on)
    actions = _actions(campaign, wanted, stands)
    keys = [action.pk for action in actions]
    there = Q(action__in=keys) & there
    target_rows = wanted_targets(wanted, period, on, impossible).filter(there)
    task_rows = wanted_tasks(wanted, on).filter(there)
    node_rows = wanted_milestones(wanted).filter(there)
    counted = [_counts(target_rows), _counts(task_rows), _counts(node_rows)]
    total = sum(sum(counts.values()) for counts in counted)
    cuts = _cuts(keys, counted, offset, limit)
    targets = _cut(target_rows, cuts[0])
    tasks = _cut(task_rows, cuts[1])
    nodes = _cut(node_rows, cuts[2])
    lines = _Lines(campaign, period, on, targets, tasks, nodes)
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


def _actions(campaign: Campaign, wanted: PlanFilter, stands: Q) -> list[Action]:
    actions = campaign.actions.filter(stands).select_related("part")
    if wanted.action is not None:
        actions = actions.filter(seq=wanted.action)
    if wanted.part is not None:
        actions = actions.filter(part__uid=wanted.part)
    if wanted.no_number:
        numbered = Target.objects.filter(
            stands, action=OuterRef("pk"), values__valid_to=None, values__value__isnull=False
        )
        actions = actions.filter(~Exists(numbered))
    return list(actions)


def _counts(rows: QuerySet[Any]) -> dict[int, int]:
    grouped = rows.order_by().values("action").annotate(n=Count("pk"))
    return {row["action"]: row["n"] for row in grouped}


def _cut(rows: QuerySet[Node], cut: slice) -> list[Node]:
    """The rows of one kind that the window holds."""
    if cut.start >= cut.stop:
        return []
    return list(rows.select_related("action").order_by("action__seq", "seq")[cut])


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
        campaign: Campaign,
        period: str,
        on: date,
        targets: Sequence[Target],
        tasks: Sequence[Task],
        nodes: Sequence[Milestone],
    ) -> None:
        self._on, self._period = on, period
        target_keys, task_keys = [t.pk for t in targets], [t.pk for t in tasks]
        below = Milestone.objects.filter(standing(on)).filter(
            Q(target__in=target_keys) | Q(task__in=task_keys)
        )
        self._below: dict[tuple[str, int], list[Milestone]] = defaultdict(list)
        for node in below.order_by("seq") if targets or tasks else ():
            kind, key = ("task", node.task_id) if node.task_id else ("target", node.target_id)
            self._below[kind, key or 0].append(node)
        every = [node.pk for rows in self._below.values() for node in rows]
        every += [node.pk for node in nodes]
        self._told = newest_words_of(task_keys, every, upto=period)
        self._slips = slips_by_key(campaign, targets=target_keys, tasks=task_keys, milestones=every)
        rows: list[Target | Task | Milestone] = [*targets, *tasks, *nodes]
        actions = {row.action_id for row in rows}
        self._duties = lines_of(actions=actions, targets=target_keys, tasks=task_keys, on=on)
        self._defined = _defined(task_keys, on)
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
        for target in targets_loaded(targets):
            slips = tuple(self._slips.get(("target", target.pk), ()))
            rows[target.pk] = target_row(target, target.action.seq, on=self._on, slips=slips)
        verdicts = _verdicts(rows, self._period)
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
            code=f"{task.action.seq}-{task.seq}",
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

    def _nodes(self, kind: str, key: int) -> tuple[tuple[Milestone, Report | None], ...]:
        rows = self._below.get((kind, key), ())
        return tuple((node, self._told.get(("milestone", node.pk))) for node in rows)


def targets_loaded(targets: Sequence[Target]) -> Sequence[Target]:
    """Targets with the rows that target_row reads. Four queries."""
    prefetch_related_objects(list(targets), "document", "values", "sources", "definitions")
    return targets


def _defined(tasks: Sequence[int], on: date) -> set[int]:
    """The tasks that have a 口径 on a day."""
    rows = Definition.objects.filter(valid_from__lte=on, task__in=tasks)
    return set(rows.values_list("task_id", flat=True))


def _verdicts(rows: Mapping[int, Any], period: str) -> dict[int, dict[str, Verdict]]:
    found: dict[int, dict[str, Verdict]] = defaultdict(dict)
    standing_rows = Verdict.objects.standing().filter(target__in=rows, period__key__lte=period)
    for verdict in standing_rows.select_related("period", "report"):
        found[verdict.target_id][verdict.period.key] = verdict
    return found


def _lights(campaign: Campaign, period: str) -> dict[int, dict[str, int]]:
    """{action: {colour: count}} of the targets with a verdict. One query."""
    rows = (
        Verdict.objects.standing()
        .filter(target__action__campaign=campaign, target__ended_on=None, period__key=period)
        .values("target__action", "light")
        .annotate(n=Count("pk"))
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[row["target__action"]][row["light"]] = row["n"]
    return found


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
    targets_loaded([target])
    row = target_row(target, target.action.seq, on=on, slips=slips_of(target))
    duty = lines_of(actions=(), targets=[target.pk], tasks=(), on=on)
    verdicts = _verdicts({target.pk: row}, period).get(target.pk, {})
    return target_line(row, period, verdicts, duty.get(("target", target.pk), DutyLine()))

"""The plan tree: actions with their targets, tasks and milestones."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Model, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import (
    Action,
    Campaign,
    Definition,
    Milestone,
    Target,
    TargetSource,
    TargetValue,
    Task,
)
from gongjian.flow.plan.queries.slips import Slip, Slips, deadline_as_of, slips_of_campaign
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import SEE_BUSINESS, allows
from gongjian.foundation.records.queries import prepared
from gongjian.lib.refusals import Missing

Node = TypeVar("Node", bound=Model)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target of the plan with the value in force; none where it still waits for its number."""

    pk: int
    uid: UUID
    code: str
    metric: str
    qualifier: str
    kind: str
    comparator: str
    value: Decimal | None
    value_max: Decimal | None
    base_value: Decimal | None
    unit: str
    factor: Decimal
    decimals: int
    deadline: date
    trajectory: str
    sentence: str
    definition: str
    document: UUID | None
    adopted_at: datetime | None
    precision: str = "year"
    measures: str = ""
    slips: tuple[Slip, ...] = ()
    kinds_before: tuple[tuple[date, str], ...] = ()

    def deadline_on(self, day: date) -> date:
        """The deadline as it stood on a day: a later move does not reach back."""
        return deadline_as_of(day, self.deadline, self.slips)

    def kind_on(self, day: date) -> str:
        """How the figure was formed on a day."""
        return next((kind for until, kind in self.kinds_before if day < until), self.kind)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task of the plan, in words."""

    pk: int
    uid: UUID
    code: str
    title: str
    deadline: date
    precision: str
    sentence: str
    measures: str = ""
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One dated intermediate result."""

    pk: int
    uid: UUID
    text: str
    day: date
    precision: str
    task: int | None
    target: int | None = None
    value: Decimal | None = None
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action with all that hangs on it."""

    pk: int
    uid: UUID
    seq: int
    name: str
    part: str
    targets: tuple[TargetRow, ...]
    tasks: tuple[TaskRow, ...]
    milestones: tuple[MilestoneRow, ...]


def campaign_in_force(on: date) -> Campaign | None:
    """The campaign a day speaks of; None before the first was made. One query."""
    return campaign_among(campaigns(), on=on)


def campaign_among(years: Sequence[Campaign], *, on: date) -> Campaign | None:
    """Of the years there are, newest first, the one a day speaks of.

    That of its year, else of the last year before it, else the next to come. Of several in one
    year the first is the whole, and the others are parts of it.
    """
    begun = next((one for one in years if one.year <= on.year), None)
    return begun or next((one for one in years if one.year == years[-1].year), None)


def campaign_by_uid(uid: UUID) -> Campaign:
    """One campaign. Missing: plan.missing."""
    campaign = Campaign.objects.filter(uid=uid).first()
    if campaign is None:
        raise Missing("plan.missing", _("没有这个攻坚年。"))
    return campaign


def campaign_of_year(year: int) -> Campaign | None:
    """The campaign whose targets a period of the year counts; None where it has none."""
    return Campaign.objects.filter(parent__isnull=True, year=year).order_by("pk").first()


def campaigns() -> list[Campaign]:
    """The years there are, newest first. One query."""
    return _campaigns()


@prepared
def _campaigns() -> QuerySet[Campaign]:
    return Campaign.objects.filter(parent__isnull=True).order_by("-year", "pk")


def campaigns_going(on: date, *, asked: Campaign | None = None) -> list[Campaign]:
    """The years a plan may be brought into, the earliest first: those not over, and one asked for.

    Where all are over it is the last. One query.
    """
    years = [one for one in reversed(campaigns()) if one.year >= on.year or one == asked]
    return years or campaigns()[:1]


def parts_of(campaign: Campaign, *, on: date) -> list[tuple[Campaign, int]]:
    """The campaigns within a campaign, each with the number of its actions. One query."""
    return [(part, getattr(part, "held", 0)) for part in _parts(campaign=campaign.pk, on=on)]


@prepared
def _parts(*, campaign: int, on: date) -> QuerySet[Campaign]:
    stands = Q(part_actions__ended_on__isnull=True) | Q(part_actions__ended_on__gt=on)
    parts = Campaign.objects.filter(parent=campaign)
    return parts.annotate(held=Count("part_actions", filter=stands)).order_by("pk")


def action_choices(campaign: Campaign, *, on: date) -> list[Action]:
    """The actions of a campaign by their numbers, bare. One query."""
    return list(campaign.actions.filter(standing(on)).order_by("seq"))


def part_by_uid(campaign: Campaign, uid: UUID) -> Campaign:
    """A campaign within a campaign. Missing: campaign.missing."""
    part = campaign.below.filter(uid=uid).first()
    if part is None:
        raise Missing("campaign.missing", _("没有这个分项攻坚年。"))
    return part


def plan_actions(
    campaign: Campaign, *, on: date, with_ended: bool = False, only: Action | None = None
) -> list[ActionRow]:
    """The tree of a campaign with the values in force on a day. Eight queries, however large.

    What was withdrawn by the day is left out unless asked for. `only` is one action of it.
    """
    held = {"valid_from__lte": on}
    there = Q() if with_ended else standing(on)
    moves = slips_of_campaign(campaign)
    named = Q(pk=only.pk) if only is not None else Q()
    actions = campaign.actions.filter(there, named).select_related("part")
    rows = actions.prefetch_related(
        Prefetch(
            "targets",
            Target.objects.filter(there)
            .select_related("document")
            .order_by("seq")
            .prefetch_related(
                Prefetch("values", TargetValue.objects.order_by("valid_from", "pk")),
                Prefetch("sources", TargetSource.objects.order_by("valid_from", "pk")),
                Prefetch("definitions", Definition.objects.filter(**held).order_by("number")),
            ),
        ),
        Prefetch("tasks", Task.objects.filter(there).order_by("seq")),
        Prefetch("milestones", Milestone.objects.filter(there).order_by("seq")),
    )
    return [_action(action, on, moves) for action in rows]


def standing(on: date) -> Q:
    """Nodes that are not withdrawn on a day."""
    return Q(ended_on__isnull=True) | Q(ended_on__gt=on)


def targets_in_order(campaign: Campaign, *, on: date, with_ended: bool = False) -> list[TargetRow]:
    """All targets of a campaign that have a value to reach, in the plan's order."""
    return [
        target
        for action in plan_actions(campaign, on=on, with_ended=with_ended)
        for target in action.targets
        if target.value is not None
    ]


def target_by_uid(uid: UUID, *, reader: User) -> Target:
    """One target with its action, for a reader of the plan. Missing otherwise."""
    rows = Target.objects.select_related("action__campaign", "document").filter(uid=uid)
    missing = Missing("target.missing", _("没有这个目标，它可能已经调出计划。"))
    return _one_shown(rows, reader, missing)


def task_by_uid(uid: UUID, *, reader: User) -> Task:
    """One task with its action, for a reader of the plan. Missing otherwise."""
    rows = Task.objects.select_related("action").filter(uid=uid)
    missing = Missing("task.missing", _("没有这项任务，它可能已经调出计划。"))
    return _one_shown(rows, reader, missing)


def milestone_by_uid(uid: UUID, *, reader: User) -> Milestone:
    """One milestone with its action and task, for a reader of the plan. Missing otherwise."""
    rows = Milestone.objects.select_related("action", "task").filter(uid=uid)
    missing = Missing("milestone.missing", _("没有这个节点，它可能已经调出计划。"))
    return _one_shown(rows, reader, missing)


def node_by_code(campaign: Campaign, code: str) -> Action | Target | Task:
    """An action, target or task by its printed number: 3 or 3-1. Missing: plan.no-code."""
    first, dash, second = code.strip().replace("－", "-").partition("-")
    missing = Missing("plan.no-code", _("没有序号是“%(code)s”的条目。") % {"code": code[:20]})
    digits = [first, second] if dash else [first]
    if not all(part.isascii() and part.isdecimal() and len(part) < 7 for part in digits):
        raise missing
    if not dash:
        action = campaign.actions.filter(seq=int(first)).first()
        if action is None:
            raise missing
        return action
    at = {"action__campaign": campaign, "action__seq": int(first), "seq": int(second)}
    found = (
        Target.objects.select_related("action").filter(**at).first()
        or Task.objects.select_related("action").filter(**at).first()
    )
    if found is None:
        raise missing
    return found


def action_by_uid(uid: UUID, *, reader: User) -> Action:
    """One action, for a reader of the plan. Missing otherwise."""
    rows = Action.objects.select_related("campaign").filter(uid=uid)
    missing = Missing("action.missing", _("没有这个行动，它可能已经调出计划。"))
    return _one_shown(rows, reader, missing)


def _one_shown(rows: QuerySet[Node], reader: User, missing: Missing) -> Node:
    """The one row there is, for readers of business data; to all others there is none."""
    row = rows.first()
    if row is None or not allows(SEE_BUSINESS, reader):
        raise missing
    return row


def _action(action: Action, on: date, moves: Slips) -> ActionRow:
    return ActionRow(
        pk=action.pk,
        uid=action.uid,
        seq=action.seq,
        name=action.name,
        part=action.part.name if action.part else "",
        targets=tuple(
            target_row(target, action.seq, on=on, slips=_moved(moves, "target", target.pk))
            for target in action.targets.all()
        ),
        tasks=tuple(
            TaskRow(
                pk=task.pk,
                uid=task.uid,
                code=f"{action.seq}-{task.seq}",
                title=task.title,
                deadline=task.deadline,
                precision=task.deadline_precision,
                sentence=task.sentence,
                measures=task.measures,
                slips=_moved(moves, "task", task.pk),
            )
            for task in action.tasks.all()
        ),
        milestones=tuple(
            MilestoneRow(
                m.pk, m.uid, m.text, m.day, m.precision, m.task_id, m.target_id, m.value,
                _moved(moves, "milestone", m.pk),
            )
            for m in action.milestones.all()
        ),
    )  # fmt: skip


def _moved(moves: Slips, kind: str, key: int) -> tuple[Slip, ...]:
    return tuple(moves.get((kind, key), ()))


@dataclass(frozen=True, slots=True)
class Held:
    """What a target has over time: its values and sources in time, its definitions by number."""

    values: list[TargetValue]
    sources: list[TargetSource]
    definitions: list[Definition]


def held_by(targets: Collection[int]) -> dict[int, Held]:
    """What these targets have. Three queries."""
    held = {key: Held([], [], []) for key in targets}
    for value in _values(targets=targets) if held else ():
        held[value.target_id].values.append(value)
    for source in _sources(targets=targets) if held else ():
        held[source.target_id].sources.append(source)
    for definition in _definitions(targets=targets) if held else ():
        held[definition.target_id or 0].definitions.append(definition)
    return held


@prepared
def _values(*, targets: Collection[int]) -> QuerySet[TargetValue]:
    return TargetValue.objects.filter(target__in=targets).order_by("valid_from", "pk")


@prepared
def _sources(*, targets: Collection[int]) -> QuerySet[TargetSource]:
    return TargetSource.objects.filter(target__in=targets).order_by("valid_from", "pk")


@prepared
def _definitions(*, targets: Collection[int]) -> QuerySet[Definition]:
    return Definition.objects.filter(target__in=targets).order_by("number", "pk")


def target_row(
    target: Target,
    action_seq: int,
    *,
    on: date,
    slips: tuple[Slip, ...] = (),
    held: Held | None = None,
) -> TargetRow:
    """A target as it stands on a day; what it has is read where it is not given."""
    if held is None:
        held = Held(
            list(target.values.all()), list(target.sources.all()), list(target.definitions.all())
        )
    # A plan is adopted before its year begins: until then its first value is the one to show.
    values, definitions = held.values, held.definitions
    value = next((v for v in reversed(values) if v.valid_from <= on), values[0])
    return TargetRow(
        pk=target.pk,
        uid=target.uid,
        code=f"{action_seq}-{target.seq}",
        metric=target.metric,
        qualifier=target.qualifier,
        kind=target.kind,
        comparator=target.comparator,
        value=value.value,
        value_max=value.value_max,
        base_value=value.base_value,
        unit=target.unit,
        factor=target.factor,
        decimals=target.decimals,
        deadline=deadline_as_of(on, target.deadline, slips),
        trajectory=target.trajectory,
        sentence=target.sentence,
        definition=definitions[-1].text if definitions else "",
        document=target.document.uid if target.document else None,
        adopted_at=target.document.adopted_at if target.document else None,
        precision=target.deadline_precision,
        measures=target.measures,
        slips=slips,
        kinds_before=tuple(
            (source.valid_to, source.kind)
            for source in held.sources
            if source.valid_to is not None and source.valid_to > source.valid_from
        ),
    )

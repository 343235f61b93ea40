"""The plan tree: actions with their targets, tasks and milestones."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Prefetch, QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import (
    Action,
    Campaign,
    Definition,
    Milestone,
    Target,
    TargetValue,
    Task,
)
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import BUSINESS, holds
from gongjian.lib.refusals import Missing

Node = TypeVar("Node", bound=Model)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target of the plan with the value in force."""

    pk: int
    uid: UUID
    code: str
    metric: str
    qualifier: str
    kind: str
    comparator: str
    value: Decimal
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


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One dated intermediate result."""

    pk: int
    uid: UUID
    text: str
    day: date
    precision: str
    task: int | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action with all that hangs on it."""

    pk: int
    uid: UUID
    seq: int
    name: str
    targets: tuple[TargetRow, ...]
    tasks: tuple[TaskRow, ...]
    milestones: tuple[MilestoneRow, ...]


def campaign_in_force(on: date) -> Campaign | None:
    """The campaign a day speaks of; None before the first was made.

    That of its year, else of the last year before it, else the next to come. Of several in one
    year the first is the whole, and the others are parts of it.
    """
    campaigns = Campaign.objects.filter(parent__isnull=True)
    begun = campaigns.filter(year__lte=on.year).order_by("-year", "pk").first()
    return begun or campaigns.order_by("year", "pk").first()


def campaign_of_year(year: int) -> Campaign | None:
    """The campaign whose targets a period of the year counts; None where it has none."""
    return Campaign.objects.filter(parent__isnull=True, year=year).order_by("pk").first()


def plan_actions(campaign: Campaign, *, on: date) -> list[ActionRow]:
    """The tree of a campaign with the values in force on a day. Six queries, however large."""
    held = {"valid_from__lte": on}
    actions = campaign.actions.prefetch_related(
        Prefetch(
            "targets",
            Target.objects.select_related("document")
            .order_by("seq")
            .prefetch_related(
                Prefetch("values", TargetValue.objects.order_by("valid_from")),
                Prefetch("definitions", Definition.objects.filter(**held).order_by("number")),
            ),
        ),
        Prefetch("tasks", Task.objects.order_by("seq")),
        Prefetch("milestones", Milestone.objects.order_by("seq")),
    )
    return [_action(action, on) for action in actions]


def targets_in_order(campaign: Campaign, *, on: date) -> list[TargetRow]:
    """All targets of a campaign in the plan's order."""
    return [target for action in plan_actions(campaign, on=on) for target in action.targets]


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


def action_by_uid(uid: UUID, *, reader: User) -> Action:
    """One action, for a reader of the plan. Missing otherwise."""
    rows = Action.objects.select_related("campaign").filter(uid=uid)
    missing = Missing("action.missing", _("没有这个行动，它可能已经调出计划。"))
    return _one_shown(rows, reader, missing)


def _one_shown(rows: QuerySet[Node], reader: User, missing: Missing) -> Node:
    """The one row there is, for readers of business data; to all others there is none."""
    row = rows.first()
    if row is None or not holds(reader, BUSINESS):
        raise missing
    return row


def _action(action: Action, on: date) -> ActionRow:
    return ActionRow(
        pk=action.pk,
        uid=action.uid,
        seq=action.seq,
        name=action.name,
        targets=tuple(_target(target, action.seq, on) for target in action.targets.all()),
        tasks=tuple(
            TaskRow(
                pk=task.pk,
                uid=task.uid,
                code=f"{action.seq}-{task.seq}",
                title=task.title,
                deadline=task.deadline,
                precision=task.deadline_precision,
                sentence=task.sentence,
            )
            for task in action.tasks.all()
        ),
        milestones=tuple(
            MilestoneRow(m.pk, m.uid, m.text, m.day, m.precision, m.task_id)
            for m in action.milestones.all()
        ),
    )


def _target(target: Target, action_seq: int, on: date) -> TargetRow:
    # A plan is adopted before its year begins: until then its first value is the one to show.
    values = list(target.values.all())
    value = next((v for v in reversed(values) if v.valid_from <= on), values[0])
    definitions = list(target.definitions.all())
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
        deadline=target.deadline,
        trajectory=target.trajectory,
        sentence=target.sentence,
        definition=definitions[-1].text if definitions else "",
        document=target.document.uid if target.document else None,
        adopted_at=target.document.adopted_at if target.document else None,
    )

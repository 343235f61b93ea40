"""The tree by hand: nodes typed in, set right, put in order, withdrawn with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.plan import rules
from gongjian.flow.plan.models import (
    Action,
    Campaign,
    Milestone,
    Target,
    TargetSource,
    TargetValue,
    Task,
)
from gongjian.flow.plan.queries import standing
from gongjian.flow.plan.usecases.comparing import compare_anew
from gongjian.flow.plan.usecases.growing import Growth, NodeWords
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

Node = Action | Target | Task | Milestone


@dataclass(frozen=True, slots=True)
class ActionWords:
    """An action as it is typed; `part` is the campaign within the campaign."""

    name: str
    part: Campaign | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class FormWords:
    """How a target's figure is formed from a day on."""

    kind: str
    source: str
    numerator: str = ""
    denominator: str = ""


@transaction.atomic
def create_part(campaign: Campaign, name: str, *, by: User, at: datetime) -> Campaign:
    """A campaign within a campaign of the year. Refused: office.only, campaign.known, .part."""
    rules.check_can_keep_plan(by)
    kept = rules.check_text(_("名称"), name, most=80)
    if campaign.parent_id is not None:
        raise Refused("campaign.part", _("攻坚年下面只分一层，不能再往下分。"))
    try:
        with transaction.atomic():
            part = Campaign.objects.create(name=kept, year=campaign.year, parent=campaign)
    except IntegrityError as twice:
        raise Refused(
            "campaign.known",
            _("%(year)s 年已经有“%(name)s”。") % {"year": campaign.year, "name": kept},
        ) from twice
    note("campaign.part-created", part, by=by, at=at)
    return part


@transaction.atomic
def add_action(campaign: Campaign, words: ActionWords, *, by: User, at: datetime) -> Action:
    """An action that no document gave.

    Refused: office.only, plan.text, campaign.part, plan.known.
    """
    rules.check_can_keep_plan(by)
    rules.check_part(campaign, words.part)
    name = rules.check_text(_("名称"), words.name, most=80)
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.actions.filter(standing(local_day(at)), name=name).exists():
        raise Refused("plan.known", _("已经有“%(name)s”这个行动。") % {"name": name})
    last = campaign.actions.aggregate(last=Max("seq"))["last"] or 0
    action = Action.objects.create(
        campaign=campaign,
        seq=last + 1,
        name=name,
        part=words.part,
        basis=rules.check_text(_("依据"), words.basis, most=120, needed=False),
    )
    note("action.added", action, by=by, at=at)
    compare_anew(campaign, at=at)
    return action


@transaction.atomic
def add_node(
    action: Action, words: NodeWords, *, by: User, at: datetime
) -> Target | Task | Milestone:
    """A target, task or milestone that no document gave.

    Refused: office.only, plan.ended, plan.text, plan.value, plan.date, plan.there, target.form.
    """
    rules.check_can_keep_plan(by)
    action = Action.objects.select_for_update().select_related("campaign").get(pk=action.pk)
    rules.check_node_stands(action, on=local_day(at))
    kept = words.checked(year=action.campaign.year)
    same = {
        "target": Q(targets__metric=kept.name),
        "task": Q(tasks__title=kept.name),
        "milestone": Q(milestones__text=kept.name, milestones__day=kept.deadline),
    }[kept.kind]
    rules.check_is_new(kept.name, there=Action.objects.filter(same, pk=action.pk).exists())
    growth = Growth.of([(action, kept)], on=local_day(at))
    note(f"{words.kind}.added", *growth.rows, by=by, at=at)
    compare_anew(action.campaign, at=at)
    return (growth.targets or growth.tasks or growth.milestones)[0]


@transaction.atomic
def add_milestone(node: Target | Task, words: NodeWords, *, by: User, at: datetime) -> Milestone:
    """A milestone of a target or task. Refused: see add_node."""
    rules.check_can_keep_plan(by)
    rules.check_node_stands(node, on=local_day(at))
    action = Action.objects.select_for_update().select_related("campaign").get(pk=node.action_id)
    kept = words.checked(year=action.campaign.year)
    last = action.milestones.aggregate(last=Max("seq"))["last"] or 0
    factor = node.factor if isinstance(node, Target) else Decimal(1)
    milestone = Milestone.objects.create(
        action=action,
        target=node if isinstance(node, Target) else None,
        task=node if isinstance(node, Task) else None,
        seq=last + 1,
        text=kept.name,
        day=kept.deadline,
        precision=kept.precision,
        value=kept.value * factor if kept.value is not None and isinstance(node, Target) else None,
        basis=kept.basis,
    )
    note("milestone.added", milestone, by=by, at=at)
    compare_anew(action.campaign, at=at)
    return milestone


EDITABLE: Mapping[type[Kept], Mapping[str, int]] = {
    Action: {"name": 80, "basis": 120},
    Target: {"metric": 80, "qualifier": 30, "measures": 300, "basis": 120},
    Task: {"title": 300, "measures": 300, "basis": 120},
    Milestone: {"text": 300, "basis": 120},
}
NEEDED = frozenset({"name", "metric", "title", "text"})


@transaction.atomic
def edit_node(
    node: Node, typed: Mapping[str, str], *, version: int, by: User, at: datetime
) -> Node:
    """Set words right that bear no number and no date; those move by a change only.

    Refused: office.only, plan.ended, plan.text, plan.changed.
    """
    rules.check_can_keep_plan(by)
    node = _locked(node)
    rules.check_node_stands(node, on=local_day(at))
    fields = EDITABLE[type(node)]
    labels = {name: str(node._meta.get_field(name).verbose_name) for name in fields}  # type: ignore[union-attr]
    kept = {
        name: rules.check_text(labels[name], typed[name], most=most, needed=name in NEEDED)
        for name, most in fields.items()
        if name in typed
    }
    rules.check_same_version(
        node, version, mine={labels[name]: value or "—" for name, value in kept.items()}
    )
    for name, value in kept.items():
        setattr(node, name, value)
    node.version += 1
    node.save(update_fields=[*kept, "version"])
    note(f"{node._meta.model_name}.edited", node, by=by, at=at)
    compare_anew(_campaign_of(node), at=at)
    return node


@transaction.atomic
def put_under_part(
    action: Action, part: Campaign | None, *, version: int, by: User, at: datetime
) -> Action:
    """Say to which campaign within the campaign an action belongs.

    Refused: office.only, campaign.part, plan.changed, plan.ended.
    """
    rules.check_can_keep_plan(by)
    action = Action.objects.select_for_update().select_related("campaign").get(pk=action.pk)
    rules.check_part(action.campaign, part)
    rules.check_node_stands(action, on=local_day(at))
    rules.check_same_version(action, version, mine={"part": str(part or "—")})
    action.part = part
    action.version += 1
    action.save(update_fields=["part", "version"])
    note("action.put-under-part", action, by=by, at=at)
    return action


@transaction.atomic
def end_node(node: Node, reason: str, *, version: int, by: User, at: datetime) -> Node:
    """Withdraw it from today on; it stays readable, and its past periods stay as they are.

    Refused: office.only, plan.ended, plan.no-reason, plan.holds, plan.changed.
    """
    node, on = _locked(node), local_day(at)
    rules.check_can_end(node, reason, holds=_holds(node, on), by=by, on=on)
    rules.check_same_version(node, version, mine={_("调出原因"): reason})
    node.ended_on, node.ended_by = on, by
    node.end_reason = rules.check_text(_("调出原因"), reason, most=300)
    node.version += 1
    node.save(update_fields=["ended_on", "ended_by", "end_reason", "version"])
    rows: list[Kept] = [node]
    if isinstance(node, Target):
        value = TargetValue.objects.select_for_update().get(target=node, valid_to__isnull=True)
        value.valid_to = max(on, value.valid_from)
        value.save(update_fields=["valid_to"])
        rows.append(value)
    note(f"{node._meta.model_name}.ended", *rows, by=by, at=at)
    compare_anew(_campaign_of(node), at=at)
    return node


@transaction.atomic
def move_node(node: Node, step: int, *, version: int, by: User, at: datetime) -> Node:
    """One place up (-1) or down (1) among its own kind.

    Refused: office.only, plan.at-the-end, plan.changed.
    """
    on = local_day(at)
    _lock_around(node)
    node = _locked(node)
    siblings = _siblings(node, on)
    rows = siblings.filter(seq__gt=node.seq) if step > 0 else siblings.filter(seq__lt=node.seq)
    neighbour = rows.order_by("seq" if step > 0 else "-seq").first()
    rules.check_can_move(neighbour, by=by)
    assert neighbour is not None  # the rule refuses it
    rules.check_same_version(node, version, mine={})
    mine, theirs = node.seq, neighbour.seq
    free = (_all(node).aggregate(last=Max("seq"))["last"] or 0) + 1
    for row, seq in ((neighbour, free), (node, theirs), (neighbour, mine)):
        row.seq = seq
        row.save(update_fields=["seq"])
    for row in (node, neighbour):
        row.version += 1
        row.save(update_fields=["version"])
    note(f"{node._meta.model_name}.moved", node, neighbour, by=by, at=at)
    return node


@transaction.atomic
def set_value(
    target: Target,
    value: Decimal | None,
    value_max: Decimal | None = None,
    *,
    basis: str = "",
    version: int,
    by: User,
    at: datetime,
) -> TargetValue:
    """The first value of a target that had none, in base units; later ones are changes.

    Refused: office.only, plan.ended, plan.value, plan.changed, target.has-value.
    """
    rules.check_can_keep_plan(by)
    target = Target.objects.select_for_update().get(pk=target.pk)
    rules.check_node_stands(target, on=local_day(at))
    rules.check_same_version(target, version, mine={})
    if value is None:
        raise Refused("plan.value", _("目标值不能空着。"))
    rules.check_value(value, value_max, kind=target.kind, factor=Decimal(1))
    kept = TargetValue.objects.select_for_update().get(target=target, valid_to__isnull=True)
    if kept.value is not None:
        raise Refused("target.has-value", _("这个目标已有目标值。要改请走调整，写明原因并经批准。"))
    kept.value, kept.value_max = value, value_max
    kept.basis = rules.check_text(_("依据"), basis, most=120, needed=False)
    kept.save(update_fields=["value", "value_max", "basis"])
    target.version += 1
    target.save(update_fields=["version"])
    note("target.value-set", target, kept, by=by, at=at)
    compare_anew(target.action.campaign, at=at)
    return kept


@transaction.atomic
def form_target(
    target: Target, words: FormWords, *, valid_from: date, version: int, by: User, at: datetime
) -> TargetSource:
    """Say how a target's figure is formed from a day on; what was formed before stays as it was.

    Refused: office.only, plan.ended, target.form, plan.changed.
    """
    rules.check_can_keep_plan(by)
    target = Target.objects.select_for_update().get(pk=target.pk)
    rules.check_node_stands(target, on=local_day(at))
    if words.kind not in Target.Kind.values or words.source not in TargetSource.Source.values:
        raise Refused("target.form", _("没有这种类型或来源，请从列表里选。"))
    rules.check_form(words.kind, words.source)
    label = str(Target.Kind(words.kind).label)
    rules.check_same_version(target, version, mine={_("类型"): label})
    last = TargetSource.objects.select_for_update().get(target=target, valid_to__isnull=True)
    since = max(valid_from, last.valid_from)
    last.valid_to = since
    last.kind = target.kind
    last.save(update_fields=["valid_to", "kind"])
    source = TargetSource.objects.create(
        target=target,
        kind=words.kind,
        source=words.source,
        numerator=rules.check_text(_("分子"), words.numerator, most=80, needed=False),
        denominator=rules.check_text(_("分母"), words.denominator, most=80, needed=False),
        valid_from=since,
    )
    target.kind = words.kind
    target.version += 1
    target.save(update_fields=["kind", "version"])
    note("target.formed", target, last, source, by=by, at=at)
    return source


def _locked(node: Node) -> Node:
    return type(node)._default_manager.select_for_update().get(pk=node.pk)


def _campaign_of(node: Node) -> Campaign:
    return node.campaign if isinstance(node, Action) else node.action.campaign


def _all(node: Node) -> QuerySet[Any]:
    """All of one kind that share the numbers of a node; targets and tasks share theirs."""
    above = (
        {"campaign": node.campaign_id} if isinstance(node, Action) else {"action": node.action_id}
    )
    return type(node)._default_manager.filter(**above)


def _siblings(node: Node, on: date) -> QuerySet[Any]:
    return _all(node).filter(standing(on)).select_for_update()


def _lock_around(node: Node) -> None:
    """Numbers change one act after the other."""
    if isinstance(node, Action):
        Campaign.objects.select_for_update().get(pk=node.campaign_id)
    else:
        Action.objects.select_for_update().get(pk=node.action_id)


def _holds(node: Node, on: date) -> int:
    """How much stands below it that was not withdrawn."""
    there = standing(on)
    if isinstance(node, Action):
        below = (node.targets, node.tasks, node.milestones)
        return sum(rows.filter(there).count() for rows in below)
    if isinstance(node, Milestone):
        return 0
    return node.milestones.filter(there).count()

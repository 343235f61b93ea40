"""Tags: made, set below one another, borne by nodes, given numbers of their own."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gongjian.flow.plan import rules
from gongjian.flow.plan.models import (
    Action,
    Campaign,
    Precision,
    Tag,
    TagMember,
    TagTarget,
    Target,
    Task,
)
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused
from gongjian.lib.units import dimension_of


@dataclass(frozen=True, slots=True)
class TagTargetWords:
    """A tag's own target as it is typed; its value in the written unit."""

    metric: str
    deadline: date
    kind: str = Target.Kind.FLOW
    comparator: str = Target.Comparator.AT_LEAST
    value: Decimal | None = None
    unit: str = ""
    precision: str = Precision.YEAR
    basis: str = ""


@transaction.atomic
def create_tag(
    campaign: Campaign, name: str, *, parent: Tag | None = None, by: User, at: datetime
) -> Tag:
    """A new tag. Refused: office.only, plan.text, tag.known."""
    rules.check_can_keep_tags(by)
    kept = rules.check_text(_("标签"), name, most=40)
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    last = campaign.tags.aggregate(last=Max("seq"))["last"] or 0
    try:
        with transaction.atomic():
            tag = Tag.objects.create(campaign=campaign, name=kept, parent=parent, seq=last + 1)
    except IntegrityError as twice:
        raise Refused("tag.known", _("已经有“%(name)s”这个标签。") % {"name": kept}) from twice
    note("tag.created", tag, by=by, at=at)
    return tag


@transaction.atomic
def place_tag(tag: Tag, parent: Tag | None, *, version: int, by: User, at: datetime) -> Tag:
    """Set a tag below another, or on top. Refused: office.only, plan.cycle, plan.changed."""
    rules.check_can_keep_tags(by)
    tags = {row.pk: row for row in tag.campaign.tags.select_for_update()}
    kept = tags[tag.pk]
    parents = {key: row.parent_id for key, row in tags.items()}
    rules.check_no_cycle(kept.pk, parent.pk if parent else None, parents)
    rules.check_same_version(kept, version, mine={"parent": str(parent or "—")})
    kept.parent = parent
    kept.version += 1
    kept.save(update_fields=["parent", "version"])
    note("tag.placed", kept, by=by, at=at)
    return kept


@transaction.atomic
def end_tag(tag: Tag, reason: str, *, version: int, by: User, at: datetime) -> Tag:
    """A tag that is used no longer. Refused: office.only, plan.ended, plan.no-reason, .changed."""
    rules.check_can_keep_tags(by)
    kept = Tag.objects.select_for_update().get(pk=tag.pk)
    on = local_day(at)
    rules.check_node_stands(kept, on=on)
    rules.check_same_version(kept, version, mine={})
    kept.end_reason = rules.check_text(_("停用原因"), reason, most=300)
    kept.ended_on, kept.ended_by = on, by
    kept.version += 1
    kept.save(update_fields=["end_reason", "ended_on", "ended_by", "version"])
    note("tag.ended", kept, by=by, at=at)
    return kept


@transaction.atomic
def tag_node(tag: Tag, node: Action | Target | Task, *, by: User, at: datetime) -> TagMember:
    """Let a node bear a tag from today on. Refused: office.only, plan.ended, tag.borne, .other."""
    rules.check_can_keep_tags(by)
    on = local_day(at)
    rules.check_node_stands(Tag.objects.select_for_update().get(pk=tag.pk), on=on)
    node = type(node)._default_manager.get(pk=node.pk)
    rules.check_node_stands(node, on=on)
    campaign = node.campaign_id if isinstance(node, Action) else node.action.campaign_id
    if campaign != tag.campaign_id:
        raise Refused("tag.other", _("标签和这一条不在同一个攻坚年。"))
    try:
        with transaction.atomic():
            member = TagMember.objects.create(
                tag=tag, valid_from=on, **{node._meta.model_name or "": node}
            )
    except IntegrityError as twice:
        raise Refused("tag.borne", _("这一条已经有这个标签了。")) from twice
    note("tag.given", member, by=by, at=at)
    return member


@transaction.atomic
def untag_node(member: TagMember, *, by: User, at: datetime) -> TagMember:
    """Take a tag off from today on. Refused: office.only, tag.taken-off."""
    rules.check_can_keep_tags(by)
    kept = TagMember.objects.select_for_update().get(pk=member.pk)
    if kept.valid_to is not None:
        raise Refused("tag.taken-off", _("这个标签已经取下了。"))
    kept.valid_to = max(local_day(at), kept.valid_from)
    kept.save(update_fields=["valid_to"])
    note("tag.taken-off", kept, by=by, at=at)
    return kept


@transaction.atomic
def add_tag_target(tag: Tag, words: TagTargetWords, *, by: User, at: datetime) -> TagTarget:
    """A number the tag is to reach as a whole. Refused: office.only, plan.text, plan.value."""
    rules.check_can_keep_tags(by)
    rules.check_node_stands(Tag.objects.get(pk=tag.pk), on=local_day(at))
    unit = rules.check_text(_("单位"), words.unit, most=20, needed=False)
    factor = dimension_of(unit)[1]
    rules.check_value(words.value, kind=words.kind, factor=factor)
    target = TagTarget.objects.create(
        tag=tag,
        metric=rules.check_text(_("目标名称"), words.metric, most=80),
        kind=Target.Kind(words.kind),
        comparator=Target.Comparator(words.comparator),
        value=None if words.value is None else words.value * factor,
        unit=unit,
        factor=factor,
        deadline=words.deadline,
        deadline_precision=Precision(words.precision),
        basis=rules.check_text(_("依据"), words.basis, most=120, needed=False),
    )
    rows: list[Kept] = [target]
    note("tag.target-added", *rows, by=by, at=at)
    return target

"""Tags with what bears them, and the numbers they are to reach as a whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign, Tag, TagMember, TagTarget
from gongjian.flow.plan.queries.tree import ActionRow, TargetRow, TaskRow, plan_actions, standing
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import SEE_BUSINESS, allows
from gongjian.foundation.records.queries import prepared
from gongjian.lib.refusals import Missing


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One node that bears a tag."""

    uid: UUID
    kind: str
    node: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class TagRow:
    """One tag: its own targets, what bears it, and the targets that are rolled up into it."""

    tag: Tag
    depth: int
    own: tuple[TagTarget, ...]
    members: tuple[MemberRow, ...]
    targets: tuple[TargetRow, ...]
    tasks: int


def tag_rows(campaign: Campaign, *, on: date) -> list[TagRow]:
    """All tags in their order, those below after their own. A constant number of queries.

    A tag rolls up the targets it is borne by, those of actions that bear it, and those of the
    tags below; each once.
    """
    tags = list(campaign.tags.filter(standing(on)))
    nodes = _Nodes(plan_actions(campaign, on=on))
    members: dict[int, list[TagMember]] = defaultdict(list)
    for member in _members(on).filter(tag__campaign=campaign).order_by("pk"):
        members[member.tag_id].append(member)
    own: dict[int, list[TagTarget]] = defaultdict(list)
    for target in TagTarget.objects.filter(standing(on), tag__campaign=campaign):
        own[target.tag_id].append(target)
    return [_row(tag, depth, below, nodes, members, own) for tag, depth, below in _in_order(tags)]


def tags_of(campaign: Campaign, *, on: date) -> list[Tag]:
    """The tags that stand on a day. One query."""
    return _tags(campaign=campaign.pk, on=on)


@prepared
def _tags(*, campaign: int, on: date) -> QuerySet[Tag]:
    return Tag.objects.filter(standing(on), campaign=campaign)


def whole_tag(uid: UUID) -> list[int]:
    """The keys of a tag and of all tags below it. Two queries."""
    tag = Tag.objects.filter(uid=uid).first()
    if tag is None:
        return []
    rows = list(Tag.objects.filter(campaign=tag.campaign_id))
    return next(keys for row, _depth, keys in _in_order(rows) if row.pk == tag.pk)


def tags_of_node(kind: str, key: int, *, on: date) -> list[TagMember]:
    """What tags one node bears. One query."""
    return list(_members(on).filter(**{kind: key}).select_related("tag"))


def tag_by_uid(uid: UUID, *, reader: User) -> Tag:
    """One tag, for a reader of the plan. Missing: tag.missing."""
    tag = Tag.objects.select_related("campaign").filter(uid=uid).first()
    if tag is None or not allows(SEE_BUSINESS, reader):
        raise Missing("tag.missing", _("没有这个标签。"))
    return tag


def member_by_uid(uid: UUID, *, reader: User) -> TagMember:
    """What bears a tag, for a reader of the plan. Missing: tag.missing."""
    member = TagMember.objects.filter(uid=uid).first()
    if member is None or not allows(SEE_BUSINESS, reader):
        raise Missing("tag.missing", _("这一条没有这个标签。"))
    return member


def _members(on: date) -> QuerySet[TagMember]:
    return TagMember.objects.filter(valid_from__lte=on).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )


def _in_order(tags: Sequence[Tag]) -> list[tuple[Tag, int, list[int]]]:
    """Each tag with its depth and the keys of itself and all below it."""
    children: dict[int | None, list[Tag]] = defaultdict(list)
    there = {tag.pk for tag in tags}
    for tag in tags:
        children[tag.parent_id if tag.parent_id in there else None].append(tag)

    def walk(above: int | None, depth: int) -> Iterable[tuple[Tag, int, list[int]]]:
        for tag in children[above]:
            below = list(walk(tag.pk, depth + 1))
            yield tag, depth, [tag.pk, *(row.pk for row, _depth, _keys in below)]
            yield from below

    return list(walk(None, 0))


class _Nodes:
    """The nodes of a plan by their keys."""

    def __init__(self, actions: Sequence[ActionRow]) -> None:
        self.actions = {action.pk: action for action in actions}
        self.targets = {target.pk: target for action in actions for target in action.targets}
        self.tasks = {task.pk: task for action in actions for task in action.tasks}

    def row(self, member: TagMember) -> MemberRow | None:
        """What bears the tag; None where it was withdrawn."""
        if member.action_id in self.actions:
            action = self.actions[member.action_id]
            return MemberRow(member.uid, "action", action.uid, str(action.seq), action.name)
        if member.target_id in self.targets:
            target = self.targets[member.target_id]
            return MemberRow(member.uid, "target", target.uid, target.code, target.metric)
        if member.task_id in self.tasks:
            task = self.tasks[member.task_id]
            return MemberRow(member.uid, "task", task.uid, task.code, task.title)
        return None

    def targets_of(self, member: TagMember) -> tuple[TargetRow, ...]:
        if member.action_id in self.actions:
            return self.actions[member.action_id].targets
        return (self.targets[member.target_id],) if member.target_id in self.targets else ()

    def tasks_of(self, member: TagMember) -> tuple[TaskRow, ...]:
        if member.action_id in self.actions:
            return self.actions[member.action_id].tasks
        return (self.tasks[member.task_id],) if member.task_id in self.tasks else ()


def _row(
    tag: Tag,
    depth: int,
    below: Sequence[int],
    nodes: _Nodes,
    members: Mapping[int, Sequence[TagMember]],
    own: Mapping[int, Sequence[TagTarget]],
) -> TagRow:
    every = [member for key in below for member in members.get(key, ())]
    targets = {t.pk: t for member in every for t in nodes.targets_of(member)}
    tasks = {t.pk for member in every for t in nodes.tasks_of(member)}
    shown = [row for member in members.get(tag.pk, ()) if (row := nodes.row(member))]
    return TagRow(
        tag=tag,
        depth=depth,
        own=tuple(own.get(tag.pk, ())),
        members=tuple(shown),
        targets=tuple(targets.values()),
        tasks=len(tasks),
    )

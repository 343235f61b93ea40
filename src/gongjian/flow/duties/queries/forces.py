"""Task forces: who is in them on a day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.duties.models import TaskForce, TaskForceMember
from gongjian.flow.duties.queries.leaders import Holder, holders, over_campaign
from gongjian.flow.duties.queries.subjects import Subject
from gongjian.flow.plan.models import Campaign
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.queries import in_force
from gongjian.foundation.orgs.rules import SEE_BUSINESS, allows
from gongjian.lib.refusals import Missing

Role = TaskForceMember.Role
SUBJECTS = ("action", "target", "task", "project")


@dataclass(frozen=True, slots=True)
class ForceRow:
    """One task force: over what, who heads it, who is in it."""

    pk: int
    uid: UUID
    name: str
    over: str
    over_kind: str
    over_uid: UUID
    key: tuple[str, int]
    basis: str
    valid_from: date
    head: Holder | None
    deputies: tuple[Holder, ...]
    units: tuple[str, ...]
    liaisons: tuple[Holder, ...]
    officers: tuple[Holder, ...]


def force_rows(
    campaign: Campaign,
    *,
    on: date,
    words: str = "",
    only: Sequence[int] | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> list[ForceRow]:
    """Task forces in force, in the order they were set up; `only` those of keys. Three queries."""
    found = _forces(campaign, on, words).select_related(*SUBJECTS)
    if only is not None:
        found = found.filter(pk__in=only)
    return _rows(list(found[offset : None if limit is None else offset + limit]), on)


def count_forces(campaign: Campaign, *, on: date, words: str = "") -> int:
    return _forces(campaign, on, words).count()


def force_row(force: TaskForce, *, on: date) -> ForceRow:
    """One task force as a row. Two queries."""
    return _rows([force], on)[0]


def force_by_uid(uid: UUID, *, reader: User) -> TaskForce:
    """One task force with what it stands over. Missing otherwise."""
    force = TaskForce.objects.select_related(*SUBJECTS).filter(uid=uid).first()
    if force is None or not allows(SEE_BUSINESS, reader):
        raise Missing("force.missing", _("没有这个专班，它可能已经撤销。"))
    return force


def places_of(force: TaskForce) -> list[TaskForceMember]:
    """Who is in a task force now, in order. One query."""
    return list(
        force.members.filter(valid_to__isnull=True).select_related("post__unit", "unit", "force")
    )


def _forces(campaign: Campaign, on: date, words: str) -> QuerySet[TaskForce]:
    found = TaskForce.objects.filter(over_campaign(campaign)).filter(in_force(on))
    if words:
        found = found.filter(
            Q(name__icontains=words)
            | Q(action__name__icontains=words)
            | Q(target__metric__icontains=words)
            | Q(task__title__icontains=words)
            | Q(project__name__icontains=words)
            | Q(members__unit__short_name__icontains=words, members__valid_to__isnull=True)
        ).distinct()
    return found


def _rows(forces: list[TaskForce], on: date) -> list[ForceRow]:
    members = list(
        TaskForceMember.objects.filter(in_force(on), force__in=forces).select_related(
            "post__unit", "unit"
        )
    )
    standing = holders([m.post for m in members if m.post is not None], on=on)
    places: dict[int, dict[str, list[Holder]]] = defaultdict(lambda: defaultdict(list))
    units: dict[int, list[str]] = defaultdict(list)
    for member in members:
        if member.unit is not None:
            units[member.force_id].append(member.unit.short_name)
        elif member.post_id is not None:
            places[member.force_id][member.role].append(standing[member.post_id])
    return [_row(force, places[force.pk], units[force.pk]) for force in forces]


def _row(force: TaskForce, places: dict[str, list[Holder]], units: list[str]) -> ForceRow:
    kind = force.subject_key[0]
    subject = getattr(force, kind)
    name = {"target": "metric", "task": "title"}.get(kind, "name")
    return ForceRow(
        pk=force.pk,
        uid=force.uid,
        name=force.name,
        over=getattr(subject, name),
        over_kind=kind,
        over_uid=subject.uid,
        key=force.subject_key,
        basis=force.basis,
        valid_from=force.valid_from,
        head=next(iter(places[Role.HEAD]), None),
        deputies=tuple(places[Role.DEPUTY]),
        units=tuple(units),
        liaisons=tuple(places[Role.LIAISON]),
        officers=tuple(places[Role.OFFICER]),
    )


@dataclass(frozen=True, slots=True)
class ForceForm:
    """A task force as its form begins with it."""

    name: str = ""
    basis: str = ""
    head: tuple[UUID, ...] = ()
    deputies: tuple[UUID, ...] = ()
    units: tuple[UUID, ...] = ()
    liaisons: tuple[UUID, ...] = ()
    officers: tuple[UUID, ...] = ()


def force_form(force: TaskForce | None) -> ForceForm:
    """What stands in a task force now; nothing for a new one. One query."""
    if force is None:
        return ForceForm()
    members = places_of(force)

    def posts(role: str) -> tuple[UUID, ...]:
        return tuple(m.post.uid for m in members if m.role == role and m.post is not None)

    return ForceForm(
        name=force.name,
        basis=force.basis,
        head=posts(Role.HEAD),
        deputies=posts(Role.DEPUTY),
        units=tuple(m.unit.uid for m in members if m.unit is not None),
        liaisons=posts(Role.LIAISON),
        officers=posts(Role.OFFICER),
    )


def subject_of(force: TaskForce) -> Subject:
    """The piece of work a task force stands over; it must be loaded."""
    found: Subject = getattr(force, force.subject_key[0])
    return found

"""Who answers for one project, whom to ring: units, sponsor, task force, with masked numbers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from gongjian.flow.duties.models import Duty, Sponsorship, TaskForceMember
from gongjian.flow.projects.models import Project
from gongjian.foundation.orgs.models import Person, Post, PostHolding
from gongjian.foundation.orgs.queries import in_force, masked
from gongjian.foundation.records.queries import prepared

Role = TaskForceMember.Role
SPEAKING = (Post.Kind.HEAD, Post.Kind.DEPUTY, Post.Kind.LIAISON, Post.Kind.STAFF)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who answers: the name empty while the post is vacant, the number masked."""

    name: str
    post: str
    unit: str
    phone: str
    acting: bool = False


@dataclass(frozen=True, slots=True)
class ProjectContacts:
    """All who answer for one project on a day."""

    sponsor: Contact | None
    sponsor_post: UUID | None
    sponsor_person: Person | None  # None while the post is vacant
    lead: Contact | None  # whoever speaks for the lead unit
    lead_unit: str
    lead_uid: UUID | None
    responsible: tuple[str, ...]
    supporting: tuple[str, ...]
    force: str
    force_uid: UUID | None
    force_basis: str
    head: Contact | None
    deputies: tuple[Contact, ...]
    units: tuple[str, ...]
    liaisons: tuple[Contact, ...]
    officers: tuple[Contact, ...]


def contacts_of(project: Project, *, on: date) -> ProjectContacts:
    """Who answers for a project on a day. Four queries."""
    duties = _duties(project=project.pk, on=on)
    sponsored = next(iter(_sponsorships(project=project.pk, on=on)), None)
    members = _members(project=project.pk, on=on)
    lead = next((duty.unit for duty in duties if duty.role == Duty.Role.LEAD), None)
    posts = [row.post for row in (sponsored, *members) if row is not None and row.post is not None]
    held = _held(posts=[post.pk for post in posts], unit=lead.pk if lead else 0, on=on)
    standing = {row.post_id: row for row in sorted(held, key=lambda row: not row.acting)}
    force = members[0].force if members else None
    holding = standing.get(sponsored.post_id) if sponsored else None

    def placed(role: str) -> tuple[Contact, ...]:
        named = (m.post for m in members if m.role == role and m.post is not None)
        return tuple(_contact(post, standing.get(post.pk)) for post in named)

    return ProjectContacts(
        sponsor=_contact(sponsored.post, holding) if sponsored else None,
        sponsor_post=sponsored.post.uid if sponsored else None,
        sponsor_person=holding.person if holding else None,
        lead=_speaker(held, lead.pk, lead.short_name) if lead else None,
        lead_unit=lead.short_name if lead else "",
        lead_uid=lead.uid if lead else None,
        responsible=_names(duties, Duty.Role.RESPONSIBLE),
        supporting=_names(duties, Duty.Role.SUPPORTING),
        force=force.name if force else "",
        force_uid=force.uid if force else None,
        force_basis=force.basis if force else "",
        head=next(iter(placed(Role.HEAD)), None),
        deputies=placed(Role.DEPUTY),
        units=tuple(m.unit.short_name for m in members if m.unit is not None),
        liaisons=placed(Role.LIAISON),
        officers=placed(Role.OFFICER),
    )


@prepared
def _duties(*, project: int, on: date) -> QuerySet[Duty]:
    return Duty.objects.filter(in_force(on), project=project).select_related("unit")


@prepared
def _sponsorships(*, project: int, on: date) -> QuerySet[Sponsorship]:
    held = Sponsorship.objects.filter(in_force(on), project=project)
    return held.select_related("post__unit").order_by("pk")


@prepared
def _members(*, project: int, on: date) -> QuerySet[TaskForceMember]:
    standing = Q(force__valid_to__isnull=True) | Q(force__valid_to__gt=on)
    held = TaskForceMember.objects.filter(
        in_force(on), standing, force__project=project, force__valid_from__lte=on
    )
    return held.select_related("force", "post__unit", "unit")


@prepared
def _held(*, posts: Collection[int], unit: int, on: date) -> QuerySet[PostHolding]:
    """Who holds these posts, or speaks for the unit."""
    speaks = Q(post__unit=unit, post__kind__in=SPEAKING)
    held = PostHolding.objects.filter(in_force(on)).filter(Q(post__in=posts) | speaks)
    return held.select_related("person", "post")


def _names(duties: Iterable[Duty], role: str) -> tuple[str, ...]:
    ordered = sorted(duties, key=lambda duty: (duty.order, duty.pk))
    return tuple(duty.unit.short_name for duty in ordered if duty.role == role)


def _speaker(held: Iterable[PostHolding], unit: int, name: str) -> Contact | None:
    """Who speaks for a unit: its head, else the next that is filled."""
    own = [row for row in held if row.post.unit_id == unit and row.post.kind in SPEAKING]
    own.sort(key=lambda row: (SPEAKING.index(row.post.kind), row.acting, row.post.order))
    if not own:
        return None
    first = own[0]
    phone = masked(first.person.mobile)
    return Contact(first.person.name, first.post.name, name, phone, first.acting)


def _contact(post: Post, holding: PostHolding | None) -> Contact:
    unit = post.unit.short_name
    if holding is None:
        return Contact("", post.name, unit, "")
    phone = masked(holding.person.mobile)
    return Contact(holding.person.name, post.name, unit, phone, holding.acting)

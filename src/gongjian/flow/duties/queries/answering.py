"""What one unit answers for: its parts in the plan, its task forces, what is not settled."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from gongjian.flow.duties.models import Duty, DutyList, TaskForceMember
from gongjian.flow.duties.queries.coverage import CoverageRow, coverage_rows
from gongjian.flow.duties.queries.forces import ForceRow, force_rows
from gongjian.flow.duties.queries.leaders import LEADING, over_campaign
from gongjian.flow.duties.queries.lists import list_in_the_making
from gongjian.flow.duties.queries.opinions import standing_opinions, state_of
from gongjian.flow.plan.models import Campaign
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.queries import in_force

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class UnitPart:
    """A unit's part in one action, target, task or project; `place` counts within its role.

    `said` is how the unit answered while a list is out: open, silent, claimed, objected, or "".
    """

    work: CoverageRow
    role: str
    label: str
    place: int
    fills: bool
    proposed: bool
    said: str = ""

    @property
    def unsettled(self) -> bool:
        waits = self.said in ("open", "silent", "objected")
        return self.proposed or waits or bool(self.work.missing)


@dataclass(frozen=True, slots=True)
class UnitAsk:
    """An objection or silence of a unit, or one that names it, which the office has to decide."""

    code: str
    name: str
    kind: str
    uid: UUID
    unit: str
    label: str
    state: str
    better: str
    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class UnitProject:
    """A project a unit serves: by a duty, or in its task force; `sponsor` as a table shows it."""

    work: CoverageRow
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitForce:
    """A task force with those of a unit in it: (what they are, who)."""

    force: ForceRow
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class UnitAnswers:
    """All that one unit answers for; projects stand apart from the work of the plan."""

    parts: tuple[UnitPart, ...] = ()
    projects: tuple[UnitProject, ...] = ()
    forces: tuple[UnitForce, ...] = ()
    asks: tuple[UnitAsk, ...] = ()
    making: DutyList | None = None


def unit_answers(campaign: Campaign, unit: Unit, *, on: date, at: datetime) -> UnitAnswers:
    """What a unit answers for on a day, in the plan's order. A constant number of queries."""
    works = {row.key: row for row in coverage_rows(campaign, on=on)}
    order = {key: place for place, key in enumerate(works)}
    duties = _duties(campaign, unit, on)
    forces = _forces(campaign, unit, on)
    making = list_in_the_making(campaign)
    asks, said = _asked(making, unit, works, at=at)
    parts = tuple(
        UnitPart(
            work=works[key],
            role=duty.role,
            label=str(duty.get_role_display()),
            place=place,
            fills=duty.fills,
            proposed=duty.confirmed_at is None,
            said=said.get((key, duty.role), ""),
        )
        for key, (duty, place) in duties.items()
        if key in works
    )
    ordered = sorted(parts, key=lambda part: order[part.work.key])
    return UnitAnswers(
        parts=tuple(part for part in ordered if part.work.kind != "project"),
        projects=_projects(works, ordered, forces),
        forces=forces,
        asks=asks,
        making=making,
    )


def _duties(campaign: Campaign, unit: Unit, on: date) -> dict[Key, tuple[Duty, int]]:
    """The unit's duty over each piece of work, and its place in its role. Two queries."""
    held = Duty.objects.filter(in_force(on)).filter(over_campaign(campaign))
    mine = {duty.subject_key: duty for duty in held.filter(unit=unit)}
    places: dict[tuple[Key, str], list[int]] = defaultdict(list)
    same = Q()
    for kind in ("action", "target", "task", "project"):
        same |= Q(**{f"{kind}__in": [pk for name, pk in mine if name == kind]})
    for duty in held.filter(same).order_by("order", "pk"):
        places[duty.subject_key, duty.role].append(duty.pk)
    return {key: (duty, places[key, duty.role].index(duty.pk) + 1) for key, duty in mine.items()}


def _forces(campaign: Campaign, unit: Unit, on: date) -> tuple[UnitForce, ...]:
    """Task forces with the unit or a post of it in them. Four queries.

    Leaders' posts are left out: what hangs on them is for that leader and the office.
    """
    posts = Q(post__unit=unit) & ~Q(post__kind__in=LEADING)
    places = TaskForceMember.objects.filter(in_force(on)).filter(Q(unit=unit) | posts)
    named: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for place in places.select_related("post").order_by("order", "pk"):
        who = place.post.name if place.post is not None else ""
        named[place.force_id].append((str(place.get_role_display()), who))
    if not named:
        return ()
    rows = force_rows(campaign, on=on, only=list(named))
    return tuple(UnitForce(row, tuple(named[row.pk])) for row in rows)


def _projects(
    works: Mapping[Key, CoverageRow], parts: list[UnitPart], forces: tuple[UnitForce, ...]
) -> tuple[UnitProject, ...]:
    labels: dict[Key, list[str]] = defaultdict(list)
    for part in parts:
        if part.work.kind == "project":
            labels[part.work.key].append(part.label)
    for one in forces:
        if one.force.over_kind == "project":
            labels[one.force.key] += [label for label, _who in one.places]
    return tuple(
        UnitProject(works[key], tuple(dict.fromkeys(labels[key]))) for key in works if key in labels
    )


def _asked(
    making: DutyList | None, unit: Unit, works: Mapping[Key, CoverageRow], *, at: datetime
) -> tuple[tuple[UnitAsk, ...], dict[tuple[Key, str], str]]:
    """What waits for a decision, and the state of each question to the unit. One query."""
    if making is None or making.state != DutyList.State.CONSULTING:
        return (), {}
    asks, said = [], {}
    for one in standing_opinions(making).filter(Q(unit=unit) | Q(better=unit)):
        key, state = one.line.subject_key, state_of(one, at=at)
        if one.unit_id == unit.pk and not one.outcome:
            said[key, one.role] = state
        if one.outcome or state == "claimed" or key not in works:
            continue
        work = works[key]
        asks.append(
            UnitAsk(
                code=work.code,
                name=work.name,
                kind=work.kind,
                uid=work.uid,
                unit=one.unit.short_name,
                label=str(one.get_role_display()),
                state=state,
                better=one.better.short_name if one.better else "",
                reason=one.reason,
                due_at=one.due_at,
            )
        )
    return tuple(asks), said

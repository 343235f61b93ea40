"""Who answers for what on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongjian.flow.duties.models import KINDS, Duty
from gongjian.flow.duties.queries.leaders import over_campaign
from gongjian.flow.plan.models import Campaign
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.queries import in_force
from gongjian.foundation.records.queries import prepared


@dataclass(slots=True)
class DutyLine:
    """The units of one action, target or task, ready to print."""

    lead: str = ""
    lead_uid: UUID | None = None
    responsible: list[str] = field(default_factory=list)
    supporting: list[str] = field(default_factory=list)
    fills: str = ""
    codes: dict[str, str] = field(default_factory=dict)  # of its units, by the names above
    proposed: int = 0


@dataclass(frozen=True, slots=True)
class TargetSides:
    """The unit that leads a target and the unit that fills its figure."""

    lead: Unit | None
    fills: Unit | None


Key = tuple[str, int]
_Cells = tuple[Any, ...]  # of a duty: role, fills, confirmed_at, its unit in three, its keys


def duty_lines(campaign: Campaign, *, on: date, official: bool = False) -> dict[Key, DutyLine]:
    """{("action" | "target" | "task", key): units}. One query, however large the plan.

    `official`: units stand as the office orders its units, not as they were given.
    """
    return _lines(_of_campaign(official, campaign=campaign.pk, on=on))


def lines_of(
    *, actions: Collection[int], targets: Collection[int], tasks: Collection[int], on: date
) -> dict[Key, DutyLine]:
    """The same for the nodes that are named. One query."""
    return _lines(_of_nodes(actions=actions, targets=targets, tasks=tasks, on=on))


@prepared
def _of_campaign(official: bool, *, campaign: int, on: date) -> QuerySet[Duty, _Cells]:
    found = Duty.objects.filter(in_force(on)).filter(over_campaign(campaign))
    return _cells(found.order_by("unit__order", "unit__code") if official else found)


@prepared
def _of_nodes(
    *, actions: Collection[int], targets: Collection[int], tasks: Collection[int], on: date
) -> QuerySet[Duty, _Cells]:
    named = Q(action__in=actions) | Q(target__in=targets) | Q(task__in=tasks)
    return _cells(Duty.objects.filter(in_force(on)).filter(named))


def _cells(duties: QuerySet[Duty]) -> QuerySet[Duty, _Cells]:
    keys = (f"{kind}_id" for kind in KINDS)
    return duties.values_list(
        "role", "fills", "confirmed_at", "unit__short_name", "unit__code", "unit__uid", *keys
    )


def _lines(duties: Iterable[_Cells]) -> dict[Key, DutyLine]:
    lines: dict[Key, DutyLine] = defaultdict(DutyLine)
    for role, fills, confirmed_at, name, code, uid, *keys in duties:
        line = lines[next((kind, key) for kind, key in zip(KINDS, keys, strict=True) if key)]
        line.codes[name] = code
        line.proposed += confirmed_at is None
        if role == Duty.Role.LEAD:
            line.lead, line.lead_uid = name, uid
        elif role == Duty.Role.RESPONSIBLE:
            line.responsible.append(name)
        else:
            line.supporting.append(name)
        if fills:
            line.fills = name
    return lines


def lead_names(campaign: Campaign, *, on: date) -> list[str]:
    """The short names of the units that lead something, in the office's order. One query."""
    return _leading(campaign=campaign.pk, on=on)


@prepared
def _leading(*, campaign: int, on: date) -> QuerySet[Unit, str]:
    leads = Duty.objects.filter(in_force(on), over_campaign(campaign), role=Duty.Role.LEAD)
    units = Unit.objects.filter(Exists(leads.filter(unit=OuterRef("pk"))))
    return units.values_list("short_name", flat=True)


def parts_of_units(
    campaign: Campaign, units: Iterable[Unit], *, on: date
) -> dict[int, dict[str, int]]:
    """{unit: {role: how many actions, targets, tasks, projects it has that part in}}. One query."""
    held = Duty.objects.filter(in_force(on)).filter(over_campaign(campaign), unit__in=list(units))
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    rows = held.order_by().values("unit", "role").annotate(held=Count("pk"))
    for unit, role, many in rows.values_list("unit", "role", "held"):
        counts[unit][role] = many
    return counts


def proposed_duties(campaign: Campaign, *, uids: Iterable[UUID] = ()) -> list[Duty]:
    """Duties that wait for a person, all of a campaign or those named."""
    duties = Duty.objects.filter(
        over_campaign(campaign), confirmed_at__isnull=True, valid_to__isnull=True
    )
    wanted = list(uids)
    if wanted:
        duties = duties.filter(uid__in=wanted)
    return list(duties.select_related("unit", "action", "target", "task"))


def sides_of_targets(keys: Iterable[int], *, on: date) -> dict[int, TargetSides]:
    """Of each target the lead unit and the filling unit that were confirmed. One query."""
    lead: dict[int, Unit] = {}
    fills: dict[int, Unit] = {}
    wanted = list(keys)
    duties = Duty.objects.filter(in_force(on)).filter(target__in=wanted, confirmed_at__isnull=False)
    for duty in duties.select_related("unit"):
        if duty.target_id is None:
            continue
        if duty.role == Duty.Role.LEAD:
            lead[duty.target_id] = duty.unit
        if duty.fills:
            fills[duty.target_id] = duty.unit
    return {key: TargetSides(lead.get(key), fills.get(key)) for key in wanted}


def lead_of_subject(*, on: date, task: int | None = None, action: int | None = None) -> Unit | None:
    """The unit that was confirmed to lead a task, or an action."""
    duty = (
        Duty.objects.filter(in_force(on))
        .filter(
            role=Duty.Role.LEAD,
            task=task,
            action=action,
            target__isnull=True,
            confirmed_at__isnull=False,
        )
        .select_related("unit")
        .first()
    )
    return duty.unit if duty else None

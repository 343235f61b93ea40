"""Who fills a target's figure since another one did: both units read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from gongjian.flow.duties.models import Duty
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.queries import in_force

TOLD = 30  # days for which a move is told


@dataclass(frozen=True, slots=True)
class FillerMove:
    """A target whose figure another unit fills from a day on; `mine`: it is now this unit's."""

    uid: UUID
    code: str
    name: str
    old: str
    new: str
    day: date
    basis: str
    mine: bool


def filler_moves(unit: Unit, *, on: date) -> list[FillerMove]:
    """The targets that came to a unit or left it of late, the newest first. Two queries.

    A move that was taken back on its own day is none: the rows of that day were replaced.
    """
    filling = Duty.objects.filter(fills=True, target__isnull=False)
    fresh = filling.filter(in_force(on), valid_from__gt=on - timedelta(days=TOLD))
    ended = filling.filter(valid_to__gt=on - timedelta(days=TOLD), valid_to__lte=on)
    touched = filling.filter(unit=unit).values("target")
    before = {
        (duty.target_id, duty.valid_to): duty
        for duty in ended.filter(target__in=touched).select_related("unit")
    }
    rows = fresh.filter(target__in=touched).select_related("unit", "target__action")
    return [
        _move(duty, before[key], unit)
        for duty in rows.order_by("-valid_from", "target__action__seq", "target__seq")
        for key in [(duty.target_id, duty.valid_from)]
        if key in before and _concerns(unit, (before[key], duty))
    ]


def _concerns(unit: Unit, pair: Iterable[Duty]) -> bool:
    units = [duty.unit_id for duty in pair]
    return unit.pk in units and len(set(units)) > 1


def _move(duty: Duty, old: Duty, unit: Unit) -> FillerMove:
    target = duty.target
    if target is None:
        raise LookupError(f"{duty.pk} is over no target")
    return FillerMove(
        uid=target.uid,
        code=f"{target.action.seq}-{target.seq}",
        name=target.metric,
        old=old.unit.short_name,
        new=duty.unit.short_name,
        day=duty.valid_from,
        basis=duty.basis,
        mine=duty.unit_id == unit.pk,
    )

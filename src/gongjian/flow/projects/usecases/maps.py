"""The map of the townships: brought by the operator, checked, kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjian.flow.projects import rules
from gongjian.flow.projects.models import TownshipMap
from gongjian.flow.projects.queries import townships
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.orgs.queries import unit_named
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.shapes import Shape, ShapeFault, read_shapes

Kind = TownshipMap.Kind


@dataclass(frozen=True, slots=True)
class BroughtMap:
    """A map that was kept: the places of the file nobody knows, the townships it does not show."""

    kept: TownshipMap
    unknown: tuple[str, ...]
    without: tuple[str, ...]


@transaction.atomic
def bring_map(
    content: bytes, *, review_number: str = "", source: str = "", by: User, at: datetime
) -> BroughtMap:
    """Keep a map; the newest one is shown.

    Refused: office.only, map.too-large, .no-json, .no-features, .geometry, .degrees, .no-name,
    .mixed, .no-number, .too-long, .none-known.
    """
    rules.check_can_keep_map(by)
    try:
        shapes = read_shapes(content)
    except ShapeFault as fault:
        raise rules.refused_map(fault) from fault
    outlines = any(shape.rings for shape in shapes)
    rules.check_map_paper(outlines=outlines, review_number=review_number, source=source)
    units = townships(on=local_day(at))
    known: dict[str, list[object]] = {}
    unknown = []
    for shape in shapes:
        unit = _unit_of(shape, units)
        if unit is None:
            unknown.append(shape.name or shape.code)
        elif outlines:
            known.setdefault(unit.code, []).extend(shape.rings)
        else:
            known[unit.code] = [*(shape.point or ())]
    rules.check_some_known(known)
    kept = TownshipMap.objects.create(
        kind=Kind.OUTLINES if outlines else Kind.TILES,
        review_number=review_number.strip(),
        source=source.strip(),
        shapes=known,
        by=by,
        at=at,
    )
    note("map.brought", kept, by=by, at=at, facts={"places": len(known)})
    without = tuple(unit.short_name for unit in units if unit.code not in known)
    return BroughtMap(kept, tuple(unknown), without)


def _unit_of(shape: Shape, units: list[Unit]) -> Unit | None:
    coded = next((unit for unit in units if shape.code and unit.code == shape.code), None)
    return coded or (unit_named(shape.name, among=units) if shape.name else None)

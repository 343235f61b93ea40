"""The tree of units: what stands under one on a day, and what it was called."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from gongjian.foundation.orgs.models import Unit, UnitName


def unit_subtree(unit: Unit, day: date) -> frozenset[int]:
    """The keys of a unit and of all that stood under it on a day. One query."""
    below: dict[int, list[int]] = defaultdict(list)
    rows = Unit.objects.in_force(day).filter(parent__isnull=False)
    for pk, parent in rows.values_list("pk", "parent_id"):
        below[parent or 0].append(pk)
    found, ahead = {unit.pk}, [unit.pk]
    while ahead:
        ahead = [pk for parent in ahead for pk in below[parent] if pk not in found]
        found.update(ahead)
    return frozenset(found)


def unit_name_on(unit: Unit, day: date) -> UnitName | Unit:
    """What bears the names of a unit on a day: a former name, or the unit itself. One query."""
    return unit_names_on([unit], day)[unit.pk]


def unit_names_on(units: Iterable[Unit], day: date) -> Mapping[int, UnitName | Unit]:
    """{key: what bears the names} of several units on a day. One query."""
    named: dict[int, UnitName | Unit] = {unit.pk: unit for unit in units}
    former = UnitName.objects.filter(unit__in=named, valid_to__gt=day).order_by("-valid_to")
    for name in former:
        named[name.unit_id] = name
    return named

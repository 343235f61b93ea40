"""The tree of units: what stands under one on a day, and what it was called."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from gongjian.foundation.orgs.models import Unit, UnitName, User


def unit_subtree(unit: Unit, day: date) -> frozenset[int]:
    """The keys of a unit and of all that stood under it on a day. One query."""
    below: dict[int, list[int]] = defaultdict(list)
    rows = Unit.objects.in_force(day).filter(parent__isnull=False)
    for pk, parent in rows.values_list("pk", "parent_id"):
        below[parent or 0].append(pk)
    return _reached(unit.pk, below)


def _reached(start: int, near: Mapping[int, list[int]]) -> frozenset[int]:
    """All that is reached from one key, a ring or none."""
    found, ahead = {start}, [start]
    while ahead:
        ahead = [pk for one in ahead for pk in near.get(one, ()) if pk not in found]
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


def units_below(unit: Unit, day: date) -> list[Unit]:
    """The units that stand right under one on a day, in order. One query."""
    return list(Unit.objects.in_force(day).filter(parent=unit))


def predecessors_of(unit: Unit) -> list[Unit]:
    """The units that went into one, the latest first. One query."""
    return list(Unit.objects.filter(successor=unit).order_by("-valid_to", "order"))


def units_seen_from(unit: Unit, day: date) -> frozenset[int]:
    """The keys of a unit, of all under it, and of all that went into any of them. One query."""
    ties = Q(parent__isnull=False) | Q(successor__isnull=False)
    near: dict[int, list[int]] = defaultdict(list)
    rows = Unit.objects.filter(ties).values_list("pk", "parent_id", "successor_id", "valid_to")
    for pk, parent, successor, until in rows:
        if parent and (until is None or until > day):
            near[parent].append(pk)
        if successor:
            near[successor].append(pk)
    return _reached(unit.pk, near)


def units_seen_by(reader: User) -> frozenset[int]:
    """units_seen_from the reader's own unit today, looked up once a request."""
    if reader.seen is None:
        unit, day = reader.unit, reader.day
        reader.seen = frozenset() if unit is None or day is None else units_seen_from(unit, day)
    return reader.seen


def former_names(unit: Unit) -> list[UnitName]:
    """The names a unit bore before, the newest first. One query."""
    return list(unit.former_names.order_by("-valid_to"))


def open_posts(unit: Unit, day: date) -> int:
    """How many posts of a unit are not ended by a day. One query."""
    return unit.posts.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).count()


def accounts_of_unit(unit: Unit) -> list[User]:
    """The open accounts of a unit. One query."""
    return list(unit.accounts.filter(is_active=True).order_by("pk"))

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


def units_below(unit: Unit, day: date) -> list[Unit]:
    """The units that stand right under one on a day, in order. One query."""
    return list(Unit.objects.in_force(day).filter(parent=unit))


def predecessors_of(unit: Unit) -> list[Unit]:
    """The units that went into one, the latest first. One query."""
    return list(Unit.objects.filter(successor=unit).order_by("-valid_to", "order"))


def units_seen_from(unit: Unit, day: date) -> frozenset[int]:
    """The keys of a unit, of all under it, and of all that went into any of them. Two queries."""
    went_into: dict[int, list[int]] = defaultdict(list)
    for pk, into in Unit.objects.filter(successor__isnull=False).values_list("pk", "successor_id"):
        went_into[into or 0].append(pk)
    found = set(unit_subtree(unit, day))
    ahead = list(found)
    while ahead:
        ahead = [pk for into in ahead for pk in went_into[into] if pk not in found]
        found.update(ahead)
    return frozenset(found)


def former_names(unit: Unit) -> list[UnitName]:
    """The names a unit bore before, the newest first. One query."""
    return list(unit.former_names.order_by("-valid_to"))


def open_posts(unit: Unit, day: date) -> int:
    """How many posts of a unit are not ended by a day. One query."""
    return unit.posts.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).count()


def accounts_of_unit(unit: Unit) -> list[User]:
    """The open accounts of a unit. One query."""
    return list(unit.accounts.filter(is_active=True).order_by("pk"))

"""What can be asked of units."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Unit
from gongjian.lib.refusals import Missing

OFFICE = re.compile(r"(?:人民政府|政府|办事处|党工委|党委)$")  # not shown
TOWN = r"(?P<town>乡镇|镇乡|镇|乡)?"  # not shown
STREET = r"[（(、]?(?P<street>街道办事处|街道办|街道|街办|街)?[）)]?"  # not shown
PARK = r"(?:及|和|、)?(?P<park>园区|开发区|功能区)?"  # not shown
BODY = r"(?:党委|党工委|党（工）委)?、?(?:人民政府|政府)?"  # not shown
TOWNSHIPS = re.compile(f"各{TOWN}{STREET}{PARK}{BODY}")  # not shown


def units(*, on: date) -> list[Unit]:
    """The units in force on a day, in the office's order."""
    return list(Unit.objects.in_force(on))


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of the list of units, ready to print."""

    code: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    kind: str
    parent: str


def unit_rows(*, on: date, words: str = "", offset: int = 0, limit: int = 40) -> list[UnitRow]:
    """Units in the office's order, filtered by words. One query."""
    found = _units(on, words).select_related("parent")[offset : offset + limit]
    return [
        UnitRow(
            code=unit.code,
            name=unit.name,
            short_name=unit.short_name,
            aliases=tuple(unit.aliases),
            kind=unit.get_kind_display(),
            parent=unit.parent.short_name if unit.parent else "",
        )
        for unit in found
    ]


def count_units(words: str = "", *, on: date) -> int:
    return _units(on, words).count()


def _units(on: date, words: str) -> QuerySet[Unit]:
    found = Unit.objects.in_force(on)
    if words:
        found = found.filter(
            Q(code__icontains=words) | Q(name__icontains=words) | Q(short_name__icontains=words)
        )
    return found


def unit_by_code(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise Missing("unit.missing", _("没有单位 %(code)s。") % {"code": code})
    return unit


def unit_by_uid(uid: UUID) -> Unit:
    unit = Unit.objects.select_related("parent", "successor", "region").filter(uid=uid).first()
    if unit is None:
        raise Missing("unit.missing", _("没有这个单位，它可能已经撤并。"))
    return unit


def units_named(words: str, *, among: list[Unit]) -> list[Unit]:
    """The units a plan means: one by its name, or all that 各镇街, 各乡镇, 各镇街园区 stand for.

    Missing: [] where no unit is known by these words; 各有关镇街 names none that could be told.
    """
    one = unit_named(words, among=among)
    if one is not None:
        return [one]
    group = TOWNSHIPS.fullmatch("".join(words.split()))
    if group is None or not any(group.groupdict().values()):
        return []
    return [
        unit
        for unit in among
        if unit.kind == Unit.Kind.TOWNSHIP and group[_kind_of_township(unit.name)]
    ]


def _kind_of_township(name: str) -> str:
    """A town, a street, or a park: what its name ends in, without the words for its office."""
    bare = OFFICE.sub("", name)
    if bare.endswith(("镇", "乡")):  # not shown
        return "town"
    return "street" if bare.endswith("街道") else "park"  # not shown


def unit_named(words: str, *, among: list[Unit]) -> Unit | None:
    """The unit a plan means by these words: its name, short name or one of its aliases."""
    bare = words.strip()
    for unit in among:
        if bare in (unit.name, unit.short_name, *unit.aliases):
            return unit
    return None

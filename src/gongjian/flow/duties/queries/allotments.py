"""Who answers for one target: as it stands, and as somebody wrote it down by name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.flow.duties.models import Duty
from gongjian.flow.plan.models import Target
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.queries import unit_named, units
from gongjian.lib.refusals import Missing, Refused

BETWEEN = re.compile(r"[、，,；;\s]+")


@dataclass(frozen=True, slots=True)
class Allotment:
    """Who answers for a target: one unit leads, one fills the figure, others do their part."""

    lead: Unit
    fills: Unit
    responsible: tuple[Unit, ...] = ()
    supporting: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class AllotmentWords:
    """The same in names, as a form shows and sends it."""

    lead: str = ""
    fills: str = ""
    responsible: str = ""
    supporting: str = ""


def allotment_named(words: AllotmentWords, *, on: date) -> Allotment:
    """The units somebody means. Refused: duty.no-lead, duty.filler-not-named, duty.unknown-unit."""
    if not words.lead.strip():
        raise Refused("duty.no-lead", _("一个目标要有一个牵头单位，请先选牵头单位。"))
    if not words.fills.strip():
        raise Refused(
            "duty.filler-not-named", _("请选填报单位：每期的数由它填报，可以就是牵头单位。")
        )
    known = units(on=on)
    return Allotment(
        lead=_unit(words.lead, known),
        fills=_unit(words.fills, known),
        responsible=tuple(_unit(name, known) for name in _names(words.responsible)),
        supporting=tuple(_unit(name, known) for name in _names(words.supporting)),
    )


def target_duties(target: Target) -> list[Duty]:
    """The duties of a target that hold, confirmed or proposed, in their order. One query."""
    return list(target.duties.filter(valid_to__isnull=True).select_related("unit"))


def words_of(duties: Iterable[Duty]) -> AllotmentWords:
    """The names of the units of one target."""
    named: dict[str, list[str]] = {role: [] for role in Duty.Role}
    fills = ""
    for duty in duties:
        named[duty.role].append(duty.unit.short_name)
        fills = duty.unit.short_name if duty.fills else fills
    between = _("、")
    return AllotmentWords(
        lead=between.join(named[Duty.Role.LEAD]),
        fills=fills,
        responsible=between.join(named[Duty.Role.RESPONSIBLE]),
        supporting=between.join(named[Duty.Role.SUPPORTING]),
    )


def duties_named(uids: Iterable[UUID]) -> list[Duty]:
    """The duties a form speaks of. Missing where one was replaced meanwhile. One query."""
    wanted = set(uids)
    found = Duty.objects.filter(uid__in=wanted, valid_to__isnull=True)
    duties = list(found.select_related("unit"))
    if len(duties) != len(wanted):
        raise Missing("duty.replaced", _("有的责任刚被改过。请刷新后再确认。"))
    return duties


def _names(words: str) -> list[str]:
    return [name for name in BETWEEN.split(words) if name]


def _unit(words: str, known: list[Unit]) -> Unit:
    unit = unit_named(words, among=known)
    if unit is None:
        raise Refused(
            "duty.unknown-unit",
            _("没有“%(name)s”这个单位。用单位名称或简称，几个单位之间用顿号。")
            % {"name": words.strip()},
        )
    return unit

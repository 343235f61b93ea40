"""Who answers for one target: as it stands, and as somebody wrote it down by name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.queries.subjects import TABLES, Subject, subject_key
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.queries import unit_named, units
from gongjian.lib.refusals import Missing, Refused

BETWEEN = re.compile(r"[、，,；;\s]+")


@dataclass(frozen=True, slots=True)
class Allotment:
    """Who answers: one unit leads, others do their part; of a target one fills the figure."""

    lead: Unit | None
    fills: Unit | None = None
    responsible: tuple[Unit, ...] = ()
    supporting: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class AllotmentWords:
    """The same in names, as a form shows and sends it."""

    lead: str = ""
    fills: str = ""
    responsible: str = ""
    supporting: str = ""


def allotment_named(words: AllotmentWords, *, on: date, fills: bool = True) -> Allotment:
    """The units somebody means; `fills`: it is a target, whose figure one unit fills.

    Refused: duty.no-lead, duty.two-leads, duty.filler-not-named, duty.unknown-unit.
    """
    if not words.lead.strip():
        raise Refused("duty.no-lead", _("要有一个牵头单位，请先选牵头单位。"))
    if fills and not words.fills.strip():
        raise Refused(
            "duty.filler-not-named", _("请选填报单位：每期的数由它填报，可以就是牵头单位。")
        )
    known = units(on=on)
    if len(leads := _names(words.lead)) > 1 and unit_named(words.lead, among=known) is None:
        raise Refused(
            "duty.two-leads",
            _("牵头单位只能有一个，现在写了 %(count)s 个。其余的请写在责任单位里。")
            % {"count": len(leads)},
        )
    return Allotment(
        lead=_unit(words.lead, known),
        fills=_unit(words.fills, known) if fills else None,
        responsible=tuple(_unit(name, known) for name in _names(words.responsible)),
        supporting=tuple(_unit(name, known) for name in _names(words.supporting)),
    )


def duties_over(subject: Subject) -> list[Duty]:
    """The duties that hold over one piece of work, proposed or not, in order. One query."""
    return list(subject.duties.filter(valid_to__isnull=True).select_related("unit"))


def duties_over_each(
    subjects: Iterable[Subject], *, held: bool = True
) -> dict[tuple[str, int], list[Duty]]:
    """The same over many, by kind and key; `held`: their rows are locked until commit.

    Two queries a kind of work.
    """
    found: dict[tuple[str, int], list[Duty]] = {subject_key(one): [] for one in subjects}
    for kind in dict.fromkeys(kind for kind, _pk in found):
        keys = [pk for of, pk in found if of == kind]
        if held:
            list(TABLES[kind]._default_manager.select_for_update().filter(pk__in=keys))
        rows = Duty.objects.filter(**{f"{kind}__in": keys}, valid_to__isnull=True)
        for duty in rows.select_related("unit"):
            found[duty.subject_key].append(duty)
    return found


def allotment_of(duties: Iterable[Duty]) -> Allotment:
    """The same as an allotment: who leads, answers, supports and fills."""
    by_role: dict[str, list[Unit]] = {role: [] for role in Duty.Role}
    fills = None
    for duty in duties:
        by_role[duty.role].append(duty.unit)
        fills = duty.unit if duty.fills else fills
    return Allotment(
        lead=next(iter(by_role[Duty.Role.LEAD]), None),
        fills=fills,
        responsible=tuple(by_role[Duty.Role.RESPONSIBLE]),
        supporting=tuple(by_role[Duty.Role.SUPPORTING]),
    )


def with_unit(now: Allotment, unit: Unit, role: str, *, old_lead: str = "") -> Allotment:
    """The allotment with a unit in a role; it leaves whichever other role it had.

    Who led before leaves, or stays as `old_lead` says (responsible, supporting): first in order.
    The figure goes on being filled by a unit that leads or answers, else by the lead.
    """
    others = {
        name: [one for one in named if one.pk != unit.pk]
        for name, named in (("responsible", now.responsible), ("supporting", now.supporting))
    }
    lead = now.lead if now.lead is None or now.lead.pk != unit.pk else None
    if role == Duty.Role.LEAD:
        if lead is not None and old_lead in others:
            others[old_lead].insert(0, lead)
        lead = unit
    else:
        others[role].append(unit)
    filling = {one.pk for one in (lead, *others["responsible"]) if one is not None}
    fills = now.fills if now.fills is not None and now.fills.pk in filling else None
    return Allotment(
        lead=lead,
        fills=fills or (lead if now.fills is not None else None),
        responsible=tuple(others["responsible"]),
        supporting=tuple(others["supporting"]),
    )


def replaced(now: Allotment, old: Unit, new: Unit, role: str, *, stays: str = "") -> Allotment:
    """The allotment with one unit in another's place; the other leaves or `stays` in a role."""
    if role == Duty.Role.LEAD:
        return with_unit(now, new, role, old_lead=stays)
    placed = []
    for one in now.responsible if role == Duty.Role.RESPONSIBLE else now.supporting:
        if one.pk == old.pk:
            placed.append(new)
        elif one.pk != new.pk:
            placed.append(one)
    answers = role == Duty.Role.RESPONSIBLE
    left = [
        one
        for one in (now.supporting if answers else now.responsible)
        if one.pk not in (new.pk, old.pk)
    ]
    if stays == (Duty.Role.SUPPORTING if answers else Duty.Role.RESPONSIBLE):
        left.insert(0, old)
    gone = now.fills is not None and now.fills.pk == old.pk and stays != Duty.Role.RESPONSIBLE
    return Allotment(
        lead=now.lead,
        fills=now.lead if gone else now.fills,
        responsible=tuple(placed if answers else left),
        supporting=tuple(left if answers else placed),
    )


def words_of(duties: Iterable[Duty]) -> AllotmentWords:
    """The names of the units of one piece of work."""
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

"""Confirming who answers, and saying it where the plan's words do not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.duties import rules
from gongjian.flow.duties.models import Duty, DutyList
from gongjian.flow.duties.queries import (
    Allotment,
    AllotmentWords,
    Subject,
    campaign_of,
    duties_over_each,
    frozen_order,
    issued_list,
    kind_of,
    list_in_the_making,
    subject_key,
    words_of,
)
from gongjian.flow.duties.usecases.asking import ask_anew
from gongjian.flow.plan.models import Target
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.records.usecases import Deed, note, note_each
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict, Refused

Order = DutyList.UnitOrder


@transaction.atomic
def confirm_duties(duties: Sequence[Duty], *, by: User, at: datetime) -> int:
    """A person confirms proposed duties. Refused: office.only, duty.confirmed."""
    for duty in duties:
        rules.check_can_confirm_duty(duty, by=by)
    keys = [duty.pk for duty in duties]
    still = Duty.objects.filter(pk__in=keys, confirmed_at__isnull=True)
    changed = still.update(confirmed_by=by, confirmed_at=at)
    if changed != len(keys):
        raise Refused("duty.changed", _("有的责任刚被别人确认过了。请刷新后再确认其余的。"))
    note("duties.confirmed", *duties, by=by, at=at, facts={"count": changed})
    return changed


def assign_target(
    target: Target,
    allotment: Allotment,
    *,
    by: User,
    at: datetime,
    seen: Collection[UUID] | None = None,
    basis: str = "",
) -> list[Duty]:
    """Say who answers for a target and who fills its figure, from today.

    Refused: duty.filler-not-named, and what assign_units refuses.
    """
    if allotment.fills is None:
        raise Refused(
            "duty.filler-not-named", _("请选填报单位：每期的数由它填报，可以就是牵头单位。")
        )
    return assign_units(target, allotment, by=by, at=at, seen=seen, basis=basis)


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who is to answer for one piece of work; `seen` names the duties a form was filled from."""

    subject: Subject
    allotment: Allotment
    basis: str = ""
    seen: Collection[UUID] | None = None


def assign_units(
    subject: Subject,
    allotment: Allotment,
    *,
    by: User,
    at: datetime,
    seen: Collection[UUID] | None = None,
    basis: str = "",
) -> list[Duty]:
    """Say who answers for a piece of work from today; what was said before ends today.

    `seen` names the duties the form was filled from, where it was a form. While a list is out for
    opinions, units that are new or in another role are asked anew. Refused: office.only,
    duty.no-lead, duty.list-closed, duty.no-basis; Conflict: duty.assigned where somebody else
    assigned meanwhile.
    """
    return assign_many([Assigned(subject, allotment, basis, seen)], by=by, at=at)[0]


@transaction.atomic
def assign_many(rows: Sequence[Assigned], *, by: User, at: datetime) -> list[list[Duty]]:
    """Say of many pieces of work who answers, each under the same rules and with its own entries
    in the log; all of them, or none. No piece of work twice. Refused as assign_units.

    The same units in another order want no basis where the issue stands in the official order, and
    are put to nobody where the version on its way does.
    """
    consulted: list[tuple[DutyList, Subject]] = []
    states: dict[int, tuple[DutyList | None, DutyList | None]] = {}
    standing = duties_over_each([row.subject for row in rows])
    based: list[Assigned] = []
    for row in rows:
        campaign = campaign_of(row.subject)
        if campaign.pk not in states:
            states[campaign.pk] = list_in_the_making(campaign), issued_list(campaign)
        making, issued = states[campaign.pk]
        before = standing[subject_key(row.subject)]
        moves = not _only_reorders(before, row, by=by, at=at)
        # An issue in the official order says nothing of the order its units were given in.
        tells = issued is not None and (moves or frozen_order(issued) != Order.OFFICIAL)
        rules.check_can_reassign(making, issued=tells, basis=row.basis, by=by)
        if row.allotment.lead is None:
            raise Refused("duty.no-lead", _("要有一个牵头单位，请先选牵头单位。"))
        asks = moves or (tells and making is not None and making.unit_order != Order.OFFICIAL)
        if making is not None and making.state == DutyList.State.CONSULTING and asks:
            consulted.append((making, row.subject))
        kept = row.basis or ("" if moves else next((d.basis for d in before if d.basis), ""))
        based.append(replace(row, basis=kept))
    written = _lay_out(based, standing, by=by, at=at)
    for making, subject in consulted:
        ask_anew(making, subject, by=by, at=at)
    return written


def lay_out(subject: Subject, allotment: Allotment, *, by: User, at: datetime) -> list[Duty]:
    """Write the duties of one piece of work; the caller has asked the rules."""
    return lay_out_many([Assigned(subject, allotment)], by=by, at=at)[0]


def lay_out_many(rows: Sequence[Assigned], *, by: User, at: datetime) -> list[list[Duty]]:
    """Write the duties of many pieces of work. Conflict. A constant number of queries but for
    the kinds of work."""
    return _lay_out(rows, duties_over_each([row.subject for row in rows]), by=by, at=at)


def _lay_out(
    rows: Sequence[Assigned],
    standing: Mapping[tuple[str, int], list[Duty]],
    *,
    by: User,
    at: datetime,
) -> list[list[Duty]]:
    """Write them over those that stand, whose rows are held."""
    day = local_day(at)
    deeds: list[Deed] = []
    ended: list[Duty] = []
    replaced: list[Duty] = []
    fresh: list[list[Duty]] = []
    for row in rows:
        before = standing[subject_key(row.subject)]
        if row.seen is not None and set(row.seen) != {duty.uid for duty in before}:
            raise _conflict(before, row.allotment)
        closed = [duty for duty in before if duty.valid_from < day]
        gone = [duty for duty in before if duty.valid_from >= day]
        words = "target" if kind_of(row.subject) == "target" else "work"
        if before:
            deeds.append(Deed(f"{words}.reassigned", tuple(closed), tuple(gone)))
        duties = _laid_out(row.subject, row.allotment, basis=row.basis, by=by, at=at)
        deeds.append(Deed(f"{words}.assigned", tuple(duties)))
        ended += closed
        replaced += gone
        fresh.append(duties)
    Duty.objects.filter(pk__in=[duty.pk for duty in ended]).update(valid_to=day)
    Duty.objects.filter(pk__in=[duty.pk for duty in replaced]).delete()
    Duty.objects.bulk_create([duty for duties in fresh for duty in duties])
    note_each(deeds, by=by, at=at)
    return fresh


@transaction.atomic
def take_back_duties(duties: Sequence[Duty], *, by: User, at: datetime) -> None:
    """Remove what was said of who answers by mistake, before which nobody did; the log keeps it.

    Refused: office.only.
    """
    rules.check_can_assign(by)
    if duties:
        note("work.unassigned", removed=duties, by=by, at=at, facts={"count": len(duties)})
        Duty.objects.filter(pk__in=[duty.pk for duty in duties]).delete()


def _only_reorders(before: Sequence[Duty], row: Assigned, *, by: User, at: datetime) -> bool:
    """Whether the same units keep the same parts, in another order at most."""
    after = _laid_out(row.subject, row.allotment, basis="", by=by, at=at)
    parts = [{(one.unit_id, one.role, one.fills) for one in duties} for duties in (before, after)]
    return parts[0] == parts[1] and all(duty.confirmed_at for duty in before)


def _conflict(theirs: Sequence[Duty], mine: Allotment) -> Conflict:
    between = _("、")
    names = AllotmentWords(
        lead=mine.lead.short_name if mine.lead else "",
        fills=mine.fills.short_name if mine.fills else "",
        responsible=between.join(unit.short_name for unit in mine.responsible),
        supporting=between.join(unit.short_name for unit in mine.supporting),
    )
    return Conflict(
        "duty.assigned",
        _("这一项的责任刚被别人定过，你的改动没有保存。两边的内容列在下面。"),
        mine=_labelled(names),
        theirs=_labelled(words_of(theirs)),
    )


def _labelled(words: AllotmentWords) -> dict[str, str]:
    return {
        _("牵头单位"): words.lead,
        _("填报单位"): words.fills,
        _("责任单位"): words.responsible,
        _("配合单位"): words.supporting,
    }


def _laid_out(
    subject: Subject, allotment: Allotment, *, basis: str, by: User, at: datetime
) -> list[Duty]:
    roles: dict[int, tuple[Unit, str]] = {}
    if allotment.lead is not None:
        roles[allotment.lead.pk] = allotment.lead, Duty.Role.LEAD
    filling = () if allotment.fills is None else (allotment.fills,)
    ordered = (
        allotment.responsible
        if {unit.pk for unit in filling} & {unit.pk for unit in allotment.responsible}
        else (*filling, *allotment.responsible)
    )
    for unit in ordered:
        roles.setdefault(unit.pk, (unit, Duty.Role.RESPONSIBLE))
    for unit in allotment.supporting:
        roles.setdefault(unit.pk, (unit, Duty.Role.SUPPORTING))
    return [
        Duty(
            **{kind_of(subject): subject},
            unit=unit,
            role=role,
            order=order,
            fills=allotment.fills is not None and unit.pk == allotment.fills.pk,
            basis=basis.strip(),
            confirmed_by=by,
            confirmed_at=at,
            valid_from=local_day(at),
        )
        for order, (unit, role) in enumerate(roles.values(), start=1)
    ]

"""Confirming who answers, and saying it where the plan's words do not."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.duties import rules
from gongjian.flow.duties.models import Duty, DutyList
from gongjian.flow.duties.queries import (
    TABLES,
    Allotment,
    AllotmentWords,
    Subject,
    campaign_of,
    duties_over,
    issued_list,
    kind_of,
    list_in_the_making,
    words_of,
)
from gongjian.flow.duties.usecases.asking import ask_anew
from gongjian.flow.plan.models import Target
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict, Refused


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


@transaction.atomic
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
    campaign = campaign_of(subject)
    making = list_in_the_making(campaign)
    issued = issued_list(campaign) is not None
    rules.check_can_reassign(making, issued=issued, basis=basis, by=by)
    if allotment.lead is None:
        raise Refused("duty.no-lead", _("要有一个牵头单位，请先选牵头单位。"))
    duties = lay_out(subject, allotment, by=by, at=at, seen=seen, basis=basis)
    if making is not None and making.state == DutyList.State.CONSULTING:
        ask_anew(making, subject, by=by, at=at)
    return duties


def lay_out(
    subject: Subject,
    allotment: Allotment,
    *,
    by: User,
    at: datetime,
    seen: Collection[UUID] | None = None,
    basis: str = "",
) -> list[Duty]:
    """Write the duties of one piece of work; the caller has asked the rules. Conflict."""
    kind = kind_of(subject)
    TABLES[kind]._default_manager.select_for_update().get(pk=subject.pk)
    before = duties_over(subject)
    if seen is not None and set(seen) != {duty.uid for duty in before}:
        raise _conflict(before, allotment)
    day = local_day(at)
    ended = [duty for duty in before if duty.valid_from < day]
    Duty.objects.filter(pk__in=[duty.pk for duty in ended]).update(valid_to=day)
    replaced = [duty for duty in before if duty.valid_from >= day]
    words = "target" if kind == "target" else "work"
    if before:
        note(f"{words}.reassigned", *ended, removed=replaced, by=by, at=at)
    Duty.objects.filter(pk__in=[duty.pk for duty in replaced]).delete()
    duties = _laid_out(subject, allotment, basis=basis, by=by, at=at)
    note(f"{words}.assigned", *duties, by=by, at=at)
    return duties


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
        Duty.objects.create(
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

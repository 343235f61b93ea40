"""Confirming who answers, and saying it where the plan's words do not."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.duties import rules
from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.queries import Allotment, AllotmentWords, target_duties, words_of
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


@transaction.atomic
def assign_target(
    target: Target,
    allotment: Allotment,
    *,
    by: User,
    at: datetime,
    seen: Collection[UUID] | None = None,
) -> list[Duty]:
    """Say who answers for a target from today; what was said before ends today.

    `seen` names the duties the form was filled from, where it was a form. Refused: office.only,
    duty.assigned where somebody else assigned meanwhile.
    """
    rules.check_can_assign(by)
    Target.objects.select_for_update().get(pk=target.pk)
    before = target_duties(target)
    if seen is not None and set(seen) != {duty.uid for duty in before}:
        raise _conflict(before, allotment)
    day = local_day(at)
    ended = [duty for duty in before if duty.valid_from < day]
    Duty.objects.filter(pk__in=[duty.pk for duty in ended]).update(valid_to=day)
    replaced = [duty for duty in before if duty.valid_from >= day]
    note("target.reassigned", *ended, removed=replaced, by=by, at=at)
    Duty.objects.filter(pk__in=[duty.pk for duty in replaced]).delete()
    duties = _laid_out(target, allotment, by=by, at=at)
    note("target.assigned", *duties, by=by, at=at)
    return duties


def _conflict(theirs: Sequence[Duty], mine: Allotment) -> Conflict:
    between = _("、")
    names = AllotmentWords(
        lead=mine.lead.short_name,
        fills=mine.fills.short_name,
        responsible=between.join(unit.short_name for unit in mine.responsible),
        supporting=between.join(unit.short_name for unit in mine.supporting),
    )
    return Conflict(
        "duty.assigned",
        _("这个目标的责任刚被别人定过，你的改动没有保存。两边的内容列在下面。"),
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


def _laid_out(target: Target, allotment: Allotment, *, by: User, at: datetime) -> list[Duty]:
    roles: dict[int, tuple[Unit, str]] = {allotment.lead.pk: (allotment.lead, Duty.Role.LEAD)}
    for unit in (allotment.fills, *allotment.responsible):
        roles.setdefault(unit.pk, (unit, Duty.Role.RESPONSIBLE))
    for unit in allotment.supporting:
        roles.setdefault(unit.pk, (unit, Duty.Role.SUPPORTING))
    return [
        Duty.objects.create(
            target=target,
            unit=unit,
            role=role,
            order=order,
            fills=unit.pk == allotment.fills.pk,
            confirmed_by=by,
            confirmed_at=at,
            valid_from=local_day(at),
        )
        for order, (unit, role) in enumerate(roles.values(), start=1)
    ]

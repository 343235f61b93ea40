"""Confirming who answers, and saying it where the plan's words do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.duties import rules
from gongjian.flow.duties.models import Duty
from gongjian.flow.plan.models import Target
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused


@dataclass(frozen=True, slots=True)
class Allotment:
    """Who answers for a target: one unit leads, one fills the figure, others do their part."""

    lead: Unit
    fills: Unit
    responsible: tuple[Unit, ...] = ()
    supporting: tuple[Unit, ...] = ()


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
def assign_target(target: Target, allotment: Allotment, *, by: User, at: datetime) -> list[Duty]:
    """Say who answers for a target from today; what was said before ends today.

    Refused: office.only, duty.no-lead, duty.filler-not-named.
    """
    rules.check_can_assign(by)
    day = local_day(at)
    before = list(Duty.objects.select_for_update().filter(target=target, valid_to__isnull=True))
    ended = [duty for duty in before if duty.valid_from < day]
    Duty.objects.filter(pk__in=[duty.pk for duty in ended]).update(valid_to=day)
    replaced = [duty for duty in before if duty.valid_from >= day]
    note("target.reassigned", *ended, removed=replaced, by=by, at=at)
    Duty.objects.filter(pk__in=[duty.pk for duty in replaced]).delete()
    duties = _laid_out(target, allotment, by=by, at=at)
    note("target.assigned", *duties, by=by, at=at)
    return duties


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

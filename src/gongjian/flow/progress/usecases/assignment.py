"""Acts of the duties room that put a report on somebody's desk while a period is open."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongjian.flow.duties import usecases as duties
from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.queries import sides_of_targets
from gongjian.flow.duties.usecases import Allotment
from gongjian.flow.plan.models import Target
from gongjian.flow.progress.models import Period, Report
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.records.usecases import note


@transaction.atomic
def assign_target(
    target: Target,
    allotment: Allotment,
    *,
    by: User,
    at: datetime,
    seen: Collection[UUID] | None = None,
) -> list[Duty]:
    """Say who answers for a target; its unit finds a draft in the period that is open.

    Refused: what duties.assign_target refuses.
    """
    said = duties.assign_target(target, allotment, by=by, at=at, seen=seen)
    _lay_on_desks([target.pk], by=by, at=at)
    return said


@transaction.atomic
def confirm_duties(proposed: Sequence[Duty], *, by: User, at: datetime) -> int:
    """Confirm proposed duties; whoever fills a target finds a draft in the period that is open.

    Refused: what duties.confirm_duties refuses.
    """
    confirmed = duties.confirm_duties(proposed, by=by, at=at)
    _lay_on_desks([d.target_id for d in proposed if d.target_id is not None], by=by, at=at)
    return confirmed


def _lay_on_desks(targets: Sequence[int], *, by: User, at: datetime) -> None:
    """A draft at each filling unit; one nobody has touched moves with the duty."""
    periods = Period.objects.select_for_update().filter(
        opened_at__isnull=False, frozen_at__isnull=True, freezes_at__gt=at
    )
    laid: list[Report] = []
    for period in periods:
        for target, sides in sides_of_targets(targets, on=period.duty_day).items():
            if sides.fills is not None:
                laid += _draft(period, target, sides.fills)
    if laid:
        note("report.laid-on-desk", *laid, by=by, at=at, facts={"drafts": len(laid)})


def _draft(period: Period, target: int, unit: Unit) -> list[Report]:
    there = Report.objects.filter(period=period, target=target, corrects__isnull=True).first()
    if there is None:
        return [Report.objects.create(period=period, target_id=target, unit=unit)]
    untouched = there.state == State.DRAFT and there.value is None and not there.words
    if there.unit_id == unit.pk or not untouched:
        return []
    there.unit = unit
    there.version += 1
    there.save(update_fields=["unit", "version"])
    return [there]

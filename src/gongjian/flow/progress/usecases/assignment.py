"""Acts of the duties room that put a report on somebody's desk while a period is open."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongjian.flow.duties import usecases as duties
from gongjian.flow.duties.models import Duty, Opinion
from gongjian.flow.duties.queries import Subject, sides_of_targets
from gongjian.flow.duties.usecases import Allotment
from gongjian.flow.plan.models import Target
from gongjian.flow.progress.models import Period, Report
from gongjian.flow.progress.queries import targets_held_back
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
    basis: str = "",
) -> list[Duty]:
    """Say who answers for a target; its unit finds a draft in the period that is open.

    Refused: what duties.assign_target refuses.
    """
    said = duties.assign_target(target, allotment, by=by, at=at, seen=seen, basis=basis)
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
    """Say who answers for a piece of work; a target's unit finds a draft in the open period.

    Refused: what duties.assign_units refuses.
    """
    said = duties.assign_units(subject, allotment, by=by, at=at, seen=seen, basis=basis)
    _lay_on_desks(_targets([subject]), by=by, at=at)
    return said


@transaction.atomic
def assign_in_bulk(
    subjects: Sequence[Subject],
    unit: Unit,
    role: str,
    *,
    old_lead: str = "",
    seen: Mapping[UUID, str],
    basis: str = "",
    by: User,
    at: datetime,
) -> list[Subject]:
    """Give one unit a part in many lines; drafts follow. Refused: as duties.assign_in_bulk."""
    changed = duties.assign_in_bulk(
        subjects, unit, role, old_lead=old_lead, seen=seen, basis=basis, by=by, at=at
    )
    _lay_on_desks(_targets(changed), by=by, at=at)
    return changed


@transaction.atomic
def decide_opinion(
    opinion: Opinion,
    outcome: str,
    sentence: str,
    *,
    unit: Unit | None = None,
    stays: str = "",
    version: int,
    by: User,
    at: datetime,
) -> Opinion:
    """Decide what a unit said; where the duty moves, the draft moves with it. Refused: opinion.*"""
    decided = duties.decide_opinion(
        opinion, outcome, sentence, unit=unit, stays=stays, version=version, by=by, at=at
    )
    target = decided.line.target_id
    _lay_on_desks([] if target is None else [target], by=by, at=at)
    return decided


def _targets(subjects: Sequence[Subject]) -> list[int]:
    return [subject.pk for subject in subjects if isinstance(subject, Target)]


def _lay_on_desks(targets: Sequence[int], *, by: User, at: datetime) -> None:
    """A draft at each filling unit; one nobody has touched moves with the duty."""
    periods = Period.objects.select_for_update().filter(
        opened_at__isnull=False, frozen_at__isnull=True, freezes_at__gt=at
    )
    laid: list[Report] = []
    for period in periods:
        held_back = targets_held_back(targets, on=period.duty_day)
        for target, sides in sides_of_targets(targets, on=period.duty_day).items():
            if sides.fills is not None and target not in held_back:
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

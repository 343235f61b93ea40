"""Moving a value or a date: proposed with a reason, approved by another, and then it holds."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.flow.plan import rules
from gongjian.flow.plan.models import (
    Milestone,
    PlanChange,
    PlanVersion,
    Precision,
    Target,
    TargetValue,
    Task,
)
from gongjian.flow.plan.queries import action_of, change_row, written_day, written_goal
from gongjian.flow.plan.usecases.comparing import compare_anew
from gongjian.flow.plan.usecases.versions import freeze_version
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

Dated = Target | Task | Milestone
REASON, BASIS = 300, 120


@transaction.atomic
def propose_value(
    target: Target,
    value: Decimal | None,
    value_max: Decimal | None = None,
    *,
    reason: str,
    basis: str = "",
    version: int,
    by: User,
    at: datetime,
) -> PlanChange:
    """Ask for another value, in base units.

    Refused: office.only, plan.ended, change.no-reason, change.open, change.same, plan.value,
    plan.changed, change.no-value.
    """
    target = Target.objects.select_for_update().select_related("action").get(pk=target.pk)
    _check(target, PlanChange.What.VALUE, reason, by=by, at=at)
    old = TargetValue.objects.get(target=target, valid_to__isnull=True)
    words = written_goal(target.comparator, value, value_max, target.unit, target.factor)
    rules.check_same_version(target, version, mine={_("目标值"): words})
    rules.check_value_moves(target, old, value, value_max)
    return _propose(
        target,
        {
            "what": PlanChange.What.VALUE,
            "old_value": old.value,
            "old_max": old.value_max,
            "new_value": value,
            "new_max": value_max,
        },
        reason=reason,
        basis=basis,
        by=by,
        at=at,
    )


@transaction.atomic
def propose_date(
    node: Dated,
    day: date,
    precision: str,
    *,
    reason: str,
    basis: str = "",
    version: int,
    by: User,
    at: datetime,
) -> PlanChange:
    """Ask for another deadline, or another day of a milestone.

    Refused: office.only, plan.ended, change.no-reason, change.open, change.same, change.date,
    change.past, plan.changed.
    """
    node = type(node)._default_manager.select_for_update().get(pk=node.pk)
    _check(node, PlanChange.What.DATE, reason, by=by, at=at)
    rules.check_same_version(node, version, mine={_("完成时限"): written_day(day, precision)})
    old = _date_of(node)
    year = node.action.campaign.year
    rules.check_date_moves(old, (day, precision), year=year, on=local_day(at))
    return _propose(
        node,
        {
            "what": PlanChange.What.DATE,
            "old_date": old[0],
            "old_precision": old[1],
            "new_date": day,
            "new_precision": Precision(precision),
        },
        reason=reason,
        basis=basis,
        by=by,
        at=at,
    )


@transaction.atomic
def approve_changes(
    changes: Sequence[PlanChange],
    *,
    decision: str = "",
    led: Collection[int] = (),
    by: User,
    at: datetime,
) -> list[PlanChange]:
    """Let proposals hold from today on, all or none, and freeze the plan as it then stands.

    What was reported and judged for earlier days keeps the value and the date of that time.
    Refused: see rules.check_can_approve; change.stale, change.none.
    """
    rules.check_can_approve_changes(by)
    if not changes:
        raise Refused("change.none", _("没有选中要批准的调整。"))
    approved: list[PlanChange] = []
    written: list[Kept] = []
    for given in changes:
        change = _locked(given)
        rules.check_can_approve(change, action_of(change), by=by, led=led)
        written += _apply(change, on=local_day(at))
        _decide(change, PlanChange.State.APPROVED, decision, by=by, at=at)
        approved.append(change)
    note("change.approved", *approved, *written, by=by, at=at, facts={"count": len(approved)})
    title = ngettext("批准 %(count)s 项调整", "批准 %(count)s 项调整", len(approved))
    freeze_version(
        approved[0].campaign,
        title % {"count": len(approved)},
        cause=PlanVersion.Cause.CHANGES,
        by=by,
        at=at,
    )
    compare_anew(approved[0].campaign, at=at)
    return approved


@transaction.atomic
def refuse_change(
    change: PlanChange, decision: str, *, led: Collection[int] = (), by: User, at: datetime
) -> PlanChange:
    """Leave it as it is, with the reason. Refused: see rules.check_can_refuse_change."""
    change = _locked(change)
    rules.check_can_refuse_change(change, action_of(change), decision, by=by, led=led)
    _decide(change, PlanChange.State.REFUSED, decision, by=by, at=at)
    note("change.refused", change, by=by, at=at)
    return change


@transaction.atomic
def withdraw_change(change: PlanChange, *, by: User, at: datetime) -> PlanChange:
    """Take a proposal back before it was decided. Refused: office.only, change.decided."""
    change = _locked(change)
    rules.check_can_withdraw_change(change, by=by)
    _decide(change, PlanChange.State.WITHDRAWN, "", by=by, at=at)
    note("change.withdrawn", change, by=by, at=at)
    return change


def _check(node: Dated, what: str, reason: str, *, by: User, at: datetime) -> None:
    waits = node.changes.filter(what=what, state=PlanChange.State.PROPOSED).exists()
    rules.check_can_propose(node, reason, open_before=waits, by=by, on=local_day(at))


def _propose(
    node: Dated, moves: dict[str, Any], *, reason: str, basis: str, by: User, at: datetime
) -> PlanChange:
    kind = node._meta.model_name or ""
    change = PlanChange.objects.create(
        campaign=node.action.campaign,
        reason=rules.check_text(_("原因"), reason, most=REASON),
        basis=rules.check_text(_("依据"), basis, most=BASIS, needed=False),
        proposed_by=by,
        proposed_at=at,
        **{kind: node},
        **moves,
    )
    note("change.proposed", change, by=by, at=at)
    return change


def _locked(change: PlanChange) -> PlanChange:
    related = ("target__action", "task__action", "milestone__action", "campaign")
    locked = PlanChange.objects.select_for_update(of=("self",)).select_related(*related)
    return locked.get(pk=change.pk)


def _decide(
    change: PlanChange, state: PlanChange.State, decision: str, *, by: User, at: datetime
) -> None:
    change.state = state
    change.decided_by, change.decided_at = by, at
    change.decision = rules.check_text(_("意见"), decision, most=REASON, needed=False)
    if state == PlanChange.State.APPROVED and change.valid_from is None:
        change.valid_from = local_day(at)
    change.version += 1
    change.save()


def _apply(change: PlanChange, *, on: date) -> list[Kept]:
    """Write what was approved; the rows that were written."""
    if change.what == PlanChange.What.VALUE:
        return _apply_value(change, on=on)
    node = type(change.subject)._default_manager.select_for_update().get(pk=change.subject.pk)
    rules.check_node_stands(node, on=on)
    then = written_day(change.old_date or on, change.old_precision)
    rules.check_still_stands([(_("完成时限"), then, written_day(*_date_of(node)))])
    day, precision = ("day", "precision") if isinstance(node, Milestone) else (
        "deadline", "deadline_precision",
    )  # fmt: skip
    setattr(node, day, change.new_date)
    setattr(node, precision, change.new_precision)
    node.version += 1
    node.save(update_fields=[day, precision, "version"])
    return [node]


def _apply_value(change: PlanChange, *, on: date) -> list[Kept]:
    target = Target.objects.select_for_update().get(pk=change.subject.pk)
    rules.check_node_stands(target, on=on)
    old = TargetValue.objects.select_for_update().get(target=target, valid_to__isnull=True)
    now = written_goal(target.comparator, old.value, old.value_max, target.unit, target.factor)
    rules.check_still_stands([(_("目标值"), change_row(change).old, now)])
    since = max(on, old.valid_from)
    old.valid_to = since
    old.save(update_fields=["valid_to"])
    new = TargetValue.objects.create(
        target=target,
        value=change.new_value,
        value_max=change.new_max,
        base_value=old.base_value,
        basis=change.basis or change.reason[:BASIS],
        valid_from=since,
    )
    change.valid_from = since
    target.version += 1
    target.save(update_fields=["version"])
    return [target, old, new]


def _date_of(node: Dated) -> tuple[date, str]:
    if isinstance(node, Milestone):
        return node.day, node.precision
    return node.deadline, node.deadline_precision

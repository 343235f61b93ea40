"""Who moves a value or a date of an adopted plan, and who approves it.

Whoever proposes never approves. See docs/decisions, "a change is approved by another".
"""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.flow.plan.models import Action, Milestone, PlanChange, Target, TargetValue, Task
from gongjian.flow.plan.rules.documents import YEARS_AHEAD, is_in_years
from gongjian.flow.plan.rules.nodes import check_node_stands, check_value
from gongjian.foundation.orgs.models import Role, User
from gongjian.foundation.orgs.rules import (
    ALL,
    LEADERS,
    allows,
    are_one_hand,
    check_can_see_business,
    right,
)
from gongjian.foundation.orgs.rules import check_is_office as check_office
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict, Refused

APPROVE_CHANGES = right(
    "plan.approve-changes",
    gettext_lazy("批准计划调整"),
    dict.fromkeys((*LEADERS, Role.OFFICE_REVIEWER), ALL),
)


def check_can_see_changes(by: User) -> None:
    """Everybody who works on the plan sees what moved and why."""
    check_can_see_business(by)


def check_can_approve_changes(by: User) -> None:
    """Leaders and the office's second account decide. Refused: change.not-yours."""
    if not allows(APPROVE_CHANGES, by):
        raise Refused(
            "change.not-yours",
            _("调整由主要领导、牵头该行动的领导，或攻坚办审核人凭依据批准。"),
        )


def check_can_propose(
    node: Target | Task | Milestone, reason: str, *, open_before: bool, by: User, on: date
) -> None:
    """The office proposes, with a reason, one move at a time.

    Refused: office.only, plan.ended, change.no-reason, change.open.
    """
    check_office(by)
    check_node_stands(node, on=on)
    if not reason.strip():
        raise Refused("change.no-reason", _("调整要写原因，批准后会一直显示在这一条上。"))
    if open_before:
        raise Refused("change.open", _("这一条已有一份待批准的调整。先批准、不批准或撤回它。"))


def check_value_moves(
    target: Target, old: TargetValue, value: Decimal | None, value_max: Decimal | None
) -> None:
    """Another value that can be kept, in base units. Refused: change.same, plan.value."""
    if value is None:
        raise Refused("plan.value", _("新的目标值不能空着。"))
    check_value(value, value_max, kind=target.kind, factor=Decimal(1))
    if old.value is None:
        raise Refused("change.no-value", _("这个目标还没有目标值，直接填写即可，不用走调整。"))
    if (value, value_max) == (old.value, old.value_max):
        raise Refused("change.same", _("新的目标值和现在的一样，没有要调整的。"))


def check_date_moves(old: tuple[date, str], new: tuple[date, str], *, year: int, on: date) -> None:
    """Another date, in or after the plan's year, and not over on the day it is proposed.

    Refused: change.same, change.date, change.past.
    """
    if old == new:
        raise Refused("change.same", _("新的时限和现在的一样，没有要调整的。"))
    if not is_in_years(new[0], year):
        raise Refused(
            "change.date",
            _("时限应在 %(first)s 年到 %(last)s 年之间。")
            % {"first": year, "last": year + YEARS_AHEAD},
        )
    if new[0] < on:
        raise Refused(
            "change.past",
            _("新的时限 %(day)s 已经过了，今天是 %(today)s。时限只能调到今天或以后。")
            % {"day": new[0].isoformat(), "today": on.isoformat()},
        )


def check_can_decide_change(change: PlanChange) -> None:
    """What was decided stays decided. Refused: change.decided."""
    if change.state != PlanChange.State.PROPOSED:
        raise Refused(
            "change.decided",
            _("这份调整%(state)s，不能再处理。") % {"state": change.get_state_display()},
        )


def check_can_approve(
    change: PlanChange, action: Action, *, by: User, led: Collection[int] = ()
) -> None:
    """Another account: the principal leader, the leader of the action, else the office's second.

    `led` are the actions this account leads, which a later room knows.

    The second account of the office approves only what names its basis: the paper or the minutes
    in which a leader agreed. Refused: change.not-yours, change.own, change.decided,
    change.other-leader, change.no-basis.
    """
    _check_hand(change, action, by=by, led=led)
    leads = Role.PRINCIPAL_LEADER in by.roles or action.pk in led
    if not leads and not change.basis.strip():
        raise Refused(
            "change.no-basis",
            _("攻坚办审核人只能批准写明依据的调整（会议纪要、批示或文号）。没有依据的请领导批准。"),
        )


def check_can_refuse_change(
    change: PlanChange, action: Action, decision: str, *, by: User, led: Collection[int] = ()
) -> None:
    """Refused with a reason by whom it lies with. Refused: see check_can_approve, change.why."""
    _check_hand(change, action, by=by, led=led)
    if not decision.strip():
        raise Refused("change.why", _("不批准要写理由，提出的人会看到。"))


def check_can_withdraw_change(change: PlanChange, *, by: User) -> None:
    """The office takes its own proposal back. Refused: office.only, change.decided."""
    check_office(by)
    check_can_decide_change(change)


def check_still_stands(now: Iterable[tuple[str, str, str]]) -> None:
    """A proposal holds against what it was made from; (label, then, now). Refused: change.stale."""
    moved = [row for row in now if row[1] != row[2]]
    if moved:
        raise Conflict(
            "change.stale",
            _("提出之后，这一条已经变过。请撤回这份调整，按现在的数重新提出。"),
            mine={label: then for label, then, _now in moved},
            theirs={label: is_now for label, _then, is_now in moved},
        )


def _check_hand(change: PlanChange, action: Action, *, by: User, led: Collection[int]) -> None:
    check_can_approve_changes(by)
    check_can_decide_change(change)
    if are_one_hand(by, change.proposed_by_id, on=local_day(change.proposed_at)):
        raise Refused(
            "change.own",
            _("自己提出的，或互相委托期间由对方提出的调整，不能自己批准。请另一位办理。"),
        )
    may = Role.PRINCIPAL_LEADER in by.roles or action.pk in led
    if not may and Role.OFFICE_REVIEWER not in by.roles:
        raise Refused(
            "change.other-leader",
            _("这个行动由别的领导牵头。请该领导、主要领导或攻坚办审核人办理。"),
        )

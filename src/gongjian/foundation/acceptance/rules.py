"""Who may take a filled-in figure which step further (handbook 1.2, 12.2)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongjian.foundation.acceptance.models import Acceptance, State
from gongjian.foundation.orgs.models import Role, Unit, User
from gongjian.lib.refusals import Refused

OPEN = (State.DRAFT, State.RETURNED)
UNDER_WAY = (State.FILLED, State.CHECKED, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Sides:
    """The unit that fills the figure and the unit that leads the matter; often the same."""

    filler: Unit
    lead: Unit | None

    @property
    def lead_is_another(self) -> bool:
        return self.lead is not None and self.lead.pk != self.filler.pk


def check_can_fill(row: Acceptance, *, by: User, sides: Sides) -> None:
    """Its own unit fills it, while it is open."""
    if by.unit_id != sides.filler.pk:
        raise Refused(
            "report.not-yours",
            _("这项由%(unit)s填报，你所在的单位不能填。") % {"unit": sides.filler},
        )
    if not {Role.UNIT_REPORTER, Role.TOWNSHIP} & by.roles:
        raise Refused(
            "report.not-a-reporter", _("填报由本单位填报人办理。你的账号没有填报人角色。")
        )
    if row.state not in OPEN:
        raise Refused(
            "report.not-open",
            _("这项%(state)s，不能再填。要改，请审核人先退回。") % {"state": _label(row)},
        )


def check_can_withdraw(row: Acceptance, *, by: User) -> None:
    """Who filled it may take it back, as long as nobody has checked it."""
    if row.filled_by_id != by.pk:
        raise Refused("report.not-filled-by-you", _("只有填报人本人可以撤回。"))
    if row.state != State.FILLED:
        raise Refused(
            "report.not-withdrawable",
            _("这项%(state)s，撤不回来了。要改，请审核人退回。") % {"state": _label(row)},
        )


def check_can_check(row: Acceptance, *, by: User, sides: Sides) -> None:
    """The head of the filling unit checks what somebody else of it filled."""
    if row.state != State.FILLED:
        raise Refused(
            "report.not-filled", _("这项%(state)s，现在不用审核。") % {"state": _label(row)}
        )
    if by.unit_id != sides.filler.pk or Role.UNIT_APPROVER not in by.roles:
        raise Refused(
            "report.not-your-check",
            _("这项由%(unit)s的审核人审核。") % {"unit": sides.filler},
        )
    _check_other_than(row.filled_by_id, by, _("这条数是你填的，要由本单位另一个人审核。"))


def check_can_confirm(row: Acceptance, *, by: User, sides: Sides) -> None:
    """Where another unit leads, it confirms before the office sees the figure."""
    if row.state != State.CHECKED:
        raise Refused(
            "report.not-checked",
            _("这项%(state)s，现在不用牵头单位核对。") % {"state": _label(row)},
        )
    if sides.lead is None or by.unit_id != sides.lead.pk or Role.LEAD_UNIT not in by.roles:
        raise Refused(
            "report.not-your-confirmation",
            _("这项由牵头单位%(unit)s核对。") % {"unit": sides.lead or _("（未定）")},
        )
    for earlier in (row.filled_by_id, row.checked_by_id):
        _check_other_than(earlier, by, _("这条数你已经经手过，要由另一个人核对。"))


def check_can_accept(row: Acceptance, *, by: User, sides: Sides) -> None:
    """The office accepts what has been checked, never what passed through the same hands."""
    if Role.OFFICE_REVIEWER not in by.roles:
        raise Refused(
            "report.office-accepts", _("采信由攻坚办审核人办理。你的账号没有审核人角色。")
        )
    if row.state != State.CONFIRMED:
        raise Refused("report.not-ready", _("这项%(state)s，还不能采信。") % {"state": _label(row)})
    for earlier in (row.filled_by_id, row.checked_by_id, row.confirmed_by_id):
        _check_other_than(earlier, by, _("不能采信：这条数你已经经手过，要由另一个审核人采信。"))
    if by.unit_id == sides.filler.pk:
        raise Refused("report.own-unit", _("不能采信：这条数是你们单位填报的。"))


def check_can_return(row: Acceptance, *, by: User, sides: Sides, reason: str) -> None:
    """Whoever would decide next may return it instead, and says why."""
    if row.state == State.FILLED:
        check_can_check(row, by=by, sides=sides)
    elif row.state == State.CHECKED:
        check_can_confirm(row, by=by, sides=sides)
    else:
        check_can_accept(row, by=by, sides=sides)
    if not reason.strip():
        raise Refused("report.no-reason", _("退回要写原因，填报人才知道改哪里。"))


def _check_other_than(earlier: int | None, by: User, sentence: str) -> None:
    if earlier == by.pk:
        raise Refused("report.same-person", sentence)


def _label(row: Acceptance) -> str:
    return str(State(row.state).label)

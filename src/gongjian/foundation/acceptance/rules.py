"""Who may take a filled-in figure which step further (handbook 1.2, 12.2)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.foundation.acceptance.models import Acceptance, State
from gongjian.foundation.orgs.models import Role, Unit, User
from gongjian.foundation.orgs.rules import (
    ALL,
    OFFICE,
    OWN,
    UNITS,
    allows,
    are_one_hand,
    check_is_office,
    right,
)
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

FILL = right("figure.fill", gettext_lazy("填报"), {Role.UNIT_REPORTER: OWN, Role.TOWNSHIP: OWN})
CHECK = right("figure.check", gettext_lazy("单位审核"), {Role.UNIT_APPROVER: OWN})
CONFIRM = right("figure.confirm", gettext_lazy("牵头单位核对"), {Role.LEAD_UNIT: OWN})
ACCEPT = right("figure.accept", gettext_lazy("采信"), {Role.OFFICE_REVIEWER: ALL})

# Nobody's draft but one's own: V0 stays on the page of its unit (handbook 12.2).
READ_UNACCEPTED = right(
    "figure.read-unaccepted",
    gettext_lazy("看未采信的数"),
    dict.fromkeys(UNITS | OFFICE, OWN),
    bypass=OFFICE,
)
READ_CHECKED = right(
    "figure.read-checked",
    gettext_lazy("看单位审核过的数"),
    {
        **dict.fromkeys(OFFICE, ALL),
        **dict.fromkeys(UNITS, OWN),  # what their unit leads
        Role.PRINCIPAL_LEADER: ALL,
        Role.COUNTY_LEADER: OWN,  # what they lead
    },
)
READ_RETURNED = right(
    "figure.read-returned", gettext_lazy("看退回的数"), dict.fromkeys(OFFICE, ALL)
)

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
    if not allows(FILL, by):
        raise Refused(
            "report.not-a-reporter", _("填报由本单位填报人办理。你的账号没有填报人角色。")
        )
    if row.state not in OPEN:
        raise Refused(
            "report.not-open",
            _("这项%(state)s，不能再填。要改，请审核人先退回。") % {"state": _label(row)},
        )


def check_can_bring(row: Acceptance, *, by: User) -> None:
    """The office enters what a ledger says, for the unit it is of, whose head checks it."""
    check_is_office(by)
    if row.state != State.DRAFT:
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
    if not allows(CHECK, by, unit=sides.filler):
        raise Refused(
            "report.not-your-check",
            _("这项由%(unit)s的审核人审核。") % {"unit": sides.filler},
        )
    if row.state != State.FILLED:
        raise Refused(
            "report.not-filled", _("这项%(state)s，现在不用审核。") % {"state": _label(row)}
        )
    _check_other_than(_filled(row), by, _("这条数是你填的，要由本单位另一个人审核。"))


def check_can_confirm(row: Acceptance, *, by: User, sides: Sides) -> None:
    """Where another unit leads, it confirms before the office sees the figure."""
    if sides.lead is None:
        raise Refused(
            "report.not-your-confirmation",
            _("这项由填报单位自己牵头，不用牵头单位核对。"),
        )
    if not allows(CONFIRM, by, unit=sides.lead):
        raise Refused(
            "report.not-your-confirmation",
            _("这项由牵头单位%(unit)s核对。") % {"unit": sides.lead},
        )
    if row.state != State.CHECKED:
        raise Refused(
            "report.not-checked",
            _("这项%(state)s，现在不用牵头单位核对。") % {"state": _label(row)},
        )
    for earlier in (_filled(row), _checked(row)):
        _check_other_than(earlier, by, _("这条数你已经经手过，要由另一个人核对。"))


def check_can_accept(row: Acceptance, *, by: User, sides: Sides) -> None:
    """The office accepts what has been checked, never what passed through the same hands."""
    if not allows(ACCEPT, by):
        raise Refused(
            "report.office-accepts", _("采信由攻坚办审核人办理。你的账号没有审核人角色。")
        )
    if row.state != State.CONFIRMED:
        raise Refused("report.not-ready", _("这项%(state)s，还不能采信。") % {"state": _label(row)})
    for earlier in (_filled(row), _checked(row), _confirmed(row)):
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


Step = tuple[int | None, datetime | None]


def _filled(row: Acceptance) -> Step:
    return row.filled_by_id, row.filled_at


def _checked(row: Acceptance) -> Step:
    return row.checked_by_id, row.checked_at


def _confirmed(row: Acceptance) -> Step:
    return row.confirmed_by_id, row.confirmed_at


def _check_other_than(earlier: Step, by: User, sentence: str) -> None:
    """Three hands, and no delegation makes two of them one."""
    account, at = earlier
    if account == by.pk:
        raise Refused("report.same-person", sentence)
    if are_one_hand(by, account, on=local_day(at) if at else None):
        raise Refused(
            "report.one-hand",
            _("这条数由你代办的人、委托你的人或受你委托的人经手过，按三人分办，要由别人办。"),
        )


def _label(row: Acceptance) -> str:
    return str(State(row.state).label)

"""What may be said of a project's money, and when."""

import re
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from gongjian.flow.projects.models import InvestmentMonth
from gongjian.flow.projects.rules.register import MOST
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.acceptance.rules import FILL
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import allows, check_is_office
from gongjian.lib.refusals import Refused

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)


class Named(Protocol):
    """A project, or a line of one."""

    @property
    def name(self) -> str: ...


def check_can_plan_money(by: User) -> None:
    """The office sets down what a year's months plan."""
    check_is_office(by)


def check_can_bring_money(by: User) -> None:
    """A list of months is brought in by the office, which plans, or by who reports.

    Refused: office.only.
    """
    if not allows(FILL, by):
        check_is_office(by)


def check_month(month: str, *, today: str) -> None:
    """A month that has begun. Refused: money.month, money.ahead."""
    if not MONTH.fullmatch(month):
        raise Refused("money.month", _("月份写成“年-月”，例如 2020-06。"))
    if month > today:
        raise Refused(
            "money.ahead", _("%(month)s 还没有到，计划投资填在计划栏。") % {"month": month}
        )


def check_planned_month(month: str, *, year: int) -> None:
    """A month of the campaign's year. Refused: money.month."""
    if not MONTH.fullmatch(month) or month[:4] != str(year):
        raise Refused("money.month", _("月份写成“年-月”，而且是 %(year)s 年的。") % {"year": year})


def check_amount(amount: Decimal | None) -> None:
    """Not negative: a correction is a row of its own. Refused: money.negative, money.too-much."""
    if amount is None:
        return
    if amount < 0:
        raise Refused("money.negative", _("当月数不会小于 0。要冲减以前的数，请走更正。"))
    if amount >= MOST:
        raise Refused("money.too-much", _("金额太大，请核对单位是元、万元还是亿元。"))


def check_says_something(*amounts: Decimal | None) -> None:
    """A month without any figure is no report. Refused: money.nothing."""
    if all(amount is None for amount in amounts):
        raise Refused("money.nothing", _("一个数也没有填。确实没有发生就填 0，空着不算 0。"))


def check_has_begun(
    project: Named, *, done: Decimal | None, month: str, started: str | None
) -> None:
    """Investment is done from the month on in which works began; before, it is 前期费用.

    `started` is the month of the start, also of one that still waits for acceptance.
    Refused: money.before-start.
    """
    if done and (started is None or month < started):
        raise Refused(
            "money.before-start",
            _("“%(name)s”在 %(month)s 还没有开工，不能报完成投资。开工前的支出填在前期费用。")
            % {"name": project.name, "month": month},
        )


def check_can_correct_month(row: InvestmentMonth, *, by: User, reason: str) -> None:
    """What counted is corrected by a new row of the reporting unit.

    Refused: money.not-accepted, .not-yours, .correction-no-reason.
    """
    if row.state != State.ACCEPTED:
        raise Refused("money.not-accepted", _("这个月还没有采信，退回修改即可，不用更正。"))
    if by.unit_id != row.unit_id or not allows(FILL, by):
        raise Refused("money.not-yours", _("更正由%(unit)s的填报人提出。") % {"unit": row.unit})
    if not reason.strip():
        raise Refused("money.correction-no-reason", _("更正要写理由，以后的通报会列出。"))

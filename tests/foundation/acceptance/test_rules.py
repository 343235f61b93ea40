"""Each step of a figure, tried by whoever may not take it. No database: rules ask none."""

import pytest

from gongjian.flow.progress.models import Report
from gongjian.foundation.acceptance import rules
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.acceptance.rules import Sides
from gongjian.foundation.orgs.models import Role, Unit, User
from gongjian.lib.refusals import Refused

REFORM = Unit(pk=1, code="fgj", name="发展和改革局", short_name="发改")
INVEST = Unit(pk=2, code="tcj", name="投资促进局", short_name="投促")
OFFICE = Unit(pk=3, code="gjb", name="攻坚办", short_name="攻坚办")
OTHERS = Sides(filler=REFORM, lead=INVEST)
NO_LEAD = Sides(filler=REFORM, lead=None)


def account(pk, unit, *roles):
    user = User(pk=pk, username=f"u{pk}", unit=unit)
    user.roles = frozenset(roles)
    return user


REPORTER = account(1, REFORM, Role.UNIT_REPORTER)
APPROVER = account(2, REFORM, Role.UNIT_APPROVER)
LEAD = account(3, INVEST, Role.LEAD_UNIT)
REVIEWER = account(4, OFFICE, Role.OFFICE_REVIEWER)
ALL_ROLES = account(1, REFORM, *Role)  # the same person as the reporter


def row(state, **by):
    return Report(state=state, **{f"{step}_by_id": pk for step, pk in by.items()})


def code_of(rule, *args, **kwargs):
    try:
        rule(*args, **kwargs)
    except Refused as no:
        return no.code
    return ""


@pytest.mark.parametrize(
    ("state", "by", "code"),
    [
        (State.DRAFT, REPORTER, ""),
        (State.RETURNED, REPORTER, ""),
        (State.DRAFT, account(5, REFORM, Role.TOWNSHIP), ""),
        (State.DRAFT, account(5, INVEST, Role.UNIT_REPORTER), "report.not-yours"),
        (State.DRAFT, account(5, None, Role.UNIT_REPORTER), "report.not-yours"),
        (State.DRAFT, APPROVER, "report.not-a-reporter"),
        (State.FILLED, REPORTER, "report.not-open"),
        (State.ACCEPTED, REPORTER, "report.not-open"),
    ],
)
def test_filling(state, by, code):
    assert code_of(rules.check_can_fill, row(state), by=by, sides=OTHERS) == code


@pytest.mark.parametrize(
    ("state", "by", "code"),
    [
        (State.FILLED, REPORTER, ""),
        (State.FILLED, APPROVER, "report.not-filled-by-you"),
        (State.CHECKED, REPORTER, "report.not-withdrawable"),
        (State.ACCEPTED, REPORTER, "report.not-withdrawable"),
    ],
)
def test_withdrawing(state, by, code):
    assert code_of(rules.check_can_withdraw, row(state, filled=1), by=by) == code


@pytest.mark.parametrize(
    ("state", "by", "code"),
    [
        (State.FILLED, APPROVER, ""),
        (State.DRAFT, APPROVER, "report.not-filled"),
        (State.CHECKED, APPROVER, "report.not-filled"),
        (State.FILLED, REPORTER, "report.not-your-check"),
        (State.FILLED, account(5, INVEST, Role.UNIT_APPROVER), "report.not-your-check"),
        (State.FILLED, ALL_ROLES, "report.same-person"),
    ],
)
def test_checking(state, by, code):
    assert code_of(rules.check_can_check, row(state, filled=1), by=by, sides=OTHERS) == code


@pytest.mark.parametrize(
    ("state", "by", "sides", "code"),
    [
        (State.CHECKED, LEAD, OTHERS, ""),
        (State.FILLED, LEAD, OTHERS, "report.not-checked"),
        (State.CONFIRMED, LEAD, OTHERS, "report.not-checked"),
        (State.CHECKED, LEAD, NO_LEAD, "report.not-your-confirmation"),
        (State.CHECKED, account(5, INVEST), OTHERS, "report.not-your-confirmation"),
        (State.CHECKED, account(5, REFORM, Role.LEAD_UNIT), OTHERS, "report.not-your-confirmation"),
        (State.CHECKED, account(1, INVEST, Role.LEAD_UNIT), OTHERS, "report.same-person"),
        (State.CHECKED, account(2, INVEST, Role.LEAD_UNIT), OTHERS, "report.same-person"),
    ],
)
def test_confirming(state, by, sides, code):
    figure = row(state, filled=1, checked=2)

    assert code_of(rules.check_can_confirm, figure, by=by, sides=sides) == code


@pytest.mark.parametrize(
    ("state", "by", "code"),
    [
        (State.CONFIRMED, REVIEWER, ""),
        (State.CONFIRMED, account(5, OFFICE, Role.CAMPAIGN_OFFICE), "report.office-accepts"),
        (State.CHECKED, REVIEWER, "report.not-ready"),
        (State.ACCEPTED, REVIEWER, "report.not-ready"),
        (State.CONFIRMED, account(1, OFFICE, Role.OFFICE_REVIEWER), "report.same-person"),
        (State.CONFIRMED, account(2, OFFICE, Role.OFFICE_REVIEWER), "report.same-person"),
        (State.CONFIRMED, account(3, OFFICE, Role.OFFICE_REVIEWER), "report.same-person"),
        (State.CONFIRMED, account(5, REFORM, Role.OFFICE_REVIEWER), "report.own-unit"),
    ],
)
def test_accepting(state, by, code):
    figure = row(state, filled=1, checked=2, confirmed=3)

    assert code_of(rules.check_can_accept, figure, by=by, sides=OTHERS) == code


@pytest.mark.parametrize(
    ("state", "by", "reason", "code"),
    [
        (State.FILLED, APPROVER, "数不对", ""),
        (State.CHECKED, LEAD, "数不对", ""),
        (State.CONFIRMED, REVIEWER, "数不对", ""),
        (State.FILLED, APPROVER, " ", "report.no-reason"),
        (State.CONFIRMED, REVIEWER, "", "report.no-reason"),
        (State.FILLED, REVIEWER, "数不对", "report.not-your-check"),
        (State.CHECKED, APPROVER, "数不对", "report.not-your-confirmation"),
        (State.CONFIRMED, LEAD, "数不对", "report.office-accepts"),
        (State.ACCEPTED, REVIEWER, "数不对", "report.not-ready"),
        (State.DRAFT, REVIEWER, "数不对", "report.not-ready"),
    ],
)
def test_returning(state, by, reason, code):
    figure = row(state, filled=1, checked=2 if state != State.FILLED else None)

    no = code_of(rules.check_can_return, figure, by=by, sides=OTHERS, reason=reason)

    assert no == code

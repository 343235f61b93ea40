import pytest

from gongjian.foundation.orgs import rules
from gongjian.foundation.orgs.models import Role, User
from gongjian.lib.refusals import Refused

ALL = frozenset(Role)
THREE = frozenset({Role.SYS_ADMIN, Role.SEC_ADMIN, Role.AUDIT_ADMIN})


def code_of(rule, *args, **kwargs):
    """The code a rule refuses with; nothing where it allows."""
    try:
        rule(*args, **kwargs)
    except Refused as no:
        return no.code
    return ""


def holding(*roles, pk=1):
    user = User(pk=pk, username="u")
    user.roles = frozenset(roles)
    return user


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (rules.check_can_see_business, ALL - THREE),
        (rules.check_is_office, {Role.CAMPAIGN_OFFICE}),
        (rules.check_can_move_clock, {Role.CAMPAIGN_OFFICE}),
        (rules.check_can_manage_accounts, {Role.SYS_ADMIN}),
        (rules.check_can_grant_roles, {Role.SEC_ADMIN}),
        (rules.check_can_see_accounts, THREE),
        (rules.check_can_read_log, {Role.AUDIT_ADMIN}),
        (rules.check_can_enter, ALL),
    ],
)
def test_each_door_opens_to_its_roles_and_to_no_other(rule, allowed):
    assert {role for role in Role if not code_of(rule, holding(role))} == allowed
    assert code_of(rule, holding())


def test_a_closed_account_keeps_nothing():
    user = holding(Role.CAMPAIGN_OFFICE)
    user.is_active = False

    assert code_of(rules.check_account_is_open, user) == "account.closed"


@pytest.mark.parametrize("role", sorted(THREE))
@pytest.mark.parametrize("other", sorted(ALL))
def test_an_administrator_holds_no_second_role(role, other):
    first = code_of(rules.check_can_hold, role, others=frozenset({other}))
    second = code_of(rules.check_can_hold, other, others=frozenset({role}))

    assert (first, second) == ("roles.administrator-alone", "roles.administrator-alone")


def test_roles_of_the_work_may_be_held_together():
    others = frozenset({Role.UNIT_REPORTER})

    assert code_of(rules.check_can_hold, Role.TOWNSHIP, others=others) == ""


@pytest.mark.parametrize(
    ("held", "resets", "unbinds"),
    [
        (set(), Role.SYS_ADMIN, Role.SEC_ADMIN),
        ({Role.UNIT_REPORTER, Role.LEAD_UNIT}, Role.SYS_ADMIN, Role.SEC_ADMIN),
        ({Role.SYS_ADMIN}, Role.AUDIT_ADMIN, Role.SEC_ADMIN),
        ({Role.SEC_ADMIN}, Role.SYS_ADMIN, Role.AUDIT_ADMIN),
        ({Role.AUDIT_ADMIN}, Role.SYS_ADMIN, Role.SEC_ADMIN),
    ],
)
def test_to_enter_an_account_of_somebody_else_takes_two_persons(held, resets, unbinds):
    def allowed(rule):
        return {role for role in Role if not code_of(rule, frozenset(held), by=holding(role))}

    assert allowed(rules.check_can_reset_password) == {resets}
    assert allowed(rules.check_can_unbind) == {unbinds}


def test_nobody_closes_or_revokes_themselves():
    sys, sec = holding(Role.SYS_ADMIN), holding(Role.SEC_ADMIN)

    assert code_of(rules.check_can_close, sys, by=sys) == "account.own"
    assert code_of(rules.check_can_revoke, sec, by=sec) == "roles.own"
    assert code_of(rules.check_can_close, holding(pk=2), by=sys) == ""
    assert code_of(rules.check_can_revoke, holding(pk=2), by=sec) == ""


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Short-1", "password.short"),
        ("Eleven-Ch-1", "password.short"),
        ("twelve-chars", "password.plain"),
        ("Twelvechars1", ""),
        ("twelve-chars1", ""),
        ("Has-Yangmm-in-it-1", "password.has-name"),
    ],
)
def test_a_password_is_long_and_mixed_and_not_the_name(password, code):
    assert code_of(rules.check_password_is_strong, password, username="yangmm") == code

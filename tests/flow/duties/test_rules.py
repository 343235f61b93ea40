"""One test a refusal of duties."""

import pytest

from gongjian.flow.duties import rules
from gongjian.flow.duties.models import Duty
from gongjian.foundation.orgs.models import Role
from gongjian.lib.refusals import Refused
from small_plan import AT, a_person, an_office

pytestmark = pytest.mark.django_db


def code_of(rule, *about, **who):
    with pytest.raises(Refused) as no:
        rule(*about, **who)
    return no.value.code


def test_administrators_do_not_read_duties():
    who = a_person("admin", Role.SEC_ADMIN)

    assert code_of(rules.check_can_read_duties, who) == "business.not-for-administrators"


@pytest.mark.parametrize("role", [Role.LEAD_UNIT, Role.UNIT_APPROVER, Role.PRINCIPAL_LEADER])
def test_only_the_office_assigns(role):
    who = a_person("someone", role)

    rules.check_can_read_duties(who)
    assert code_of(rules.check_can_assign, who) == "office.only"


def test_a_duty_is_confirmed_once():
    office = an_office()

    rules.check_can_confirm_duty(Duty(), by=office)
    assert code_of(rules.check_can_confirm_duty, Duty(confirmed_at=AT), by=office) == (
        "duty.confirmed"
    )

from datetime import timedelta

import pytest

from gongjian.foundation.orgs.models import Role, RoleGrant
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.orgs.usecases import close_account, grant_role, revoke_role
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused
from interfaces.web.people import AT, a_demo, person

pytestmark = pytest.mark.django_db
NEXT = AT + timedelta(days=1)


@pytest.fixture
def sec():
    a_demo()
    return person("sec", "sec_admin")


def roles(username, at):
    return account(username, on=local_day(at)).roles


def test_a_revoked_role_is_kept_for_the_days_before(sec):
    office = person("office", "campaign_office")

    revoke_role(office, Role.CAMPAIGN_OFFICE, by=sec, at=NEXT)

    assert (roles("office", AT), roles("office", NEXT)) == ({"campaign_office"}, frozenset())


def test_a_role_may_come_back_on_the_day_it_went(sec):
    office = person("office", "campaign_office")

    revoke_role(office, Role.CAMPAIGN_OFFICE, by=sec, at=NEXT)
    grant_role(office, Role.CAMPAIGN_OFFICE, by=sec, at=NEXT)

    assert roles("office", NEXT) == {"campaign_office"}
    assert RoleGrant.objects.filter(user=office).count() == 2


def test_a_closed_account_has_no_roles():
    a_demo()
    sys, office = person("sys", "sys_admin"), person("office", "campaign_office")

    close_account(office, by=sys, at=AT)

    assert roles("office", AT) == frozenset()


def test_only_the_security_administrator_gives_roles():
    a_demo()
    sys, office = person("sys", "sys_admin"), person("office")

    with pytest.raises(Refused) as no:
        grant_role(office, Role.TOWNSHIP, by=sys, at=AT)

    assert no.value.code == "roles.sec-admin-only"
    assert roles("office", AT) == frozenset()

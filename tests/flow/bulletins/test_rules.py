"""Who may read and write bulletins, and that there must be a plan to write about."""

import pytest

from gongjian.flow.bulletins.rules import check_can_read_bulletins, check_can_write_bulletin
from gongjian.flow.bulletins.usecases import write_bulletin
from gongjian.flow.progress.usecases import plan_period
from gongjian.foundation.orgs.models import Role, User
from gongjian.foundation.orgs.rules import ADMINISTRATORS
from gongjian.lib.refusals import Refused
from interfaces.web.people import AT, person


def holder(role):
    user = User(username=str(role))
    user.roles = frozenset({role})
    return user


def code_of(rule, role):
    try:
        rule(holder(role))
    except Refused as no:
        return no.code
    return ""


def test_everybody_who_works_on_the_plan_reads_bulletins():
    codes = {role: code_of(check_can_read_bulletins, role) for role in Role}

    assert codes == {
        role: "business.not-for-administrators" if role in ADMINISTRATORS else "" for role in Role
    }


def test_the_office_alone_writes_bulletins():
    codes = {role: code_of(check_can_write_bulletin, role) for role in Role}

    assert codes == {role: "" if role == Role.CAMPAIGN_OFFICE else "office.only" for role in Role}


@pytest.mark.django_db
def test_without_an_adopted_plan_there_is_nothing_to_write_about():
    office = person("office", "campaign_office")
    june = plan_period("2020-06", by=office, at=AT)

    with pytest.raises(Refused) as no:
        write_bulletin(june, by=office, at=AT)

    assert no.value.code == "bulletin.no-plan"

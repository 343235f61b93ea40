from uuid import UUID

import pytest

from gongjian.foundation.records.models import ActKey
from gongjian.foundation.records.usecases import once
from interfaces.web.people import AT, a_demo, person

pytestmark = pytest.mark.django_db
KEY = UUID(int=1)


@pytest.fixture
def office():
    a_demo()
    return person("office", "campaign_office")


def act(by, outcome="/there/"):
    with once(KEY, by=by, act="plan.upload", at=AT) as claim:
        if not claim.done_before:
            claim.outcome = outcome
    return claim.done_before, claim.outcome


def test_the_second_call_finds_where_the_first_one_led(office):
    assert act(office) == (False, "/there/")
    assert act(office, "/elsewhere/") == (True, "/there/")


def test_a_refusal_frees_the_key(office):
    with pytest.raises(RuntimeError), once(KEY, by=office, act="plan.upload", at=AT):
        raise RuntimeError

    assert act(office) == (False, "/there/")


def test_the_key_of_another_account_is_another_key(office):
    act(office)

    assert act(person("other", "campaign_office"), "/own/") == (False, "/own/")
    assert ActKey.objects.count() == 2

"""What the tests of the plan's pages share: a demo, and its office at the door."""

import pytest

from gongjian.foundation.records.usecases import set_up_installation
from interfaces.web.people import BACKEND
from small_plan import AT, an_office, some_units


@pytest.fixture(autouse=True)
def demo():
    return set_up_installation("demo", place="示例县", at=AT, clock=AT)


@pytest.fixture
def office(client):
    user = an_office()
    some_units()
    client.force_login(user, backend=BACKEND)
    return user

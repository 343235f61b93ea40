"""A few accounts in an empty house, for tests of the pages around the work."""

from datetime import datetime

from gongjian.foundation.records.usecases import set_up_installation
from gongjian.lib.days import LOCAL
from small_plan import a_person

AT = datetime(2020, 6, 29, 10, tzinfo=LOCAL)
BACKEND = "gongjian.interfaces.web.sessions.Accounts"


def a_demo(at=AT):
    return set_up_installation("demo", place="示例县", at=at, clock=at)


def a_real_house(at=AT):
    return set_up_installation("real", place="示例县", at=at)


def person(username, *roles, must_change=False, at=AT):
    return a_person(username, *roles, must_change=must_change, at=at)


def come_in(client, user):
    """Past the door without its steps."""
    client.force_login(user, backend=BACKEND)
    return client

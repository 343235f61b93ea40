"""A few accounts in an empty house, for tests of the pages around the work."""

from datetime import datetime

from gongjian.foundation.orgs.models import Role
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.orgs.usecases import create_account, grant_role
from gongjian.foundation.records.usecases import set_up_installation
from gongjian.lib.days import LOCAL, local_day

AT = datetime(2020, 6, 29, 10, tzinfo=LOCAL)
PASSWORD = "Trial-2020-Green"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def a_demo(at=AT):
    return set_up_installation("demo", place="示例县", at=at, clock=at)


def a_real_house(at=AT):
    return set_up_installation("real", place="示例县", at=at)


def person(username, *roles, must_change=False, at=AT):
    """An account with its roles, as today's requests see it."""
    made = create_account(
        username,
        display_name=f"{username}某",
        password=PASSWORD,
        must_change=must_change,
        by=None,
        at=at,
    )
    for role in roles:
        grant_role(made, Role(role), by=None, at=at)
    return account(username, on=local_day(at))


def come_in(client, user):
    """Past the door without its steps."""
    client.force_login(user, backend=BACKEND)
    return client

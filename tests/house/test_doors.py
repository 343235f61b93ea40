"""Every address names who may open it, and turns away who may not."""

from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from gongjian.foundation.orgs.models import Role, RoleGrant, User
from gongjian.foundation.orgs.queries import with_roles
from gongjian.foundation.records.usecases import set_up_installation
from gongjian.interfaces.cli.access.asking import Answer
from gongjian.interfaces.cli.access.report import access_report, quiet, shut_addresses
from gongjian.interfaces.cli.access.wanted import wanted_answers
from gongjian.lib.refusals import Refused
from house.source import HAN

# What Django serves and no view of ours does.
NOT_OURS = ("django.contrib.staticfiles", "django.views.i18n")
REFUSING = (403, 404, 409)
DAY = date(2020, 6, 29)


def addresses(resolver=None, prefix=""):
    """Every view of ours with an address that reaches it."""
    resolver = resolver or get_resolver(settings.ROOT_URLCONF)
    for entry in resolver.url_patterns:
        route = prefix + sample(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        elif isinstance(entry, URLPattern) and not entry.callback.__module__.startswith(NOT_OURS):
            yield f"/{route}", entry.callback


def sample(pattern):
    """The route with a value in the place of each parameter; none of them exists."""
    route = str(pattern)
    for name, converter in pattern.converters.items():
        kind = {IntConverter: "1", UUIDConverter: str(UUID(int=1))}.get(type(converter), "2020-06")
        for form in (f"<{name}>", f"<int:{name}>", f"<uuid:{name}>", f"<str:{name}>",
                     f"<slug:{name}>", f"<path:{name}>"):  # fmt: skip
            route = route.replace(form, kind)
    return route


ADDRESSES = dict(addresses())


@pytest.fixture
def accounts(demo):  # noqa: ARG001 - a demo asks for no second factor
    """An account without a role, and one for each role."""
    made = []
    for role in (None, *Role.values):
        name = role or "nobody"
        account = User.objects.create(username=name, display_name=name)
        if role:
            RoleGrant.objects.create(user=account, role=role, valid_from=DAY)
        made.append(with_roles(account, on=DAY))
    return made


@pytest.fixture
def demo(db):  # noqa: ARG001
    at = datetime.combine(DAY, time(2), UTC)
    return set_up_installation("demo", place="示例县", at=at, clock=at)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_view_names_its_guard(address):
    view = ADDRESSES[address]

    guard, reason = getattr(view, "guard", None), getattr(view, "open_to_all", "")

    assert callable(guard) != bool(reason), (
        f"{address}: mark the view with opens(rule) or open_to_all(reason)"
    )


@pytest.mark.parametrize("address", [a for a, v in ADDRESSES.items() if hasattr(v, "guard")])
def test_a_closed_door_turns_away_who_may_not_enter(address, client, accounts):
    guard = ADDRESSES[address].guard
    stranger = call(client, address)

    assert stranger.status_code == 302
    assert stranger.url.startswith(reverse(settings.LOGIN_URL))
    for account in (account for account in accounts if refuses(guard, account)):
        client.force_login(account, backend="gongjian.interfaces.web.sessions.Accounts")
        answer = call(client, address)
        assert answer.status_code in REFUSING, f"{address} opened to {account.username}"
        assert HAN.search(answer.content.decode()), f"{address} refuses without a sentence"


def call(client, address):
    answer = client.get(address)
    return client.post(address) if answer.status_code == 405 else answer


def refuses(guard, account):
    try:
        guard(account)
    except Refused:
        return True
    return False


def test_the_matrix_of_rights_holds_for_every_address(db):  # noqa: ARG001
    """Every address × role × unit of one's own or another: what wanted.toml says, and no more."""
    with quiet():
        report = access_report()

    assert report.right, "\n".join(["", *report.lines()])
    assert sum(answer.real == "open" for answer in report.answers) > 600


def test_an_address_that_opens_to_nobody_says_why():
    """Refusals alone show no right: the thing asked for may just not be there."""
    table = wanted_answers(
        '[groups]\n[rights]\ncodes = []\n[missing]\nabsent = ["campaign_office"]\n'
        '[opened]\nopen = ["campaign_office"]\n[told]\nnever = "why"\n'
    )
    real = {"missing": "absent", "opened": "open", "told": "absent"}
    answers = [
        Answer("campaign_office", name, "/", "GET", "", fate, fate, "")
        for name, fate in real.items()
    ]

    assert shut_addresses(answers, table) == ["GET missing"]

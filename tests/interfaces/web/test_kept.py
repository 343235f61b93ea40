"""Pages are given again until something is written: to the same reader, in the same browser."""

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.flow.plan.usecases import propose_date
from gongjian.foundation.records.usecases import note
from interfaces.web.people import BACKEND
from small_county import JUNE


@pytest.fixture
def demo():
    """The county sets the installation up itself."""


@pytest.fixture(autouse=True)
def keeping(settings):
    """The cache as it is served with, empty."""
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {
        **settings.CACHES,
        "drawn": {"BACKEND": memory, "LOCATION": str(id(settings))},
    }


def browser(user):
    """A browser that has seen a page, and so has a token."""
    made = Client()
    made.force_login(user, backend=BACKEND)
    made.get(reverse("keys"))
    made.get(reverse("complaint"))
    return made


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_page_is_drawn_once_while_nothing_is_written(county, django_assert_max_num_queries):
    office = browser(county.office)
    first = read(office, reverse("plan"))

    with django_assert_max_num_queries(8):  # who asks, what they may, and where the log ends
        assert read(office, reverse("plan")) == first


def test_an_act_of_anybody_draws_it_anew(county):
    office = browser(county.office)
    waiting = "1 项待批准"
    assert waiting not in read(office, reverse("plan"))

    propose_date(
        county.task, county.milestone.day, "day", reason="审批未完成", basis="纪要3号", version=1,
        by=county.office, at=JUNE,
    )  # fmt: skip

    assert waiting in read(office, reverse("plan"))


def test_a_log_in_draws_nothing_anew(county, django_assert_max_num_queries):
    office = browser(county.office)
    read(office, reverse("plan"))

    note("account.logged-in", by=county.reporter, at=JUNE)

    with django_assert_max_num_queries(8):
        read(office, reverse("plan"))


def test_each_reader_and_each_browser_has_its_own(county):
    office, again, other = (browser(u) for u in (county.office, county.office, county.reporter))

    pages = [read(one, reverse("plan")) for one in (office, again, other)]

    assert len(set(pages)) == 3
    assert county.office.display_name in pages[0]
    assert county.office.display_name not in pages[2]


def test_what_is_asked_for_is_part_of_the_page(county):
    office = browser(county.office)

    assert read(office, reverse("plan")) != read(office, reverse("plan") + "?kind=task")


def test_a_refusal_is_not_kept(county):
    office = browser(county.office)

    assert office.get(reverse("plan") + "?year=1999").status_code in (403, 404)
    assert office.get(reverse("plan")).status_code == 200

"""The office sets the first period down."""

import pytest
from django.urls import reverse

from gongjian.flow.progress.queries import period_by_key
from interfaces.web.people import a_demo, come_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    a_demo()
    return come_in(client, person("office", "campaign_office"))


def test_the_office_plans_a_period_by_its_month(office):
    answer = office.post(reverse("period_plan"), {"key": "2020-07"})

    assert answer.status_code == 302
    period = period_by_key("2020-07")
    assert (period.opens_at.isoformat(), period.opened_at) == ("2020-07-24T16:00:00+00:00", None)


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("2020-13", "报告期写成“年-月”"),
        ("七月", "报告期写成“年-月”"),
        ("2020-07", "2020-07 期已经有了"),
    ],
)
def test_a_period_that_cannot_be_is_refused_in_words(office, key, sentence):
    office.post(reverse("period_plan"), {"key": "2020-07"})

    answer = office.post(reverse("period_plan"), {"key": key})

    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert key in answer.content.decode()


def test_who_is_not_the_office_plans_nothing(client):
    a_demo()
    come_in(client, person("filler", "unit_reporter"))

    assert client.post(reverse("period_plan"), {"key": "2020-07"}).status_code == 409

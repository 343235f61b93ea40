"""An idle session ends, one in use goes on, and a page that only reads writes nothing."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from gongjian.foundation.records.usecases import set_up_installation
from small_plan import AT, PASSWORD, an_office


@pytest.fixture
def logged_in(client, db):  # noqa: ARG001
    set_up_installation("demo", place="示例县", at=AT, clock=AT)
    an_office()
    client.post(reverse("login"), {"username": "office", "password": PASSWORD})
    return client


def ends_in(minutes):
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=minutes))


def minutes_left():
    return (Session.objects.get().expire_date - timezone.now()) / timedelta(minutes=1)


def test_a_page_soon_after_another_writes_no_session(logged_in):
    ends_in(28)

    logged_in.get(reverse("keys"))

    assert 27 < minutes_left() < 28


def test_a_page_some_minutes_later_begins_the_half_hour_again(logged_in):
    ends_in(26)

    logged_in.get(reverse("keys"))

    assert 29 < minutes_left() <= 30


def test_after_half_an_hour_without_a_request_one_must_log_in_again(logged_in):
    ends_in(-1)

    answer = logged_in.get(reverse("plan"))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("login"))

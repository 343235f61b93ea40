import base64
import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp

from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.usecases import reset_password
from interfaces.web.people import AT, a_demo, a_real_house, come_in, person
from small_plan import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "Quite-Another-77"


@pytest.fixture
def real():
    return a_real_house()


@pytest.fixture
def office(real):  # noqa: ARG001
    return person("office", "campaign_office")


def change(client, old=PASSWORD, new=NEW, again=NEW):
    return client.post(reverse("password"), {"old": old, "new": new, "again": again})


def secret_of(client):
    """The secret the page shows, as an app takes it in."""
    page = client.get(reverse("second_factor")).content.decode()
    return re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")


def code_of(secret, steps=0):
    return f"{totp(base64.b32decode(secret), drift=steps):06d}"


def send(client, code):
    return client.post(reverse("second_factor"), {"code": code})


@pytest.mark.usefixtures("real")
def test_a_first_password_opens_nothing_but_its_own_change(client):
    come_in(client, person("new", "campaign_office", must_change=True))

    assert client.get(reverse("home")).url == reverse("password")
    assert client.get(reverse("second_factor")).url == reverse("password")
    page = client.get(reverse("password")).content.decode()
    assert "先换成自己的密码" in page
    assert "g-nav" not in page


@pytest.mark.usefixtures("real")
def test_password_change_leads_on_and_ends_other_sessions(client):
    user = person("new", "campaign_office", must_change=True)
    other = come_in(type(client)(), user)
    come_in(client, user)

    answer = change(client)

    user = User.objects.get(pk=user.pk)
    assert answer.url == reverse("home")
    assert user.check_password(NEW)
    assert not user.must_change_password
    assert client.get(reverse("home")).url == reverse("second_factor")
    assert other.get(reverse("home")).url.startswith(reverse("login"))


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"old": "wrong"}, "old", "原密码不对。"),
        ({"again": "Another-Thing-9"}, "new", "两次输入的新密码不一样。"),
        ({"new": "Short-1", "again": "Short-1"}, "new", "密码至少 12 位，现在是 7 位。"),
        ({"new": PASSWORD, "again": PASSWORD}, "new", "新密码和原密码一样，换一个。"),
    ],
)
def test_password_change_says_what_is_wrong(client, sent, field, sentence):
    a_demo()
    come_in(client, person("office", "campaign_office"))

    answer = change(client, **sent)

    assert answer.status_code == 409
    assert re.findall(r'<a href="#(\w+)">([^<]+)</a></li>', answer.content.decode()) == [
        (field, sentence)
    ]


def test_password_change_in_a_real_house_needs_the_code_first(client, office):
    come_in(client, office)

    assert change(client).url == reverse("second_factor")
    assert User.objects.get().check_password(PASSWORD)


def test_nothing_opens_before_the_code(client, office):
    come_in(client, office)

    assert client.get(reverse("home")).url == reverse("second_factor")
    assert client.get(reverse("rules")).status_code == 200


def test_second_factor_is_bound_by_a_code_of_its_secret(client, office):
    come_in(client, office)
    secret = secret_of(client)

    answer = send(client, code_of(secret))

    assert answer.url == reverse("home")
    assert User.objects.get().second_factor == secret
    assert "second_factor_secret" not in client.session
    assert client.get(reverse("home")).url != reverse("second_factor")


def test_second_factor_page_draws_its_picture_itself(client, office):
    page = come_in(client, office).get(reverse("second_factor")).content.decode()

    assert 'src="data:image/svg+xml' in page
    assert "g-nav" not in page


def test_second_factor_keeps_its_secret_while_the_page_is_open_twice(client, office):
    come_in(client, office)

    assert secret_of(client) == secret_of(client)


def test_second_factor_once_bound_is_never_shown(client, office):
    User.objects.update(second_factor="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")

    page = come_in(client, office).get(reverse("second_factor")).content.decode()

    assert "JBSW" not in page
    assert "data:image" not in page


def test_second_factor_takes_a_code_once(client, office):
    come_in(client, office)
    secret = secret_of(client)
    code = code_of(secret)
    send(client, code)
    again = come_in(type(client)(), User.objects.get())

    used, fresh = send(again, code), send(again, code_of(secret, steps=1))

    assert used.status_code == 409
    assert "已经用过" in used.content.decode()
    assert fresh.url == reverse("home")


@pytest.mark.parametrize("code", ["000000", "", "abc", "１２３４５６"])
def test_second_factor_refuses_what_is_no_code(client, office, code):
    come_in(client, office)
    secret_of(client)

    answer = send(client, code)

    assert answer.status_code == 409
    assert "还可试 4 次" in answer.content.decode()
    assert User.objects.get().second_factor == ""


def test_second_factor_locks_at_the_fifth_wrong_code(client, office):
    come_in(client, office)
    secret = secret_of(client)

    answers = [send(client, "000000").status_code for _ in range(5)]
    again = come_in(type(client)(), office)
    session = again.session
    session["second_factor_secret"] = secret
    session.save()

    assert answers == [409, 409, 409, 409, 429]
    assert "_auth_user_id" not in client.session
    assert send(again, code_of(secret)).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    come_in(again, office)
    assert send(again, code_of(secret_of(again))).status_code == 302


def test_a_reset_password_asks_for_a_change_at_the_next_request(client, office):
    sys = person("sys", "sys_admin")
    come_in(client, office)
    reset_password(office, NEW, by=sys, at=AT)

    come_in(client, User.objects.get(username="office"))

    assert client.get(reverse("home")).url == reverse("password")


def test_a_demo_asks_for_no_code(client):
    a_demo()
    come_in(client, person("office", "campaign_office"))

    assert client.get(reverse("second_factor")).url == reverse("home")

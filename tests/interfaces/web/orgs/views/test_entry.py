import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.urls import reverse
from django.utils import timezone

from gongjian.foundation.orgs.usecases import close_account
from gongjian.foundation.records.models import LogEntry
from interfaces.web.people import AT, a_demo, a_real_house, come_in, person
from small_plan import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    a_demo()
    return person("office", "campaign_office")


def send(client, username="office", password=PASSWORD, **more):
    return client.post(reverse("login"), {"username": username, "password": password, **more})


def errors(answer):
    return re.findall(r'id="login-error"[^>]*>([^<]+)<', answer.content.decode())


@pytest.mark.usefixtures("office")
def test_login_shows_the_user_name_first(client):
    answer = client.get(reverse("login"))

    fields = re.findall(r'<input(?![^>]*type="hidden")[^>]*name="(\w+)"', answer.content.decode())
    assert answer.status_code == 200
    assert fields == ["username", "password"]


def test_login_lets_a_demo_account_in_by_name_and_password(client, office):
    answer = send(client)

    assert answer.status_code == 302
    assert answer.url == reverse("home")
    assert client.session["_auth_user_id"] == str(office.pk)
    assert LogEntry.objects.order_by("-seq").values_list("act", "actor_id")[0] == (
        "account.logged-in",
        office.pk,
    )


@pytest.mark.usefixtures("office")
def test_login_gives_the_session_a_new_key(client):
    client.session["before"] = "1"
    session = client.session
    session.save()
    before = session.session_key

    send(client)

    assert client.session.session_key != before


@pytest.mark.parametrize(("username", "password"), [("office", "wrong"), ("nobody", PASSWORD)])
@pytest.mark.usefixtures("office")
def test_login_never_says_which_of_the_two_was_wrong(client, username, password):
    answer = send(client, username, password)

    assert answer.status_code == 200
    assert errors(answer) == ["账号或密码不对。还可试 4 次，之后锁 15 分钟"]
    assert password not in answer.content.decode()


@pytest.mark.parametrize("username", ["office", "nobody"])
@pytest.mark.usefixtures("office")
def test_login_locks_a_name_at_the_fifth_wrong_try(client, username):
    before = [send(client, username, "wrong").status_code for _ in range(4)]

    fifth, right = send(client, username, "wrong"), send(client, username, PASSWORD)

    assert before == [200] * 4
    assert (fifth.status_code, right.status_code) == (429, 429)
    assert "满 15 分钟自动解开" in fifth.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("office")
def test_a_lock_ends_a_quarter_of_an_hour_after_the_last_wrong_try(client):
    for _ in range(6):
        send(client, "office", "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))

    answer = send(client)

    assert answer.status_code == 302


@pytest.mark.usefixtures("office")
def test_a_right_password_forgets_the_wrong_ones(client):
    send(client, "office", "wrong")
    send(client)
    client.post(reverse("logout"))

    answer = send(client, "office", "wrong")

    assert errors(answer) == ["账号或密码不对。还可试 4 次，之后锁 15 分钟"]


def test_a_closed_account_cannot_come_in(client, office):
    close_account(office, by=person("sys", "sys_admin"), at=AT)

    assert errors(send(client)) == ["账号或密码不对。还可试 4 次，之后锁 15 分钟"]


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/rules/?x=1", "/rules/?x=1"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/logout/", "/"),
        ("/plan/begin/", "/"),
        ("/plan/upload/", "/plan/upload/"),
        ("/no/such/page/", "/"),
        ("", "/"),
    ],
)
@pytest.mark.usefixtures("office")
def test_login_leads_on_inside_the_house_only(client, wanted, reached):
    assert send(client, next=wanted).url == reached


def test_login_of_who_is_in_leads_on(client, office):
    answer = come_in(client, office).get(reverse("login"))

    assert answer.url == reverse("home")


def test_login_without_any_account_leads_to_the_first_run(client):
    assert client.get(reverse("login")).url == reverse("first_run")


def test_logout_needs_a_form(client, office):
    come_in(client, office)

    asked, sent = client.get(reverse("logout")), client.post(reverse("logout"))

    assert asked.status_code == 405
    assert sent.url == reverse("login")
    assert "_auth_user_id" not in client.session


def test_login_says_that_a_second_step_follows_in_a_real_house(client):
    a_real_house()
    person("office", "campaign_office")

    assert "下一步：动态口令" in client.get(reverse("login")).content.decode()

import re
from uuid import UUID

import pytest
from django.urls import reverse

from gongjian.flow.progress.usecases import plan_period
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.records.models import LogEntry
from gongjian.foundation.records.queries import demo_clock
from gongjian.foundation.records.usecases import note
from gongjian.interfaces.request import now
from interfaces.web.people import AT, a_demo, a_real_house, come_in, person

pytestmark = pytest.mark.django_db
FREEZES = AT.replace(month=7, day=2, hour=9)


@pytest.fixture
def audit(client, settings, tmp_path):
    settings.HOME = tmp_path
    a_demo()
    user = person("audit", "audit_admin")
    come_in(client, user)
    return user


@pytest.fixture
def office(client):
    a_demo()
    user = person("office", "campaign_office")
    come_in(client, user)
    return user


def many(count, act="account.logged-in"):
    for _ in range(count):
        note(act, by=None, at=AT)


def seqs(page):
    return [line.seq for line, _label in page.context["rows"]]


def move(client, to, key=1):
    return client.post(reverse("clock"), {"key": UUID(int=key), "to": to})


@pytest.mark.usefixtures("audit")
def test_log_shows_the_newest_acts_first_and_who_did_them(client):
    lines = client.get(reverse("log")).context["rows"]

    assert [(line.seq, line.act, line.actor, label) for line, label in lines] == [
        (3, "role.granted", "", "授予角色"),
        (2, "account.created", "", "建账号"),
        (1, "installation.set-up", "", "初始化"),
    ]


@pytest.mark.usefixtures("audit")
def test_log_goes_on_after_forty_and_comes_back(client):
    many(80)
    address = reverse("log")

    first = client.get(address)
    many(3)
    second = client.get(address + first.context["next"])
    third = client.get(address + second.context["next"])

    assert (seqs(first), first.context["first"]) == (list(range(83, 43, -1)), None)
    assert seqs(second) == list(range(43, 3, -1))
    assert (seqs(third), third.context["next"]) == ([3, 2, 1], None)
    assert seqs(client.get(address + third.context["first"]))[0] == 86


@pytest.mark.usefixtures("audit")
def test_log_is_filtered_by_act(client):
    many(2)

    page = client.get(reverse("log"), {"act": "account.logged-in"})

    assert seqs(page) == [5, 4]
    assert "共 2 条，这里 2 条" in page.content.decode()
    assert [code for code, _label in page.context["acts"]] == [
        "account.created",
        "account.logged-in",
        "installation.set-up",
        "role.granted",
    ]


@pytest.mark.usefixtures("audit")
@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, ""])
def test_log_takes_no_nonsense_for_a_place(client, before):
    assert client.get(reverse("log"), {"before": before}).status_code == 200


@pytest.mark.usefixtures("audit")
def test_log_takes_as_many_queries_for_three_as_for_one(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20) as one:
        client.get(reverse("log"))
    many(3)

    with django_assert_num_queries(len(one.captured_queries)):
        client.get(reverse("log"))


@pytest.mark.usefixtures("audit")
def test_log_shows_no_business_data(client):
    unit = Unit.objects.create(code="X", name="某局的全称", short_name="某局", kind="department")
    note("units.registered", unit, by=None, at=AT, facts={"count": 7777})

    page = client.get(reverse("log")).content.decode()

    assert "某局" not in page
    assert "7777" not in page


@pytest.mark.usefixtures("office")
def test_log_is_closed_to_the_office(client):
    page, proof = client.get(reverse("log")), client.post(reverse("log_verify"))

    assert (page.status_code, proof.status_code) == (403, 409)
    assert "日志只给审计管理员看。" in page.content.decode()


def test_verify_says_that_nothing_is_wrong(
    client, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.HOME = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        a_demo()
        come_in(client, person("audit", "audit_admin"))

    page = client.post(reverse("log_verify")).content.decode()

    assert "没有发现问题" in page
    assert "校验了 3 条日志" in page


def test_verify_lists_what_it_found(client, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.HOME = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        a_demo()
        user = person("audit", "audit_admin")
    come_in(client, user)
    User.objects.update(title="局长")

    page = client.post(reverse("log_verify")).content.decode()

    found = re.findall(r"<li>([^<]+)</li>", page)
    assert found == [f"gongjian_user 第 {user.pk} 行和日志对不上：绕过系统改动"]
    assert "没有发现问题" not in page


@pytest.mark.usefixtures("office")
def test_clock_offers_what_comes_next(client):
    plan_period("2020-06", by=None, at=AT, freezes_at=FREEZES)

    moments = client.get(reverse("clock")).context["moments"]

    assert [(row.to, row.what) for row in moments] == [
        ("2020-07-02T09:00", "过 6 月期冻结"),
        ("2020-07-25T09:00", "7 月期开始填报"),
        ("2020-08-04T09:00", "过 7 月期冻结"),
        ("2020-08-25T09:00", "8 月期开始填报"),
        ("2020-09-02T09:00", "过 8 月期冻结"),
        ("2020-09-25T09:00", "9 月期开始填报"),
        ("2020-10-02T09:00", "过 9 月期冻结"),
    ]


@pytest.mark.usefixtures("office")
def test_clock_moves_forward_and_says_what_follows(client):
    plan_period("2020-06", by=None, at=AT, freezes_at=FREEZES)

    answer = move(client, "2020-07-02T09:00")
    page = client.get(answer.url)

    assert now() == demo_clock() == FREEZES
    assert "时钟已拨到 2020-07-02 09:00" in page.content.decode()
    assert [(line.key, line.state) for line in page.context["periods"]] == [("2020-06", "正在冻结")]
    assert 'hx-trigger="every 5s"' in page.content.decode()


@pytest.mark.usefixtures("office")
def test_clock_moved_by_a_double_click_moves_once(client):
    move(client, "2020-07-02T09:00")
    move(client, "2020-07-02T09:00")

    assert LogEntry.objects.filter(act="clock.moved").count() == 1


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("2020-06-29T09:59", "演示时钟只能往后拨"),
        ("", "时间没有填，或写得不对"),
        ("2020-13-01T00:00", "时间没有填，或写得不对"),
        ("0001-01-01T00:00", "演示时钟只能往后拨"),
        ("9999-12-31T23:59", "演示时钟一次最多往后拨一年"),
    ],
)
def test_clock_refuses_in_words(client, to, sentence):
    answer = move(client, to)

    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert now() == AT


def test_clock_is_closed_to_others(client):
    a_demo()
    come_in(client, person("reporter", "unit_reporter"))

    answer = move(client, "2020-07-02T09:00")

    assert answer.status_code == 409
    assert "演示时钟由攻坚办拨动" in answer.content.decode()
    assert now() == AT


def test_a_real_house_has_no_clock_to_move(client):
    a_real_house()
    come_in(client, person("office", "campaign_office"))
    session = client.session
    session["second_factor_passed"] = True
    session.save()

    assert client.get(reverse("clock")).status_code == 404

"""The board: lights with their rule, by period, on a wall and in the dark."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.flow.plan.models import Action
from interfaces.web.people import a_demo, person
from small_county import BACKEND


@pytest.fixture
def board(client, county):
    def seen(name="leader", **query):
        client.force_login(county.people[name], backend=BACKEND)
        return client.get(reverse("board"), query)

    return seen


def test_each_target_stands_with_its_light_and_the_arithmetic(county, board):
    report = county.accepted(county.signed, 58)

    signed, started = board().context["targets"]

    assert (signed.name, signed.light, signed.actual, signed.expected) == (
        "新签约项目",
        "yellow",
        "58 个",
        "75 个",
    )
    assert "落后 11.3 个百分点" in signed.reason
    assert signed.actual_url == reverse("report_check", args=[report.uid])
    assert (started.actual, started.note) == (None, "未报")


def test_an_open_period_says_it_is_live_a_frozen_one_names_its_snapshot(board):
    assert "实时" in board().context["facts"]
    assert "快照 S-2020-05" in board(period="2020-05").context["facts"]


def test_actions_without_a_numeric_target_are_counted_apart(county, board):
    with_targets_alone = board().context["sums"][0][0]
    Action.objects.create(campaign=county.campaign, seq=2, name="文明创建")

    label, counts = board().context["sums"][0]

    assert with_targets_alone == "1 个行动"
    assert label == "2 个行动（1 个无定量目标）"
    assert sum(count for _kind, count, _url in counts) == 1


def test_what_turned_since_the_period_before_is_listed(county, board):
    county.accepted(county.signed, 58)
    county.accepted(county.started, 19)

    changes = dict(board().context["changes"])

    assert [text for text, _url in changes["转差"]] == ["新签约项目（绿转黄）"]
    assert [text for text, _url in changes["转好"]] == ["新开工项目（红转黄）"]


def test_what_needs_a_look_is_red_first_then_not_reported(county, board):
    county.accepted(county.signed, 20)

    rows = board().context["attention"]

    assert [(kind, name, unit) for kind, name, _url, _where, unit, _what in rows] == [
        ("red", "新签约项目", "投促"),
        ("grey", "新开工项目", "发改"),
    ]


def test_the_wall_and_the_dark_are_asked_for_in_the_address(board):
    answer = board(view="wall", theme="dark", period="2020-05")

    assert 'data-view="wall"' in answer.content.decode()
    assert 'data-bs-theme="dark"' in answer.content.decode()
    links = [url for _label, url, _count, _current in answer.context["periods"]]
    assert links == [f"?period=2020-0{month}&view=wall&theme=dark" for month in (5, 6)]
    assert 'data-bs-theme="light"' in board(theme="pink").content.decode()


def test_no_probability_stands_on_the_board(board):
    assert "可能性" not in board().content.decode()


def test_administrators_do_not_see_the_board(board):
    assert board("sysadmin").status_code == 403


def test_before_the_first_plan_the_board_says_what_fills_it(db, client):  # noqa: ARG001
    a_demo()
    client.force_login(person("reader", "county_leader"), backend=BACKEND)

    answer = client.get(reverse("board"))

    assert "还没有定稿的目标" in answer.content.decode()


def test_the_board_asks_the_same_number_of_queries_for_more_verdicts(county, board):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            board()
        return len(seen)

    asked()
    before = asked()
    county.accepted(county.signed, 58)
    county.accepted(county.started, 19)

    assert asked() == before

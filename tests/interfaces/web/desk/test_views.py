"""The desk of each role: what waits comes first, and nobody sees another's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.flow.progress.queries import period_by_key
from gongjian.flow.progress.usecases import begin_report, check_report, return_report
from small_county import BACKEND, JUNE


@pytest.fixture
def desk(client):
    def seen_by(person, query=""):
        client.force_login(person, backend=BACKEND)
        return client.get(reverse("desk") + query)

    return seen_by


def test_a_reporter_is_told_how_much_and_until_when(county, desk):
    answer = desk(county.reporter)

    assert answer.context["hero"].title == "1 项须在 7月1日（周三）18:00 前报送"
    report = county.report(county.signed)
    assert answer.context["hero"].url == reverse("report", args=[report.uid])
    (item,) = answer.context["todo"]
    assert (item.name, item.target, item.light, item.last) == (
        "新签约项目",
        "目标 ≥150 个",
        "green",
        "上期 51 个",
    )


def test_what_came_back_stands_first_with_the_reviewers_words(county, desk):
    return_report(county.send(county.signed, 58), "附件不全", by=county.approver, at=JUNE)

    answer = desk(county.reporter)

    (item,) = answer.context["returned"]
    assert (item.reason, item.by) == ("附件不全", "approver某")
    assert answer.context["todo"] == []
    assert "附件不全" in answer.content.decode()


def test_a_reporter_can_begin_on_tasks_and_milestones(county, desk):
    answer = desk(county.reporter)

    begun = [(one.title, one.url) for one in answer.context["beginnings"]]
    assert begun == [
        ("建立签约项目台账", reverse("report_begin_task", args=[county.task.uid])),
        ("台账建成", reverse("report_begin_milestone", args=[county.milestone.uid])),
    ]


def test_an_approver_sees_what_to_check(county, desk):
    report = county.send(county.signed, 58)

    (row,) = desk(county.approver).context["review"]

    assert (row.name, row.url) == ("新签约项目", reverse("report_check", args=[report.uid]))
    assert (row.last, row.value, row.light, row.after) == ("51 个", "58 个", "green", "yellow")


def test_a_lead_unit_sees_what_to_confirm(county, desk):
    check_report(county.send(county.started, 19), by=county.other_approver, at=JUNE)

    (row,) = desk(county.lead).context["review"]

    assert (row.name, row.unit) == ("新开工项目", "发改")


def test_a_reviewer_sees_doubtful_ones_first_with_the_check_that_fired(county, desk):
    county.confirmed(county.signed, 58)
    county.confirmed(county.started, 12)

    answer = desk(county.reviewer)

    assert answer.context["hero"].title == "2 项待审核，其中 1 项有疑点"
    assert [(row.name, row.hint) for row in answer.context["review"]] == [
        ("新开工项目", "比上期少 1 个"),
        ("新签约项目", ""),
    ]


def test_a_reviewer_can_look_at_the_doubtful_or_the_turning_ones_alone(county, desk):
    county.confirmed(county.signed, 58)
    county.confirmed(county.started, 12)

    shown = {
        key: [row.name for row in desk(county.reviewer, f"?show={key}").context["review"]]
        for key in ("doubt", "turn", "rest", "nonsense")
    }

    assert shown == {
        "doubt": ["新开工项目"],
        "turn": ["新签约项目"],
        "rest": [],
        "nonsense": ["新开工项目", "新签约项目"],
    }


def test_the_office_sees_who_owes_what_in_its_own_order(county, desk):
    answer = desk(county.office)

    assert [(row.unit, row.due, row.missing, row.lights) for row in answer.context["silent"]] == [
        ("投促", 1, 1, ""),
        ("发改", 1, 1, "红 1"),
    ]
    assert answer.context["hero"].title == "6 月期还有 2 项目标未报"
    assert answer.context["periods"][0] == ("6 月期", "填报中，7月1日 18:00 冻结")
    board = f"{reverse('board')}?period=2020-06#targets"
    assert {row.url for row in answer.context["silent"]} == {board}
    assert (answer.context["hero"].label, answer.context["hero"].url) == ("看作战室", board)


def test_the_office_reads_before_the_freeze_what_waits_for_itself_and_what_went_back(county, desk):
    return_report(county.send(county.signed, 58), "附件不全", by=county.approver, at=JUNE)
    county.confirmed(county.started, 19)

    assert desk(county.office).context["checks"] == [
        ("warn", "1 项未报，冻结后记为“未报”"),
        ("warn", "其中 1 项已退回，等单位改好再报"),
        ("warn", "待攻坚办采信 1 项"),
        ("lock", "7月1日 18:00 冻结为快照"),
    ]


def test_a_unit_is_not_shown_what_others_owe(county, desk):
    assert desk(county.reporter).context["silent"] == []


def test_a_leader_sees_lights_and_what_is_behind_and_nothing_to_press(county, desk):
    county.accepted(county.signed, 58)

    answer = desk(county.leader)

    assert [line.name for line in answer.context["led"]] == ["1 双招双引"]
    (late,) = answer.context["late"]
    assert (late.name, late.light) == ("新签约项目", "yellow")
    assert "落后 11.3 个百分点" in late.why
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    assert "<form" not in main


def test_administrators_are_refused_in_words_and_led_home(county, desk, client):
    answer = desk(county.sysadmin)

    assert answer.status_code == 403
    assert "管理员看不到业务数据" in answer.content.decode()
    assert client.get(reverse("home")).url == reverse("accounts")


def test_the_desk_asks_the_same_number_of_queries_for_more_rows(county, desk):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            desk(county.reporter)
        return len(seen)

    asked()
    one = asked()
    for subject in (county.task, county.milestone):
        begin_report(subject, period_by_key("2020-06"), by=county.reporter, at=JUNE)

    assert asked() <= one

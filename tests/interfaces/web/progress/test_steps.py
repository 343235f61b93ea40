"""The check page: each hand in its turn, every other one refused in words."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from gongjian.flow.judgement.models import Verdict
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.usecases import check_report, return_report, submit_report
from gongjian.foundation.records.usecases import move_clock
from small_county import JUNE, JUNE_FROZEN

HTMX = {"HX-Request": "true"}


def act(client, report, name, *, headers=None, **fields):
    fields = {"version": report.version, "key": uuid4(), **fields}
    return client.post(reverse(name, args=[report.uid]), fields, headers=headers or {})


def check_page(client, report):
    return client.get(reverse("report_check", args=[report.uid]))


def test_a_figure_walks_from_v0_to_v3_through_four_accounts(county, web):
    report = county.send(county.started, 19)
    for name, step in (
        ("other_approver", "report_pass"),
        ("lead", "report_confirm"),
        ("reviewer", "report_accept"),
    ):
        answer = act(web(name), report, step)
        assert answer.status_code == 302
        report = county.report(county.started)

    assert (report.state, report.level) == ("accepted", 3)
    verdict = Verdict.objects.standing().get(target=county.started, period__key="2020-06")
    assert (verdict.light, verdict.report) == ("yellow", report)


def test_accepting_says_the_light_it_gave(county, web):
    report = county.confirmed(county.signed, 58)

    answer = act(web("reviewer"), report, "report_accept", headers=HTMX)

    said = answer.context["said"]
    assert said.startswith("已采信，亮黄灯：6 月底应完成 75 个，实际 58 个，落后 11.3 个百分点")
    assert "<html" not in answer.content.decode()


def test_the_page_shows_the_light_before_and_after_with_the_rule(county, web):
    answer = check_page(web("reviewer"), county.confirmed(county.signed, 58))

    light, value = answer.context["light"], answer.context["value"]
    assert (light.before, light.after) == ("green", "yellow")
    assert (value.text, value.last, value.rate) == ("58 个", "51 个", "38.7%（58÷150）")
    assert answer.context["act"].blocked == ""


def test_the_button_of_somebody_else_is_grey_with_the_reason(county, web):
    waiting = county.confirmed(county.signed, 58)

    answer = check_page(web("approver"), waiting)

    assert "采信由攻坚办审核人办理" in answer.context["act"].blocked
    assert answer.context["act"].blocked in answer.content.decode()
    assert answer.context["give_back"] is None


def test_a_leader_reads_what_was_accepted_and_has_nothing_to_press(county, web):
    report = county.accepted(county.started, 19)

    context = check_page(web("leader"), report).context

    names = ("act", "give_back", "take_back", "correct")
    assert [context[name] for name in names] == [None] * 4


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("reporter", "report_pass"),
        ("lead", "report_pass"),
        ("approver", "report_confirm"),
        ("reporter", "report_accept"),
        ("colleague", "report_withdraw"),
    ],
)
def test_each_step_by_the_wrong_account_is_refused_in_words(county, web, name, step):
    report = county.send(county.signed, 58)

    answer = act(web(name), report, step)

    assert answer.status_code == 409
    assert answer.context["refused"].sentence in answer.content.decode()
    assert county.report(county.signed).state == "filled"


def test_a_leader_cannot_reach_what_is_not_accepted(county, web):
    report = county.send(county.signed, 58)

    assert check_page(web("leader"), report).status_code == 404


def test_returning_needs_a_reason_and_carries_it_back(county, web):
    report = county.send(county.signed, 58)

    empty = act(web("approver"), report, "report_return", reason=" ")
    done = act(web("approver"), report, "report_return", reason="附件不全")

    assert (empty.status_code, empty.context["refused"].code) == (409, "report.no-reason")
    assert done.status_code == 302
    assert county.report(county.signed).return_reason == "附件不全"


def test_who_sent_it_can_take_it_back(county, web):
    report = county.send(county.signed, 58)

    offered = check_page(web("reporter"), report).context["take_back"]
    answer = act(web("reporter"), report, "report_withdraw", headers=HTMX)

    assert offered.label == "撤回"
    assert answer.context["said"] == "已撤回，可以再改。"


def test_a_stale_page_does_not_accept_a_figure_nobody_looked_at(county, web):
    seen = county.confirmed(county.signed, 58)
    version = seen.version
    return_report(Report.objects.get(pk=seen.pk), "改", by=county.reviewer, at=JUNE)
    mended = submit_report(county.report(county.signed), by=county.reporter, at=JUNE)
    check_report(mended, by=county.approver, at=JUNE)

    answer = act(web("reviewer"), seen, "report_accept", version=version)

    assert (answer.status_code, answer.context["refused"].code) == (409, "report.changed")
    assert county.report(county.signed).state == "confirmed"


def test_a_double_click_accepts_once_and_is_no_error(county, web):
    report, key = county.confirmed(county.signed, 58), uuid4()

    answers = [act(web("reviewer"), report, "report_accept", key=key) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Verdict.objects.filter(target=county.signed, period__key="2020-06").count() == 2


def test_the_way_names_who_did_what_and_who_is_waited_for(county, web):
    report = check_report(county.send(county.started, 19), by=county.other_approver, at=JUNE)

    steps = check_page(web("lead"), report).context["steps"]

    assert [(step.label, step.state, step.by) for step in steps] == [
        ("填报", "done", "other_reporter某"),
        ("单位审核", "done", "other_approver某"),
        ("牵头单位核对", "now", ""),
        ("攻坚办采信", "later", ""),
    ]
    assert steps[2].words == "等 投促 lead某"


def test_after_the_freeze_a_correction_begins_with_its_reason(county, web):
    county.accepted(county.signed, 58)
    report = county.report(county.signed)
    early = check_page(web("reporter"), report).context["correct"]
    county.freeze()
    later = JUNE_FROZEN + timedelta(hours=1)
    move_clock(later, by=county.office, at=later)
    client = web("reporter")

    offered = check_page(client, report).context["correct"]
    empty = act(client, report, "report_correct", reason="")
    begun = act(client, report, "report_correct", reason="重复计了 1 个")

    correction = Report.objects.get(corrects=report)
    assert (early, offered.label, empty.status_code) == (None, "更正", 409)
    assert begun.url == reverse("report", args=[correction.uid])
    assert "更正：重复计了 1 个" in client.get(begun.url).content.decode()


def test_another_unit_is_refused_a_correction_in_words(county, web):
    county.accepted(county.signed, 58)
    county.freeze()
    report = county.report(county.signed)

    answer = act(web("other_reporter"), report, "report_correct", reason="错")

    assert answer.status_code == 409
    assert "更正由投促的填报人提出" in answer.content.decode()

"""The pages of the version after an issue: what was taken out, renumbered, decided, refused."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongjian.flow.duties.models import DutyList, Opinion
from gongjian.flow.duties.queries import Allotment, opinion_by_uid
from gongjian.flow.duties.usecases import (
    assign_target,
    decide_opinion,
    draft_list,
    object_line,
    send_list,
)
from gongjian.flow.plan.models import Target, Task
from gongjian.flow.plan.usecases import end_node, move_node
from small_county import BACKEND, JUNE, small_county
from small_list import first_issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    """V1 is issued, in the official order."""
    county = small_county(june=False)
    first_issue(county)
    return county


@pytest.fixture
def web(client, county):
    def of(name):
        client.force_login(county.people[name], backend=BACKEND)
        return client

    return of


def page(answer):
    return answer.content.decode()


def take_out(county):
    for node in (county.milestone, county.task):
        end_node(node, "不再单列", version=node.version, by=county.office, at=JUNE)


def second(county):
    return draft_list(county.campaign, by=county.office, at=JUNE)


def second_sent(county):
    """投促 no longer leads 新签约项目, V2 is out."""
    units = county.units
    new = Allotment(lead=units["reform"], fills=units["reform"], supporting=(units["invest"],))
    assign_target(county.signed, new, basis="纪要第3期", by=county.office, at=JUNE)
    draft = second(county)
    return send_list(draft, version=draft.version, by=county.office, at=JUNE)


def counted(answer, label):
    return next(count for name, _url, count, _now in answer.context["states"] if name == label)


def test_what_was_taken_out_since_the_issue_is_counted_and_can_be_seen(web, county):
    take_out(county)

    every = web("office").get(reverse("duties"))
    changed = web("office").get(reverse("duties"), {"state": "changed"})

    assert counted(every, "印发后改") == 1
    assert counted(every, "全部") == 2
    assert county.task.title not in page(every)
    assert "印发以后调出" in page(changed)
    assert f'<del class="g-old">{county.task.title}</del>' in page(changed)
    assert "没有符合条件的条目" not in page(changed)


def test_a_draft_that_only_takes_out_goes_straight_to_the_signature(web, county):
    take_out(county)
    draft = second(county)
    address = reverse("duty_list", args=[draft.uid])

    shown = page(web("office").get(address))
    step = reverse("duty_list_step", args=[draft.uid, "settle"])
    answer = web("office").post(step, {"version": draft.version})
    settled = web("office").get(address)

    assert "这一版不用征求单位意见" in shown
    assert "发出征求意见" not in shown
    assert '<del class="g-old">调出</del>' in shown
    assert answer.status_code == 302
    assert settled.context["steps"] == (["起草", "定稿", "签发", "印发"], 2)
    assert "没有要征求意见的改动" in page(settled)
    assert web("reporter").get(address).status_code == 200


def test_another_number_stands_beside_the_old_one_and_is_asked_of_nobody(web, county):
    node = Target.objects.get(pk=county.signed.pk)
    move_node(node, 1, version=node.version, by=county.office, at=JUNE)
    draft = second(county)

    listed = web("office").get(reverse("duties"))
    told = web("office").get(reverse("duty_list", args=[draft.uid]))

    assert counted(listed, "印发后改") == 2
    assert '<del class="g-old">1-1</del> 1-2<span class="du-chg"' in page(listed)
    assert told.context["to_ask"] == 0
    number = '<span class="g-2">编号</span> <del class="g-old">1-1</del> → <ins class="g-new">1-2'
    assert number in page(told)


def test_what_is_asked_and_what_only_differs_stand_apart(web, county):
    take_out(county)
    new = Allotment(lead=county.units["reform"], fills=county.units["reform"])
    assign_target(county.signed, new, basis="纪要第3期", by=county.office, at=JUNE)

    shown = web("office").get(reverse("duty_list", args=[second(county).uid]))

    assert [one["title"] for one in shown.context["changes"]] == [county.task.title]
    assert "其他差别，不用征求意见" in page(shown)
    head, body = page(shown).split("要征求意见的条目", 1)
    assert ">发出征求意见</button>" in head
    assert ">发出征求意见</button>" not in body


def test_an_order_is_spoken_of_only_where_the_papers_keep_it(web, county):
    official = page(web("office").get(reverse("duties")))
    form = page(web("office").get(reverse("target_assign", args=[county.signed.uid])))
    DutyList.objects.update(unit_order="given")
    given = page(web("office").get(reverse("duties")))

    assert "责任单位（按序）" not in official
    assert "责任单位（按序）" in given
    assert "文稿按官方序排单位" in form


def objected(county, sent):
    mine = Opinion.objects.get(line__list=sent, unit=county.units["reform"])
    better = county.units["office"]
    object_line(opinion_by_uid(mine.uid), better, "不归我们", by=county.other_approver, at=JUNE)
    return opinion_by_uid(mine.uid)


def test_a_refused_decision_stays_where_it_was_made(web, county):
    sent = second_sent(county)
    mine = objected(county, sent)
    shown = page(web("office").get(reverse("duty_list", args=[sent.uid]), {"view": "objected"}))
    address = reverse("opinion_decide", args=[mine.uid])
    form = f'action="{address}?view=objected#l-{mine.line.uid}"'
    typed = {"outcome": "kept", "sentence": " ", "version": mine.version}

    refused = web("office").post(f"{address}?view=objected", typed)

    assert form in shown
    assert refused.status_code == 409
    assert refused.context["view"] == "objected"
    assert page(refused).count("请写一句给单位的话") == 1
    before_form = page(refused).split(form)[0]
    assert "请写一句给单位的话" in before_form.split("不归我们")[1]


def test_moving_to_a_unit_that_may_still_answer_is_not_offered(web, county):
    sent = second_sent(county)
    mine = objected(county, sent)
    address = reverse("duty_list", args=[sent.uid])

    early = page(web("office").get(address))
    mine.asks.update(due_at=JUNE - timedelta(hours=1))
    late = page(web("office").get(address))

    assert 'value="moved" disabled' in early
    assert "攻坚办还在答复期内" in early
    assert 'value="moved" disabled' not in late
    assert 'value="moved"' in late


def test_a_decided_objection_is_counted_as_one_that_was_raised(web, county):
    sent = second_sent(county)
    mine = objected(county, sent)
    decide_opinion(mine, "kept", "按职能定", version=mine.version, by=county.office, at=JUNE)

    shown = web("office").get(reverse("duty_list", args=[sent.uid]))

    views = {label: count for label, _url, count, _now in shown.context["views"]}
    assert (shown.context["told"].objected_by, views["异议待定"]) == (1, 0)
    assert "提过异议" in page(shown)


def test_the_list_of_another_year_reaches_the_desk(web, county):
    sent = second_sent(county)
    type(county.campaign).objects.filter(pk=county.campaign.pk).update(year=2021)
    DutyList.objects.filter(pk=sent.pk).update(
        state="decided", decided_by=county.office, decided_at=JUNE
    )

    told = page(web("principal").get(reverse("desk")))

    assert "2021年责任清单 V2" in told
    assert "已定稿，等你签发或退回" in told


def test_a_list_of_another_year_says_so_with_its_deadlines(web, county):
    here = page(web("office").get(reverse("duties")))
    Task.objects.filter(pk=county.task.pk).update(deadline="2021-03-31")
    later = page(web("office").get(reverse("duties")))
    type(county.campaign).objects.filter(pk=county.campaign.pk).update(year=2021)
    other = page(web("office").get(reverse("duties"), {"year": "2021"}))

    assert "完成时限（" not in here
    assert "2021年3月31日" in later
    assert "完成时限（2021年）" in other
    assert "2020年12月31日" in other


def test_in_bulk_what_was_chosen_is_shown_before_there_is_a_unit(web, county):
    chosen = web("office").post(reverse("duties_bulk"), {"row": f"target:{county.signed.uid}"})

    assert "<li>1-1 新签约项目</li>" in page(chosen)

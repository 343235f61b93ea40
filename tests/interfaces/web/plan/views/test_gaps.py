"""What a page of the plan says is missing, where it is mended, and what follows."""

from decimal import Decimal

import pytest
from django.urls import reverse

from gongjian.flow.plan.models import Target
from gongjian.flow.plan.usecases import (
    ActionWords,
    NodeWords,
    add_action,
    add_node,
    create_campaign,
    create_tag,
    describe_measures,
    end_node,
    propose_date,
    tag_node,
)
from interfaces.web.people import BACKEND
from small_county import JUNE, small_county

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    """The county sets itself up."""


@pytest.fixture
def county(client):
    made = small_county()
    client.force_login(made.office, backend=BACKEND)
    return made


def page(answer):
    return answer.content.decode()


def test_a_new_task_says_what_is_missing_and_leads_there(client, county):
    words = NodeWords("task", "建成人才公寓", county.task.deadline)
    made = add_node(county.task.action, words, by=county.office, at=JUNE)

    shown = page(client.get(reverse("task", args=[made.uid])))

    assert "五定有缺：还没有确认的牵头单位、工作措施、口径（怎样算完成）" in shown
    assert "补齐以前，新的一期不开放填报。" in shown
    assert reverse("work_assign", args=["task", made.uid]) in shown
    assert reverse("task_edit", args=[made.uid]) + "#define" in shown


def test_who_may_not_mend_it_is_told_who_does(client, county):
    words = NodeWords("task", "建成人才公寓", county.task.deadline)
    made = add_node(county.task.action, words, by=county.office, at=JUNE)
    client.force_login(county.leader, backend=BACKEND)

    shown = page(client.get(reverse("task", args=[made.uid])))

    assert "由攻坚办补齐。" in shown
    assert reverse("work_assign", args=["task", made.uid]) not in shown


def test_what_was_open_before_stays_open_and_says_so(client, county):
    describe_measures(county.signed, "", by=county.office, at=JUNE)

    shown = page(client.get(reverse("target", args=[county.signed.uid])))

    assert "五定有缺：还没有工作措施" in shown
    assert "以前报过，填报照旧开放；请尽快补齐。" in shown


def test_nothing_is_said_where_nothing_is_missing_or_it_was_withdrawn(client, county):
    whole = page(client.get(reverse("target", args=[county.signed.uid])))
    words = NodeWords("task", "建成人才公寓", county.task.deadline)
    made = add_node(county.task.action, words, by=county.office, at=JUNE)
    end_node(made, "不办了", version=made.version, by=county.office, at=JUNE)

    ended = page(client.get(reverse("task", args=[made.uid])))

    assert "五定有缺" not in whole
    assert "五定有缺" not in ended


def test_an_action_names_what_below_it_is_missing(client, county):
    words = NodeWords("task", "建成人才公寓", county.task.deadline)
    made = add_node(county.task.action, words, by=county.office, at=JUNE)
    describe_measures(county.signed, "", by=county.office, at=JUNE)

    shown = page(client.get(reverse("action", args=[made.action.uid])))

    assert "项五定有缺" in shown
    assert "缺工作措施" in shown
    assert reverse("task", args=[made.uid]) in shown
    assert "项补齐以前，新的一期不开放填报。" in shown
    assert "项以前报过，填报照旧开放" in shown
    assert f"action={made.action.seq}&amp;only=gaps" in shown


@pytest.mark.parametrize("more", [0, 20])
def test_an_action_asks_as_often_for_many_gaps(client, county, more, django_assert_max_num_queries):
    for n in range(more):
        words = NodeWords("task", f"建成人才公寓{n}", county.task.deadline)
        add_node(county.task.action, words, by=county.office, at=JUNE)

    with django_assert_max_num_queries(36):
        client.get(reverse("action", args=[county.task.action.uid]))


def test_rates_under_a_tag_stand_singly_with_the_reason(client, county):
    tag = create_tag(county.campaign, "汽车产业", by=county.office, at=JUNE)
    for name in ("甲园区开工率", "乙园区开工率"):
        words = NodeWords(
            "target", name, county.task.deadline, form="rate", value=Decimal(90), unit="%",
            numerator="开工", denominator="签约",
        )  # fmt: skip
        made = add_node(county.task.action, words, by=county.office, at=JUNE)
        tag_node(tag, made, by=county.office, at=JUNE)

    shown = page(client.get(reverse("plan_tags")))

    assert shown.count("填报的是比率，没有分子和分母，所以逐项列。") == 2
    assert shown.count("≥90 %") == 2
    assert "未报：甲园区开工率" not in shown
    for target in Target.objects.filter(metric__endswith="园区开工率"):
        assert reverse("target", args=[target.uid]) in shown


@pytest.mark.parametrize("name", ["plan", "plan_changes", "plan_tags", "plan_versions", "plan_add"])
@pytest.mark.parametrize("year", ["9999", "abc", "2031", "20200000000000000000"])
def test_a_year_without_a_plan_is_said_to_be_none(client, county, name, year):
    answer = client.get(reverse(name), {"year": year})

    assert answer.status_code == 404
    assert f"没有 {year[:8]} 年的计划。已有的年度：{county.campaign.year}。" in page(answer)


def test_the_tab_says_what_it_counts(client, county):
    before = page(client.get(reverse("plan")))
    propose_date(
        county.task, county.milestone.day, "day", reason="审批未完成", version=1,
        by=county.office, at=JUNE,
    )  # fmt: skip

    after = page(client.get(reverse("plan")))

    assert "调整</a>" in before
    assert "调整（1 项待批准）</a>" in after


def test_copying_lists_every_action_at_once_and_asks_before_a_year_is_made(client, county):
    add_action(county.campaign, ActionWords("生态文明建设"), by=county.office, at=JUNE)
    create_campaign("重点工作攻坚年", year=2021, by=county.office, at=JUNE)

    shown = client.get(reverse("plan_copy"), {"year": 2021}).content.decode()

    assert shown.count('<table class="g-t g-t-c pc">') == 2
    assert "全部行动" in shown
    assert "确认，建 2022 年" in shown


def test_copying_from_a_year_that_is_none_is_said(client, county):
    answer = client.get(reverse("plan_copy"), {"year": county.campaign.year, "from": "abc"})

    assert answer.status_code == 404
    assert "没有 abc 年的计划" in page(answer)

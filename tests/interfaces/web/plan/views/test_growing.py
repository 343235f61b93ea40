"""The plan by hand: typed, pasted, copied, changed, compared, aligned, tagged."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from gongjian.flow.plan.models import PlanChange, Target, Task
from gongjian.flow.plan.usecases import (
    SuperiorWords,
    align,
    copy_nodes,
    create_campaign,
    create_tag,
    freeze_version,
    keep_superior_task,
    propose_date,
    tag_node,
)
from interfaces.web.people import BACKEND
from small_county import JUNE

HEAD = "所属行动\t任务名称\t目标值\t单位\t完成时限\n"


@pytest.fixture
def demo():
    """The county sets the installation up itself."""


@pytest.fixture
def as_office(client, county):
    client.force_login(county.office, backend=BACKEND)
    return county


def page(answer):
    return answer.content.decode()


def a_move(county):
    return propose_date(
        county.task, county.milestone.day, "day", reason="审批未完成", basis="纪要3号", version=1,
        by=county.office, at=JUNE,
    )  # fmt: skip


@pytest.mark.usefixtures("as_office")
def test_a_target_is_typed_and_stands_in_the_tree(client):
    typed = {"kind": "target", "action": "1", "name": "到位资金", "value": "140", "unit": "亿元",
             "form": "flow", "source": "reported", "comparator": ">="}  # fmt: skip

    answer = client.post(reverse("plan_add"), typed)

    target = Target.objects.get(metric="到位资金")
    assert answer.url == reverse("target", args=[target.uid])
    assert "≥140 亿元" in page(client.get(reverse("plan")))


@pytest.mark.parametrize("name", ["到位\u202e资金", "到位\u200b资金"])
@pytest.mark.usefixtures("as_office")
def test_signs_that_nobody_sees_are_refused(client, name):
    typed = {"kind": "task", "action": "1", "name": name}

    answer = client.post(reverse("plan_add"), typed)
    pasted = client.post(reverse("plan_paste"), {"rows": f"{HEAD}双招双引\t{name}\t1\t个\t\n"})

    assert answer.status_code == 409
    for shown in (page(answer), page(pasted)):
        assert "里有看不见的字符，请重新输入" in shown


@pytest.mark.usefixtures("as_office")
def test_what_was_typed_stands_in_its_field_after_a_refusal(client):
    typed = {
        "kind": "task",
        "action": "1",
        "name": "某事",
        "deadline": "2月30日",
        "measures": "甲乙",
    }

    answer = client.post(reverse("plan_add"), typed)

    shown = page(answer)
    assert answer.status_code == 409
    for words in ("2月30日", "甲乙", "某事", "没有这一天"):
        assert words in shown
    assert Task.objects.count() == 1


@pytest.mark.usefixtures("as_office")
def test_rows_are_shown_before_they_are_written(client):
    text = HEAD + "双招双引\t盯办\t\t\t6月底\n双招双引\t核查\t\t\t2月30日\n"

    shown = page(client.post(reverse("plan_paste"), {"rows": text}))

    assert "写入 1 行" in shown
    assert "2月30日" in shown
    assert Task.objects.count() == 1

    shown = page(client.post(reverse("plan_paste"), {"rows": text, "confirm": "1"}))
    assert Task.objects.filter(title="盯办").exists()
    assert "核查\t\t\t2月30日" in shown  # what was refused is still in the box


@pytest.mark.usefixtures("as_office")
def test_a_table_of_5000_rows_is_refused_and_kept_in_the_box(client):
    text = HEAD + "双招双引\t盯办\t\t\t6月底\n" * 5000

    answer = client.post(reverse("plan_paste"), {"rows": text})

    assert answer.status_code == 409
    assert page(answer).count("盯办") == 5000


def test_a_change_is_proposed_by_one_and_approved_by_another(client, as_office):
    url = reverse("task_edit", args=[as_office.task.uid])
    typed = {"act": "date", "version": "1", "day": "2021年3月底", "reason": "审批未完成"}
    client.post(url, typed)
    change = PlanChange.objects.get()
    decide = {"act": "approve", "change": str(change.uid)}

    refused = client.post(reverse("changes_decide"), decide)
    assert refused.status_code == 409
    assert "调整由主要领导" in page(refused)

    client.force_login(as_office.principal, backend=BACKEND)
    client.post(reverse("changes_decide"), decide)

    shown = page(client.get(reverse("task", args=[as_office.task.uid])))
    assert "调整 1 次，累计推后 90 天" in shown
    assert '<del class="g-old">2020年底</del>' in shown
    twice = client.post(reverse("changes_decide"), decide)
    assert twice.status_code == 409
    assert "已批准" in page(twice)


def test_a_date_that_comes_earlier_says_by_how_many_days(client, as_office):
    node = as_office.task
    earlier = node.deadline - timedelta(days=12)
    propose_date(node, earlier, "day", reason="提前完成", version=1, by=as_office.office, at=JUNE)

    assert "提前 12 天" in page(client.get(reverse("plan_changes")))


def test_a_stale_form_shows_both_versions(client, as_office):
    Task.objects.filter(pk=as_office.task.pk).update(version=5, title="改过的台账")
    url = reverse("task_edit", args=[as_office.task.uid])

    typed = {
        "act": "words",
        "version": "1",
        "title": "我的台账",
        "measures": as_office.task.measures,
    }
    answer = client.post(url, typed)

    assert answer.status_code == 409
    assert '<th scope="row">任务</th><td>改过的台账</td><td>我的台账</td>' in page(answer)
    assert '<th scope="row">工作措施</th>' not in page(answer)  # there both say the same


def test_a_stale_form_that_differs_in_nothing_says_so_without_a_table(client, as_office):
    Task.objects.filter(pk=as_office.task.pk).update(version=5, deadline=as_office.milestone.day)
    url = reverse("task_edit", args=[as_office.task.uid])

    answer = client.post(url, {"act": "words", "version": "1", "title": as_office.task.title})

    assert answer.status_code == 409
    assert "看过现在的样子，再存一次。" in page(answer)
    assert "你填的</th>" not in page(answer)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"act": "nonsense"},
        {"act": "words", "version": "x"},
        {"act": "date", "version": "1", "day": "尽快"},
        {"act": "value", "version": "1", "value": "5"},
        {"act": "part", "version": "1", "part": ""},
        {"act": "tag", "tag": "none"},
        {"act": "untag", "member": "1"},
        {"act": "milestone", "name": "", "deadline": "6月底"},
        {"act": "define", "text": " "},
        {"act": "end", "version": "1", "why": ""},
        {"act": "up"},
        {"act": "down", "version": "x"},
    ],
)
def test_a_broken_form_is_refused_in_words(client, as_office, typed):
    answer = client.post(reverse("task_edit", args=[as_office.task.uid]), typed)

    assert answer.status_code in (404, 409)
    as_office.task.refresh_from_db()
    assert as_office.task.version == 1


def test_versions_are_compared_with_the_old_struck_through(client, as_office):
    freeze_version(as_office.campaign, "年初", by=as_office.office, at=JUNE)
    change = a_move(as_office)
    client.force_login(as_office.principal, backend=BACKEND)
    client.post(reverse("changes_decide"), {"act": "approve", "change": str(change.uid)})

    shown = page(client.get(reverse("plan_difference"), {"old": "1", "new": "2"}))

    assert '<del class="g-old">2020年底</del> <ins class="g-new">2020年6月30日</ins>' in shown
    assert client.get(reverse("plan_difference"), {"old": "1", "new": "9"}).status_code == 404


def test_the_chain_from_above_ends_at_the_accepted_figure_and_names_gaps(client, as_office):
    county = as_office
    county.accepted(county.signed, 77)
    words = SuperiorWords("双招双引攻坚", "潍坊市")
    superior = keep_superior_task(county.campaign, words, by=county.office, at=JUNE)

    shown = page(client.get(reverse("plan_superior")))
    assert "漏接 1 项；自选行动 1 个" in shown

    align(superior, county.signed.action, share=Decimal("0.6"), by=county.office, at=JUNE)
    shown = page(client.get(reverse("plan_superior")))
    for text in ("漏接 0 项；自选行动 0 个", "60.0%", "≥150 个", ">77 个<", "投促"):
        assert text in shown


def test_a_tag_sums_what_its_members_reported_and_names_who_did_not(client, as_office):
    county = as_office
    county.accepted(county.signed, 77)
    tag = create_tag(county.campaign, "汽车产业", by=county.office, at=JUNE)
    tag_node(tag, county.signed.action, by=county.office, at=JUNE)

    shown = page(client.get(reverse("plan_tags")))

    for text in ("汽车产业", ">77 个<", "未报</span>", "未报不当作 0"):
        assert text in shown or text == "未报</span>"
    assert "未报：新开工项目" in shown
    assert "新开工项目" in page(client.get(reverse("plan"), {"tag": str(tag.uid)}))


@pytest.mark.parametrize("name", ["plan_add", "plan_paste", "plan_copy", "superior_add", "tag_add"])
def test_who_may_not_keep_the_plan_is_turned_away(client, county, name):
    client.force_login(county.reporter, backend=BACKEND)

    answer = client.get(reverse(name))

    assert answer.status_code in (403, 409)
    assert "攻坚办" in page(answer)


@pytest.mark.parametrize(
    "name", ["plan_changes", "plan_versions", "plan_superior", "plan_tags", "plan_kinds"]
)
def test_everybody_at_work_reads_what_moved(client, county, name):
    client.force_login(county.reporter, backend=BACKEND)

    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    ("query", "kept", "left_out"),
    [
        ({"kind": "task"}, "建立签约项目台账", ">新签约项目<"),
        ({"only": "unmeasurable"}, "签约率", ">新签约项目<"),
        ({"only": "moved"}, "建立签约项目台账", ">新签约项目<"),
        ({"q": "1-2"}, "新开工项目", ">新签约项目<"),
        ({"light": "green"}, "没有符合条件", ">新开工项目<"),
        ({"unit": "投促", "kind": "target"}, "新签约项目", "签约率"),
        ({"only": "no_number"}, "没有符合条件", ">新签约项目<"),
        ({"only": "ended"}, "没有符合条件", ">新签约项目<"),
        ({"action": "9"}, "没有符合条件", ">新签约项目<"),
        ({"tag": "x", "part": "x", "page": "99999", "action": "x"}, "新签约项目", "没有符合条件"),
    ],
)
def test_the_filters_of_the_tree(client, as_office, query, kept, left_out):
    change = a_move(as_office)
    client.force_login(as_office.principal, backend=BACKEND)
    client.post(reverse("changes_decide"), {"act": "approve", "change": str(change.uid)})
    client.force_login(as_office.office, backend=BACKEND)
    typed = {"kind": "target", "action": "1", "name": "签约率", "value": "60", "unit": "%",
             "form": "rate", "source": "reported", "comparator": ">="}  # fmt: skip
    client.post(reverse("plan_add"), typed)

    shown = page(client.get(reverse("plan"), query)).split('<main id="main"', 1)[1]

    assert kept in shown
    assert left_out not in shown


@pytest.mark.parametrize("more", [3, 300])
@pytest.mark.usefixtures("as_office")
def test_the_tree_asks_the_same_and_shows_a_screenful(client, more, django_assert_num_queries):
    lines = "".join(f"双招双引\t任务{n}\t\t\t6月底\n" for n in range(more))
    client.post(reverse("plan_paste"), {"rows": HEAD + lines, "confirm": "1"})

    with django_assert_num_queries(QUERIES):
        shown = page(client.get(reverse("plan")))

    assert shown.count('class="nm"') == min(more + 3, 50)


QUERIES = 26


def test_a_year_that_has_not_begun_is_not_unreported(as_office, client):
    county = as_office
    coming = create_campaign("重点工作攻坚年", year=2021, by=county.office, at=JUNE)
    copy_nodes(county.campaign, coming, [county.signed.uid], by=county.office, at=JUNE)
    target = Target.objects.get(action__campaign=coming)

    tree = client.get(reverse("plan") + "?year=2021").content.decode()
    page = client.get(reverse("target", args=[target.uid])).content.decode()

    assert "新签约项目" in tree
    assert "未报" not in page + tree.split("口径</b>")[0]
    assert "2021 年 1 月期起" in page
    assert "未报" in client.get(reverse("plan")).content.decode().split("口径</b>")[0]

"""计划总表, one target, one task."""

from uuid import uuid4

import pytest
from django.urls import reverse

from gongjian.flow.duties.usecases import adopt_plan
from gongjian.flow.plan.queries import plan_actions
from gongjian.flow.plan.usecases import create_campaign
from gongjian.lib.days import local_day
from small_plan import AT, a_person, a_read_plan, accept_all

pytestmark = pytest.mark.django_db
BACKEND = "gongjian.interfaces.web.sessions.Accounts"


@pytest.fixture
def campaign(office):
    document = a_read_plan(office)
    accept_all(document, office)
    return adopt_plan(document, by=office, at=AT).campaign


def page(answer):
    return answer.content.decode()


def tree(campaign):
    return plan_actions(campaign, on=local_day(AT))


def test_without_a_plan_the_office_is_led_to_the_upload(client, office):  # noqa: ARG001
    shown = page(client.get("/plan/"))

    assert "还没有计划" in shown
    assert f'<a href="{reverse("plan_upload")}">上传方案</a>' in shown


def test_without_a_plan_others_are_not_led_where_they_may_not_go(client):
    client.force_login(a_person("reporter", "unit_reporter"), backend=BACKEND)

    shown = page(client.get("/plan/"))

    assert "还没有计划" in shown
    assert f'href="{reverse("plan_upload")}"' not in shown


def test_the_tree_holds_targets_tasks_and_milestones(client, campaign):
    shown = page(client.get("/plan/"))

    for words in ("突破大项目", "到位资金", "≥140 亿元", "未报", "推行拿地即开工", "9月30日"):
        assert words in shown
    for action in tree(campaign):
        for node in action.targets:
            assert reverse("target", args=[node.uid]) in shown
        for node in action.tasks:
            assert reverse("task", args=[node.uid]) in shown


@pytest.mark.parametrize(
    ("query", "kept", "left_out"),
    [
        ({"q": "河道"}, "河道排口", "到位资金"),
        ({"unit": "市水利局"}, "河道排口", "到位资金"),
        ({"light": "grey"}, "到位资金", "推行拿地即开工"),
        ({"gaps": "1"}, "到位资金", ">节点<"),
    ],
)
def test_filters_keep_what_they_name(client, campaign, query, kept, left_out):  # noqa: ARG001
    shown = page(client.get("/plan/", query)).split("<table", 1)[1]

    assert kept in shown
    assert left_out not in shown


def test_a_filter_that_keeps_nothing_can_be_taken_off(client, campaign):  # noqa: ARG001
    shown = page(client.get("/plan/", {"q": "没有的词"}))

    assert "没有符合条件的条目" in shown
    assert "清除全部筛选" in shown


def test_a_target_leads_to_its_sentence_and_its_units(client, campaign):
    target = tree(campaign)[0].targets[1]

    shown = page(client.get(reverse("target", args=[target.uid])))

    assert target.sentence in shown
    assert reverse("plan_review", args=[target.document]) + "?c=4#s4" in shown
    for words in ("市发改局", "市财政局", "待确认", "还没有口径", "单位填报", "≥140 亿元"):
        assert words in shown
    assert reverse("target_assign", args=[target.uid]) in shown


def test_who_may_not_assign_is_not_offered_it(client, campaign):
    client.force_login(a_person("leader", "county_leader"), backend=BACKEND)
    target = tree(campaign)[0].targets[1]

    shown = client.get(reverse("target", args=[target.uid]))

    assert shown.status_code == 200
    assert reverse("target_assign", args=[target.uid]) not in page(shown)


def test_a_task_shows_its_milestones_in_words(client, campaign):
    task = tree(campaign)[0].tasks[1]

    shown = page(client.get(reverse("task", args=[task.uid])))

    assert "6月底前印发办法" in shown
    assert "市行政审批局" in shown
    assert "未报" in shown


@pytest.mark.parametrize("name", ["target", "task", "plan_review", "plan_source"])
def test_what_is_not_there_is_said(client, office, name):  # noqa: ARG001
    answer = client.get(reverse(name, args=[uuid4()]))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "path", ["/plan/", "/plan/documents/", "/plan/upload/", "/plan/breakdown.xlsx"]
)
def test_administrators_are_turned_away_in_words(client, campaign, path):  # noqa: ARG001
    client.force_login(a_person("admin", "sys_admin"), backend=BACKEND)

    answer = client.get(path)

    assert answer.status_code == 403
    assert "管理员看不到业务数据" in page(answer)


def test_the_tree_asks_as_often_for_two_actions_as_for_four(
    client, office, campaign, django_assert_max_num_queries
):
    client.get("/plan/")  # the browser has its token
    with django_assert_max_num_queries(60) as two:
        client.get("/plan/")
    first = campaign.documents.get()
    text = first.text.replace("突破大项目", "幸福诸城").replace("生态文明建设", "平安诸城")
    second = a_read_plan(office, text, "second.txt", campaign)
    accept_all(second, office)
    adopt_plan(second, by=office, at=AT)

    with django_assert_max_num_queries(len(two)):
        client.get("/plan/")


@pytest.mark.parametrize(
    ("form", "start"), [("xlsx", b"PK"), ("docx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("json", b"{")]
)
def test_the_table_is_taken_away_as_a_file(client, campaign, form, start):  # noqa: ARG001
    answer = client.get(reverse("breakdown_file", args=[form]))

    assert answer.content.startswith(start)
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Content-Disposition"].endswith(f".{form}")
    if form in ("csv", "json"):
        assert "口径" in answer.content.decode("utf-8-sig")


def test_the_table_has_no_other_form(client, campaign):  # noqa: ARG001
    assert client.get(reverse("breakdown_file", args=["pdf"])).status_code == 404


def test_without_a_plan_there_is_no_table(client, office):  # noqa: ARG001
    answer = client.get(reverse("breakdown_file", args=["xlsx"]))

    assert answer.status_code == 404
    assert "没有可以导出的分解表" in page(answer)


def test_an_empty_year_leads_to_the_upload_of_that_year(client, office, campaign):  # noqa: ARG001
    create_campaign("重点工作攻坚年", year=2021, by=office, at=AT)

    shown = page(client.get("/plan/?year=2021"))

    assert f'<a href="{reverse("plan_upload")}?year=2021">上传方案</a>' in shown

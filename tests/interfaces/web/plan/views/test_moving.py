"""A plan brought into the wrong year is put into the right one, as long as it is not adopted."""

import pytest
from django.urls import reverse

from gongjian.flow.duties.usecases import adopt_plan
from gongjian.flow.plan.models import PlanDocument
from gongjian.flow.plan.usecases import create_campaign, move_plan
from gongjian.foundation.records.models import LogEntry
from gongjian.foundation.records.usecases import set_up_installation
from gongjian.lib.refusals import Refused
from small_plan import AT, a_read_plan, accept_all, an_office, some_units

pytestmark = pytest.mark.django_db
BACKEND = "gongjian.interfaces.web.sessions.Accounts"


@pytest.fixture(autouse=True)
def demo():
    return set_up_installation("demo", place="示例县", at=AT, clock=AT)


@pytest.fixture
def office(client):
    user = an_office()
    client.force_login(user, backend=BACKEND)
    return user


@pytest.fixture
def coming(office):
    return create_campaign("重点工作攻坚年", year=2021, by=office, at=AT)


@pytest.fixture
def plan(office):
    some_units()
    return a_read_plan(office)


def page(answer):
    return answer.content.decode()


def moved(client, plan, **given):
    typed = {"year": "2021", "why": "上传时选错了年度", "version": plan.version} | given
    return client.post(reverse("plan_move", args=[plan.uid]), typed)


def test_a_plan_is_moved_with_its_reason_and_the_log_says_so(client, plan, coming):
    before = plan.candidates.count()

    answer = moved(client, plan)

    assert (answer.status_code, answer.url) == (302, "/plan/documents/?year=2021")
    plan = PlanDocument.objects.get(pk=plan.pk)
    assert (plan.campaign, plan.moved_why) == (coming, "上传时选错了年度")
    assert plan.candidates.count() == before > 0
    assert LogEntry.objects.filter(act="plan.moved").count() == 1
    shown = page(client.get(reverse("plan_documents")))
    assert "从 2020 年移来：上传时选错了年度" in shown


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"why": " "}, "要写原因"),
        ({"why": "长" * 201}, "最多 200 个字"),
        ({"year": "2020"}, "已经在 2020 年"),
        ({"version": "77"}, "刚被别人办过"),
    ],
)
@pytest.mark.usefixtures("coming")
def test_a_move_that_is_refused_says_why_and_keeps_what_was_typed(client, plan, given, words):
    answer = moved(client, plan, **given)

    assert answer.status_code == 409
    assert words in page(answer)
    assert f'value="{given.get("why", "上传时选错了年度")}"' in page(answer)
    assert PlanDocument.objects.get(pk=plan.pk).campaign.year == 2020


def test_an_adopted_plan_and_a_file_that_is_there_already_stay(client, office, plan, coming):
    accept_all(plan, office)
    twin = PlanDocument.objects.create(
        campaign=coming, title="同一份", file=plan.file, uploaded_by=office, uploaded_at=AT
    )
    there = moved(client, plan)
    twin.delete()
    adopt_plan(plan, by=office, at=AT)
    plan.refresh_from_db()

    with pytest.raises(Refused) as no:
        move_plan(plan, coming, "选错了", version=plan.version, by=office, at=AT)

    assert "已经有这份文件" in page(there)
    assert no.value.code == "plan.stays"
    assert reverse("plan_move", args=[plan.uid]) not in page(client.get(reverse("plan_documents")))


@pytest.mark.usefixtures("coming")
def test_the_way_to_the_upload_carries_the_year(client, plan):
    shown = page(client.get(reverse("plan_documents"), {"year": 2021}))

    assert f'href="{reverse("plan_upload")}?year=2021"' in shown
    assert page(client.get(reverse("plan_upload"), {"year": 2021})).count("传进 2021 年的计划") == 1
    assert f'id="m-{plan.uid}"' in shown


def test_a_title_of_another_year_is_told_where_the_plan_is_listed(client, plan, coming):
    PlanDocument.objects.filter(pk=plan.pk).update(title="2021年重点工作攻坚年实施方案")

    for name in ("plan_upload", "plan_documents"):
        assert f"标题写的是 {coming.year} 年，现在放在 2020 年" in page(client.get(reverse(name)))

"""After the adoption one lands where what was added is seen."""

import pytest
from django.urls import reverse

from gongjian.flow.plan.queries import candidate_rows
from gongjian.flow.plan.usecases import adopt_plan
from small_plan import AT, PLAN, a_read_plan, accept_all

pytestmark = pytest.mark.django_db
MORE = PLAN.replace("突破大项目", "做强开发区").replace("新签约项目150个", "新建标准厂房20万平方米")


@pytest.fixture
def second(office):
    first = a_read_plan(office)
    accept_all(first, office)
    adopt_plan(first, by=office, at=AT)
    document = a_read_plan(office, MORE, "more.txt", first.campaign)
    accept_all(document, office)
    return document


def page(answer):
    return answer.content.decode()


def test_the_tree_holds_what_the_document_brought_and_says_so(client, second):
    answer = client.post(reverse("plan_adopt", args=[second.uid]), follow=True)

    shown = page(answer)
    kinds = [row.kind for row in candidate_rows(second)]
    assert f"“{second.title}”定稿，带进计划的有：行动 2 个、" in shown
    assert f"任务 {kinds.count('task')} 项" in shown
    assert "做强开发区" in shown
    assert "突破大项目</a>" not in shown
    assert "突破大项目</a>" in page(client.get(reverse("plan")))


@pytest.mark.parametrize("uid", ["x", "00000000-0000-0000-0000-000000000001"])
def test_a_document_that_is_not_there_brings_nothing(client, office, second, uid):
    adopt_plan(second, by=office, at=AT)

    shown = client.get(reverse("plan"), {"document": uid})

    assert shown.status_code == 200
    assert "带进计划的有" not in page(shown)


@pytest.mark.usefixtures("office")
def test_what_is_still_under_review_has_brought_nothing(client, second):
    shown = page(client.get(reverse("plan"), {"document": str(second.uid)}))

    assert "带进计划的有" not in shown

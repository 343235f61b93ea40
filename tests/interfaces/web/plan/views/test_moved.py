"""The review page of a new version while the plan moves, and where a sentence was reworded."""

from decimal import Decimal

import pytest
from django.urls import reverse

from flow.plan.queries.test_twins import NEXT, a_new_version
from flow.plan.usecases.test_comparing import REWORDED
from gongjian.flow.plan.models import PlanDocument, Target, Task
from gongjian.flow.plan.queries import candidate_rows
from gongjian.flow.plan.usecases import adopt_plan, approve_changes, end_node, propose_value
from small_plan import AT, a_candidate, a_person, a_read_plan, accept_all, row_like

pytestmark = pytest.mark.django_db


@pytest.fixture
def adopted(office):
    document = a_read_plan(office)
    accept_all(document, office)
    return adopt_plan(document, by=office, at=AT)


@pytest.fixture
def newer(office, adopted):
    return a_new_version(office, adopted, NEXT)


@pytest.fixture
def asked(office, adopted):
    document = a_new_version(office, adopted, REWORDED)
    return document, next(row for row in candidate_rows(document) if row.resembles)


def move_money(office, value=150):
    money = Target.objects.get(metric="到位资金")
    change = propose_value(
        money, Decimal(value) * 10**8, reason="增加", version=money.version, by=office, at=AT
    )
    approve_changes([change], by=a_person("leader", "principal_leader"), at=AT)


def page(answer):
    return answer.content.decode()


def review(client, document, **query):
    return page(client.get(reverse("plan_review", args=[document.uid]), query))


def decide(client, document, words, act, **form):
    row = row_like(document, words)
    url = reverse("candidate_decide", args=[row.uid])
    return client.post(url, {"act": act, "version": row.version, **form}, follow=True)


def test_what_moved_since_is_said_with_both_lines_and_confirmed(client, office, newer):
    decide(client, newer, "到位资金", "accept")
    move_money(office)

    shown = review(client, newer, c=row_like(newer, "到位资金").seq)
    after = page(decide(client, newer, "到位资金", "confirm"))

    assert "审核以后计划变了：1 条要再看一遍，排在最前面。" in shown
    assert "当时计划里是“到位资金 ≥140 亿元（2020-12-31）”" in shown
    assert "现在是“到位资金 ≥150 亿元（2020-12-31）”" in shown
    assert "看过了，仍然采用" in shown
    assert "审核后计划变了 1" in shown
    assert "审核以后计划变了" not in after


def test_adopting_says_that_the_plan_has_moved(client, office, newer):
    for row in candidate_rows(newer):
        if row.change != "same":
            decide(client, newer, row.headline, "accept")
    move_money(office)

    answer = client.post(reverse("plan_adopt", args=[newer.uid]))

    assert answer.status_code == 409
    assert "审核以后计划变了，1 条要再看一遍，才能定稿。" in page(answer)
    newer.refresh_from_db()
    assert newer.state == PlanDocument.State.REVIEW


def test_an_edit_with_the_confirmation_is_an_edit(client, office, newer):
    decide(client, newer, "到位资金", "accept")
    move_money(office)

    decide(client, newer, "到位资金", "confirm", value="170")

    now = row_like(newer, "到位资金")
    assert (now.state, now.fields["value"], now.moved) == ("edited", "170", False)


def test_what_was_withdrawn_meanwhile_is_said(client, office, newer):
    decide(client, newer, "到位资金", "accept")
    money = Target.objects.get(metric="到位资金")
    end_node(money, "并入别的目标", version=money.version, by=office, at=AT)

    shown = review(client, newer, c=row_like(newer, "到位资金").seq)

    assert "现在计划里没有这一条了。采用就会重新加进计划。" in shown


def test_a_reworded_sentence_is_asked_about_on_its_page_and_named_in_the_bulk_list(client, asked):
    document, row = asked

    shown = review(client, document, c=row.seq)
    listed = page(client.get(reverse("review_bulk", args=[document.uid])))

    assert "计划里有一条很像：“推行拿地即开工，6月底前印发办法（" in shown
    assert "是它的改写" in shown
    assert "1 条像计划里原有的，不在清单里" in listed
    assert row.headline not in listed


def test_saying_that_it_is_the_same_leaves_one_task(client, asked):
    document, row = asked
    tasks = Task.objects.count()

    shown = page(decide(client, document, row.headline, "tie"))

    now = row_like(document, row.headline)
    assert (now.state, now.change) == ("accepted", "changed")
    assert Task.objects.count() == tasks
    assert "像原有的" not in shown


def test_the_page_of_what_moved_asks_as_often_for_many(
    client, office, adopted, django_assert_max_num_queries
):
    more = NEXT + "".join(f"新建产业园区{n}个以上。\n" for n in range(40))
    document = a_new_version(office, adopted, more)
    decide(client, document, "到位资金", "accept")
    a_candidate(document, "到位资金", office)
    move_money(office)

    with django_assert_max_num_queries(45):
        review(client, document, c=row_like(document, "到位资金").seq)

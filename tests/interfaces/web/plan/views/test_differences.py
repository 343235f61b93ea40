"""A new version of a plan: uploaded as one, laid beside the plan, reviewed where it differs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongjian.flow.plan.models import PlanDocument, Target
from gongjian.flow.plan.queries import candidate_rows, document_by_uid
from gongjian.flow.plan.usecases import accept_candidate, adopt_plan, read_plan_document
from small_plan import AT, PLAN, a_candidate, a_read_plan, accept_all, row_like

pytestmark = pytest.mark.django_db
NEXT = PLAN.replace("140亿元", "160亿元").replace("整治河道排口62处（", "新建污水处理厂3座（")


@pytest.fixture
def adopted(office):
    document = a_read_plan(office)
    accept_all(document, office)
    return adopt_plan(document, by=office, at=AT)


def page(answer):
    return answer.content.decode()


def upload(client, replaces, text=NEXT, name="plan-2.txt"):
    file = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("plan_upload"), {"files": file, "replaces": replaces})


@pytest.fixture
def newer(client, adopted, office):
    upload(client, str(adopted.uid))
    document = PlanDocument.objects.get(replaces=adopted)
    read_plan_document(str(document.uid), at=AT)
    return document_by_uid(document.uid, reader=office)


def changes(client, document, **query):
    return page(client.get(reverse("review_differences", args=[document.uid], query=query or None)))


def test_the_upload_page_asks_whether_it_is_a_new_version(client, adopted):
    shown = page(client.get(reverse("plan_upload")))

    assert f'<option value="{adopted.uid}">“{adopted.title}”的新版本</option>' in shown


def test_before_a_plan_was_adopted_there_is_nothing_to_ask(client, office):
    a_read_plan(office)

    assert 'name="replaces"' not in page(client.get(reverse("plan_upload")))


@pytest.mark.parametrize("replaces", ["x", "00000000-0000-0000-0000-000000000001"])
def test_a_version_of_nothing_is_refused(client, adopted, replaces):
    answer = upload(client, replaces)

    assert answer.status_code == 409
    assert PlanDocument.objects.get() == adopted


def test_the_review_shows_the_old_value_beside_the_new(client, newer):
    money, action = row_like(newer, "到位资金"), row_like(newer, "突破大项目")
    shown = page(client.get(reverse("plan_review", args=[newer.uid], query={"c": action.seq})))
    opened = page(client.get(reverse("plan_review", args=[newer.uid], query={"c": money.seq})))

    assert "<s>到位资金 ≥140 亿元</s> 到位资金 ≥160 亿元" in shown
    assert "<td><s>140 亿元</s></td><td>160 亿元</td>" in opened


def test_the_changes_are_listed_with_what_is_gone(client, newer):
    shown, same = changes(client, newer), changes(client, newer, change="same")

    assert "<s>到位资金 ≥140 亿元</s>" in shown
    assert "仍在计划里" in shown
    assert "整治河道排口62处" in shown
    assert "新签约项目 ≥150 个" in same
    assert "新签约项目 ≥150 个" not in shown


def test_after_adoption_a_change_leads_to_the_target(client, office, newer):
    for row in candidate_rows(newer):
        if row.change != "same":
            candidate = a_candidate(newer, row.headline, office)
            accept_candidate(candidate, version=1, by=office, at=AT)

    answer = client.post(reverse("plan_adopt", args=[newer.uid]))

    assert answer.url == reverse("review_differences", args=[newer.uid])
    shown = changes(client, newer, change="changed")
    money = Target.objects.get(metric="到位资金")
    assert "待走调整" in shown
    assert reverse("target", args=[money.uid]) in shown
    assert money.values.get().value == 14_000_000_000


def test_a_first_version_says_so(client, adopted):
    assert "这是一份新方案" in changes(client, adopted)


def test_the_changes_ask_a_constant_number_of_times(client, newer, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as asked:
        changes(client, newer)
        few = len(asked)
    more = NEXT + "".join(f"新建产业园区{n}个以上。\n" for n in range(60))
    upload(client, str(newer.replaces.uid), more, "plan-3.txt")
    larger = PlanDocument.objects.order_by("-pk").first()
    read_plan_document(str(larger.uid), at=AT)

    with django_assert_max_num_queries(few):
        changes(client, larger)

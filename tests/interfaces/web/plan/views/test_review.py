"""The document beside its findings; each act by keyboard or click, none of them lost."""

import re

import pytest
from django.urls import reverse

from gongjian.flow.plan.models import Action, Candidate, PlanDocument
from gongjian.flow.plan.queries import Wanted, candidate_rows, screenful
from gongjian.flow.plan.usecases import accept_candidate, adopt_plan, edit_candidate
from small_plan import (
    AT,
    SECOND,
    a_candidate,
    a_person,
    a_read_plan,
    accept_all,
    an_uploaded_plan,
    row_like,
)

pytestmark = pytest.mark.django_db
BACKEND = "gongjian.interfaces.web.sessions.Accounts"
SWAP = {"HX-Request": "true"}


@pytest.fixture
def document(office):
    return a_read_plan(office)


def page(answer):
    return answer.content.decode()


def in_order(document):
    """The findings as the page lists them: what the reader was least sure of first."""
    return screenful(document, Wanted()).rows


def review(document, **query):
    return reverse("plan_review", args=[document.uid], query=query or None)


def decide(client, row, headers=None, **form):
    address = reverse("candidate_decide", args=[row.uid])
    return client.post(address, {"version": row.version, **form}, headers=headers)


def fields(row, **other):
    shown = {
        "metric": row.fields["metric"],
        "comparator": row.fields["comparator"],
        "value": row.fields["value"],
        "unit": row.fields["unit"],
        "deadline": row.fields["deadline"] or "",
        "kind": "",
        "under": row.home,
    }
    return shown | other


def test_the_page_shows_every_finding_in_its_sentence(client, document):
    shown = page(client.get(review(document)))

    for row in candidate_rows(document):
        assert f'id="c{row.seq}"' in shown
        assert shown.count(f'id="s{row.seq}"') == 1
    assert "还有 9 条没有审" in shown
    assert "/static/web/js/review.js" in shown


def test_a_finding_is_opened_by_its_number(client, document):
    row = row_like(document, "到位资金")

    shown = page(client.get(review(document, c=row.seq)))

    assert reverse("candidate_decide", args=[row.uid]) in shown
    assert '<input class="form-control form-control-sm g-num" id="f-value"' in shown


def test_filters_list_what_they_name(client, document):
    shown = page(client.get(review(document, kind="milestone")))

    assert "6月底前印发办法" in shown
    assert f'id="c{row_like(document, "新签约项目").seq}"' not in shown


def test_accept_goes_on_to_the_next_that_waits(client, document):
    first, second = in_order(document)[:2]

    answer = decide(client, first, act="accept")

    assert (answer.status_code, answer.url) == (302, review(document, c=second.seq))
    assert row_like(document, first.headline).state == "accepted"


def test_accept_in_a_swap_answers_the_part_and_the_address(client, document):
    first, second = in_order(document)[:2]

    answer = decide(client, first, SWAP, act="accept")

    assert "<html" not in page(answer)
    assert reverse("candidate_decide", args=[second.uid]) in page(answer)
    assert answer["HX-Push-Url"] == review(document, c=second.seq)


def test_the_last_one_stays_open(client, document, office):
    accept_all(document, office)
    last = candidate_rows(document)[-1]
    decide(client, last, act="reopen")
    last = candidate_rows(document)[-1]

    answer = decide(client, last, act="accept")

    assert answer.url == review(document, c=last.seq)


def test_accept_of_changed_fields_is_an_edit(client, document):
    row = row_like(document, "到位资金")

    decide(client, row, act="accept", **fields(row, value="150"))

    edited = row_like(document, "到位资金")
    assert (edited.state, edited.fields["value"]) == ("edited", "150")


def test_accept_of_unchanged_fields_is_an_acceptance(client, document):
    row = row_like(document, "到位资金")

    decide(client, row, act="accept", **fields(row))

    assert row_like(document, "到位资金").state == "accepted"


def test_a_field_that_makes_no_sense_keeps_what_was_typed(client, document):
    row = row_like(document, "到位资金")

    answer = decide(client, row, SWAP, act="edit", **fields(row, value="很多", metric="资金"))

    assert answer.status_code == 409
    assert "数值“很多”不是数字" in page(answer)
    assert 'value="资金"' in page(answer)
    assert row_like(document, "到位资金").state == "pending"


def test_reject_wants_a_reason(client, document):
    row = row_like(document, "到位资金")

    refused = decide(client, row, SWAP, act="reject", why_rejected="")
    done = decide(client, row, act="reject", why_rejected="重复")

    assert (refused.status_code, done.status_code) == (409, 302)
    assert "驳回要写理由" in page(refused)
    rejected = row_like(document, "到位资金")
    assert (rejected.state, rejected.why_rejected) == ("rejected", "重复")


def test_a_finding_judged_anew_stays_open(client, document, office):
    candidate = a_candidate(document, "到位资金", office)
    accept_candidate(candidate, version=1, by=office, at=AT)
    row = row_like(document, "到位资金")

    answer = decide(client, row, act="reopen")

    assert answer.url == review(document, c=row.seq)
    assert row_like(document, "到位资金").state == "pending"


def test_a_stale_form_shows_both_values_and_can_be_saved_again(client, document):
    stale = row_like(document, "到位资金")
    other = a_person("other", "campaign_office")
    theirs = a_candidate(document, "到位资金", other)
    edit_candidate(theirs, {"value": "150"}, version=1, by=other, at=AT)

    answer = decide(client, stale, SWAP, act="edit", **fields(stale, value="130"))

    assert answer.status_code == 409
    assert "<td>150</td><td>130</td>" in page(answer)
    assert 'name="version" value="2"' in page(answer)
    again = row_like(document, "到位资金")
    decide(client, again, act="edit", **fields(again, value="130"))
    assert row_like(document, "到位资金").fields["value"] == "130"


def test_a_refused_save_does_not_hand_out_the_version_of_another(client, document):
    stale = row_like(document, "到位资金")
    other = a_person("other", "campaign_office")
    theirs = a_candidate(document, "到位资金", other)
    edit_candidate(theirs, {"value": "150"}, version=1, by=other, at=AT)

    long = decide(client, stale, SWAP, act="edit", **fields(stale, metric="项" * 81))
    again = decide(client, stale, SWAP, act="edit", **fields(stale, value="130"))

    assert "最多 80 个字" in page(long)
    assert 'name="version" value="1"' in page(long)
    assert 'name="version" value="2"' not in page(long)
    assert again.status_code == 409
    assert "<td>150</td><td>130</td>" in page(again)
    assert row_like(document, "到位资金").fields["value"] == "150"


def test_an_act_nobody_knows_is_refused(client, document):
    answer = decide(client, row_like(document, "到位资金"), act="burn")

    assert answer.status_code == 409
    assert "请用页面上的按钮" in page(answer)


def test_who_may_not_review_sees_the_adopted_plan_and_why(client, office, document):
    client.force_login(a_person("reporter", "unit_reporter"), backend=BACKEND)
    row = row_like(document, "到位资金")

    early = client.get(review(document, c=row.seq))
    answer = decide(client, row, act="accept")
    state = row_like(document, "到位资金").state
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)
    shown = client.get(review(document, c=row.seq))

    assert (early.status_code, answer.status_code, state) == (404, 409, "pending")
    assert shown.status_code == 200
    assert "方案由攻坚办和攻坚办审核人审核" in page(shown)
    assert 'value="accept"' not in page(shown)


def test_adopting_says_what_stands_in_the_way(client, document):
    answer = client.post(reverse("plan_adopt", args=[document.uid]))

    assert answer.status_code == 409
    assert "还有 9 条没有审。审完才能定稿。" in page(answer)
    assert Action.objects.count() == 0


def test_adopting_leads_to_the_plan_and_a_second_click_too(client, document, office):
    accept_all(document, office)

    answers = [client.post(reverse("plan_adopt", args=[document.uid])) for _click in range(2)]

    there = f"/plan/?year=2020&document={document.uid}"
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, there)] * 2
    assert Action.objects.count() == 2
    assert "市行政审批局" in page(client.get(there))


def test_a_plan_of_another_year_is_adopted_when_it_is_said_to_be_meant(client, document, office):
    PlanDocument.objects.filter(pk=document.pk).update(title="2021年重点工作攻坚年实施方案")
    accept_all(document, office)
    address = reverse("plan_adopt", args=[document.uid])

    shown = page(client.get(review(document)))
    refused = client.post(address)
    adopted = client.post(address, {"of_this_year": "1"})

    assert "标题写的是 2021 年，这里是 2020 年的计划" in shown
    assert 'name="of_this_year"' in shown
    assert (refused.status_code, adopted.status_code) == (409, 302)


def test_what_has_no_action_is_given_one_here(client, document, office):
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)
    second = a_read_plan(office, SECOND, "second.txt", document.campaign)
    row = row_like(second, "高层次人才")
    home = Candidate.objects.get(document=document, kind="action", seq=1)

    shown = page(client.get(review(second, doubt="homeless")))
    decide(client, row, act="accept", **fields(row, under=str(home.uid)))
    client.post(reverse("plan_adopt", args=[second.uid]))

    assert "还没有所属行动" in shown or "缺行动" in shown
    assert "突破大项目（已在计划里）" in shown
    assert PlanDocument.objects.get(pk=second.pk).state == "adopted"
    assert Action.objects.get(seq=1).targets.filter(metric="高层次人才").count() == 1


def test_an_adopted_plan_is_read_but_not_judged(client, document, office):
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)

    shown = page(client.get(review(document)))

    assert "这份方案已经定稿" in shown
    assert reverse("plan_adopt", args=[document.uid]) not in shown


def test_a_plan_that_is_still_read_leads_to_the_upload_page(client, office):
    document = an_uploaded_plan(office)

    assert client.get(review(document)).url == "/plan/upload/"


def a_long_plan(office, document, count):
    goals = "".join(f"（{n}）新建产业园区{n}个以上。\n" for n in range(1, count + 1))
    text = f"示例县2020年重点工作方案\n\n{goals}"
    return a_read_plan(office, text, f"long-{count}.txt", document.campaign)


def test_the_page_asks_as_often_and_weighs_as_much_for_many_findings(
    client, document, office, django_assert_max_num_queries
):
    pages = []
    plans = [a_long_plan(office, document, count) for count in (400, 800)]
    for plan in plans:
        client.get(review(plan))  # the text is read once
        with django_assert_max_num_queries(40) as asked:
            weight = len(page(client.get(review(plan))))
            pages.append((weight, len(asked)))

    (small, few), (large, many) = pages
    assert few == many > 0
    assert large < small * 1.25


def test_a_screenful_is_listed_and_the_rest_by_pages(client, document, office):
    plan = a_long_plan(office, document, 60)

    shown = page(client.get(review(plan, order="text")))
    second = page(client.get(review(plan, order="text", page="2")))

    assert shown.count(" data-row ") == 50
    assert "?order=text&amp;page=2" in shown
    last = screenful(plan, Wanted(order="text"), page=2).rows[-1]
    assert f'id="c{last.seq}"' not in shown
    assert f'id="c{last.seq}"' in second


@pytest.mark.parametrize(
    "query",
    [
        {"c": "99999999999999999999"},
        {"c": "x", "page": "-1", "order": "sideways", "band": "none", "action": "１"},
        {"page": "9" * 30, "at": "9" * 30},
        {"at": "-5", "text": "%_\\'\"<script>"},
        {"state": "gone", "change": "new"},
        {"kind": "\x00"},
    ],
)
def test_whatever_stands_in_the_address_is_answered(client, document, query):
    assert client.get(review(document, **query)).status_code == 200


def test_undo_takes_back_the_last_step_and_opens_its_finding(client, document):
    row = row_like(document, "到位资金")
    decide(client, row, act="accept")

    answer = client.post(reverse("review_undo", args=[document.uid]), headers=SWAP)

    assert f"已撤销：采用第 {row.seq} 条。" in page(answer)
    assert reverse("candidate_decide", args=[row.uid]) in page(answer)
    assert row_like(document, "到位资金").state == "pending"


def test_undo_says_what_stands_in_the_way(client, document):
    row = row_like(document, "到位资金")
    decide(client, row, act="accept")
    other = a_person("other", "campaign_office")
    theirs = a_candidate(document, "到位资金", other)
    edit_candidate(theirs, {"value": "150"}, version=2, by=other, at=AT)

    answer = client.post(reverse("review_undo", args=[document.uid]), headers=SWAP)

    assert answer.status_code == 409
    assert f"第 {row.seq} 条后来由other某改过，这一步撤销不了。" in page(answer)


def test_a_split_shows_both_halves(client, document):
    task = row_like(document, "年内新签约项目150个以上")

    answer = decide(client, task, SWAP, act="split", after="13")

    assert answer.status_code == 200
    shown = page(client.get(review(document, text="10")))
    assert 'id="c10"' in shown
    assert "从第 3 条拆分出来的" in page(client.get(review(document, c=10)))


def test_a_split_at_the_very_end_says_so(client, document):
    task = row_like(document, "整治河道排口62处")

    answer = decide(client, task, SWAP, act="split", after=str(len(task.evidence)))

    assert answer.status_code == 409
    assert "拆分处两边都要有文字" in page(answer)


def test_one_is_told_what_another_judged_since_the_page_was_opened(client, document):
    decide(client, row_like(document, "新签约项目"), act="accept")
    shown = page(client.get(review(document)))
    seen = re.search(r'name="seen" value="(\d+)"', shown)[1]
    other = a_person("other", "campaign_office")
    theirs = a_candidate(document, "整治河道排口62处", other)
    accept_candidate(theirs, version=1, by=other, at=AT)
    row = row_like(document, "到位资金")

    answer = decide(client, row, SWAP, act="accept", seen=seen)

    assert f"你打开这一页以后，other某审了第 {theirs.seq} 条。" in page(answer)
    assert "other某审了" not in page(client.get(review(document)))


def test_a_conflict_lets_one_take_either(client, document):
    stale = row_like(document, "到位资金")
    other = a_person("other", "campaign_office")
    theirs = a_candidate(document, "到位资金", other)
    edit_candidate(theirs, {"value": "150"}, version=1, by=other, at=AT)

    answer = page(decide(client, stale, SWAP, act="reject", why_rejected="重复"))

    take = f'form="no-{stale.seq}" name="act" value="reject" data-autofocus'
    assert take in answer
    # htmx sends the name of a button only where a form holds it
    assert answer.index(f'id="f-{stale.seq}"') < answer.index(take)
    assert 'value="重复"' in answer
    assert "用现在存着的" in answer


def test_the_trail_lists_every_step_and_what_was_undone(client, document):
    row = row_like(document, "到位资金")
    decide(client, row, act="accept")
    client.post(reverse("review_undo", args=[document.uid]))

    shown = page(client.get(reverse("review_steps", args=[document.uid])))

    assert "<s>采用</s>" in shown
    assert f'href="{review(document, c=row.seq)}">{row.seq}</a>' in shown

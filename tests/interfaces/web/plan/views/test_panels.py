"""Words added, findings merged, a list taken: each shown first, by keys or by hand."""

import pytest
from django.urls import reverse

from gongjian.flow.plan.models import Candidate
from gongjian.flow.plan.queries import bulk_rows, candidate_rows, pages_of
from gongjian.flow.plan.usecases import adopt_plan, edit_candidate, reject_candidate
from small_plan import AT, a_candidate, a_person, a_read_plan, accept_all, row_like

pytestmark = pytest.mark.django_db
SWAP = {"HX-Request": "true"}
WORDS = "整治河道排口62处"


@pytest.fixture
def document(office):
    return a_read_plan(office)


def page(answer):
    return answer.content.decode()


def to(name, document, **query):
    return reverse(name, args=[document.uid], query=query or None)


def span_of(document, words):
    start = pages_of(document).text.index(words)
    return {"start": start, "end": start + len(words)}


def named(*rows):
    return [f"{row.uid}:{row.version}" for row in rows]


def test_a_selection_is_shown_with_what_the_grammar_reads(client, document):
    answer = client.get(
        to("review_add", document, **span_of(document, "到位资金140亿元以上")), headers=SWAP
    )

    assert "<mark>到位资金140亿元以上</mark>" in page(answer)
    assert 'id="f-metric" name="metric" value="到位资金"' in page(answer)
    assert 'value="140"' in page(answer)


def test_another_kind_gives_its_own_fields(client, document):
    span = span_of(document, "到位资金140亿元以上")

    answer = page(client.get(to("review_add", document, **span, what="task"), headers=SWAP))

    assert 'id="f-text" name="text" value="到位资金140亿元以上"' in answer
    assert 'id="what-task" value="task" checked' in answer


def test_without_a_selection_a_paragraph_is_shown_to_select_in(client, document):
    answer = page(client.get(to("review_add", document, p="4"), headers=SWAP))

    text = pages_of(document)
    block = text.blocks[3]
    assert f'data-pick="{block.start}"' in answer
    assert text.text[block.start : block.end] in answer


def test_what_was_selected_is_added(client, document):
    home = str(row_like(document, "生态文明建设").seq)
    form = {"metric": "排口", "comparator": ">=", "value": "62", "unit": "处", "under": home}

    answer = client.post(
        to("review_add", document),
        {"what": "target", **form, **span_of(document, WORDS)},
        headers=SWAP,
    )

    assert "已从原文新增第 10 条。" in page(answer)
    added = Candidate.objects.get(document=document, seq=10)
    assert (added.evidence, added.state, added.fields["metric"]) == (WORDS, "accepted", "排口")


def test_a_field_that_makes_no_sense_keeps_what_was_typed(client, document):
    form = {"what": "target", "metric": "排口", "comparator": ">=", "value": "很多",
            **span_of(document, WORDS)}  # fmt: skip

    answer = client.post(to("review_add", document), form, headers=SWAP)

    assert answer.status_code == 409
    assert 'value="很多"' in page(answer)
    assert "数值“很多”不是数字" in page(answer)
    assert Candidate.objects.count() == 9


@pytest.mark.parametrize(
    "span",
    [{}, {"start": "5", "end": "5"}, {"start": "9", "end": "3"}, {"start": "x", "end": "-1"},
     {"start": "999999", "end": "9999999"}],
)  # fmt: skip
def test_a_selection_of_nothing_is_answered_in_words(client, document, span):
    shown = client.get(to("review_add", document, **span), headers=SWAP)
    kept = client.post(
        to("review_add", document), {"kind": "task", "text": "x", **span}, headers=SWAP
    )

    assert shown.status_code == 200
    assert kept.status_code == 409
    assert "没有选中文字" in page(kept)


def test_a_number_that_was_not_taken_is_made_a_target_after_all(client, document):
    untaken = page(client.get(to("plan_untaken", document), headers=SWAP))
    address = untaken.partition('class="ut-take" href="')[2].partition('"')[0].replace("&amp;", "&")

    answer = client.get(address, headers=SWAP)

    assert answer.status_code == 200
    assert 'id="what-target" value="target" checked' in page(answer)


def test_what_can_be_merged_is_of_one_kind(client, document):
    money = row_like(document, "到位资金")

    answer = page(client.get(to("review_merge", document, c=money.seq), headers=SWAP))

    others = [row for row in candidate_rows(document) if row.kind == "target" and row != money]
    assert answer.count('name="with" value="') == len(others) + 1  # and the field of numbers
    assert f'name="first" value="{money.uid}:1"' in answer


def test_what_has_a_tick_is_merged(client, document):
    money, signed = row_like(document, "到位资金"), row_like(document, "新签约项目")

    answer = client.post(
        to("review_merge", document, c=money.seq),
        {"first": named(money), "with": named(signed)},
        headers=SWAP,
    )

    assert f"已把 1 条合并到第 {money.seq} 条。" in page(answer)
    assert Candidate.objects.get(uid=signed.uid).merged_into.uid == money.uid


@pytest.mark.parametrize("others", [[], ["x"], ["x:y"], [f"{'0' * 32}:1"]])
def test_nothing_to_merge_with_is_answered_in_words(client, document, others):
    money = row_like(document, "到位资金")

    answer = client.post(
        to("review_merge", document, c=money.seq),
        {"first": named(money), "with": others},
        headers=SWAP,
    )

    assert answer.status_code == 409
    assert "合并要选两条以上" in page(answer)


def test_a_merge_across_kinds_is_refused(client, document):
    money, task = row_like(document, "到位资金"), row_like(document, WORDS)

    answer = client.post(
        to("review_merge", document, c=money.seq), {"first": named(money), "with": named(task)}
    )

    assert answer.status_code == 409
    assert "只能合并同一类的条目" in page(answer)


def test_a_merge_with_what_changed_meanwhile_shows_both_values(client, document):
    money, signed = row_like(document, "到位资金"), row_like(document, "新签约项目")
    other = a_person("other", "campaign_office")
    theirs = a_candidate(document, "新签约项目", other)
    edit_candidate(theirs, {"value": "160"}, version=1, by=other, at=AT)

    answer = client.post(
        to("review_merge", document, c=money.seq),
        {"first": named(money), "with": named(signed)},
        headers=SWAP,
    )

    assert answer.status_code == 409
    assert "现在存着的" in page(answer)
    assert f"{signed.uid}:2" in page(answer)


def test_a_merge_of_what_is_not_there_is_missing(client, document):
    assert client.get(to("review_merge", document, c=77)).status_code == 404


def test_the_list_is_shown_before_it_is_taken(client, document):
    shown = page(client.get(to("review_bulk", document)))

    rows = bulk_rows(document)
    assert [value for value in named(*candidate_rows(document)) if value in shown] == named(*rows)
    assert {row.state for row in candidate_rows(document)} == {"pending"}


def test_only_what_has_a_tick_is_taken(client, document):
    _first, *others = bulk_rows(document)

    answer = client.post(to("review_bulk", document), {"with": named(*others)})

    assert answer.url.endswith(f"?taken={len(others)}&left=")
    taken = {row.seq for row in candidate_rows(document) if row.state == "accepted"}
    assert taken == {row.seq for row in others}
    assert f"采用了 {len(others)} 条。" in page(client.get(answer.url))


def test_what_changed_meanwhile_is_left_out_and_named(client, document):
    rows = bulk_rows(document)
    other = a_person("other", "campaign_office")
    theirs = Candidate.objects.select_related("document").get(uid=rows[0].uid)
    reject_candidate(theirs, "重复", version=1, by=other, at=AT)

    answer = client.post(to("review_bulk", document), {"with": named(*rows)}, follow=True)

    assert f"采用了 {len(rows) - 1} 条。第 {rows[0].seq} 条没有采用" in page(answer)


def test_doubtful_findings_are_not_smuggled_into_the_list(client, document):
    doubtful = [row for row in candidate_rows(document) if row.doubtful]

    client.post(to("review_bulk", document), {"with": named(*doubtful)})

    assert {row.state for row in candidate_rows(document)} == {"pending"}


def test_a_list_without_ticks_is_refused(client, document):
    answer = client.post(to("review_bulk", document))

    assert answer.status_code == 409
    assert "一条也没有勾选" in page(answer)


@pytest.mark.parametrize("name", ["review_add", "review_merge", "review_bulk", "review_undo"])
def test_an_adopted_plan_is_not_worked_on(client, document, office, name):
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)

    answer = client.post(to(name, document, c=1))

    assert answer.status_code == 409
    assert "已经定稿" in page(answer)


@pytest.mark.parametrize("name", ["review_add", "review_merge", "review_bulk"])
def test_the_office_alone_works_on_a_plan(client, document, name):
    reporter = a_person("reporter", "unit_reporter")
    client.force_login(reporter, backend="gongjian.interfaces.web.sessions.Accounts")

    assert client.get(to(name, document, c=1)).status_code in (403, 404, 409)

"""Findings joined, parted, and added from the words of the plan."""

import pytest

from gongjian.flow.plan.models import Candidate
from gongjian.flow.plan.queries import candidate_rows, marks_in, pages_of, read_selection
from gongjian.flow.plan.usecases import (
    accept_candidate,
    add_candidate,
    adopt_plan,
    edit_candidate,
    merge_candidates,
    reject_candidate,
    split_candidate,
)
from gongjian.lib.refusals import Conflict, Refused
from small_plan import AT, SECOND, a_candidate, a_person, a_read_plan, accept_all, row_like

pytestmark = pytest.mark.django_db
MONEY, SIGNED = "到位资金", "新签约项目"


def merge(document, office, *words, **versions):
    parts = [a_candidate(document, one, office) for one in words]
    seen = {part.pk: versions.get("version", 1) for part in parts}
    return merge_candidates(parts, versions=seen, by=office, at=AT)


def span_of(document, words):
    start = pages_of(document).text.index(words)
    return start, start + len(words)


def test_a_merge_keeps_the_fields_of_the_first_and_the_spans_of_all(office, document):
    second = row_like(document, SIGNED)

    first = merge(document, office, MONEY, SIGNED)

    other = Candidate.objects.get(uid=second.uid)
    assert (first.fields["metric"], first.state) == (MONEY, "pending")
    assert first.joined == [[second.start, second.end]]
    assert (other.state, other.merged_into) == ("merged", first)
    assert SIGNED not in [row.headline.split()[0] for row in candidate_rows(document)]
    marks = marks_in(document, second.start, second.end)
    assert [m.seq for m in marks if m.start == second.start and m.kind == "target"] == [first.seq]


def test_a_merged_target_brings_all_its_words_into_the_plan(office, document):
    money, signed = row_like(document, MONEY), row_like(document, SIGNED)
    merge(document, office, MONEY, SIGNED)
    accept_all(document, office)

    adopt_plan(document, by=office, at=AT)

    target = document.campaign.actions.get(seq=1).targets.get(metric=MONEY)
    assert target.sentence == f"{money.evidence}\n{signed.evidence}"


def test_what_stands_under_a_merged_action_moves_over(office, document):
    first = merge(document, office, "突破大项目", "生态文明建设")

    homes = {row.home for row in candidate_rows(document) if row.kind != "action"}

    assert homes == {str(first.seq)}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((MONEY, "推行拿地即开工"), "candidate.merge-kinds"),
        ((MONEY,), "candidate.merge-one"),
        ((MONEY, MONEY), "candidate.merge-one"),
    ],
)
def test_what_cannot_be_merged_is_refused(office, document, words, code):
    with pytest.raises(Refused) as no:
        merge(document, office, *words)

    assert no.value.code == code


def test_a_rejected_finding_is_not_merged(office, document):
    reject_candidate(a_candidate(document, SIGNED, office), "重复", version=1, by=office, at=AT)

    with pytest.raises(Refused) as no:
        merge(document, office, MONEY, SIGNED)

    assert no.value.code == "candidate.merge-state"


def test_findings_of_two_plans_are_not_merged(office, document):
    second = a_read_plan(office, SECOND, "second.txt", document.campaign)
    parts = [a_candidate(document, MONEY, office), a_candidate(second, "高层次人才", office)]

    with pytest.raises(Refused) as no:
        merge_candidates(parts, versions={part.pk: 1 for part in parts}, by=office, at=AT)

    assert no.value.code == "candidate.merge-kinds"


def test_a_part_that_changed_meanwhile_shows_both_values(office, document):
    other = a_person("other", "campaign_office")
    theirs = a_candidate(document, SIGNED, other)
    edit_candidate(theirs, {"value": "160"}, version=1, by=other, at=AT)

    with pytest.raises(Conflict) as no:
        merge(document, office, MONEY, SIGNED)

    assert no.value.theirs["决定"] == "改后采用"
    assert no.value.mine["决定"] == "已并入"


def test_a_merged_finding_is_not_judged_any_more(office, document):
    part = a_candidate(document, SIGNED, office)
    merge(document, office, MONEY, SIGNED)

    with pytest.raises(Refused) as no:
        accept_candidate(part, version=2, by=office, at=AT)

    assert no.value.code == "candidate.gone"


def test_a_split_gives_two_findings_that_wait(office, document):
    task = a_candidate(document, "年内新签约项目150个以上", office)
    accept_candidate(task, version=1, by=office, at=AT)
    after = task.evidence.index("，") + 1

    first, second = split_candidate(task, after, version=2, by=office, at=AT)

    assert (first.state, second.state) == ("pending", "pending")
    assert (first.evidence, second.evidence[:4]) == ("年内新签约项目150个以上", "完成到位")
    assert (second.seq, second.under, second.found) == (10, first.under, second.fields)
    assert first.fields["text"] != second.fields["text"]


def test_a_half_takes_what_the_grammar_reads_in_it(office, document):
    money = add_candidate(
        document,
        "target",
        span_of(document, "新签约项目150个以上，完成到位资金140亿元以上"),
        {"metric": "两个数", "comparator": ">=", "value": "1", "unit": "个"},
        by=office,
        at=AT,
    )

    first, second = split_candidate(money, 12, version=money.version, by=office, at=AT)

    assert (first.fields["metric"], first.fields["value"]) == (SIGNED, "150")
    assert (second.fields["metric"], second.fields["value"]) == (MONEY, "140")


@pytest.mark.parametrize("after", [0, -3, 10_000])
def test_a_split_at_the_very_end_is_refused(office, document, after):
    with pytest.raises(Refused) as no:
        split_candidate(
            a_candidate(document, "整治河道排口62处", office), after, version=1, by=office, at=AT
        )

    assert no.value.code == "candidate.split-place"


def test_a_split_that_leaves_only_punctuation_is_refused(office, document):
    task = a_candidate(document, "年内新签约项目150个以上", office)
    whole = add_candidate(
        document, "task", (task.start, task.end), {"text": "两句"}, by=office, at=AT
    )

    with pytest.raises(Refused):
        split_candidate(whole, len(whole.evidence), version=1, by=office, at=AT)


def test_a_split_of_a_stale_version_shows_both_values(office, document):
    other = a_person("other", "campaign_office")
    task = a_candidate(document, "整治河道排口62处", office)
    theirs = a_candidate(document, "整治河道排口62处", other)
    reject_candidate(theirs, "重复", version=1, by=other, at=AT)

    with pytest.raises(Conflict) as no:
        split_candidate(task, 4, version=1, by=office, at=AT)

    assert (no.value.mine["决定"], no.value.theirs["决定"]) == ("未审", "已驳回")


def test_words_that_were_selected_become_a_finding(office, document):
    span = span_of(document, "6月底前印发办法")

    added = add_candidate(
        document, "milestone", span, {"text": "印发办法", "date": "6月底", "under": "1"},
        by=office, at=AT,
    )  # fmt: skip

    assert (added.evidence, added.state, added.confidence) == ("6月底前印发办法", "accepted", 1)
    assert (added.fields["date"], added.fields["precision"]) == ("2020-06-30", "month")
    assert added.under.fields["name"] == "突破大项目"


def test_an_added_target_enters_the_plan_with_its_sentence(office, document):
    home = str(row_like(document, "生态文明建设").seq)
    fields = {"metric": "排口", "comparator": ">=", "value": "62", "unit": "处", "under": home}
    words = "整治河道排口62处"
    add_candidate(document, "target", span_of(document, words), fields, by=office, at=AT)
    accept_all(document, office)

    adopt_plan(document, by=office, at=AT)

    target = document.campaign.actions.get(name="生态文明建设").targets.get(metric="排口")
    assert (target.sentence, target.values.get().value) == (words, 62)


@pytest.mark.parametrize("span", [(0, 0), (5, 5), (9, 3), (10**6, 10**7), (-5, -1), (19, 21)])
def test_a_selection_of_nothing_is_refused(office, document, span):
    with pytest.raises(Refused) as no:
        add_candidate(document, "task", span, {"text": "什么"}, by=office, at=AT)

    assert no.value.code == "candidate.selection"


def test_a_selection_of_a_chapter_is_refused(office):
    long = "诸城市2020年重点工作方案\n\n" + "做好每一件事。" * 200
    document = a_read_plan(office, long, "long.txt")

    with pytest.raises(Refused) as no:
        add_candidate(document, "task", (16, 1300), {"text": "全部"}, by=office, at=AT)

    assert no.value.code == "candidate.selection"


def test_a_selection_over_two_paragraphs_is_one_finding(office, document):
    text = pages_of(document).text
    start, end = text.index("突破大项目。"), text.index("150个") + 4

    added = add_candidate(document, "task", (start, end), {"text": "两段"}, by=office, at=AT)

    assert added.evidence == text[start:end]
    assert "\n" in added.evidence


def test_a_kind_nobody_knows_is_refused(office, document):
    span = span_of(document, "整治河道排口62处")

    with pytest.raises(Refused) as no:
        add_candidate(document, "dream", span, {"text": "什么"}, by=office, at=AT)

    assert no.value.code == "candidate.kind"


def test_the_grammar_reads_a_selection(document):
    money = read_selection(document, span_of(document, "，完成到位资金140亿元以上"))
    date = read_selection(document, span_of(document, "6月底前印发办法"))

    assert (money.kind, money.found, money.fields["value"]) == ("target", True, "140")
    assert pages_of(document).text[money.start : money.end] == "完成到位资金140亿元以上"
    assert (date.kind, date.fields["date"]) == ("milestone", "2020-06-30")


def test_what_the_grammar_does_not_read_gives_its_words_and_numbers(document):
    words = read_selection(document, span_of(document, "推行拿地即开工"))
    number = read_selection(document, span_of(document, "排口62处"), kind="target")

    assert (words.kind, words.fields["text"]) == ("task", "推行拿地即开工")
    assert (number.fields["value"], number.fields["unit"]) == ("62", "处")


def test_marks_of_direction_at_the_ends_of_a_selection_are_left_out(office):
    text = "诸城市2020年重点工作方案\n\n\u200f整治排口62处\u200e。\n"
    document = a_read_plan(office, text, "rtl.txt")
    start = text.index("\u200f")

    read = read_selection(document, (start, start + 11))

    assert read.text == "整治排口62处"

"""The list a reviewer works through: filtered, ordered, counted, a page at a time."""

from dataclasses import replace
from decimal import Decimal

import pytest

from gongjian.flow.plan.models import Candidate
from gongjian.flow.plan.queries import (
    SCREENFUL,
    Wanted,
    bulk_rows,
    candidate_row,
    candidate_rows,
    next_waiting,
    review_counts,
    screenful,
)
from gongjian.flow.plan.usecases import accept_candidate, merge_candidates, reject_candidate
from small_plan import AT, a_candidate, a_read_plan, row_like

pytestmark = pytest.mark.django_db


def seqs(document, **wanted):
    return [row.seq for row in screenful(document, Wanted(**wanted)).rows]


def test_the_doubtful_come_first(document):
    rows = screenful(document, Wanted()).rows

    shown = [(row.confidence, row.start, row.seq) for row in rows]
    assert len({confidence for confidence, _start, _seq in shown}) > 1
    assert shown == sorted(shown)


def test_the_order_of_the_text_is_a_choice(document):
    rows = screenful(document, Wanted(order="text")).rows

    assert [row.start for row in rows] == sorted(row.start for row in candidate_rows(document))


@pytest.mark.parametrize(
    ("wanted", "keeps"),
    [
        ({"kind": "action"}, lambda row: row.kind == "action"),
        ({"state": "rejected"}, lambda row: row.state == "rejected"),
        ({"state": "taken"}, lambda row: row.state == "accepted"),
        ({"state": "pending"}, lambda row: row.state == "pending"),
        ({"band": "doubtful"}, lambda row: row.doubtful),
        ({"band": "sure"}, lambda row: row.confidence >= Candidate.BULK),
        ({"band": "fair"}, lambda row: not row.doubtful and row.confidence < Candidate.BULK),
        ({"text": "河道"}, lambda row: "河道" in row.evidence),
        ({"text": "%"}, lambda _row: False),
        ({"text": "7"}, lambda row: "7" in row.evidence or row.seq == 7),
        ({"text": "9" * 40}, lambda _row: False),
        ({"action": "none"}, lambda row: row.homeless),
        ({"action": "x"}, lambda _row: False),
    ],
)
def test_a_filter_keeps_what_it_names(office, document, wanted, keeps):
    accept_candidate(a_candidate(document, "到位资金", office), version=1, by=office, at=AT)
    task = a_candidate(document, "整治河道排口62处", office)
    reject_candidate(task, "重复", version=1, by=office, at=AT)

    kept = sorted(row.seq for row in candidate_rows(document) if keeps(row))

    assert sorted(seqs(document, **wanted)) == kept


def test_an_action_is_a_filter_with_all_that_stands_under_it(document):
    action = row_like(document, "生态文明建设")

    kept = seqs(document, action=str(action.seq))

    assert sorted(kept) == sorted(
        row.seq for row in candidate_rows(document) if row.home == str(action.seq) or row == action
    )
    assert len(kept) > 1


def test_what_was_merged_is_listed_where_it_is_asked_for(office, document):
    parts = [a_candidate(document, words, office) for words in ("到位资金", "新签约项目")]
    merge_candidates(parts, versions={part.pk: 1 for part in parts}, by=office, at=AT)

    gone = screenful(document, Wanted(state="gone")).rows

    assert [(row.seq, row.merged_into) for row in gone] == [(parts[1].seq, parts[0].seq)]
    assert parts[1].seq not in seqs(document)


def test_counts_add_up(office, document):
    accept_candidate(a_candidate(document, "到位资金", office), version=1, by=office, at=AT)
    task = a_candidate(document, "整治河道排口62处", office)
    reject_candidate(task, "重复", version=1, by=office, at=AT)

    counts = review_counts(document)

    rows = candidate_rows(document)
    assert (counts.total, counts.seen, counts.accepted, counts.rejected) == (9, 2, 1, 1)
    assert counts.kinds == {"action": 2, "target": 3, "task": 3, "milestone": 1}
    assert counts.bands["doubtful"] == sum(row.doubtful for row in rows)
    assert sum(counts.bands.values()) == 9
    assert counts.bulk == len(bulk_rows(document))
    assert counts.homeless == sum(row.homeless for row in rows)
    for seq, count in counts.actions.items():
        assert count == sum(row.home == str(seq) for row in rows)


def test_the_next_that_waits_goes_round_the_end(document):
    wanted = Wanted(order="text")
    first, *_between, last = screenful(document, wanted).rows

    assert next_waiting(document, wanted, last) == first.seq
    assert next_waiting(document, wanted, first) == screenful(document, wanted).rows[1].seq
    assert next_waiting(document, replace(wanted, state="rejected"), first) == 0


@pytest.fixture
def long_plan(office, document):
    goals = "".join(f"（{n}）新建产业园区{n}个以上。\n" for n in range(1, 131))
    return a_read_plan(
        office, f"示例县2020年重点工作方案\n\n{goals}", "long.txt", document.campaign
    )


def test_a_page_is_a_screenful_and_the_open_one_is_on_it(long_plan):
    wanted = Wanted(order="text")
    rows = screenful(long_plan, wanted, page=1).rows
    far = screenful(long_plan, wanted, page=3).rows[4]

    found = screenful(long_plan, wanted, around=far)
    beyond = screenful(long_plan, wanted, page=99)

    assert len(rows) == SCREENFUL
    assert (found.page, far.seq in [row.seq for row in found.rows]) == (3, True)
    assert (beyond.page, beyond.total) == (-(-beyond.total // SCREENFUL), found.total)


def test_pages_of_doubtful_first_lose_nothing(long_plan):
    total = screenful(long_plan, Wanted()).total
    pages = [screenful(long_plan, Wanted(), page=n).rows for n in range(1, total // SCREENFUL + 2)]

    shown = [row.seq for page in pages for row in page]
    assert sorted(shown) == sorted(row.seq for row in candidate_rows(long_plan))
    for page, rows in enumerate(pages, start=1):
        assert screenful(long_plan, Wanted(), around=rows[-1]).page == page


def test_a_page_asks_as_often_for_a_hundred_findings_as_for_nine(
    document, long_plan, django_assert_num_queries
):
    for plan in (document, long_plan):
        row = candidate_row(plan, 3)
        with django_assert_num_queries(3):
            screenful(plan, Wanted(), around=row)
            review_counts(plan)


def test_a_confidence_at_the_edge_of_a_band_is_in_one_of_them(document):
    edges = [Decimal("0.899"), Decimal("0.9"), Decimal("0.949"), Decimal("0.95")]
    for row, confidence in zip(document.candidates.all()[:4], edges, strict=True):
        Candidate.objects.filter(pk=row.pk).update(confidence=confidence)
    document.candidates.filter(seq__gt=4).update(confidence=1)

    counts = review_counts(document)

    assert counts.bands == {"doubtful": 1, "fair": 2, "sure": 6}
    assert [len(seqs(document, band=band)) for band in ("doubtful", "fair", "sure")] == [1, 2, 6]

"""Taking back what one has just judged, several steps, and never what somebody else did since."""

import pytest

from gongjian.flow.plan.models import Candidate, ReviewStep
from gongjian.flow.plan.queries import (
    bulk_rows,
    candidate_rows,
    decided_since,
    last_own_step,
    last_step,
    step_rows,
    trail_of,
)
from gongjian.flow.plan.usecases import (
    accept_candidate,
    accept_listed_candidates,
    add_candidate,
    adopt_plan,
    edit_candidate,
    merge_candidates,
    reject_candidate,
    split_candidate,
    undo_step,
)
from gongjian.foundation.records.queries import audit_findings
from gongjian.lib.refusals import Refused
from small_plan import AT, a_candidate, a_person, accept_all, row_like

pytestmark = pytest.mark.django_db
MONEY = "到位资金"


def judged(document):
    """What a reader sees of each finding, without its version."""
    return [
        (row.seq, row.state, dict(row.fields), row.start, row.end, row.joined, row.home)
        for row in candidate_rows(document)
    ]


def wrong_rows():
    """The tables of rows that are not as the log says; the anchor is written at commit."""
    return [found.table for found in audit_findings() if not found.code.startswith("anchor")]


def test_undo_gives_back_what_an_edit_changed(office, document):
    before = judged(document)
    edit_candidate(
        a_candidate(document, MONEY, office), {"value": "9"}, version=1, by=office, at=AT
    )

    undo_step(document, by=office, at=AT)

    assert judged(document) == before
    assert row_like(document, MONEY).version == 3  # a form of either version is stale


def test_undo_goes_back_several_steps_and_then_says_that_there_is_no_more(office, document):
    before = judged(document)
    money = a_candidate(document, MONEY, office)
    accept_candidate(money, version=1, by=office, at=AT)
    edit_candidate(money, {"value": "9"}, version=2, by=office, at=AT)
    reject_candidate(
        a_candidate(document, "新签约项目", office), "重复", version=1, by=office, at=AT
    )

    states = []
    for _step in range(3):
        undo_step(document, by=office, at=AT)
        states.append((row_like(document, MONEY).state, row_like(document, MONEY).fields["value"]))

    assert states == [("edited", "9"), ("accepted", "140"), ("pending", "140")]
    assert judged(document) == before
    with pytest.raises(Refused) as no:
        undo_step(document, by=office, at=AT)
    assert no.value.code == "review.nothing-to-undo"


def test_undo_takes_back_a_whole_list(office, document):
    rows = bulk_rows(document)
    versions = {row.uid: row.version for row in rows}
    accept_listed_candidates(document, versions, by=office, at=AT)

    undo_step(document, by=office, at=AT)

    assert {row.state for row in candidate_rows(document)} == {"pending"}


def test_undo_of_a_merge_restores_the_parts(office, document):
    before = judged(document)
    parts = [a_candidate(document, words, office) for words in (MONEY, "新签约项目")]
    merge_candidates(parts, versions={part.pk: 1 for part in parts}, by=office, at=AT)
    merged = judged(document)

    undo_step(document, by=office, at=AT)

    assert (len(before), len(merged)) == (9, 8)
    assert judged(document) == before


def test_undo_of_a_split_withdraws_the_second_half(office, document):
    before = judged(document)
    task = a_candidate(document, "年内新签约项目150个以上", office)
    _first, second = split_candidate(task, 12, version=1, by=office, at=AT)

    undo_step(document, by=office, at=AT)

    second.refresh_from_db()
    assert judged(document) == before
    assert second.state == "withdrawn"


def test_undo_of_an_addition_withdraws_it(office, document):
    before = judged(document)
    added = add_candidate(document, "task", (3, 20), {"text": "一件事"}, by=office, at=AT)

    undo_step(document, by=office, at=AT)

    added.refresh_from_db()
    assert judged(document) == before
    assert added.state == "withdrawn"


def test_undo_refuses_where_somebody_else_judged_the_finding_since(office, document):
    other = a_person("other", "campaign_office")
    accept_candidate(a_candidate(document, MONEY, office), version=1, by=office, at=AT)
    edit_candidate(a_candidate(document, MONEY, other), {"value": "9"}, version=2, by=other, at=AT)

    with pytest.raises(Refused) as no:
        undo_step(document, by=office, at=AT)

    assert no.value.code == "review.changed-since"
    assert "other某" in str(no.value)
    assert row_like(document, MONEY).fields["value"] == "9"


def test_undo_is_open_again_once_the_other_took_it_back(office, document):
    before = judged(document)
    other = a_person("other", "campaign_office")
    accept_candidate(a_candidate(document, MONEY, office), version=1, by=office, at=AT)
    edit_candidate(a_candidate(document, MONEY, other), {"value": "9"}, version=2, by=other, at=AT)

    undo_step(document, by=other, at=AT)
    undo_step(document, by=office, at=AT)

    assert judged(document) == before


def test_nobody_takes_back_what_another_did(office, document):
    other = a_person("other", "campaign_office")
    accept_candidate(a_candidate(document, MONEY, office), version=1, by=office, at=AT)

    with pytest.raises(Refused) as no:
        undo_step(document, by=other, at=AT)

    assert no.value.code == "review.nothing-to-undo"


def test_nothing_is_taken_back_once_the_plan_is_adopted(office, document):
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)

    with pytest.raises(Refused) as no:
        undo_step(document, by=office, at=AT)

    assert no.value.code == "plan.adopted"


def test_undo_is_the_offices(document):
    with pytest.raises(Refused) as no:
        undo_step(document, by=a_person("reporter", "unit_reporter"), at=AT)

    assert no.value.code == "review.office-only"


def test_the_trail_keeps_what_was_undone(office, document):
    money = a_candidate(document, MONEY, office)
    accept_candidate(money, version=1, by=office, at=AT)
    undo_step(document, by=office, at=AT)

    (step,) = step_rows(document)

    assert (step.act, step.by, step.seqs, step.count) == ("accepted", "office某", (money.seq,), 1)
    assert step.undone_at == AT
    assert trail_of(document, money.seq) == [("采用", "office某", AT, True)]
    assert last_own_step(document, office) == ""


def test_others_are_told_what_was_judged_since(office, document):
    other = a_person("other", "campaign_office")
    accept_candidate(a_candidate(document, MONEY, office), version=1, by=office, at=AT)
    seen = last_step(document)
    money = a_candidate(document, "新签约项目", other)
    accept_candidate(money, version=1, by=other, at=AT)

    assert decided_since(document, office, seen) == [("other某", (money.seq,))]
    assert decided_since(document, other, seen) == []
    assert last_own_step(document, other) == f"采用第 {money.seq} 条"


def test_every_row_of_a_review_is_in_the_log(office, document):
    parts = [a_candidate(document, words, office) for words in (MONEY, "新签约项目")]
    merge_candidates(parts, versions={part.pk: 1 for part in parts}, by=office, at=AT)
    undo_step(document, by=office, at=AT)
    split_candidate(a_candidate(document, "推行拿地即开工", office), 8, version=1, by=office, at=AT)

    before = wrong_rows()
    ReviewStep.objects.filter(undone_at__isnull=False).update(undone_at=None)

    assert before == []
    assert wrong_rows() == ["gongjian_reviewstep"]


def test_a_step_that_fails_leaves_nothing_behind(office, document):
    with pytest.raises(Refused):
        add_candidate(document, "target", (3, 20), {"metric": "x"}, by=office, at=AT)

    assert ReviewStep.objects.count() == 0
    assert Candidate.objects.count() == 9

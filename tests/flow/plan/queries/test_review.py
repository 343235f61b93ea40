"""The document with its findings, and how far its review is."""

from uuid import uuid4

import pytest

from gongjian.flow.plan.queries import (
    candidate_by_uid,
    candidate_rows,
    count_documents,
    document_by_uid,
    document_rows,
    homes,
    passages,
    review_counts,
)
from gongjian.flow.plan.usecases import (
    accept_candidate,
    adopt_plan,
    reject_candidate,
)
from gongjian.lib.refusals import Missing
from small_plan import (
    AT,
    SECOND,
    a_candidate,
    a_person,
    a_read_plan,
    accept_all,
    row_like,
)

pytestmark = pytest.mark.django_db


def test_passages_cut_the_text_without_losing_a_letter(document):
    rows = candidate_rows(document)

    cut = passages(document, rows)

    whole = ["".join(piece.text for piece in paragraph) for paragraph in cut]
    assert whole == [document.text[start:end] for start, end, *_rest in document.blocks]


def test_passages_name_every_finding_they_are_part_of(document):
    rows = candidate_rows(document)
    money, task = row_like(document, "到位资金"), row_like(document, "年内新签约项目150个")

    marked = {
        piece.text: piece.marks for paragraph in passages(document, rows) for piece in paragraph
    }

    both = [marks for text, marks in marked.items() if "到位资金" in text]
    assert (task.seq in both[0], money.seq in both[0]) == (True, True)


def test_review_counts_add_up(office, document):
    accept_candidate(a_candidate(document, "到位资金", office), version=1, by=office, at=AT)
    task = a_candidate(document, "整治河道排口62处", office)
    reject_candidate(task, "重复", version=1, by=office, at=AT)

    counts = review_counts(candidate_rows(document))

    assert (counts.total, counts.seen, counts.accepted, counts.rejected) == (9, 2, 1, 1)
    assert counts.kinds == {"action": 2, "target": 3, "task": 3, "milestone": 1}


def test_homes_leave_a_rejected_action_out(office, document):
    rejected = a_candidate(document, "生态文明建设", office)
    reject_candidate(rejected, "不是行动", version=1, by=office, at=AT)

    assert [(home.value, home.name, home.adopted) for home in homes(document)] == [
        ("1", "突破大项目", False)
    ]


def test_homes_of_a_second_plan_hold_the_adopted_actions(office, document):
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)
    second = a_read_plan(office, SECOND, "second.txt", document.campaign)

    assert [(home.name, home.adopted) for home in homes(second)] == [
        ("突破大项目", True),
        ("生态文明建设", True),
    ]


def test_document_rows_are_newest_first(office, document):
    a_read_plan(office, SECOND, "second.txt", document.campaign)

    rows = document_rows(office)

    assert [(row.file_name, row.found, row.pending) for row in rows] == [
        ("second.txt", 1, 1),
        ("plan.txt", 9, 9),
    ]
    assert count_documents(office) == 2
    assert [row.file_name for row in document_rows(office, offset=1)] == ["plan.txt"]


def test_a_plan_not_adopted_yet_is_for_the_office_alone(office, document):
    reporter = a_person("reporter", "unit_reporter")
    finding = candidate_rows(document)[0]
    waiting = (document_rows(reporter), count_documents(reporter))
    for ask, uid in ((document_by_uid, document.uid), (candidate_by_uid, finding.uid)):
        with pytest.raises(Missing):
            ask(uid, reader=reporter)

    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)

    assert waiting == ([], 0)
    assert document_by_uid(document.uid, reader=reporter) == document
    assert candidate_by_uid(finding.uid, reader=reporter).seq == finding.seq
    assert [row.state for row in document_rows(reporter)] == ["adopted"]
    assert count_documents(reporter) == 1


def test_a_plan_is_missing_for_who_may_not_read_it(document):
    administrator = a_person("admin", "sys_admin")

    with pytest.raises(Missing):
        document_by_uid(document.uid, reader=administrator)
    with pytest.raises(Missing):
        document_by_uid(uuid4(), reader=document.uploaded_by)


def test_reading_a_review_asks_a_constant_number_of_times(document, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = candidate_rows(document)
    with django_assert_num_queries(0):
        passages(document, rows)

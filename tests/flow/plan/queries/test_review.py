"""The document with its findings, and how far its review is."""

from uuid import uuid4

import pytest

from documents.workbook_parts import workbook
from gongjian.flow.plan.queries import (
    candidate_by_uid,
    candidate_rows,
    count_documents,
    document_by_uid,
    document_rows,
    homes,
    marks_in,
    pages_of,
    passages,
    stretch_around,
)
from gongjian.flow.plan.usecases import (
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


def marked(document):
    return passages(document, marks_in(document, 0, 10**6))


def test_passages_cut_the_text_without_losing_a_letter(document):
    cut = marked(document)

    whole = ["".join(piece.text for piece in paragraph) for paragraph in cut]
    assert whole == [document.text[start:end] for start, end, *_rest in document.blocks]


def test_passages_name_every_finding_they_are_part_of(document):
    money, task = row_like(document, "到位资金"), row_like(document, "年内新签约项目150个")

    marks = {piece.text: piece.marks for paragraph in marked(document) for piece in paragraph}

    both = [seqs for text, seqs in marks.items() if "到位资金" in text]
    assert (task.seq in both[0], money.seq in both[0]) == (True, True)


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
    pages_of(document)  # the text is read once
    with django_assert_num_queries(1):
        candidate_rows(document)
    with django_assert_num_queries(1):
        marked(document)


def test_a_short_text_is_shown_whole(document):
    stretch = stretch_around(document, 3)

    assert (stretch.first, len(stretch.blocks)) == (1, len(pages_of(document).blocks))
    assert (stretch.before, stretch.after) == (None, None)


def test_of_a_long_text_what_stands_around_a_place_is_shown(office):
    lines = [f"第{n}段，推进有关工作，做好服务保障，确保取得实效。" for n in range(2000)]
    document = a_read_plan(office, "示例县2020年重点工作方案\n\n" + "\n".join(lines), "long.txt")
    pages = pages_of(document)

    places = [0]
    while (after := stretch_around(document, places[-1]).after) is not None:
        places.append(after)
    shown = [stretch_around(document, place) for place in places]

    assert all(stretch.end - stretch.start < 9000 for stretch in shown)
    assert (shown[0].before, shown[-1].end) == (None, pages.blocks[-1].end)
    covered = {block.start for stretch in shown for block in stretch.blocks}
    assert covered == {block.start for block in pages.blocks}
    assert [pages.blocks[s.first - 1] for s in shown] == [s.blocks[0] for s in shown]


def test_of_a_long_sheet_the_rows_around_a_place_are_shown(office):
    rows = [["序号", "工作任务", "牵头单位"]]
    rows += [[n, f"推进第{n}项有关工作，做好服务保障，取得实效", "市发改局"] for n in range(2000)]
    document = a_read_plan(office, workbook(rows), "表.xlsx")
    pages = pages_of(document)
    middle = len(pages.text) // 2

    stretch = stretch_around(document, middle)

    (table,) = stretch.blocks
    assert table.start <= middle < table.end
    assert len(table.cells) < 700
    assert stretch.before is not None
    assert stretch.after is not None

"""A plan comes in, and is read by the worker."""

import sys

import pytest

from documents.workbook_parts import workbook
from gongjian.flow.plan.models import Candidate, PlanDocument
from gongjian.flow.plan.queries import candidate_rows
from gongjian.flow.plan.usecases import (
    PlanFile,
    create_campaign,
    open_plan,
    read_plan_document,
    upload_plan,
)
from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.records.models import Job, LogEntry
from gongjian.lib.refusals import Refused
from small_plan import AT, PLAN, a_person, a_read_plan, an_office, an_uploaded_plan

pytestmark = pytest.mark.django_db


def test_upload_plan_keeps_the_file_and_leaves_its_reading():
    office = an_office()

    document = an_uploaded_plan(office)

    assert (document.state, document.file.name) == (PlanDocument.State.WAITING, "plan.txt")
    assert Job.objects.values_list("kind", "key").get() == ("plan.read", str(document.uid))


def test_upload_plan_leaves_the_search_to_the_worker():
    office, entered = an_office(), set()
    campaign = create_campaign("攻坚年", year=2020, by=office, at=AT)
    sys.setprofile(lambda frame, _event, _arg: entered.add(frame.f_globals.get("__name__")))
    try:
        upload_plan(campaign, "plan.txt", PLAN.encode(), by=office, at=AT)
    finally:
        sys.setprofile(None)

    assert "gongjian.documents.reading" in entered
    assert not [name for name in entered if str(name).startswith("gongjian.engine.extract")]


def test_open_plan_keeps_nothing():
    office = an_office()

    opened = open_plan("plan.txt", PLAN.encode(), by=office, at=AT)

    assert opened == PlanFile("plan.txt", PLAN.encode(), PLAN.split("\n")[0])
    assert StoredFile.objects.count() == PlanDocument.objects.count() == Job.objects.count() == 0


@pytest.mark.parametrize("mark", ["绝密★30年", "机密★1年", "秘密★"])
def test_upload_plan_keeps_nothing_of_a_classified_file(mark):
    office = an_office()
    campaign = create_campaign("攻坚年", year=2020, by=office, at=AT)

    with pytest.raises(Refused) as no:
        upload_plan(campaign, "不能留的名字.txt", f"{mark}\n\n{PLAN}".encode(), by=office, at=AT)

    assert no.value.code == "plan.classified"
    assert "不能留的名字" not in str(no.value)
    assert StoredFile.objects.count() == PlanDocument.objects.count() == 0
    assert LogEntry.objects.order_by("seq").last().act == "plan.refused-classified"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("plan.exe", b"MZ", "file.kind"),
        ("plan.txt", b"", "file.empty"),
        ("plan.docx", b"\x00\x01", "plan.unreadable"),
    ],
)
def test_upload_plan_refuses_what_cannot_be_read(name, content, code):
    office = an_office()
    campaign = create_campaign("攻坚年", year=2020, by=office, at=AT)

    with pytest.raises(Refused) as no:
        upload_plan(campaign, name, content, by=office, at=AT)

    assert no.value.code == code
    assert PlanDocument.objects.count() == 0


def test_read_plan_document_reads_a_workbook():
    office = an_office()
    campaign = create_campaign("攻坚年", year=2024, by=office, at=AT)
    rows = [["2024年责任分解表"], ["任务", "牵头单位"], ["新建公园12座", "县住建局"]]

    document = upload_plan(campaign, "分解.xlsx", workbook(rows), by=office, at=AT)
    read = read_plan_document(str(document.uid), at=AT)

    assert (read.title, read.state) == ("2024年责任分解表", PlanDocument.State.REVIEW)
    assert Candidate.objects.filter(document=read).count() == 2


def test_upload_plan_takes_the_same_file_once():
    office = an_office()
    document = an_uploaded_plan(office)

    with pytest.raises(Refused) as no:
        upload_plan(document.campaign, "again.txt", PLAN.encode(), by=office, at=AT)

    assert no.value.code == "plan.known"


def test_upload_plan_is_for_the_office():
    document = an_uploaded_plan(an_office())
    reporter = a_person("reporter", "unit_reporter")

    with pytest.raises(Refused) as no:
        upload_plan(document.campaign, "other.txt", b"other", by=reporter, at=AT)

    assert no.value.code == "office.only"


def test_read_plan_document_lays_findings_out_under_their_actions():
    document = a_read_plan(an_office())

    found = [(row.kind, row.home) for row in candidate_rows(document)]

    assert document.state == PlanDocument.State.REVIEW
    assert found[0] == ("action", "")
    assert all(home for kind, home in found if kind != "action")


def test_read_plan_document_done_twice_changes_nothing():
    document = a_read_plan(an_office())
    before = list(document.candidates.values_list("pk", "version"))

    read_plan_document(str(document.uid), at=AT)

    assert list(Candidate.objects.values_list("pk", "version")) == before

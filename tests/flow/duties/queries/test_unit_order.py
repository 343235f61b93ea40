"""How the papers of a list order its units: officially, or as they were given; the lead first."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from gongjian.documents import read_document
from gongjian.flow.duties.models import Duty, DutyList
from gongjian.flow.duties.queries import (
    Allotment,
    breakdown_rows,
    exported_list,
    issued_lines,
    issued_list,
    lines_to_ask,
    list_json,
    list_word,
    list_xlsx,
    one_page,
    one_page_word,
    sheet_lines,
)
from gongjian.flow.duties.usecases import arrange_list, assign_target, draft_list
from gongjian.flow.plan.models import Target
from gongjian.flow.plan.usecases import end_node
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict, Refused
from small_county import BEGIN, JUNE, small_county

pytestmark = pytest.mark.django_db
DAY = local_day(JUNE)


@pytest.fixture
def county():
    """新签约项目 was given 发改 before 攻坚办; officially 攻坚办 stands before 发改."""
    county = small_county(june=False)
    units = county.units
    given = Allotment(
        lead=units["invest"],
        fills=units["invest"],
        responsible=(units["reform"], units["office"]),
    )
    assign_target(county.signed, given, by=county.office, at=BEGIN)
    return county


def exported(county):
    return exported_list(county.campaign, on=DAY, by="攻坚办", draft=True)


def given_order(county):
    draft = draft_list(county.campaign, by=county.office, at=JUNE)
    return arrange_list(draft, "given", version=draft.version, by=county.office, at=JUNE)


def words_in(content):
    return read_document("list.docx", content).text


def sheet_words(content):
    return ZipFile(BytesIO(content)).read("xl/sharedStrings.xml").decode()


def test_every_paper_has_the_official_order_unless_the_office_says_otherwise(county):
    found = exported(county)

    named = [unit["short"] for unit in json.loads(list_json(found))["rows"][0]["responsible"]]
    assert named == ["攻坚办", "发改"]
    assert "攻坚办、发改" in words_in(list_word(found))
    assert "攻坚办、发改" in sheet_words(list_xlsx(found))
    assert breakdown_rows(county.campaign, on=DAY)[1].responsible == "攻坚办、发改"
    page = one_page(county.signed, on=DAY, by="攻坚办")
    assert [one.post for one in page.people if one.part == "责任单位"] == ["攻坚办", "发改"]


def test_a_list_may_keep_the_order_the_units_were_given_in_and_every_paper_says_which(county):
    official = exported(county)
    given_order(county)
    given = exported(county)

    for found, label, names in (
        (official, "官方序", "攻坚办、发改"),
        (given, "来文序", "发改、攻坚办"),
    ):
        said = f"单位排列：{label}，牵头单位在前"
        assert said in words_in(list_word(found))
        assert said in sheet_words(list_xlsx(found))
        assert names in words_in(list_word(found))
        assert names in sheet_words(list_xlsx(found))
    assert json.loads(list_json(official))["unit_order"] == "official"
    assert json.loads(list_json(given))["unit_order"] == "given"
    assert breakdown_rows(county.campaign, on=DAY)[1].responsible == "发改、攻坚办"


def test_the_sheet_by_unit_has_units_in_the_official_order_with_the_lead_s_work_first(county):
    words = sheet_words(list_xlsx(exported(county)))

    office, invest, reform = (words.index(f"<t>{name}") for name in (
        "攻坚办　责任 1 项", "投促　牵头 3 项", "发改　责任 2 项",
    ))  # fmt: skip
    assert office < invest < reform


def issue_as_it_stands(county, order):
    """An issue whose lines are those of today, in an order."""
    lines = [line.arranged(order) for line in sheet_lines(county.campaign, on=DAY)]
    return DutyList.objects.create(
        campaign=county.campaign, number=1, state="issued", drafted_by=county.office,
        drafted_at=BEGIN, sent_by=county.office, sent_at=BEGIN, due_at=BEGIN,
        approved_by=county.principal, approved_at=BEGIN, issued_by=county.office,
        issued_at=BEGIN, issued_date=BEGIN.date(), doc_no="示例办发〔2020〕1号",
        register_no="ZQ-2020-001", sha256="0" * 64, unit_order=order,
        content={
            "campaign": "攻坚年", "year": 2020, "version": 1, "signed_by": "",
            "unit_order": order, "rows": [line.words() for line in lines], "removed": [],
        },
    )  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [("official", "given"), ("given", "official")])
def test_another_order_alone_is_no_change_that_units_are_asked_about(county, before, after):
    issue_as_it_stands(county, before)

    draft = draft_list(county.campaign, by=county.office, at=JUNE)
    arrange_list(draft, after, version=draft.version, by=county.office, at=JUNE)

    assert lines_to_ask(county.campaign, on=DAY) == []
    found = exported(county)
    assert not any(found.changed(line) for line in found.lines)


def test_units_given_in_another_order_are_a_change_where_both_lists_keep_it(county):
    issue_as_it_stands(county, "given")
    other = Allotment(
        lead=county.units["invest"],
        fills=county.units["invest"],
        responsible=(county.units["office"], county.units["reform"]),
    )
    draft = draft_list(county.campaign, by=county.office, at=JUNE)
    assert draft.unit_order == "given"  # as the version before

    assign_target(county.signed, other, by=county.office, at=JUNE, basis="会议纪要第3期")

    assert [line.title for line in lines_to_ask(county.campaign, on=DAY)] == ["新签约项目"]


def test_units_that_changed_places_in_the_county_do_not_change_a_line(county):
    issue_as_it_stands(county, "official")
    reform = county.units["reform"]
    reform.order = 0
    reform.save(update_fields=["order"])

    assert lines_to_ask(county.campaign, on=DAY) == []
    assert issued_lines(issued_list(county.campaign))


def test_the_order_is_the_office_s_until_the_list_waits_for_its_signature(county):
    draft = draft_list(county.campaign, by=county.office, at=JUNE)

    for by, order, version, code in (
        (county.reporter, "given", draft.version, "office.only"),
        (county.office, "abc", draft.version, "list.no-such-order"),
    ):
        with pytest.raises(Refused) as no:
            arrange_list(draft, order, version=version, by=by, at=JUNE)
        assert no.value.code == code
    with pytest.raises(Conflict):
        arrange_list(draft, "given", version=draft.version + 1, by=county.office, at=JUNE)
    draft.state = "decided"
    with pytest.raises(Refused) as no:
        arrange_list(draft, "given", version=draft.version, by=county.office, at=JUNE)
    assert no.value.code == "list.state"


def test_one_page_says_which_order_and_version_it_is_of_and_what_is_not_settled(county):
    def said(work):
        return words_in(one_page_word([(one_page(work, on=DAY, by="攻坚办"), {})]))

    before = said(county.signed)
    issue_as_it_stands(county, "given")
    listed = said(county.signed)
    Target.objects.filter(pk=county.started.pk).update(measures="")
    Duty.objects.filter(target=county.started).update(valid_to=BEGIN.date())
    DutyList.objects.update(content={"unit_order": "given", "rows": []})

    assert "版本：未印发" in before
    assert "单位排列：官方序，牵头单位在前" in before
    assert "版本：V1 示例办发〔2020〕1号" in listed
    assert "单位排列：来文序，牵头单位在前" in listed
    other = said(county.started)
    assert "版本：未列入已印发的责任清单" in other
    assert "牵头单位\t—\t未定" in other or "未定" in other
    assert "定措施" in other


def test_a_withdrawn_milestone_is_not_on_the_one_page(county):
    node = county.task.milestones.get()
    assert one_page(county.task, on=DAY, by="").milestones

    end_node(node, "不再单列", version=node.version, by=county.office, at=JUNE)

    assert one_page(county.task, on=DAY, by="").milestones == ()

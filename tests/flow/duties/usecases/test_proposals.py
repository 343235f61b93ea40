"""The units proposed for a target or task are those of its own row or sentence."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.word_parts import p, word
from documents.workbook_parts import workbook
from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.queries import (
    allotment_of,
    duties_over,
    duty_lines,
    unread_lines,
    unread_names,
    with_unit,
)
from gongjian.flow.duties.usecases import adopt_plan, assign_units, propose_duties
from gongjian.flow.plan.models import Candidate, Target, Task
from gongjian.flow.plan.queries import candidate_by_uid
from gongjian.flow.plan.usecases import reject_candidate
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.usecases import register_units
from interfaces.web.people import a_demo
from small_county import BACKEND
from small_plan import AT, a_read_plan, accept_all, an_office, some_units

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 29)
DIVISION = [
    ["序号", "工作任务", "牵头单位", "配合单位"],
    ["一、城市建设"],
    ["1", "新建公园12座", "市发改局", "市财政局"],
    ["2", "整治河道排口62处", "市水利局", "市财政局、市民政局"],
    ["3", "新建粮库2座", "市行政审批局", ""],
]
HEADING = "2020年重点工作实施方案\n\n一、重点攻坚行动\n（一）突破大项目。\n"


def in_word(rows):
    cells = ("".join(f"<w:tc>{p(text)}</w:tc>" for text in [*row, "", "", ""][:4]) for row in rows)
    lines = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return word("".join(map(p, HEADING.split())) + f"<w:tbl>{lines}</w:tbl>")


def adopted(content, name="plan.txt", office=None):
    """{what it is about: its duties} of a plan adopted with all that was found in it."""
    office = office or an_office()
    some_units()
    document = a_read_plan(office, content, name)
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)
    return proposed(document.campaign)


def proposed(campaign):
    lines = duty_lines(campaign, on=DAY)
    targets = {row.metric: lines["target", row.pk] for row in Target.objects.all()}
    return targets | {row.title: lines["task", row.pk] for row in Task.objects.all()}


def shown(line):
    return line.lead, line.responsible, line.supporting


@pytest.mark.parametrize(
    ("content", "name"),
    [(workbook(DIVISION), "分解.xlsx"), (in_word(DIVISION), "分解.docx")],
    ids=["xlsx", "docx"],
)
def test_a_row_of_a_table_proposes_the_units_in_its_columns(content, name):
    lines = adopted(content, name)

    park, outlet = ("市发改局", [], ["市财政局"]), ("市水利局", [], ["市财政局", "市民政局"])
    assert shown(lines["公园"]) == shown(lines["新建公园12座"]) == park
    assert shown(lines["河道排口"]) == shown(lines["整治河道排口62处"]) == outlet
    assert shown(lines["粮库"]) == shown(lines["新建粮库2座"]) == ("市行政审批局", [], [])
    assert lines["公园"].fills == "市发改局"


def test_a_bracket_of_a_later_row_is_not_taken():
    rows = [
        ["序号", "工作任务", "备注"],
        ["1", "新建公园12座"],
        ["2", "整治河道排口62处（牵头单位：市水利局）"],
    ]

    lines = adopted(in_word(rows), "清单.docx")

    assert (lines["公园"].lead, lines["河道排口"].lead) == ("", "市水利局")


def test_merged_units_are_those_of_each_row():
    def write(book, page):
        for row, values in enumerate(DIVISION):
            page.write_row(row, 0, values)
        page.merge_range("C3:C4", "市发改局", book.add_format())

    lines = adopted(workbook(write), "分解.xlsx")

    assert [lines[name].lead for name in ("公园", "河道排口", "粮库")] == [
        "市发改局",
        "市发改局",
        "市行政审批局",
    ]


def test_a_task_that_was_rejected_still_names_the_units_of_its_target():
    office = an_office()
    some_units()
    document = a_read_plan(office, workbook(DIVISION), "分解.xlsx")
    for task in Candidate.objects.filter(kind=Candidate.Kind.TASK):
        found = candidate_by_uid(task.uid, reader=office)
        reject_candidate(found, "同目标", version=found.version, by=office, at=AT)
    accept_all(document, office)

    adopt_plan(document, by=office, at=AT)

    lines = proposed(document.campaign)
    assert {name: lines[name].lead for name in lines} == {
        "公园": "市发改局",
        "河道排口": "市水利局",
        "粮库": "市行政审批局",
    }


def test_a_sentence_proposes_the_units_of_its_own_bracket():
    lines = adopted(
        HEADING + "新建公园12座（市发改局牵头，市财政局配合）。"
        "整治河道排口62处（牵头单位：市水利局；责任单位：市财政局；配合单位：市民政局）。"
        "植树5万棵。\n"
    )

    assert shown(lines["公园"]) == ("市发改局", [], ["市财政局"])
    assert shown(lines["河道排口"]) == ("市水利局", ["市财政局"], ["市民政局"])
    assert shown(lines["植树"]) == ("", [], [])


def test_units_on_a_line_of_their_own_are_those_of_the_paragraph_above():
    lines = adopted(HEADING + "新建公园12座。\n责任单位：市发改局、市财政局\n植树5万棵。\n")

    assert shown(lines["公园"]) == ("市发改局", ["市财政局"], [])
    assert shown(lines["植树"]) == ("", [], [])


def test_of_two_units_that_lead_the_first_leads_and_the_other_answers():
    lines = adopted(HEADING + "新建公园12座（牵头单位：市发改局、市水利局）。\n")

    assert shown(lines["公园"]) == ("市发改局", ["市水利局"], [])


def test_a_unit_the_county_does_not_know_leaves_a_gap():
    lines = adopted(HEADING + "新建公园12座（牵头单位：市住建局、市水利局）。\n")

    assert shown(lines["公园"]) == ("", ["市水利局"], [])


@pytest.mark.parametrize("rows", [1, 3])
def test_proposing_asks_the_database_the_same_whatever_the_length_of_the_plan(rows):
    office = an_office()
    adopted(workbook(DIVISION[: 2 + rows]), "分解.xlsx", office)
    campaign = Target.objects.first().action.campaign
    Duty.objects.all().delete()

    with CaptureQueriesContext(connection) as asked:
        propose_duties(campaign, by=office, at=AT)

    assert len([q for q in asked if q["sql"].startswith("SELECT")]) == 12


def test_a_word_for_all_townships_proposes_each_of_them():
    names = ("示例镇人民政府", "样本街道办事处", "某开发区管理委员会")
    rows = [
        Unit(code=f"T{n}", name=name, short_name=name[:4], kind=Unit.Kind.TOWNSHIP, order=90 + n)
        for n, name in enumerate(names)
    ]
    register_units(rows, by=None, at=AT)
    table = [
        DIVISION[0],
        DIVISION[1],
        ["1", "新建公园12座", "市发改局", "市财政局、各镇街"],
        ["2", "整治河道排口62处", "市水利局", "各镇街园区、火星局"],
    ]

    lines = adopted(workbook(table), "分解.xlsx")

    assert shown(lines["公园"]) == ("市发改局", [], ["市财政局", "示例镇人", "样本街道"])
    assert shown(lines["河道排口"]) == ("市水利局", [], ["示例镇人", "样本街道", "某开发区"])
    assert unread_names(Target.objects.get(metric="河道排口"), on=DAY) == ["火星局"]
    assert unread_names(Target.objects.get(metric="公园"), on=DAY) == []
    drains = Target.objects.get(metric="河道排口")
    campaign = drains.action.campaign
    named = unread_lines(campaign, on=DAY)
    assert named["target", drains.pk] == ("火星局",)
    assert set(named.values()) == {("火星局",)}


def test_unread_words_stand_on_the_list_until_a_unit_is_added(client):
    a_demo()
    office = an_office()
    table = [*DIVISION[:2], ["1", "整治河道排口62处", "市水利局", "火星局"]]
    adopted(workbook(table), "分解.xlsx", office)
    drains = Target.objects.get(metric="河道排口")
    client.force_login(office, backend=BACKEND)

    listed = client.get(reverse("duties"), {"state": "words"}).content.decode()
    covered = client.get(reverse("coverage"), {"lack": "words"}).content.decode()

    assert "2 项原文写了没认出的单位" in listed
    for shown_page in (listed, covered):
        assert "原文写的“火星局”没有认出" in shown_page
        assert reverse("work_assign", args=["target", drains.uid]) in shown_page
    assign_units(drains, whole(drains, "市民政局"), by=office, at=AT)
    assert ("target", drains.pk) not in unread_lines(drains.action.campaign, on=DAY)


def whole(target, more):
    """As it stands, with one more unit that supports."""
    unit = Unit.objects.get(short_name=more)
    return with_unit(allotment_of(duties_over(target)), unit, "supporting")

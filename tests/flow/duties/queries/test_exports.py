"""任务分解表 as rows and as files."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from gongjian.documents import read_document
from gongjian.flow.duties.queries import breakdown_rows, breakdown_word, breakdown_xlsx
from gongjian.flow.duties.usecases import adopt_plan
from small_plan import AT, a_read_plan, accept_all, an_office, some_units

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 29)


@pytest.fixture
def campaign():
    some_units()
    office = an_office()
    document = a_read_plan(office)
    accept_all(document, office)
    return adopt_plan(document, by=office, at=AT).campaign


def test_breakdown_rows_stand_in_the_plan_s_order(campaign):
    rows = breakdown_rows(campaign, on=DAY)

    assert [(row.code, row.kind, row.goal, row.lead) for row in rows] == [
        ("1", "行动", "", "市发改局"),
        ("1-1", "目标", "150个以上", "市发改局"),
        ("1-2", "目标", "140亿元以上", "市发改局"),
        ("1-3", "任务", "", "市发改局"),
        ("1-4", "任务", "", "市行政审批局"),
        ("2", "行动", "", "市水利局"),
        ("2-1", "目标", "62处", "市水利局"),
        ("2-2", "任务", "", "市水利局"),
    ]
    assert all(row.proposed for row in rows)


def test_breakdown_asks_a_constant_number_of_times(campaign, django_assert_num_queries):
    with django_assert_num_queries(12):
        breakdown_rows(campaign, on=DAY)


def test_breakdown_word_is_a_draft_with_the_table_turned_sideways(campaign):
    content = breakdown_word(campaign, on=DAY)

    text = read_document("table.docx", content).text
    body = ZipFile(BytesIO(content)).read("word/document.xml").decode()
    for words in ("代拟稿", "任务分解表", "140亿元以上", "市行政审批局", "8 行的责任单位待确认"):
        assert words.replace(" ", "") in text.replace(" ", "")
    assert 'w:orient="landscape"' in body


def test_breakdown_xlsx_holds_the_same_rows(campaign):
    content = breakdown_xlsx(campaign, on=DAY)

    sheet = ZipFile(BytesIO(content))
    words = sheet.read("xl/sharedStrings.xml").decode()
    assert all(row.title in words for row in breakdown_rows(campaign, on=DAY))
    assert "<f>" not in sheet.read("xl/worksheets/sheet1.xml").decode()

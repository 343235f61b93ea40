"""A plan comes back from its columns as it was read, and its places are put in words."""

import pytest

from documents.workbook_parts import workbook
from gongjian.documents import read_document
from gongjian.flow.plan.queries import header_of, pages_of
from gongjian.flow.plan.queries.phrases import phrase_place
from gongjian.lib.pages import Spot
from small_plan import a_read_plan, an_office

SHEET = [
    ["任务责任分解表"],
    ["序号", "工作任务", "牵头单位", "完成时限"],
    [1, "完成到位资金140亿元以上", "市发改局", "2020年9月底前"],
]


@pytest.mark.django_db
def test_a_document_is_kept_whole():
    content = workbook(SHEET)

    plan = a_read_plan(an_office(), content, "分解表.xlsx")

    read, kept = read_document("分解表.xlsx", content), pages_of(plan)
    assert (kept.text, kept.blocks) == (read.text, read.blocks)


def test_the_header_of_a_table_is_where_it_names_its_columns():
    document = read_document("分解表.xlsx", workbook(SHEET))

    assert header_of(document.blocks[0], document.text) == range(1, 2)


def test_a_table_without_titles_has_no_header():
    document = read_document("表.xlsx", workbook([["甲", "乙"], ["丙", "丁"]]))

    assert header_of(document.blocks[0], document.text) == range(0)


def in_sheet(row, column, block=1):
    return Spot(1, block, 1, row, column, "分解表")


@pytest.mark.parametrize(
    ("first", "last", "paged", "words"),
    [
        (None, None, False, ""),
        (Spot(3, 12), None, True, "第 3 页 第 12 段"),
        (Spot(3, 12), None, False, "第 12 段"),
        (Spot(1, 4, 2, 5, 1), None, False, "表 2 第 5 行"),
        (in_sheet(5, 2), None, False, "“分解表” B5"),
        (in_sheet(5, 2), in_sheet(5, 2), False, "“分解表” B5"),
        (in_sheet(5, 1), in_sheet(5, 28), False, "“分解表” A5:AB5"),
        (in_sheet(5, 5), in_sheet(7, 2), False, "“分解表” 第 5–7 行"),
        (in_sheet(5, 2), in_sheet(1, 1, block=2), False, "“分解表” B5"),
    ],
)
def test_a_place_is_said_in_one_line(first, last, paged, words):
    assert phrase_place(first, last, paged=paged) == words

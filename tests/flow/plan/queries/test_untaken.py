"""Every number that is in no target, with its sentence, its place and why not."""

import pytest

from documents.workbook_parts import workbook
from gongjian.flow.plan.queries import untaken_groups
from small_plan import a_read_plan, an_office

pytestmark = pytest.mark.django_db


def numbers(groups):
    return {group.code: [one.number for one in group.numbers] for group in groups}


def test_numbers_are_grouped_by_reason_and_the_obvious_come_last():
    groups = untaken_groups(a_read_plan(an_office()))

    assert [group.obvious for group in groups] == sorted(group.obvious for group in groups)
    found = numbers(groups)
    assert "2020年" in found["date"]
    assert not {"150", "140", "62"} & {n for group in found.values() for n in group}


def test_a_number_stands_in_its_sentence_with_its_place():
    group = next(g for g in untaken_groups(a_read_plan(an_office())) if g.code == "date")

    month = next(one for one in group.numbers if one.before.endswith("推行拿地即开工，"))
    assert (month.number, month.after[:4], month.where) == ("6月", "底前印发", "第 5 段")
    assert group.why == "是日期、年份或钟点。"


def test_a_number_in_a_cell_stands_in_its_row():
    sheet = [
        ["序号", "工作任务", "上年实际", "牵头单位"],
        [1, "完成到位资金140亿元以上", 121, "市发改局"],
    ]

    groups = untaken_groups(a_read_plan(an_office(), workbook(sheet), "分解表.xlsx"))

    last_year = next(one for g in groups for one in g.numbers if one.number == "121")
    assert (last_year.where, last_year.before) == ("“表1” C2", "1\t完成到位资金140亿元以上\t")


def test_a_number_in_a_merged_cell_is_listed_once():
    def write(book, page):
        page.write_row(0, 0, ["序号", "工作任务", "完成时限"])
        page.write_row(1, 0, [1, "建设办法"])
        page.write_row(2, 0, [2, "清单公开"])
        page.merge_range(1, 2, 2, 2, "2020年9月底前", book.add_format())

    groups = untaken_groups(a_read_plan(an_office(), workbook(write), "分解表.xlsx"))

    dates = [one.where for g in groups for one in g.numbers if g.code == "date"]
    assert dates.count("“表1” C2") == 1

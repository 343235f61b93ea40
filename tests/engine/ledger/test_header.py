import re

import pytest

from gongjian.engine.ledger import ValueRule, Vocabulary, find_header

WORDS = Vocabulary(
    titles=(
        ("seq", re.compile("^序号$")),
        ("resp_unit", re.compile("(?:责任|牵头)单位")),
        ("total_invest", re.compile("总投资")),
        ("year_done", re.compile("完成")),
        ("year_plan", re.compile("计划投资|目标")),
        ("unit", re.compile("^单位$")),
        ("scope", re.compile("内容|规模")),
        ("name", re.compile("名称|项目")),
    ),
    by_values=(
        ValueRule("unit", re.compile("[局委镇]$"), "resp_unit"),
        ValueRule("", re.compile(r"^\d+$"), "seq", 0.9),
    ),
)


def test_header_stands_below_titles_and_units():
    rows = [
        ["附件1", None, None],
        ["2024年重点项目名单", None, None],
        ["编制单位：县发展改革局", "", "单位：万元"],
        ["序号", "项目名称", "责任单位"],
        ["1", "环城北路", "县住建局"],
    ]

    header = find_header(rows, WORDS)

    assert (header.first, header.last, header.kinds) == (3, 3, ("seq", "name", "resp_unit"))
    assert header.columns[1].params == (("title", "项目名称"),)


@pytest.mark.parametrize("gap", ["", None], ids=["typed", "merged"])
def test_titles_of_two_rows_are_joined(gap):
    rows = [
        ["序号", "项目名称", "2024年", gap, "2025年计划投资（亿元）"],
        ["序号", "项目名称", "目标值", "完成值", ""],
        ["1", "环城北路", "5", "6", "7"],
    ]

    header = find_header(rows, WORDS)

    assert (header.first, header.last) == (0, 1)
    assert header.titles == (
        "序号", "项目名称", "2024年目标值", "2024年完成值", "2025年计划投资(亿元)",
    )  # fmt: skip
    assert header.kinds == ("seq", "name", "year_plan", "year_done", "year_plan")
    assert [column.year for column in header.columns] == [None, None, 2024, 2024, 2025]
    assert header.columns[4].unit == "亿元"


def test_titles_of_three_rows_are_joined():
    rows = [
        ["项目名称", "投资", None, None],
        ["项目名称", "总投资", "2024年", None],
        ["项目名称", "总投资", "计划投资", "完成投资"],
        ["环城北路", "9", "5", "6"],
    ]

    header = find_header(rows, WORDS)

    assert header.last == 2
    assert header.titles == ("项目名称", "总投资", "投资2024年计划投资", "投资2024年完成投资")


def test_upper_row_of_groups_only_is_part_of_the_header():
    rows = [["", "", "2023年", "", "2025年", ""], ["名称", "单位", "完成", "位次", "目标", "位次"]]

    header = find_header(rows, WORDS)

    assert header.titles[2:] == ("2023年完成", "2023年位次", "2025年目标", "2025年位次")


@pytest.mark.parametrize(
    "below",
    [
        ["环城北路", "县住建局", ""],
        ["环城北路", "县住建局", "是"],
        ["项目前期", "责任单位待定", "完成"],
        ["1", "2", "3"],
        ["改造道路3条", "县住建局", None],
    ],
)
def test_row_of_data_is_no_second_row_of_the_header(below):
    header = find_header([["项目名称", "责任单位", ""], below], WORDS)

    assert header.last == 0


@pytest.mark.parametrize(
    "row",
    [
        ["责任单位"],
        ["责任单位", "备注"],
        ["完成项目名称核对3个。", "县住建局责任单位"],
        ["编制单位：县责任单位", "项目名称：无"],
        ["推进总投资5亿元的项目", "完成责任单位考核"],
        ["", None, ""],
    ],
)
def test_row_that_names_fewer_than_two_columns_is_no_header(row):
    assert find_header([row], WORDS) is None


def test_english_titles_may_be_long_and_numbered():
    words = Vocabulary((("name", re.compile("ProjectName")), ("end", re.compile("ClosingDate"))))
    rows = [
        ["World Bank Projects, data as of 09/22/2022", None, None],
        ["Project Name", "Theme 1", "Closing Date (as last restructured)"],
        ["Roads", "Transport", "7/29/2022"],
    ]

    assert find_header(rows, words).kinds == ("name", "", "end")


def test_header_far_below_is_not_looked_for():
    rows = [["甲", "乙"]] * 30 + [["项目名称", "责任单位"]]

    assert find_header(rows, WORDS) is None
    assert find_header(rows, WORDS, start=30).first == 30


def test_columns_are_told_by_what_stands_in_them():
    rows = [
        ["", "项目名称", "单位"],
        ["1", "甲", "县住建局"],
        ["2", "乙", "城关镇"],
        ["3", "丙", ""],
    ]

    header = find_header(rows, WORDS)

    assert header.kinds == ("seq", "name", "resp_unit")
    assert (header.columns[2].code, dict(header.columns[2].params)) == (
        "values", {"found": "2", "of": "2"},
    )  # fmt: skip


def test_unit_column_with_measures_stays_one():
    assert find_header([["项目名称", "单位"], ["公园", "座"]], WORDS).kinds == ("name", "unit")

"""Which column of a superior's table is which field: each by itself, of its month and its year."""

import io
from itertools import groupby
from operator import itemgetter

import pytest
import xlsxwriter

from gongjian.flow.projects.queries.superior import read_sheet

GROUPED = (
    ("2020年投资完成情况", "年度计划投资"),
    ("2020年投资完成情况", "1-5月累计"),
    ("其他", "甲栏"),
)


def grouped(*paths, name="2020年重点项目进展"):
    """A table whose heads stand in two rows."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("附件")
        page.merge_range(0, 0, 0, len(paths), name)
        page.write(1, 0, "单位：万元")
        page.merge_range(2, 0, 3, 0, "项目名称")
        at = 1
        for group, below in groupby(paths, key=itemgetter(0)):
            leaves = [leaf for _group, leaf in below]
            if len(leaves) > 1:
                page.merge_range(2, at, 2, at + len(leaves) - 1, group)
            else:
                page.write(2, at, group)
            page.write_row(3, at, leaves)
            at += len(leaves)
    return stream.getvalue()


def fields(read):
    return {column.letter: column.field for column in read.columns}


@pytest.mark.parametrize("wanted", ["year_plan_investment", "year_done_investment", "owner", ""])
def test_what_is_said_of_one_column_changes_no_other(wanted):
    content = grouped(*GROUPED)
    before = fields(read_sheet("表.xlsx", content))

    after = fields(read_sheet("表.xlsx", content, maps={"D": wanted}))

    assert before == {
        "A": "name", "B": "year_plan_investment", "C": "year_done_investment", "D": "",
    }  # fmt: skip
    assert after == before | {"D": wanted}


def test_what_is_remembered_holds_for_its_own_title_alone():
    remembered = {"其他/甲栏": "year_plan_investment", "甲栏": "owner"}

    read = read_sheet("表.xlsx", grouped(*GROUPED), remembered=remembered)
    twins = read_sheet("表.xlsx", grouped(*GROUPED, GROUPED[2]), remembered=remembered)

    assert fields(read)["D"] == "year_plan_investment"
    assert fields(read)["B"] == "year_plan_investment"
    assert [fields(twins)[at] for at in "DE"] == ["", ""]


def test_any_field_can_be_chosen_and_money_keeps_the_unit_of_the_table():
    read = read_sheet("表.csv", "单位：万元,,,\n项目名称,甲,乙,总投资\n".encode(),
                      maps={"B": "permit.land", "C": "fixed_investment"})  # fmt: skip

    assert [(one.field, one.unit, one.scale) for one in read.columns[1:3]] == [
        ("permit.land", "", 1), ("fixed_investment", "万元", 10_000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "told"),
    [
        (["2019年1-5月完成投资"], [("", "year")]),
        (["2019年1-5月完成投资", "2020年1-5月完成投资"],
         [("", "year"), ("year_done_investment", "parts")]),
        (["2019年5月完成投资"], [("", "year")]),
        (["2020年5月完成投资"], [("month_done", "parts")]),
        (["去年1-5月完成投资"], [("", "year")]),
        (["2021年计划投资"], [("", "year")]),
        (["2019年完成率"], [("", "year")]),
        (["1-5月计划投资"], [("", "unkept")]),
        (["1-5月完成投资同比增长%"], [("", "unkept")]),
        (["1-5月到位资金"], [("arrived_in_year", "parts")]),
        (["4-6月完成投资"], [("", "unkept")]),
        (["11-12月完成投资"], [("", "unkept")]),
        (["二季度完成投资"], [("", "unkept")]),
    ],
)  # fmt: skip
def test_a_column_of_other_months_or_years_is_not_filled(heads, told):
    read = read_sheet("表.csv", f"项目名称,总投资,{','.join(heads)}\n".encode(), year=2020)

    assert [(one.field, one.code) for one in read.columns[2:]] == told


def test_below_a_group_of_another_year_nothing_is_filled():
    last, this = "2019年投资情况", "2020年投资情况"
    paths = ((last, "1-5月完成投资"), (last, "完成率"), (this, "1-5月完成投资"))

    read = read_sheet("表.xlsx", grouped(*paths), year=2020)

    assert [(one.field, one.code) for one in read.columns[1:]] == [
        ("", "year"), ("", "year"), ("year_done_investment", "parts"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("2019年重点项目进展", 2019),
        ("2019-2020年重点项目进展", 2020),
        ("重点项目进展（诸发〔2019〕5号）", None),
        ("填于2021年1月5日的项目进展", None),
    ],
)
def test_the_year_of_a_table_is_that_of_its_columns(name, year):
    read = read_sheet(
        "表.xlsx",
        grouped(("投资情况", "1-5月完成投资"), ("投资情况", "总投资"), name=name),
        year=2020,
    )

    assert read.year == year
    assert (read.columns[1].code == "year") == (year == 2019)


def test_a_person_may_fill_a_column_of_another_year_and_is_told():
    content = "项目名称,总投资,2019年1-5月完成投资\n".encode()

    read = read_sheet("表.csv", content, maps={"C": "year_done_investment"}, year=2020)

    assert (read.columns[2].field, read.columns[2].code) == ("year_done_investment", "given_year")


def test_more_than_two_thousand_rows_may_be_named():
    names = "".join(f"示例第{n}项目,\n" for n in range(2_100))

    assert len(read_sheet("表.csv", f"项目名称,总投资\n{names}".encode()).named) == 2_100

"""Rows and cells of ledgers made by hand that were once read wrong without a word."""

import re

import pytest

from gongjian.engine.ledger import Answers, Field, Lexicon, Reading
from gongjian.lib.grids import Grid

LEDGER = Lexicon(
    fields=(
        Field("no", "order", ("序号",)),
        Field("start", "span", ("起止年限",), also="finish"),
        Field("name", "text", ("名称",)),
        Field("start", "date", ("开工时间",)),
        Field("finish", "date", ("竣工时间",)),
        Field("total", "money", ("总投资",)),
        Field("kind", "text", ("性质",), None, re.compile("续建|新建"), grouped=True),
        Field("units", "names", ("责任单位",)),
        Field("scope", "text", ("内容",)),
    ),
    key="name",
)
HEAD = ("序号", "名称", "内容", "总投资（万元）", "责任单位")


def read(*rows, answers=Answers()):  # noqa: B008 — frozen
    reading = Reading([Grid("表", list(enumerate(rows)))], LEDGER, answers)
    records = list(reading.records())
    return records, reading.tables[0]


def warned(table, code):
    return [
        row + 1 for (said, _), one in table.warnings.items() if said == code for row in one.rows
    ]


def test_part_of_a_sum_is_no_project_and_no_group():
    records, table = read(
        HEAD,
        (1.0, "甲", "a", 30.0, "A局"),
        ("小计", None, None, 30.0, None),
        ("其中：新建", None, None, 20.0, None),
        (2.0, "乙", "b", 40.0, "B局"),
        (None, "其中：一期", "c", 15.0, "B局"),
        ("合计", None, None, 70.0, None),
    )

    assert [(one["name"], one["category"]) for one in records] == [("甲", None), ("乙", None)]
    assert warned(table, "part_left") == [4, 6]
    assert warned(table, "line_left") == [6]
    assert {k: n for k, n in table.accounts.items() if n} == {
        "header": 1,
        "taken": 2,
        "total": 3,
        "continued": 1,
    }
    assert not [code for code, _ in table.warnings if code.startswith(("sum", "count"))]


def test_last_subtotal_is_held_against_its_own_group():
    rows = [
        HEAD,
        (1.0, "甲", "a", 30.0, "A局"),
        ("小计", None, None, 30.0, None),
        (1.0, "乙", "b", 40.0, "B局"),
        ("小计", None, None, 45.0, None),
    ]

    _, table = read(*rows)

    (remark,) = (one for (code, _), one in table.warnings.items() if code.startswith("sum"))
    assert remark.params["found"] == "400000"


def test_group_that_names_its_count_is_one_where_no_row_has_a_number():
    records, _ = read(
        ("名称", "内容", "总投资（万元）"),
        ("密州街道（2个）", None, None),
        ("甲", "a", 1.0),
        ("乙", "b", 2.0),
        ("龙都街道（共1项）", None, None),
        ("丙", "c", 3.0),
    )

    assert [(one["name"], one["category"]) for one in records] == [
        ("甲", "密州街道"), ("乙", "密州街道"), ("丙", "龙都街道"),
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["同上", "〃"])
def test_ditto_is_the_value_above_and_none_of_a_name(sign):
    records, table = read(
        HEAD,
        (1.0, "甲", "a", 30.0, "A局、B局"),
        (2.0, "乙", sign, 40.0, sign),
        (3.0, sign, "c", 50.0, "C局"),
        (4.0, "丁", sign, 60.0, "D局"),  # the row above it is given back
    )

    assert [(one["name"], one["scope"], one["units"]) for one in records] == [
        ("甲", "a", ["A局", "B局"]), ("乙", "a", ["A局", "B局"]), ("丁", None, ["D局"]),
    ]  # fmt: skip
    assert [(one.code, one.rows) for one in table.refused] == [("ditto", [3])]
    assert (warned(table, "ditto"), warned(table, "ditto_left")) == ([3, 3], [5])


def test_from_to_below_a_finish_beside_a_start_is_no_start():
    head = ("序号", "名称", "开工时间", "竣工时间")
    rows = [(float(n), f"第{n}", "2026.3", "2027.9-12") for n in (1, 2, 3)]

    records, table = read(head, *rows)
    assert [(one["start"], one["finish"]) for one in records] == [("2026-03", None)] * 3
    assert warned(table, "span") == [2, 3, 4]

    records, _ = read(("序号", "名称", "竣工时间"), *[(*row[:2], row[3]) for row in rows])
    assert [(one["start"], one["finish"]) for one in records] == [("2027-09", "2027-12")] * 3


def test_year_of_two_digits_stands_first_where_a_day_of_one_digit_shows_it():
    head = ("序号", "名称", "开工时间")

    records, table = read(head, (1.0, "甲", "26/9/15"), (2.0, "乙", "26/9/1"))

    assert [one["start"] for one in records] == ["2026-09-15", "2026-09-01"]
    assert not table.asked


@pytest.mark.parametrize(
    ("said", "start", "finish"),
    [
        ("2026/9/1-2026/12/1", "2026-09-01", "2026-12-01"),
        ("2019/10-2020/3", "2019-10", "2020-03"),
        ("2010/11-2011/12", None, None),  # two years of account, or two months
    ],
)
def test_days_with_a_stroke_on_both_sides_are_from_to(said, start, finish):
    records, _ = read(("序号", "名称", "起止年限"), (1.0, "甲", said))

    assert (records[0]["start"], records[0]["finish"]) == (start, finish)


def test_foreign_sums_with_and_without_the_unit_of_their_title_are_one():
    head = ("序号", "名称", "总投资（£million）")
    rows = [(1.0, "甲", "£1.9m"), (2.0, "乙", 1.9), (3.0, "丙", "£1900k")]

    records, table = read(head, *rows, answers=Answers({}, (("C", "万元"),)))

    assert [one["total"] for one in records] == ["19000.00"] * 3
    assert not table.asked


def test_tables_side_by_side_are_said_and_asked():
    rows = [
        ("序号", "名称", "内容", None, "序号", "名称", "内容"),
        (1.0, "甲", "a", None, 3.0, "丙", "c"),
        (2.0, "乙", "b", None, 4.0, "丁", "d"),
    ]

    records, table = read(*rows)

    assert [one["name"] for one in records] == [None, None]
    assert ("beside", None) in table.warnings
    assert {code for code, _ in table.asked} == {"doubled"}


def test_two_rows_of_titles_of_a_file_that_keeps_no_merged_cells():
    records, table = read(
        ("序号", "名称", "投资（万元）", None, "建设时间", None),
        (None, None, "总投资", "其中：2026年", "开始", "结束"),
        (1.0, "甲", 100.0, 50.0, "x", "y"),
        (2.0, "乙", 300.0, 60.0, "x", "y"),
    )

    assert table.header == (0, 1)
    assert [one["total"] for one in records] == ["1000000.00", "3000000.00"]

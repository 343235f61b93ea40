"""The unit of sums that changes half-way down a sheet, or from row to row."""

import re

import pytest

from gongjian.engine.ledger import Answers, Field, Lexicon, Reading
from gongjian.lib.grids import Grid

SHOPS = Lexicon(
    fields=(
        Field("no", "order", ("序号",)),
        Field("shop", "text", ("店名",)),
        Field("rent", "money", ("租金",), re.compile("租金")),
        Field("who", "text", ("业主",)),
    ),
    key="shop",
    order=("shop", "rent"),
)
HEAD = ("序号", "店名", "租金", "业主")
WITH_UNIT = ("序号", "店名", "租金（万元）", "业主")
A, B = (1.0, "甲店", 1000.0, "甲"), (2.0, "乙店", 3.0, "乙")


def read(*rows):
    grid = Grid("表", [(at, row) for at, row in enumerate(rows) if row])
    reading = Reading([grid], SHOPS, Answers())
    return [record["rent"] for record in reading.records()], reading.tables


@pytest.mark.parametrize(
    "rows",
    [
        (WITH_UNIT, A, ("序号", "店名", "租金（亿元）", "业主"), B),
        (("单位：万元",), HEAD, A, ("单位：亿元",), HEAD, B),
        (("单位：万元",), HEAD, A, ("以下单位：亿元",), B),
        (WITH_UNIT, ("一", "政府类（单位：万元）"), A, ("二", "社会类（单位：亿元）"), B),
        (("单位：万元",), (*HEAD, "计量单位"), (*A, "万元"), (*B, "亿元")),
    ],
)
def test_unit_said_again_holds_from_there_on(rows):
    rents, tables = read(*rows)

    assert rents == ["10000000.00", "300000000.00"]
    assert not any(table.asked for table in tables)


@pytest.mark.parametrize("line", ["金额：亿元", "金额：亿元、个", "单位：亿", "（金额：亿元）"])
def test_line_above_gives_the_unit(line):
    rents, (table,) = read(("店铺表",), (line,), HEAD, A, B)

    assert rents == ["100000000000.00", "300000000.00"]
    assert (table.unit, list(table.asked)) == ("亿元", [])


def test_change_of_unit_is_said():
    _, (table,) = read(("单位：万元",), HEAD, A, ("以下单位：亿元",), B)

    assert [(code, remark.rows) for (code, _), remark in table.warnings.items()] == [
        ("unit_turned:3", [3])
    ]  # fmt: skip


def test_unit_of_a_category_ends_with_it():
    rents, (table,) = read(
        WITH_UNIT, ("一", "社会类（单位：亿元）"), B, ("二", "政府类"), A
    )  # fmt: skip

    assert rents == ["300000000.00", "10000000.00"]
    assert {code for code, _ in table.warnings} == {"unit_turned:1", "unit_over:3"}


def test_line_below_the_table_speaks_of_all_of_it():
    rents, _ = read(HEAD, A, B, ("单位：万元",))
    kept, (table,) = read(WITH_UNIT, A, B, ("单位：亿元",))

    assert rents == kept == ["10000000.00", "30000.00"]
    assert {code for code, _ in table.warnings} == {"unit_below:3"}


def test_two_units_at_once_are_asked():
    rents, (table,) = read(("单位：万元",), HEAD, A, ("以下单位：万元、亿元",), B)

    assert rents == ["10000000.00", None]
    assert [code for code, _ in table.asked] == ["unit"]


def test_row_in_another_unit_than_its_title_is_asked():
    rents, (table,) = read((*WITH_UNIT, "计量单位"), (*A, "万元"), (*B, "亿元"))

    assert rents == ["10000000.00", None]
    assert [code for code, _ in table.asked] == ["unit"]


def of(rows, *says):
    grid = Grid("表", list(enumerate(rows)))
    reading = Reading([grid], SHOPS, Answers(says=says))
    return [record["rent"] for record in reading.records()], reading.tables[0]


def test_answer_of_a_column_is_not_one_about_its_foreign_sums():
    rows = [WITH_UNIT, *((n + 1.0, f"{n}店", 100.0 + n, "甲") for n in range(6)),
            (7.0, "七店", 1_000_000.0, "甲"), (8.0, "八店", "$100", "甲"),
            (9.0, "九店", "100万美元", "甲")]  # fmt: skip

    plain, table = of(rows, ("C", "万元"))
    named, told = of(rows, ("C!slip", "元"), ("C!currency", "万元"))
    wrong, _ = of(rows, ("C!currency", "元"))

    assert plain[-3:] == ["10000000000.00", None, None]
    assert [code for code, _ in table.asked] == ["currency"]
    assert named[-3:] == ["1000000.00", "1000000.00", "1000000.00"]
    assert not told.asked
    assert [(code, one.rows) for (code, _), one in told.warnings.items()] == [
        ("currency_as_said", [8, 9])
    ]
    assert wrong[-3] is None


def test_column_that_is_foreign_as_a_whole_is_answered_with_a_word_about_it():
    rents, table = of(
        [("序号", "店名", "租金（万美元）", "业主"), A, B], ("租金（万美元）", "万元")
    )

    assert rents == ["10000000.00", "30000.00"]
    assert [code for code, _ in table.warnings] == ["currency_as_said"]


@pytest.mark.parametrize(
    ("says", "rent"),
    [
        ((), None),
        ((("C!written", "元"),), "100.00"),
        ((("C!written", "万元"),), "1000000.00"),
        ((("C!slip", "元"),), "100.00"),
        ((("C!slip", "亿元"),), None),
        ((("C", "万元"),), None),
    ],
)
def test_sum_with_its_own_unit_that_slipped_has_two_answers(says, rent):
    rows = [WITH_UNIT, *((n + 1.0, f"{n}店", 100.0 + n, "甲") for n in range(6)),
            (7.0, "七店", "100元", "甲")]  # fmt: skip

    rents, table = of(rows, *says)

    assert rents[-1] == rent
    asked = [(one.code, one.choices, one.params["said"]) for one in table.asked.values()]
    assert asked == ([] if rent else [("written", ("元", "万元"), "100元")])

"""Titles that differ only in their unit, titles that say nothing of money, answers about slips."""

import re

import pytest

from gongjian.engine.ledger import Answers, Field, Lexicon, Reading
from gongjian.lib.grids import Grid

LEDGER = Lexicon(
    fields=(
        Field("no", "order", ("序号",)),
        Field("goal", "other", ("年度计划",), kept=False, sums="plan"),
        Field("name", "text", ("名称",)),
        Field("plan", "money", ("年度计划投资",)),
        Field("total", "money", ("总投资",), re.compile("投资")),
        Field("units", "names", ("责任单位",)),
    ),
    key="name",
)


def read(*rows, answers=Answers(), above=()):  # noqa: B008 — frozen
    lines = [*((line,) for line in above), *rows]
    reading = Reading([Grid("表", list(enumerate(lines)))], LEDGER, answers)
    records = list(reading.records())
    return records, reading.tables[0]


def asked(table):
    return {(q.code, q.column): ([row + 1 for row in q.rows], q.choices)
            for q in table.asked.values()}  # fmt: skip


@pytest.mark.parametrize(
    ("yi", "wan", "taken"),
    [
        (3.5, 35000.0, "350000000.00"),
        (3.5, 35012.0, "350120000.00"),  # 3.5 is 35012 as far as it is written
        ("3.50", 35060.0, None),  # and 3.50 is not 35060
        (2.1, 25000.0, None),
        (None, 25000.0, "250000000.00"),
        (2.5, None, "250000000.00"),
        ("—", 25000.0, "250000000.00"),
        ("2.5亿元", "25000万元", "250000000.00"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_titles_that_differ_in_their_unit_are_compared_in_yuan(yi, wan, taken, turned):
    head, row = ["总投资（亿元）", "总投资（万元）"], [yi, wan]
    if turned:
        head.reverse()
        row.reverse()
    others = [1.2, 12000.0] if not turned else [12000.0, 1.2]

    records, table = read(
        ("序号", "名称", *head), (1.0, "甲", *row), (2.0, "乙", *others), (3.0, "丙", *others)
    )

    assert records[0]["total"] == taken
    at = head.index("总投资（万元）") + 2
    expected = {("doubled", at): ([2], ("C", "D"))} if taken is None else {}
    assert asked(table) == expected
    assert sorted(column.code for column in table.columns[2:]) == ["second", "word"]


def test_two_sums_below_one_title_are_compared_where_the_first_is_empty_and_far_down():
    same = [(float(n), f"第{n}", 100.0 + n, 100.0 + n) for n in range(1, 400)]
    rows = [*same, (400.0, "末", None, 900.0), (401.0, "再末", 7.0, 8.0)]

    records, table = read(("序号", "名称", "总投资（万元）", "总投资（万元）"), *rows)

    assert [one["total"] for one in records[-2:]] == [None, None]
    assert asked(table) == {("doubled", 2): ([401, 402], ("C", "D"))}


def test_title_that_says_nothing_of_money_is_what_its_values_are():
    head = ("序号", "名称", "今年计划")
    sums = [(float(n), f"第{n}", 100.0 * n) for n in range(1, 6)]
    words = [(float(n), f"第{n}", "完成主体") for n in range(6, 11)]

    records, table = read(head, *sums, above=["单位：万元"])
    assert (records[0]["plan"], table.columns[2].code) == ("1000000.00", "sums")
    records, table = read(head, *sums)
    assert asked(table) == {("unit", 2): ([2, 3, 4, 5, 6], ("元", "万元", "亿元"))}
    records, table = read(head, *words)
    assert (table.columns[2].code, asked(table)) == ("unkept", {})
    records, table = read(head, *sums, *words, above=["单位：万元"])
    assert asked(table) == {("sums", 2): ([3, 4, 5, 6, 7], ("plan", "none"))}
    assert records[0]["plan"] is None
    for said, value in (("plan", "1000000.00"), ("", None)):
        answers = Answers({"今年计划": said})
        records, table = read(head, *sums, *words, above=["单位：万元"], answers=answers)
        assert (records[0].get("plan"), asked(table)) == (value, {})


SLIPPED = (3000.0, 2500.0, 0.35, 4100.0, 2200.0, 1800.0)


def slipped(unit, *says, sums=SLIPPED):
    rows = [(float(n), f"第{n}", sum) for n, sum in enumerate(sums, start=1)]
    records, table = read(("序号", "名称", f"总投资{unit}"), *rows, answers=Answers({}, says))
    return [record["total"] for record in records[:3]], table


def test_answer_about_a_slip_is_about_the_rows_that_slipped():
    totals, table = slipped("（万元）")
    assert totals == ["30000000.00", "25000000.00", None]
    assert asked(table) == {("slip", 2): ([4], ("万元", "元", "亿元"))}

    for column in ("总投资（万元）", "总投资(万元)!slip", "C!slip"):
        totals, table = slipped("（万元）", (column, "亿元"))
        assert totals == ["30000000.00", "25000000.00", "35000000.00"]
        assert not table.asked
        assert not table.warnings
    totals, _ = slipped("（万元）", ("C", "万元"))
    assert totals == ["30000000.00", "25000000.00", "3500.00"]


def test_answer_for_a_column_without_a_unit_is_about_all_of_it():
    totals, table = slipped("")
    assert totals == [None, None, None]
    assert asked(table) == {
        ("unit", 2): ([2, 3, 5, 6, 7], ("元", "万元", "亿元")),
        ("slip", 2): ([4], ("元", "万元", "亿元")),
    }

    totals, table = slipped("", ("总投资", "万元"))
    assert totals == ["30000000.00", "25000000.00", "3500.00"]
    assert table.warnings["slip_as_said", 2].rows == [3]
    totals, table = slipped("", ("总投资!unit", "万元"), ("总投资!slip", "亿元"))
    assert totals == ["30000000.00", "25000000.00", "35000000.00"]
    assert not table.warnings


def test_slip_with_its_own_unit_stays_as_written():
    sums = (3000.0, 2500.0, "3000亿元", 4100.0, 2200.0, 1800.0)

    totals, table = slipped("（万元）", sums=sums)
    assert asked(table) == {("written", 2): ([4], ("亿元", "万元"))}
    totals, table = slipped("（万元）", ("C!written", "亿元"), sums=sums)
    assert totals[2] == "300000000000.00"


@pytest.mark.parametrize("column", ["责任单位", "序号"])
def test_broken_encoding_in_any_column_is_asked_and_not_kept(column):
    head = ("序号", "名称", "责任单位")
    at = head.index(column)
    row = ["7", "甲", "发改局"]
    row[at] = "发\ufffd局"

    records, table = read(head, tuple(row), ("8", "乙", "住建局"))

    assert records[0]["units" if at else "no"] is None
    assert asked(table) == {("broken", at): ([2], ())}
    assert records[1]["units"] == ["住建局"]


def test_title_that_leaves_open_what_its_sums_are_is_asked_with_what_is_free():
    fields = (
        Field("name", "text", ("名称",), single=True),
        Field("unsaid", "money", ("完成投资",), kept=False, asks=("done", "stat")),
        Field("done", "money", ("调度口径",)),
        Field("stat", "money", ("统计口径",)),
    )
    lexicon = Lexicon(fields, "name")
    rows = [("名称", "完成投资（万元）", "统计口径（万元）"), ("甲", 5.0, 4.0), ("乙", None, 3.0),
            ("赵六\n孙七", 1.0, 1.0), ("张\n三", 2.0, 2.0)]  # fmt: skip

    reading = Reading([Grid("表", list(enumerate(rows)))], lexicon, Answers())
    records = list(reading.records())
    (table,) = reading.tables

    assert asked(table) == {("which", 1): ([2, 5], ("done", "none"))}
    assert [one["name"] for one in records] == ["甲", "乙", "张三"]
    assert [(one.code, one.rows) for one in table.refused] == [("several", [3])]
    said = Answers({"完成投资（万元）": "done"})
    reading = Reading([Grid("表", list(enumerate(rows)))], lexicon, said)
    assert [one["done"] for one in reading.records()] == ["50000.00", None, "20000.00"]
    assert not reading.tables[0].asked


def test_one_code_of_two_names_is_said_with_the_code():
    coded = Lexicon((Field("code", "code", ("代码",)), Field("name", "text", ("名称",))), "name",
                    unique="code")  # fmt: skip
    rows = [("代码", "名称"), ("P1", "甲"), ("P2", "乙"), ("P1", "丙"), ("P2", "乙"), (None, "丁"),
            *((f"Q{n % 30}", f"第{n}") for n in range(60))]  # fmt: skip
    reading = Reading([Grid("表", list(enumerate(rows)))], coded, Answers())

    list(reading.records())

    said = {code: one.rows for (code, _), one in reading.tables[0].warnings.items()}
    assert said["same_code:P1"] == [1, 3]
    assert "same_code:P2" not in said
    assert len(said["same_codes"]) == 31 - 20

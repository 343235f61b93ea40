"""The reader of ledgers on fields of nobody's register: it knows no words but those it is given."""

import re

import pytest

from gongjian.engine.ledger import Answers, Field, Lexicon, Reading
from gongjian.lib.grids import Grid

SHOPS = Lexicon(
    fields=(
        Field("no", "order", ("No",)),
        Field("shop", "text", ("Shop",)),
        Field("rent", "money", ("Rent",), re.compile("rent")),
        Field("open", "date", ("Open",)),
        Field("kind", "text", ("Kind",), None, re.compile("old|new"), grouped=True),
    ),
    key="shop",
    order=("shop", "rent"),
)
HEAD = ("No", "Shop", "Rent", "Open", "Kind")


def grid(*rows, **more):
    return Grid("sheet", list(enumerate(rows)), **more)


def read(*rows, answers=Answers(), **more):  # noqa: B008 — frozen
    reading = Reading([grid(*rows, **more)], SHOPS, answers)
    return list(reading.records()), reading.tables


def test_fields_and_their_order_are_the_callers():
    records, _ = read(HEAD, (1.0, "Baker", "5元", "2020-06", "old"))

    assert records == [
        {"source_row": 2, "shop": "Baker", "rent": "5.00", "no": "1", "open": "2020-06",
         "kind": "old", "category": None}
    ]  # fmt: skip
    assert list(records[0])[:3] == ["source_row", "shop", "rent"]


def test_every_row_is_accounted_for():
    rows = [("List of shops",), HEAD, (1.0, "Baker", 5.0, None, "old"), (), HEAD,
            (2.0, None, 7.0, None, "new"), ("Notes: none",)]  # fmt: skip

    _, (table,) = read(*rows)

    assert table.rows_in == len(rows)
    assert dict(table.accounts) == {
        "above": 1, "header": 2, "taken": 1, "refused": 1, "note": 1, "blank": 1,
    }  # fmt: skip


def test_row_with_a_code_alone_lacks_its_name_and_is_no_group():
    lexicon = Lexicon((Field("code", "code", ("Id",)), Field("shop", "text", ("Shop",))), "shop")
    rows = [("Id", "Shop", "Note"), ("P1", "Baker", "x"), ("P505544", None, None)]

    reading = Reading([grid(*rows)], lexicon, Answers())

    assert [record["shop"] for record in reading.records()] == ["Baker"]
    assert [refused.code for refused in reading.tables[0].refused] == ["no_name"]


@pytest.mark.parametrize(
    ("row", "role"),
    [
        ((None, None, None, None, None, "#REF!"), "aside"),
        ((None, None, None, None, "odd"), "refused"),
        ((None, "二期工程：厂房", 9.0), "taken"),
        ((None, "填表人：张三", None, "审核：李四"), "note"),
        ((9.0,), "numbered"),
        ((None, "合计", 5.0), "total"),
    ],
)
def test_row_that_is_no_common_one_is_told(row, role):
    _, (table,) = read((*HEAD,), (1.0, "Baker", 5.0, None, "x"), row)

    assert {name: n for name, n in table.accounts.items() if n} == (
        {"header": 1, "taken": 2} if role == "taken" else {"header": 1, "taken": 1, role: 1}
    )


def test_group_gives_its_rows_the_value_they_lack():
    records, (table,) = read(
        HEAD, ("old", None, None, None, None), (1.0, "Baker", "5元", None, None),
        (2.0, "Smith", "6元", None, "new"),
    )  # fmt: skip

    assert [record["kind"] for record in records] == ["old", "new"]
    assert [group.path for group in table.categories] == [("old",)]


def test_cells_merged_downwards_reach_every_row_and_a_merged_name_continues_a_row():
    records, (table,) = read(
        HEAD, (1.0, "Baker", 5.0, None, "old"), (2.0, "Smith", 6.0), (None, None, 7.0),
        merged=((1, 4, 3, 4), (2, 1, 3, 1)),
    )  # fmt: skip

    assert [(record["shop"], record["kind"]) for record in records] == [
        ("Baker", "old"), ("Smith", "old"),
    ]  # fmt: skip
    assert table.accounts["continued"] == 1
    assert table.warnings["line_left", 2].rows == [3]


def test_second_header_begins_a_table_of_its_own():
    records, tables = read(
        HEAD, (1.0, "Baker", "5元", None, "old"), ("Kind", "Rent", "Shop", "Where", "Who"),
        ("new", "6元", "Smith", "here", "me"),
    )  # fmt: skip

    assert [record["shop"] for record in records] == ["Baker", "Smith"]
    assert [(table.name, table.header) for table in tables] == [
        ("sheet", (0, 0)), ("sheet#2", (2, 2)),
    ]  # fmt: skip
    assert sum(table.rows_in for table in tables) == 4


@pytest.mark.parametrize("said", ["dmy", "mdy"])
def test_a_persons_order_is_kept(said):
    answers = Answers({}, (("Open", said),))

    records, (table,) = read(HEAD, (1.0, "Baker", None, "03/04/2020", "old"), answers=answers)

    assert records[0]["open"] == {"dmy": "2020-04-03", "mdy": "2020-03-04"}[said]
    assert table.asked == {}


def test_name_alone_is_a_group_only_where_the_sums_below_agree():
    rows = (
        HEAD,
        (1.0, "Baker", 5.0, None, "x"),
        (None, "类项目", 9.0),
        (2.0, "Smith", 9.0, None, "x"),
    )
    other = (*rows[:2], (None, "类项目", 8.0), rows[3])

    _, (agrees,) = read(*rows)
    _, (differs,) = read(*other)

    assert (agrees.accounts["category"], agrees.accounts["taken"]) == (1, 2)
    assert (differs.accounts["category"], differs.accounts["taken"]) == (0, 3)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ((None, "备注：烘房", 9.0), "may_be_note"),
        ((2.0, "一、烘房", None), "may_be_category"),
        ((None, "烘房总计", "9元"), "total_or_project"),
        ((None, "烘房建设项目", None), "may_be_project"),
    ],
)
def test_row_that_could_be_something_else_is_said(row, code):
    _, (table,) = read(
        HEAD, (1.0, "Baker", "5元", None, "x"), row, (3.0, "Smith", "7元", None, "x")
    )

    assert [remark.rows for (said, _), remark in table.warnings.items() if said == code] == [[2]]


@pytest.mark.parametrize(
    ("group", "kind"),
    [("old项目", "old"), ("计划old类（1项）", "old"), ("oldest houses类", None), ("非old类", None)],
)
def test_group_gives_a_value_only_where_it_is_its_whole_name(group, kind):
    records, _ = read(HEAD, ("一", group, None), (1.0, "Baker", "5元", None, None))

    assert [record["kind"] for record in records] == [kind]


def test_name_in_a_broken_encoding_is_said():
    _, (table,) = read(HEAD, (1.0, "Bak\ufffd", "5元", None, None))

    assert table.warnings["broken_text", 1].rows == [1]

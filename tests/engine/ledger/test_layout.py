import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engine.ledger import Vocabulary, lay_out

WORDS = Vocabulary(
    (
        ("seq", re.compile("^序号$")),
        ("unit", re.compile("责任单位")),
        ("name", re.compile("名称|任务")),
        ("invest", re.compile("投资")),
    )
)
HEAD = ["序号", "项目名称", "总投资", "责任单位"]


def roles(rows):
    return [place.role for place in lay_out(rows, WORDS).places]


def test_each_row_has_its_role():
    rows = [
        ["附件", None, None, None],
        ["重点项目名单", None, None, None],
        ["", "", "", "单位：万元"],
        HEAD,
        ["", "合计", "38600", ""],
        ["一、基础设施", "64", "8600", ""],
        ["（一）交通", None, None, None],
        ["——铁路", "", "", ""],
        ["1", "环城北路", "5200", "县住建局"],
        ["", "", "", ""],
        ["二", "社会事业", "3", ""],
        ["1", "县医院", "3400", "县卫健局"],
        ["", "小计（1项）", "3400", ""],
        ["续建项目", "", "", ""],
        ["1", "供水", "100", "县水利局"],
        ["注：1.总投资含征迁；", "", "", ""],
        ["2.责任单位负总责。", "", "", ""],
        ["填表人：张三", "", "", "联系电话：123"],
    ]

    layout = lay_out(rows, WORDS)

    assert [place.role for place in layout.places] == [
        "above", "above", "above", "header", "total", "category", "category", "category", "data",
        "blank", "category", "data", "total", "category", "data", "note", "note", "note",
    ]  # fmt: skip
    groups = [place for place in layout.places if place.role == "category"]
    assert [(place.column, place.level) for place in groups] == [
        (0, 1), (0, 2), (0, 3), (1, 1), (0, 4),
    ]  # fmt: skip
    assert layout.unit == "万元"


@pytest.mark.parametrize(
    "row",
    [
        ["1", "一、二号线改造", "", "县交通局"],
        ["1", "合计拨款改革", "", ""],
        ["2", "新建停车场", "", ""],
        ["", "新建停车场3座", "", ""],
        ["", "说明会", "", "县政府办"],
        ["一", "环城北路", "500", "县住建局"],
        ["3", "续建项目", "500", "县住建局"],
    ],
)
def test_data_that_looks_like_something_else_is_data(row):
    assert roles([HEAD, row]) == ["header", "data"]


@pytest.mark.parametrize(
    "row",
    [
        ["", "计划新开工项目（12项）", "", ""],
        ["产业类", "", "", ""],
        ["第一部分 基础设施", None, None, None],
        ["Ⅰ", "能源", "", ""],
        ["改造3个老旧片区", None, None, None],
    ],
)
def test_row_that_only_names_a_group_is_a_category(row):
    assert roles([HEAD, row]) == ["header", "category"]


def test_header_that_comes_again_is_a_header_again():
    rows = [HEAD, ["1", "甲", "5", "县住建局"], HEAD, ["2", "乙", "5", "县水利局"]]

    layout = lay_out(rows, WORDS)

    assert [place.header for place in layout.places] == [0, 0, 1, 1]


def test_second_table_below_the_notes_has_its_own_header():
    rows = [
        HEAD,
        ["注：略", "", "", ""],
        ["序号", "任务", "责任单位", "总投资"],
        ["1", "乙", "丙", ""],
    ]

    layout = lay_out(rows, WORDS)

    assert [place.role for place in layout.places] == ["header", "note", "header", "data"]
    assert layout.headers[1].kinds == ("seq", "name", "unit", "invest")


def test_table_without_header_is_all_data_or_goes_on():
    rows = [["1", "甲", "5", "县住建局"], ["合计", "", "5", ""]]
    given = lay_out([HEAD], WORDS).headers[0]

    assert [place.role for place in lay_out(rows, WORDS).places] == ["data", "data"]
    goes_on = lay_out(rows, WORDS, given=given)
    assert [place.role for place in goes_on.places] == ["data", "total"]
    assert goes_on.headers == (given,)


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["", "序号", "项目名称", "责任单位", "合计", "注：", "一、甲", "1", "2024年", "乙"]
    ),
    st.text(max_size=8),
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=12))
def test_every_row_gets_one_role_under_a_header_above_it(rows):
    layout = lay_out(rows, WORDS)

    assert len(layout.places) == len(rows)
    for index, place in enumerate(layout.places):
        if place.header is not None:
            assert layout.headers[place.header].first <= index
        if place.role == "category":
            assert rows[index][place.column]

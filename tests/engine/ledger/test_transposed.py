"""Tables with a project a column, below a title that is merged over all of it."""

import pytest

from engine.ledger.test_ugly import LEDGER
from gongjian.engine.ledger import Answers, Reading
from gongjian.lib.grids import Grid

TITLE = "2020年政府投资项目（单位：万元）"


def read(rows, merged=(), *others):
    grid = Grid("表", list(enumerate(rows)), merged=list(merged))
    reading = Reading([grid, *others], LEDGER, Answers())
    return list(reading.records()), reading.tables


@pytest.mark.parametrize("count", [2, 3, 5])
@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    "lines",
    [((TITLE,),), (("附件1",), ("2020年政府投资项目",), ("单位：万元",)),
     (("2020年政府投资项目", None, "单位：万元"),)],
)  # fmt: skip
def test_title_above_a_transposed_table_is_no_column(lines, merged, count):
    names = [f"{sign}示例" for sign in "甲乙丙丁戊"[:count]]
    rows = [
        *lines,
        ("名称", *names),
        ("责任单位", *["发改局"] * count),
        ("总投资", *[1200.0] * count),
        ("开工时间", *["6月"] * count),
        ("注：以上为计划数",),
    ]
    whole = [(0, 0, 0, count), (len(rows) - 1, 0, len(rows) - 1, count)] if merged else []

    records, (table,) = read(rows, whole if len(lines[0]) == 1 else whole[1:])

    assert [one["name"] for one in records] == names
    assert {one["total"] for one in records} == {"12000000.00"}
    assert {one["start"] for one in records} == {"2020-06"}
    assert (table.unit, table.year, table.header) == ("万元", 2020, (0, 0))
    assert not table.asked


def test_sheet_whose_rows_are_no_projects_says_so():
    head = ("序号", "名称", "总投资（万元）", "责任单位")
    good = Grid("好", [(0, head), (1, (1.0, "甲", 5.0, "A局"))])

    _, (empty, _) = read([head, ("合计", None, 30.0, None)], (), good)
    _, (alone,) = read([head])
    _, (form, _) = read([head], (), good)

    assert [code for code, _ in empty.asked] == ["no_header"]
    assert [code for code, _ in alone.asked] == ["no_header"]
    assert [code for code, _ in form.warnings] == ["nothing"]
    assert not form.asked

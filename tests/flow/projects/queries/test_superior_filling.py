"""What a superior's table is filled with: of which month, lacking which, how far, in which rows."""

import io
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from gongjian.documents.filling import Percent
from gongjian.documents.grids import read_book
from gongjian.flow.projects.queries import Basis, RegisterFilter
from gongjian.flow.projects.queries.exports import ledger_projects
from gongjian.flow.projects.queries.superior import (
    Source,
    cautions,
    filled_sheet,
    filled_workbook,
    filling,
    lacking_lines,
    read_sheet,
)
from gongjian.flow.projects.usecases import (
    PlannedMonths,
    YearWords,
    plan_months,
    register_projects,
)
from gongjian.lib.days import LOCAL
from small_county import BEGIN, JUNE

MAY = Basis(date(2020, 5, 31), JUNE, "S-2020-05")


@pytest.fixture
def paid(register):
    register.reached(register.mill, "signed", date(2020, 1, 20))
    register.reached(register.mill, "established", date(2020, 2, 1))
    register.reached(register.mill, "started", date(2020, 3, 5))
    for month, done in (("2020-03", 12_000_000), ("2020-05", 24_000_000)):
        register.paid(register.mill, month, done=done)
    return register


def filled(register, heads, *, basis=MAY, named=False, name="2020年重点项目进展", rows=""):
    """A table in 万元 with these heads behind the name, filled."""
    content = f"{name}\n单位：万元\n项目名称,总投资,{heads}\n{rows}".encode()
    read = read_sheet("表.csv", content, year=2020)
    source = Source(register.campaign, basis, {}, RegisterFilter())
    return filled_sheet(read, source, named=named)


def rows_of(found):
    """The rows of the filled sheet, and of that of the notes."""
    content = filled_workbook(found, foot="截至", notes=("说明", *lacking_lines(found)))
    return [dict(grid.rows) for grid in read_book("x.xlsx", io.BytesIO(content)).grids]


def test_a_rate_is_of_the_month_of_the_money_beside_it_and_so_is_its_sum(paid):
    found = filled(paid, "1-3月累计完成投资,完成率(%),1-5月完成投资,完成率(%)", rows="合计,,,,,\n")

    assert found.lines[0].values[2:] == (
        Decimal("1200.00"), Percent(Decimal("10.0"), signed=False),
        Decimal("3600.00"), Percent(Decimal("30.0"), signed=False),
    )  # fmt: skip
    assert found.sums[3] == Percent(Decimal("5.5"), signed=False)  # 1200 of 22000
    assert found.sums[5] == Percent(Decimal("16.4"), signed=False)


def test_a_rate_that_names_a_month_is_of_that_month(paid):
    found = filled(paid, "1-5月完成投资,1-3月完成率")

    assert found.lines[0].values[3] == Percent(Decimal("10.0"), signed=True)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("2020年3月重点项目进展", ("1200.00", "1200.00", "1200.00")),
        ("2020年重点项目进展", ("2400.00", "3600.00", "3600.00")),
        ("2020年7月重点项目进展", ("None", "3600.00", "3600.00")),  # July is yet to come
    ],
)
def test_columns_without_a_month_are_of_that_of_the_table(paid, name, values):
    found = filled(paid, "本月完成投资,本年完成投资,开工至今累计完成投资", name=name)

    assert tuple(map(str, found.lines[0].values[2:])) == values


def test_months_that_a_sum_lacks_are_said_row_by_row_and_below_the_table(paid):
    found = filled(paid, "1-5月完成投资,完成率(%)", rows="\n\n合计,,,\n")
    table, notes = rows_of(found)

    assert found.lines[0].values[2] == Decimal("3600.00")  # what was accepted, as elsewhere
    assert found.lines[0].lacks == {2: (4,), 3: (4,)}  # March is when it was begun
    assert found.lines[1].lacks == {}  # an empty cell is not reported at all
    assert lacking_lines(found) == ["第 4 行 示例纺织智能工厂项目：C、D 列缺 4月"]
    said = "C 列“1-5月完成投资”：1 个项目缺月份，只加已采信的月份，合计也一样"
    assert said in cautions(found)
    below = [cells[0] for cells in table.values() if cells and cells[0]]
    assert below[-3:] == ["截至", *cautions(found)]
    assert ("第 4 行 示例纺织智能工厂项目：C、D 列缺 4月",) in notes.values()


def test_a_month_without_a_plan_is_not_lacking(paid):
    planned = {"2020-03": Decimal(1), "2020-04": Decimal(0), "2020-05": Decimal(1)}
    plans = [PlannedMonths(paid.mill, planned)]
    plan_months(plans, paid.campaign, by=paid.people["office"], at=BEGIN)

    found = filled(paid, "1-5月完成投资,1-4月完成投资")

    assert found.lines[0].lacks == {}


@pytest.mark.parametrize(("head", "months"), [("1-6月完成投资", (4, 6)), ("本年完成投资", (4,))])
def test_a_month_that_is_not_over_lacks_only_where_it_is_named(paid, head, months):
    live = Basis(date(2020, 6, 10), datetime(2020, 7, 1, tzinfo=LOCAL))

    assert filled(paid, head, basis=live).lines[0].lacks == {2: months}


def test_how_many_found_no_place_is_said_in_the_file(paid, monkeypatch):
    monkeypatch.setattr(filling, "MOST", 2)
    more = [(paid.words(f"示例第{n}项目"), YearWords()) for n in range(5)]
    register_projects(paid.campaign, more, by=paid.people["office"], at=BEGIN)

    found = filled(paid, "1-5月完成投资")

    assert (len(found.lines), found.left_over) == (2, 5)
    said = "只填了前 2 个项目，还有 5 个没有填；合计是这 2 个的"
    assert said in cautions(found)
    assert any(said in cells for cells in rows_of(found)[0].values())


NAMED = """2020年进展
序号,项目名称,项目代码,总投资
,没有的项目,,
,示例乳品冷链基地项目,,
7,示例纺织智能工厂项目,,
"""


def test_rows_that_are_named_get_the_number_and_the_code_they_lack(paid):
    read = read_sheet("表.csv", NAMED.encode(), year=2020)
    source = Source(paid.campaign, MAY, {}, RegisterFilter())

    rows = rows_of(filled_sheet(read, source, named=True))[0]

    assert [rows[at][0] for at in (2, 3, 4)] == [1.0, 2.0, "7"]
    assert [rows[at][2] for at in (3, 4)] == [
        "2020-370782-14-03-000002", "2020-370782-17-03-000001",
    ]  # fmt: skip


def test_where_others_are_listed_no_name_of_the_table_stays(paid):
    read = read_sheet("表.csv", NAMED.encode(), year=2020)
    source = Source(paid.campaign, MAY, {}, RegisterFilter(words="纺织"))

    rows = rows_of(filled_sheet(read, source, named=False))[0]

    names = [cells[1] for _at, cells in sorted(rows.items())[2:] if len(cells) > 1]
    assert [name for name in names if name] == ["示例纺织智能工厂项目"]


def test_another_filling_has_another_digest(paid):
    first, same = (filled(paid, "1-5月完成投资").digest for _ in range(2))
    paid.paid(paid.mill, "2020-04", done=1_000_000)

    assert first == same
    assert filled(paid, "1-5月完成投资").digest != first


def test_rows_are_those_of_a_list_where_one_is_chosen(register):
    def named(listed):
        found = ledger_projects(register.campaign, RegisterFilter(listed=listed), known_at=JUNE)
        return {one.name for one in found}

    assert named("") == {register.mill.name, register.dairy.name}
    assert named(str(register.listed.uid)) == {one.name for one in members(register)}
    assert named(str(uuid4())) == set()


def members(register):
    return [row.project for row in register.listed.memberships.all()]

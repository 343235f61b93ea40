"""Which column of a superior's table is which field, of which month and year: each by itself."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gongjian.engine.ledger import Lexicon
from gongjian.engine.ledger.amounts import scale_of
from gongjian.engine.ledger.columns import Column, tell_columns
from gongjian.engine.ledger.heading import Heading
from gongjian.engine.ledger.vocabulary import compact, year_of
from gongjian.flow.projects.queries.columns import PROJECT_COLUMNS
from gongjian.foundation.records.queries.ledgers import lexicon_of

TABLE = Path(__file__).parents[2] / "sheet_columns.toml"
OWN = lexicon_of(TABLE, ())
LEXICON = Lexicon(
    fields=(*OWN.fields, *PROJECT_COLUMNS.fields), key="name", order=PROJECT_COLUMNS.order
)
# A leaf that names its sum itself; 计划总投资 does not, and is the year's below 年度计划投资.
NAMED = re.compile("计划|固定|引资|到位|累计|完成|当月|本月|月份")  # not shown
ANY = "total_investment"
UPTO = re.compile(r"(?<!\d)1[-—–~至到](\d{1,2})月")  # not shown
OF_MONTH = re.compile(r"(?<![\d\-—–~至到])(\d{1,2})月(?!\d)")  # not shown
MONEY = frozenset({
    "total_investment", "year_plan_investment", "year_done_investment", "month_done",
    "done_in_all", "done_before", "arrived_in_year", "contract_funds", "fixed_investment",
})  # fmt: skip
MONTHLY = frozenset({"month_done", "year_done_investment"})  # money of a month, or up to one
COUNTED = MONTHLY | {"done_in_all", "arrived_in_year", "share_of_plan"}  # up to a month
YEARLY = COUNTED | {"year_plan_investment"}
# Of a year that is not written in figures: 上年底 is where this year begins.
YEAR_BEFORE = re.compile("去年|上一?年(?!度?[底末])|同期")  # not shown


@dataclass(frozen=True, slots=True)
class SheetColumnRead:
    """One column: its letter, its titles, the field it is filled with ("" for none), how that was
    told (a code of the reader, or `given`, `given_year` against the year of its title, or
    `remembered`), the unit of its money. `named` is the month that its title names, 0 where none
    does; `month` the one its figures are of, or up to which they count, once that is settled."""

    at: int
    letter: str
    title: str
    field: str
    code: str
    known: str = ""
    unit: str = ""
    scale: int = 1
    guessed_unit: bool = False
    named: int = 0
    month: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What people said of columns: by letters of this table, by the titles of earlier ones."""

    maps: Mapping[str, str]
    units: Mapping[str, str]
    remembered: Mapping[str, str]


def columns_told(
    heading: Heading, said: Said, *, sheet_unit: str, table_year: int | None, year: int | None
) -> Iterator[SheetColumnRead]:
    """Every column that has a title. What is said of one changes no other; what is remembered of a
    title holds where one column alone bears it. `year` is the one whose figures there are."""
    titles = tuple(own(path) for path in heading.titles)
    told = tell_columns(replace(heading, titles=titles), (), LEXICON, {}, year=year)
    paths = dict(enumerate(heading.titles))
    columns = [replace(one, path=paths.get(one.at, one.path)) for one in told.columns if one.path]
    borne = [one.title for one in columns]
    for one in columns:
        met = _again(one)
        name, code = met.field.name if met.field else "", str(met.code)
        if one.letter in said.maps:
            name, code = said.maps[one.letter], "given"
        elif one.title in said.remembered and borne.count(one.title) == 1:
            name, code = said.remembered[one.title], "remembered"
        unit = said.units.get(one.letter, "") or one.unit or sheet_unit
        read = _column(one, name, code, unit)
        yield _of_the_year(read, table_year, year)


def own(path: tuple[str, ...]) -> tuple[str, ...]:
    """The titles that say what a column is. A group of a superior's table holds sums of several
    kinds: 年度计划投资 below 2020年投资完成情况 is the plan, whatever stands above it.

    >>> own(("2020年投资完成情况", "年度计划投资")), own(("年度计划投资", "计划总投资"))
    (('年度计划投资',), ('年度计划投资', '计划总投资'))
    """
    if len(path) < 2 or not NAMED.search(path[-1]):
        return path
    met = LEXICON.match(path[-1:])
    if met is None or met.field.kind != "money" or met.field.name == ANY:
        return path
    told = met.code == "word" or (met.code == "parts" and met.field in OWN.fields)
    return path[-1:] if told else path


def month_in(titles: Iterable[str]) -> int:
    """The month that titles name, the lowest first; 0 where none does.

    >>> month_in(["2020年1-6月进度", "5月完成"]), month_in(["1-6月/累计完成"]), month_in(["4-6月"])
    (5, 6, 0)
    """
    for title in reversed(list(titles)):
        found = UPTO.search(title) or OF_MONTH.search(title)
        if found and 1 <= int(found[1]) <= 12:
            return int(found[1])
    return 0


def _again(told: Column) -> Column:
    """A register is told one thing once; a table may ask for it twice."""
    if told.code == "second":
        met = LEXICON.match(own(told.path))
        if met is not None and met.field.kept and met.code in ("word", "parts"):
            return replace(told, field=met.field, code=met.code)
    return told


def _column(told: Column, name: str, code: str, unit: str) -> SheetColumnRead:
    guessed = "万元" if name in MONEY and not unit else ""  # not shown
    unit = (unit or guessed) if name in MONEY else ""
    chosen = code in ("given", "remembered")
    return SheetColumnRead(
        at=told.at,
        letter=told.letter,
        title=told.title,
        field=name,
        code="dropped" if chosen and not name else code,
        known="" if chosen else told.known,
        unit=unit,
        scale=(scale_of(unit) or (1, ""))[0],
        guessed_unit=bool(guessed),
        named=month_in(told.path) if name in COUNTED else 0,
    )


def _of_the_year(
    read: SheetColumnRead, table_year: int | None, year: int | None
) -> SheetColumnRead:
    """A column of another year is not filled with this year's money, unless a person says so."""
    if year is None or read.field not in YEARLY:
        return read
    named = _year_named(read.title, year) or table_year
    if named in (None, year):
        return read
    if read.code == "given":
        return replace(read, code="given_year")
    return replace(read, field="", code="year", known=read.field, unit="", guessed_unit=False)


def _year_named(title: str, year: int) -> int | None:
    """The year a title names, the lowest of several first."""
    for part in reversed(title.split("/")):
        if YEAR_BEFORE.search(compact(part)):
            return year - 1
        if found := year_of(part):
            return found
    return None

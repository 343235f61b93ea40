"""A superior's empty table as it came: its header, its columns, the rows that are to be filled."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from gongjian.documents import Unreadable
from gongjian.documents.filling import SHEET, facts_of, rebuilt
from gongjian.documents.grids import mark_of_book, read_book
from gongjian.engine.ledger import Lexicon
from gongjian.engine.ledger.amounts import scale_of
from gongjian.engine.ledger.columns import Column, sheet_units, sheet_year, tell_columns
from gongjian.engine.ledger.heading import Heading, Merged, find_heading, tidy
from gongjian.engine.ledger.layout import NOTE
from gongjian.engine.ledger.roles import TOTAL
from gongjian.flow.projects.queries.columns import PROJECT_COLUMNS
from gongjian.foundation.records.queries.ledgers import lexicon_of
from gongjian.foundation.records.queries.unreadable import phrase_unreadable
from gongjian.lib.grids import UNCOMPUTED, Book, Grid, Row
from gongjian.lib.refusals import Refused

TABLE = Path(__file__).parents[2] / "sheet_columns.toml"
MOST_ROWS = 2_000  # of a table as it came
YI, WAN = 100_000_000, 10_000
OWN = lexicon_of(TABLE, ())
LEXICON = Lexicon(
    fields=(*OWN.fields, *PROJECT_COLUMNS.fields), key="name", order=PROJECT_COLUMNS.order
)
# A leaf that names its sum itself; 计划总投资 does not, and is the year's below 年度计划投资.
NAMED = re.compile("计划|固定|引资|到位|累计|完成|当月|本月|月份")  # not shown
ANY = "total_investment"
MONTH = re.compile(r"(?<!\d)(\d{1,2})月(?!\d)")  # not shown
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SheetColumnRead:
    """One column: its letter, its titles, the field it is filled with ("" for none), how that was
    told (a code of the reader, or `given`, `remembered`), the unit of its money."""

    at: int
    letter: str
    title: str
    field: str
    code: str
    known: str = ""
    unit: str = ""
    scale: int = 1
    guessed_unit: bool = False


@dataclass(frozen=True, slots=True)
class SheetRead:
    """The sheet that is filled. Rows count from 0: `head` are those of the header, `first` is the
    first to be filled, `end` the first below that may not be (None where nothing stands there),
    `total` the row of sums. `named` are the names that stand in it already, by row."""

    names: tuple[str, ...]
    sheet: str
    title: str
    head: tuple[int, int]
    columns: tuple[SheetColumnRead, ...]
    first: int
    end: int | None
    total: int | None
    named: Mapping[int, Mapping[str, str]]
    formulas: frozenset[Place]
    above: tuple[tuple[int, tuple[str, ...]], ...]
    below: tuple[tuple[int, tuple[str, ...]], ...]
    workbook: bytes
    notes: tuple[str, ...]
    year: int | None = None

    @property
    def month(self) -> int | None:
        """The month the table asks for, as its title or a column names it; of several the last."""
        told = (self.title, *(column.title for column in self.columns))
        found = [int(month) for text in told for month in MONTH.findall(text)]
        return max((month for month in found if 1 <= month <= 12), default=None)

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(column.field for column in self.columns if column.field)


def read_sheet(
    name: str,
    content: bytes,
    *,
    sheet: str = "",
    maps: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> SheetRead:
    """What a table asks for. `maps` are letters to fields as a person said, `remembered` headers.

    Refused: sheet.unreadable, .classified, .no-header, .empty-cells, each with what to do.
    """
    book = _opened(name, content)
    notes = list(_left_out(book))
    workbook = content
    if book.media != "xlsx":
        workbook = rebuilt(book)
        media, book = book.media, read_book("rebuilt.xlsx", io.BytesIO(workbook), limits=SHEET)
        notes.append(_("来的是 %(media)s，填好后给的是 xlsx：值和合并照原表，格式请核对。") % {
            "media": name.rpartition(".")[2].lower() or media})  # fmt: skip
    found = [(grid, heading) for grid in book.grids if (heading := _heading(grid))]
    if not found:
        raise Refused(
            "sheet.no-header",
            _("没有找到表头。请确认表里有一行写着项目名称、总投资这样的栏目名，再传。"),
        )
    chosen = next((pair for pair in found if pair[0].name == sheet), found[0])
    try:
        facts = facts_of(workbook, chosen[0].name)
    except Unreadable as trouble:
        raise _refused(trouble) from trouble
    if facts.locked:
        notes.append(_("这张工作表有保护，保护照旧留着。"))
    read = _read(*chosen, maps or {}, units or {}, remembered or {})
    return replace(
        read,
        names=tuple(grid.name for grid, _heading in found),
        formulas=facts.formulas,
        workbook=workbook,
        notes=tuple(notes),
    )


def _opened(name: str, content: bytes) -> Book:
    try:
        book = read_book(name, io.BytesIO(content), limits=SHEET)
        mark = mark_of_book(book)
    except Unreadable as trouble:
        raise _refused(trouble) from trouble
    if mark:
        raise Refused(
            "sheet.classified", _("表首标有密级，已拒收，没有读。本系统不得处理涉密信息。")
        )
    return book


def _refused(trouble: Unreadable) -> Refused:
    if trouble.code == "too_large":
        return Refused(
            "sheet.empty-cells",
            _("这张表太大，多半是格式一直刷到了最后一行。删掉下面和右边的空行空列，存一次再传。"),
        )
    return Refused("sheet.unreadable", phrase_unreadable(trouble))


def _left_out(book: Book) -> Iterator[str]:
    if "macros" in book.left_out:
        yield _("文件里有宏，没有运行；填好的表里没有宏。")
    if "hidden_sheets" in book.left_out:
        yield _("有隐藏的工作表，没有填，照原样留着。")


def _heading(grid: Grid) -> Heading | None:
    rows = list(islice(iter(grid.rows), 60))
    return find_heading(rows, Merged(grid.merged), LEXICON) if rows else None


def _read(
    grid: Grid,
    heading: Heading,
    maps: Mapping[str, str],
    units: Mapping[str, str],
    remembered: Mapping[str, str],
) -> SheetRead:
    rows = list(islice(iter(grid.rows), MOST_ROWS))
    above = [row for row in rows if row[0] < heading.first]
    below = [row for row in rows if row[0] > heading.last]
    lines = [text for _at, cells in above for cell in cells if (text := tidy(cell))]
    year = sheet_year([*lines, grid.name])
    titles = tuple(path if "/".join(path) in remembered else own(path) for path in heading.titles)
    told = tell_columns(
        replace(heading, titles=titles), (), LEXICON, {**remembered, **maps}, year=year
    )
    corners = [title for path in heading.titles for title in path]
    sheet_unit = next(iter(sheet_units([*lines, *corners, grid.name])), "")
    paths = dict(enumerate(heading.titles))
    columns = tuple(
        _column(
            replace(one, path=paths.get(one.at, one.path)),
            units.get(one.letter, ""),
            sheet_unit,
            maps,
            remembered,
        )
        for one in told.columns
        if one.path
    )
    roles = list(_roles(below, columns))
    named = {at: texts for at, role, texts in roles if role == "named"}
    edge = [(at, role) for at, role, _texts in roles if role in ("total", "note")]
    first = heading.last + 1
    total = next((at for at, role in edge if role == "total"), None)
    if total == first:  # sums stand above what they add up
        first, edge = first + 1, edge[1:]
    lowest = max(named, default=-1)
    end = next((at for at, _role in edge if at > max(first - 1, lowest)), None)
    return SheetRead(
        names=(),
        sheet=grid.name,
        title=next((line for line in lines if len(line) > 4 and "：" not in line), ""),
        head=(heading.first, heading.last),
        columns=columns,
        first=first,
        end=end,
        total=total,
        named=named,
        formulas=frozenset(),
        above=tuple(_texts([row for row in rows if row[0] <= heading.last])),
        below=tuple(_texts([row for row in below if end is not None and row[0] >= end])),
        workbook=b"",
        notes=(),
        year=year,
    )


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


def _column(
    told: Column,
    said_unit: str,
    sheet_unit: str,
    maps: Mapping[str, str],
    remembered: Mapping[str, str],
) -> SheetColumnRead:
    field = told.field
    code: str = told.code
    if told.code == "second":  # a register is told one thing once; a table may ask for it twice
        again = LEXICON.match(told.path)
        if again is not None and again.field.kept and again.code in ("word", "parts"):
            field, code = again.field, again.code
    if told.code == "given" and told.letter not in maps and told.word in remembered:
        code = "remembered"
    unit = guessed = ""
    if field is not None and field.kind == "money":
        unit = said_unit or told.unit or sheet_unit
        guessed = "" if unit else "万元"  # not shown
    factor = (scale_of(unit or guessed) or (1, ""))[0] if unit or guessed else 1
    return SheetColumnRead(
        at=told.at,
        letter=told.letter,
        title=told.title,
        field=field.name if field is not None else "",
        code=code,
        known=told.known,
        unit=unit or guessed,
        scale=factor,
        guessed_unit=bool(guessed),
    )


def _roles(
    rows: Sequence[Row], columns: Sequence[SheetColumnRead]
) -> Iterator[tuple[int, str, dict[str, str]]]:
    """(row, total | note | named | blank, what it says of name and code)."""
    keys = {column.field: column.at for column in columns if column.field in ("name", "code")}
    for at, cells in rows:
        texts = [(place, text) for place, cell in enumerate(cells) if (text := _shown(cell))]
        words = [(place, text) for place, text in texts if not _is_number(text)]
        said = {field: dict(texts).get(place, "") for field, place in keys.items()}
        if any(TOTAL.fullmatch(text) for _place, text in words[:2]):
            yield at, "total", {}
        elif words and (
            NOTE.match(words[0][1]) or (len(words) == 1 and words[0][0] not in keys.values())
        ):
            yield at, "note", {}
        elif any(said.values()):
            yield at, "named", {field: text for field, text in said.items() if text}
        else:
            yield at, "blank", {}


def _shown(cell: str | float | None) -> str:
    return "" if cell is None or cell == UNCOMPUTED else tidy(cell)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdecimal()


def _texts(rows: Sequence[Row]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for at, cells in rows:
        yield at, tuple(_shown(cell) for cell in cells)

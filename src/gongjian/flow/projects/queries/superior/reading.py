"""A superior's empty table as it came: its header, its columns, the rows that are to be filled."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.utils.translation import gettext as _

from gongjian.documents import Unreadable
from gongjian.documents.filling import SHEET, facts_of, rebuilt
from gongjian.documents.grids import mark_of_book, read_book
from gongjian.engine.ledger.columns import sheet_units
from gongjian.engine.ledger.heading import Heading, Merged, find_heading, tidy
from gongjian.engine.ledger.layout import NOTE
from gongjian.engine.ledger.roles import TOTAL
from gongjian.engine.ledger.vocabulary import year_of
from gongjian.flow.projects.queries.superior.telling import (
    LEXICON,
    Said,
    SheetColumnRead,
    columns_told,
    month_in,
)
from gongjian.foundation.records.queries.unreadable import phrase_unreadable
from gongjian.lib.grids import UNCOMPUTED, Book, Grid, Row
from gongjian.lib.refusals import Refused

DOCUMENT = re.compile(r"〔\d{4}〕|[\[（(]\d{4}[\])）]\d+号")  # not shown: a document's number
DAY = re.compile(r"\d月\d{1,2}日|日期")  # not shown: on which day it was filled in
GIVEN = ("seq", "name", "code")  # what a row of the table may say itself
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SheetRead:
    """The sheet that is filled. Rows count from 0: `head` are those of the header, `first` is the
    first to be filled, `end` the first below that may not be (None where nothing stands there),
    `total` the row of sums. `named` is what rows with a name or a code say already, by row."""

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
        found = (month_in([self.title]), *(column.named for column in self.columns))
        return max(found) or None

    @property
    def titled(self) -> int:
        """The month that the title of the table names; 0 where it names none."""
        return month_in([self.title])

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
    year: int | None = None,
) -> SheetRead:
    """What a table asks for. `maps` are letters to fields as a person said, `remembered` headers;
    `year` is the one whose figures there are, None where that does not matter.

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
    said = Said(maps or {}, units or {}, remembered or {})
    read = _read(*chosen, said, year)
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


def _year_of(lines: Sequence[str]) -> int | None:
    """The year a table speaks of: not that of a document, nor that of the day it was filled in; of
    a span its last."""
    told = (DOCUMENT.sub("", line) for line in lines if not DAY.search(line))
    return next((year for line in told if (year := year_of(line))), None)


def _heading(grid: Grid) -> Heading | None:
    rows = list(islice(iter(grid.rows), 60))
    return find_heading(rows, Merged(grid.merged), LEXICON) if rows else None


def _read(grid: Grid, heading: Heading, said: Said, year: int | None) -> SheetRead:
    rows = list(grid.rows)
    above = [row for row in rows if row[0] < heading.first]
    below = [row for row in rows if row[0] > heading.last]
    lines = [text for _at, cells in above for cell in cells if (text := tidy(cell))]
    title = next((line for line in lines if len(line) > 4 and "：" not in line), "")
    table_year = _year_of([title, grid.name, *lines])
    corners = [part for path in heading.titles for part in path]
    sheet_unit = next(iter(sheet_units([*lines, *corners, grid.name])), "")
    columns = tuple(
        columns_told(heading, said, sheet_unit=sheet_unit, table_year=table_year, year=year)
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
        title=title,
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
        year=table_year,
    )


def _roles(
    rows: Sequence[Row], columns: Sequence[SheetColumnRead]
) -> Iterator[tuple[int, str, dict[str, str]]]:
    """(row, total | note | named | blank, what it says of name, code and running number)."""
    keys = {column.field: column.at for column in columns if column.field in GIVEN}
    wanted = [place for field, place in keys.items() if field != "seq"]
    for at, cells in rows:
        texts = [(place, text) for place, cell in enumerate(cells) if (text := _shown(cell))]
        words = [(place, text) for place, text in texts if not _is_number(text)]
        said = {field: dict(texts).get(place, "") for field, place in keys.items()}
        if any(TOTAL.fullmatch(text) for _place, text in words[:2]):
            yield at, "total", {}
        elif words and (NOTE.match(words[0][1]) or (len(words) == 1 and words[0][0] not in wanted)):
            yield at, "note", {}
        elif any(said[field] for field in keys if field != "seq"):
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

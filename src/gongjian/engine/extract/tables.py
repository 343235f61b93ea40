"""Tables: what each row of a table is, and the rows of a division of tasks or of indicators."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from gongjian.engine.extract.actions import ActionDraft
from gongjian.engine.extract.cells import Row, content_column, has_clauses
from gongjian.engine.extract.columns import PLAN_COLUMNS, assigns, dated
from gongjian.engine.extract.deadlines import Frame, section_frame
from gongjian.engine.extract.lines import Line, Span
from gongjian.engine.extract.outline import NUMBER, Place, key_of
from gongjian.engine.extract.survey import Survey
from gongjian.engine.ledger import Header, HeaderColumn, Layout, lay_out
from gongjian.engine.ledger import Place as RowPlace
from gongjian.lib.pages import Cell, Document, Table

PROJECTS = re.compile("建设(?:内容|规模)")  # a list of projects names no actions
NAME = re.compile(r"[一-鿿“”、]{3,20}")
OUTER_RANKS = 12  # the depth of the deepest heading outside a table
MARK = re.compile(r"(?:——|—|--) *")
DATED = re.compile(r"\d ?月|单位：|编制|填报|制表")
SILENT_ROLES = {"header": "furniture", "total": "total", "note": "glossary"}


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one table. `texts` are those of the ledger: None is covered by a merged cell;
    `starts` are where the cells begin that no row above has begun."""

    places: tuple[Place, ...]
    cells: tuple[tuple[Span, ...], ...]
    texts: tuple[tuple[str | None, ...], ...]
    starts: tuple[int, ...]
    typed: bool
    name: str = ""


def tables_of(survey: Survey, document: Document) -> tuple[Survey, list[Row]]:
    """The survey with each row of a table in its section, and the rows that hold data.

    Shapes: the places of a survey and the document they are of. Units: none. Missing: a table
    without a header goes on with that of the table before it, else its first column is a name and
    the others are work. Errors: none. Source: docs/rules/reading.md, R-8.
    """
    blocks = [block for block in document.blocks if isinstance(block, Table)]
    places: list[Place] = []
    rows: list[Row] = []
    frames = dict(survey.frames)
    header: Header | None = None
    for number, group in groupby(survey.places, key=lambda place: place.line.table):
        part = tuple(group)
        if number == 0 or all(len(place.line.cells) < 2 for place in part):
            places += part
            continue
        grid = _grid(survey.view, part, blocks)
        width = max(map(len, grid.cells))
        given = header if header and len(header.columns) == width else None
        layout = lay_out(grid.texts, PLAN_COLUMNS, given=given)
        reader = _Reader(survey, grid, layout)
        reader.read()
        places += reader.places
        rows += reader.rows
        frames |= reader.frames
        header = layout.headers[-1] if layout.headers else header
    return replace(survey, places=tuple(places), frames=frames), rows


def classes_of(rows: list[Row]) -> Iterator[tuple[Place, ActionDraft]]:
    """The classes of work of tables that assign units: a column so titled, or one before the
    work whose cells span several rows."""
    for _, group in groupby(rows, key=lambda row: row.place.line.table):
        table = list(group)
        kinds = table[0].header.kinds
        content = content_column(table)
        if not assigns(table[0].header) or content is None:
            continue
        for column in range(content + _names_works(table, content)):
            first, last = _classes(table, column)
            kind = kinds[column]
            shared = kind in ("name", "") and 0 < len(first) < len(table)
            named = kind == "name" and not PROJECTS.search(table[0].title(content))
            named = named and all(_is_name(table[0].view[slice(*span)]) for span in first)
            if kind == "class" or shared or named or column == content:
                for span, place in first.items():
                    scope = (place.line.start, last[span].line.end)
                    yield (
                        place,
                        ActionDraft(span, scope, None, "action.heading", (("number", ""),), 0.7),
                    )


def _names_works(table: list[Row], content: int) -> bool:
    """Are the works short names, their goals in clauses of a column of their own? In a table with
    classes those are the actions."""
    if "class" in table[0].header.kinds or len({row.place.above for row in table}) > 1:
        return False
    works = [row.view[slice(*row.cells[content])] for row in table if content < len(row.cells)]
    beside = [column for column, kind in enumerate(table[0].header.kinds) if kind == "value"]
    spelled = any(has_clauses(row, column) for row in table for column in beside)
    return spelled and all(_is_name(work) for work in works if work)


def _is_name(text: str) -> bool:
    """A short name without a number: 老有所养."""
    return NAME.fullmatch(text) is not None


def _classes(table: list[Row], column: int) -> tuple[dict[Span, Place], dict[Span, Place]]:
    """The cells of a column, with the first and the last row of each."""
    held = [(row.cells[column], row.place) for row in table if column < len(row.cells)]
    filled = [(span, place) for span, place in held if span[0] < span[1]]
    return dict(reversed(filled)), dict(filled)


def _grid(view: str, part: Sequence[Place], blocks: Sequence[Table]) -> Grid:
    """The rows of a table that the file marks, or of one typed with bars or tabs."""
    start = part[0].line.start
    index = bisect_right(blocks, start, key=lambda block: block.start) - 1
    if index >= 0 and start < blocks[index].end:
        return _marked(view, part, blocks[index])
    spans = tuple(place.line.cells for place in part)
    texts = tuple(tuple(view[slice(*cell)] for cell in cells) for cells in spans)
    return Grid(tuple(part), spans, texts, tuple(p.line.start for p in part), typed=True)


def _marked(view: str, part: Sequence[Place], table: Table) -> Grid:
    """The rows in which a cell begins: a merged cell alone does not make a row again."""
    begins = [cell.start for cell in table.cells]
    width = max((cell.column + 1 for cell in table.cells if cell.start < cell.end), default=0)
    kept: list[tuple[Place, tuple[Span, ...], tuple[str | None, ...], int]] = []
    before = -1
    for place in part:
        spans = place.line.cells[:width]
        spans += ((0, 0),) * (width - len(spans))
        cells = [table.cells[bisect_right(begins, span[0]) - 1] for span in spans if any(span)]
        cells = [cell for cell in cells if cell.start < cell.end]
        row = max((cell.row for cell in cells), default=before)
        if row > before:
            own = [cell for cell in cells if cell.row == row]
            start = min(cell.start for cell in own)
            kept.append((place, spans, _texts(view, spans, cells), start))
            before = row
    places, every, texts, starts = zip(*kept, strict=True) if kept else ((), (), (), ())
    return Grid(tuple(places), tuple(every), tuple(texts), tuple(starts), False, table.sheet)


def _texts(view: str, spans: Sequence[Span], cells: Sequence[Cell]) -> tuple[str | None, ...]:
    texts: list[str | None] = [view[slice(*span)] for span in spans]
    for cell in cells:
        for column in range(cell.column + 1, min(cell.column + cell.column_span, len(texts))):
            texts[column] = texts[column] or None
    return tuple(texts)


class _Reader:
    """Goes down the rows of one table: the sections that its category rows open, its data."""

    def __init__(self, survey: Survey, grid: Grid, layout: Layout) -> None:
        self.places: list[Place] = []
        self.rows: list[Row] = []
        self.frames: dict[int, Frame] = {}
        self._survey = survey
        self._grid = grid
        self._layout = layout
        self._open: list[tuple[int, str, str]] = []  # level, title and key of open categories
        at = layout.headers[0].first if layout.headers else 0
        self._base = grid.places[min(at, len(grid.places) - 1)]
        self._frame = self._stated(survey.frames[self._base.line.start], at)
        self._headers = [dated(header, self._frame) for header in layout.headers]

    def read(self) -> None:
        for index, (place, role) in enumerate(
            zip(self._grid.places, self._layout.places, strict=True)
        ):
            if role.role == "category":
                self.places.append(self._category(place, role, self._grid.cells[index]))
            elif role.role == "data":
                self._data(index, self._below(place), role)
            elif role.role in SILENT_ROLES:
                self.places.append(replace(place, key=SILENT_ROLES[role.role], rank=0, title=None))
            else:
                self.places.append(_as_text(place) or replace(place, key="furniture"))

    def _stated(self, frame: Frame, header: int) -> Frame:
        """The period that the name of the sheet or a title above the header states."""
        frame = section_frame(self._grid.name, frame)
        for place in self._grid.places[:header]:
            text = self._survey.view[place.line.start : place.line.end]
            if len(place.line.cells) < 2 and not DATED.search(text):
                frame = section_frame(text, frame)
        return frame

    def _data(self, index: int, place: Place, role: RowPlace) -> None:
        text = None if role.header is not None else _as_text(place)
        self.places.append(text or place)
        cells = self._grid.cells[index]
        frame = self._frame
        for _, title, _ in self._open:
            frame = section_frame(title, frame)
        self.frames[place.line.start] = frame
        if text or len(place.line.cells) < 2:
            return
        header = self._plain(cells) if role.header is None else self._headers[role.header]
        missing = len(header.columns) - len(cells)
        if self._grid.typed and missing > 0:  # a row without its first cells (merged) moves right
            cells = ((0, 0),) * missing + cells
        self.rows.append(
            Row(self._survey.view, self._survey.text, place, header, cells,
                self._grid.starts[index], frame, self._layout.unit)
        )  # fmt: skip

    def _below(self, place: Place) -> Place:
        """A row in the sections of its table, inside that of the table itself."""
        above = (*self._base.above, *(title for _, title, _ in self._open))
        key = self._open[-1][2] if self._open else self._base.key
        return replace(place, above=above, key=key, rank=0, title=None)

    def _category(self, place: Place, role: RowPlace, cells: tuple[Span, ...]) -> Place:
        """A row that names a group: a heading for the rows below it."""
        view = self._survey.view
        start, end = cells[role.column]
        number = NUMBER.match(view, start, end)
        start = number.end() if number else start
        if mark := MARK.match(view, start, end):
            start = mark.end()
        title = view[start:end].rstrip("：。； ")
        while self._open and self._open[-1][0] >= role.level:
            self._open.pop()
        placed = self._below(place)
        key = key_of(title) or placed.key
        self._open.append((role.level, title, "plan" if key == "container" else key))
        header = self._headers[role.header or 0]
        return replace(
            placed, key=key, title=(start, start + len(title)), body=place.line.end,
            rank=OUTER_RANKS + role.level, number=number[0] if number else "",
            kind="heading" if assigns(header) else "caption",
        )  # fmt: skip

    def _plain(self, cells: tuple[Span, ...]) -> Header:
        """The header of a table that has none: a name, and work."""
        columns = tuple(HeaderColumn("", "work" if at else "name") for at in range(len(cells)))
        return Header(0, 0, columns)


def _as_text(place: Place) -> Place | None:
    """A row above the header or without one that fills a single cell: running text."""
    filled = [cell for cell in place.line.cells if cell[0] < cell[1]]
    return replace(place, line=Line(*filled[0], mark=place.line.mark)) if len(filled) == 1 else None

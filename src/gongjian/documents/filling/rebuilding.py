"""A sheet that came as an xls, an et or something else, as an xlsx that can be filled."""

import io
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gongjian.documents.copies import NARROW, OPTIONS, WIDE
from gongjian.documents.sheets import A4, EARLIEST, FORBIDDEN_IN_NAME, LONGEST_NAME, LONGEST_TEXT
from gongjian.lib.grids import UNCOMPUTED, Book, Cell, Grid
from gongjian.lib.texts import LIVE

MOST_MERGED = 2_000
MOST_COLUMNS, MOST_LINES = 100, 2_000
DENSE = 3  # texts of a row that is one of heads
HEADS = 4  # rows at most


@dataclass(frozen=True, slots=True)
class _Frame:
    """The rows between which a table has its lines, and how wide it is; `heads` are above them."""

    first: int = -1
    heads: int = -1
    last: int = -1
    width: int = 0

    def holds(self, row: int) -> bool:
        return self.first <= row <= self.last


def rebuilt(book: Book) -> bytes:
    """The values and what is merged of every sheet, with lines around the table; formulas are
    their values, and 0 below the head is none. It prints on A4 turned sideways, as wide as the
    page, its head on every page."""
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, OPTIONS)
    made.set_properties({"created": EARLIEST})
    for number, grid in enumerate(book.grids, start=1):
        _Page(made, made.add_worksheet(_name(grid.name, number)), grid).write()
    made.close()
    return stream.getvalue()


class _Page:
    """Writes one sheet."""

    def __init__(self, book: Workbook, page: Worksheet, grid: Grid) -> None:
        self._page, self._grid = page, grid
        self._rows = dict(grid.rows)
        self._frame = _frame(self._rows)
        plain = {"valign": "vcenter", "text_wrap": True}
        self._bare = book.add_format({"valign": "vcenter"})
        self._title = book.add_format({**plain, "align": "center", "bold": True, "font_size": 16})
        self._head = book.add_format({**plain, "border": 1, "align": "center", "bold": True})
        self._look = book.add_format({**plain, "border": 1})
        self._live = book.add_format({**plain, "border": 1, "quote_prefix": True})

    def write(self) -> None:
        page, frame = self._page, self._frame
        for top, left, last, right in self._grid.merged[:MOST_MERGED]:
            if (top, left) != (last, right):
                page.merge_range(top, left, last, right, "", self._look_of(top))
        spanned = {(top, left) for top, left, _last, right in self._grid.merged if right > left}
        widths: dict[int, int] = {}
        for row in sorted({*self._rows, *range(frame.first, frame.last + 1)} - {-1}):
            cells = self._rows.get(row, ())
            for column, cell in enumerate(cells):
                if cell is None or cell == UNCOMPUTED or (cell == 0.0 and row > frame.heads >= 0):
                    continue  # of an empty table 0 is what its formulas come to
                self._put(row, column, cell)
                if isinstance(cell, str) and (row, column) not in spanned and frame.holds(row):
                    widths[column] = max(widths.get(column, NARROW), 2 * len(cell))
            if frame.holds(row):
                self._lines(row, cells)
        for column, width in widths.items():
            page.set_column(column, column, min(width, WIDE))
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        if frame.first >= 0:
            page.repeat_rows(frame.first, frame.heads)

    def _put(self, row: int, column: int, cell: str | float) -> None:
        look = self._look_of(row)
        if isinstance(cell, float):
            self._page.write_number(row, column, cell, look)
            return
        form = self._live if cell.startswith(LIVE) else look
        self._page.write_string(row, column, cell[:LONGEST_TEXT], form)

    def _lines(self, row: int, cells: tuple[Cell, ...]) -> None:
        """Lines around the cells that are to be filled."""
        merged = {
            at
            for top, left, last, right in self._grid.merged
            if top <= row <= last
            for at in range(left, right + 1)
        }
        for column in range(self._frame.width):
            held = cells[column] if column < len(cells) else None
            if column not in merged and (held in (None, UNCOMPUTED, 0.0)):
                self._page.write_blank(row, column, None, self._look)

    def _look_of(self, row: int) -> object:
        frame = self._frame
        if row < frame.first:
            widest = max((r - c for t, c, _l, r in self._grid.merged if t == row), default=0)
            return self._title if row == 0 and widest >= DENSE else self._bare
        if row <= frame.heads:
            return self._head
        return self._look if frame.holds(row) else self._bare


def _frame(rows: dict[int, tuple[Cell, ...]]) -> _Frame:
    """From the first row of heads to the last row that is no note: a note begins with words and
    holds few of them."""
    texts = {row: [cell for cell in cells if _stands(cell)] for row, cells in rows.items()}
    first = next((row for row in sorted(texts) if len(texts[row]) >= DENSE), None)
    if first is None or max(rows) - first > MOST_LINES:
        return _Frame()
    heads = first
    while heads + 1 - first < HEADS and _is_head(texts.get(heads + 1, [])):
        heads += 1
    last = max(rows)
    while last > heads and _is_note(texts.get(last, [])):
        last -= 1
    width = max((len(rows[row]) for row in rows if first <= row <= last), default=0)
    return _Frame(first, heads, last, min(width, MOST_COLUMNS))


def _stands(cell: Cell) -> bool:
    return cell is not None and cell not in ("", UNCOMPUTED)


def _is_head(cells: list[Cell]) -> bool:
    return len(cells) >= DENSE and all(isinstance(cell, str) for cell in cells)


def _is_note(cells: list[Cell]) -> bool:
    return 0 < len(cells) <= DENSE and isinstance(cells[0], str) and len(cells[0]) > DENSE


def _name(given: str, number: int) -> str:
    return FORBIDDEN_IN_NAME.sub(" ", given).strip(" '")[:LONGEST_NAME] or f"Sheet{number}"

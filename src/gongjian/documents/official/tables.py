"""Tables: repeated heads, rows that split only where they are long, merged cells."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil

from gongjian.documents.assembly import Placed
from gongjian.documents.grid import Spanning, place
from gongjian.documents.official.bookmarks import Bookmarks
from gongjian.documents.official.model import Cell, Column, TableBlock, plain
from gongjian.documents.official.styles import HEI, exact, fonts, size
from gongjian.documents.official.titles import width
from gongjian.documents.official.xml import Element, line, paragraph, w

SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
PADDING = {"top": 30, "left": 85, "bottom": 30, "right": 85}  # twips round a cell's text
LEADING = 1.45  # height of a line in a cell, in sizes of its letters
LAST = 2  # rows that stand on the page of the note below the table
WHOLE = 6  # lines of a row that is kept on one page; a longer one may go over to the next


def table(block: TableBlock, width: int, bookmarks: Bookmarks) -> Iterator[Element]:
    """Caption, unit, the table itself, and its foot note."""
    if block.caption:
        yield line("TableCaption", block.caption)
    if block.maker:
        end = w("tabs", w("tab", val="right", pos=width))
        yield line("TableNote", f"{block.maker}\t{block.unit}", w("keepNext"), end)
    elif block.unit:
        yield line("TableNote", block.unit, w("keepNext"), w("jc", val="right"))
    yield _grid(block, column_widths(block.columns, width), bookmarks)
    # Word joins two tables that touch, and wants a paragraph after the last one.
    yield line("TableNote", block.note)


def column_widths(columns: Sequence[Column], width: int) -> list[int]:
    """Shares of the width in twips; they add up to it exactly."""
    total = sum(column.width for column in columns)
    edges, so_far = [0], 0.0
    for column in columns:
        so_far += column.width
        edges.append(round(width * so_far / total))
    return [after - before for before, after in pairwise(edges)]


def head_rows(block: TableBlock) -> tuple[tuple[str | Cell, ...], ...]:
    """The head as given, else the heads of the columns."""
    return block.head or (tuple(column.head for column in block.columns),)


def placed_cells(rows: Sequence[Sequence[str | Cell]], columns: int) -> dict[Placed, Cell]:
    """Each cell with its place. Errors: ValueError where a row is wider than the table."""
    given = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    spans = [[Spanning("", cell.row_span, cell.column_span) for cell in row] for row in given]
    places = place(spans)
    if any(at.column + at.column_span > columns for at in places):
        raise ValueError(f"a row has more cells than the table's {columns} columns")
    return dict(zip(places, (cell for row in given for cell in row), strict=True))


def _grid(block: TableBlock, widths: list[int], bookmarks: Bookmarks) -> Element:
    margins = (w(side, w=room, type="dxa") for side, room in PADDING.items())
    writer = _Rows(block, widths, bookmarks)
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblW", w=sum(widths), type="dxa"),
            w("jc", val="center"),
            w(
                "tblBorders",
                *(w(side, val="single", sz=4, space=0, color="000000") for side in SIDES),
            ),
            w("tblLayout", type="fixed"),
            w("tblCellMar", *margins),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        *writer.rows(head_rows(block), head=True),
        *writer.rows(block.rows, head=False),
    )


class _Rows:
    """Writes the rows of one table."""

    def __init__(self, block: TableBlock, widths: list[int], bookmarks: Bookmarks) -> None:
        self._block = block
        self._widths = widths
        self._bookmarks = bookmarks

    def rows(self, rows: Sequence[Sequence[str | Cell]], *, head: bool) -> Iterator[Element]:
        cells = placed_cells(rows, len(self._widths))
        covering: dict[int, list[Placed]] = {row: [] for row in range(len(rows))}
        for at in sorted(cells, key=lambda at: at.column):
            for row in range(at.row, min(at.row + at.row_span, len(rows))):
                covering[row].append(at)
        for row in range(len(rows)):
            whole = head or self._lines({at: cells[at] for at in covering[row]}) <= WHOLE
            properties = w(
                "trPr", w("cantSplit") if whole else None, w("tblHeader") if head else None
            )
            band = len(covering[row]) == 1 and covering[row][0].column_span == len(self._widths) > 1
            keep = band or (bool(self._block.note) and row >= len(rows) - LAST)
            inside = (
                self._cell(cells[at], at, row, head=head, keep=keep and not head)
                for at in covering[row]
            )
            yield w("tr", properties, *inside)

    def _lines(self, cells: Mapping[Placed, Cell]) -> int:
        """About how many lines the fullest cell of a row takes."""
        letter, sides = self._block.points * 20, PADDING["left"] + PADDING["right"]
        return max(
            sum(
                max(1, ceil(width(part) * letter / max(self._room(at) - sides, letter)))
                for part in plain(cell.text).split("\n")
            )
            for at, cell in cells.items()
        )

    def _room(self, at: Placed) -> int:
        return sum(self._widths[at.column : at.column + at.column_span])

    def _cell(self, cell: Cell, at: Placed, row: int, *, head: bool, keep: bool) -> Element:
        """One cell; the name of a group stays on the page of the row below it, the last rows on
        that of the note."""
        below = at.row < row
        properties = w(
            "tcPr",
            w("tcW", w=self._room(at), type="dxa"),
            w("gridSpan", val=at.column_span) if at.column_span > 1 else None,
            self._merge(at, row),
            w("vAlign", val="center"),
        )
        align = "center" if head else cell.align or self._block.columns[at.column].align
        points = self._block.points
        letters = [*size(points), *([fonts(HEI)] if head else [])]
        runs = [] if below else self._bookmarks.runs(cell.text, letters)
        height = exact(round(points * 20 * LEADING))
        kept = w("keepNext") if keep else None
        return w("tc", properties, paragraph("TableText", runs, kept, height, w("jc", val=align)))

    def _merge(self, at: Placed, row: int) -> Element | None:
        if at.row_span == 1:
            return None
        return w("vMerge", val="restart") if at.row == row else w("vMerge")

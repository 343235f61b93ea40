"""The tables inside a text (docx, pdf, html) → a sheet a table, with the lines above it."""

from gongjian.documents.grids.spool import Spool
from gongjian.documents.reading import read_document
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.lib.grids import Book, Cell, Grid, Range
from gongjian.lib.pages import Document, Paragraph, Table

PLAIN = Limits()
LINES_ABOVE = 6


def read_tables(name: str, content: bytes) -> Book:
    """The tables of a text; one that goes on over the page is one, where its width stays.

    Errors: Unreadable as `read_document`; 'no_table' where the text holds none.
    """
    document = read_document(name, content)
    grids: list[Grid] = []
    above: list[str] = []
    widths: list[int] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above.append(document.text[block.start : block.end].strip())
            continue
        width = max(cell.column + cell.column_span for cell in block.cells)
        continued = grids and not above and widths[-1] == width and not block.sheet
        if continued:
            _follow(grids, document, block)
        else:
            grids.append(_grid(document, block, f"表{len(grids) + 1}", above))
            widths.append(width)
        above = []
    if not grids:
        raise Unreadable("no_table")
    return Book(tuple(grids), document.media, document.left_out)


def _grid(document: Document, table: Table, name: str, above: list[str]) -> Grid:
    spool = Spool(PLAIN)
    merged = _fill(spool, document, table, 0)
    return Grid(table.sheet or name, spool, merged, above=tuple(above[-LINES_ABOVE:]))


def _follow(grids: list[Grid], document: Document, table: Table) -> None:
    """The next part of the table before it: its rows go on where those ended."""
    last = grids.pop()
    spool = last.rows
    assert isinstance(spool, Spool)
    first = max((row for row, _ in spool), default=-1) + 1
    merged = last.merged + _fill(spool, document, table, first)
    grids.append(Grid(last.name, spool, merged, above=last.above))


def _fill(spool: Spool, document: Document, table: Table, first: int) -> tuple[Range, ...]:
    rows: dict[int, list[Cell]] = {}
    merged: list[Range] = []
    for cell in table.cells:
        cells = rows.setdefault(cell.row, [])
        cells += [None] * (cell.column + 1 - len(cells))
        cells[cell.column] = document.text[cell.start : cell.end].strip() or None
        if (cell.row_span, cell.column_span) != (1, 1):
            top = first + cell.row
            merged.append((top, cell.column, top + cell.row_span - 1,
                           cell.column + cell.column_span - 1))  # fmt: skip
    for row in sorted(rows):
        spool.add(first + row, rows[row])
    return tuple(merged)

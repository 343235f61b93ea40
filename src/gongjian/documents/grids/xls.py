"""Bytes of an xls or et → its visible sheets, with the values that the cells keep."""

import xlrd
from xlrd.book import Book as Old
from xlrd.sheet import Sheet as Page

from gongjian.documents.grids.spool import Spool
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.documents.workbook.formats import EPOCH, EPOCH_1904, kept
from gongjian.documents.workbook.xls import code_of, open_xls
from gongjian.lib.grids import Book, Cell, Grid

MACROS = "_VBA_PROJECT".encode("utf-16-le")


def read_xls_grids(content: bytes, limits: Limits) -> Book:
    """A workbook of Excel 97, a Grid a visible sheet.

    Errors: Unreadable 'damaged', 'encrypted', 'too_large', 'empty'.
    """
    book = open_xls(content)
    visible = [page for page in book.sheets() if not page.visibility]
    left_out = ["hidden_sheets"] if len(visible) < book.nsheets else []
    if MACROS in content:
        left_out.append("macros")
    if not visible:
        raise Unreadable("empty")
    return Book(tuple(_grid(book, page, limits) for page in visible), "xls", tuple(left_out))


def _grid(book: Old, page: Page, limits: Limits) -> Grid:
    spool = Spool(limits)
    for row in range(page.nrows):
        kinds = page.row_types(row)
        cells = [
            _cell(book, page, row, column, kinds[column], value)
            for column, value in enumerate(page.row_values(row))
        ]
        spool.add(row, cells)
    return Grid(
        page.name,
        spool,
        tuple((top, left, below - 1, right - 1) for top, below, left, right in page.merged_cells),
        frozenset(row for row, look in page.rowinfo_map.items() if look.hidden),
        frozenset(at for at, look in page.colinfo_map.items() if look.hidden),
        serials_from_1904=bool(book.datemode),
    )


def _cell(book: Old, page: Page, row: int, column: int, kind: int, value: str | float) -> Cell:
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if isinstance(value, str):
        return value or None
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#ERROR!"))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    code = code_of(book, page.cell_xf_index(row, column))
    epoch = EPOCH_1904 if book.datemode else EPOCH
    return kept(value, code, epoch=epoch) if code else value

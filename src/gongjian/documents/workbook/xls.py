"""Bytes of an xls, or of the et of WPS → its visible sheets."""

import io

import xlrd
from xlrd.book import Book
from xlrd.sheet import Sheet as Page

from gongjian.documents.assembly import Assembly
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.documents.workbook.compound import stream
from gongjian.documents.workbook.formats import BUILT_IN, EPOCH, EPOCH_1904, plain, shown
from gongjian.documents.workbook.sheet import Sheet, title_of
from gongjian.lib.pages import Document

LOCKED = "encrypted"  # in the library's own words; it has no class for it


def read_xls(content: bytes, limits: Limits) -> Document:
    """A workbook of Excel 97 as it shows: a table a visible sheet.

    Errors: Unreadable 'damaged', 'encrypted', 'too_large', 'empty'.
    """
    book = open_xls(content)
    assembly = Assembly(limits)
    left_out: dict[str, None] = {}
    title = ""
    for page in book.sheets():
        if page.visibility:
            left_out["hidden"] = None
            continue
        sheet = _sheet(book, page, limits)
        placed = sheet.placed(limits)
        title = title or title_of(placed)
        if sheet.hides:
            left_out["hidden"] = None
        assembly.add_table(placed, sheet=sheet.name, sparse=True)
    return assembly.build("xls", title=title, left_out=list(left_out))


def open_xls(content: bytes) -> Book:
    """The library gets the stream alone: its own reader of compound files can run in a circle."""
    held = stream(content, "Workbook", "Book")
    if not held:
        raise Unreadable("damaged", part="xls")
    try:
        return xlrd.open_workbook(
            file_contents=held, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except Exception as broken:  # over broken bytes it raises whatever its parts raise
        if LOCKED in str(broken):
            raise Unreadable("encrypted") from broken
        raise Unreadable("damaged", part="xls") from broken


def _sheet(book: Book, page: Page, limits: Limits) -> Sheet:
    sheet = Sheet(page.name)
    sheet.hidden_rows.update(row for row, look in page.rowinfo_map.items() if look.hidden)
    sheet.hidden_columns.update(at for at, look in page.colinfo_map.items() if look.hidden)
    sheet.merged += [(top, left, below - 1, right - 1)
                     for top, below, left, right in page.merged_cells]  # fmt: skip
    for row in range(page.nrows):
        kinds = page.row_types(row)
        for column, value in enumerate(page.row_values(row)):
            if kinds[column] not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                style = page.cell_xf_index(row, column)
                sheet.put(row, column, _shown(book, kinds[column], value, style))
        limits.check("cells", len(sheet.texts))
    return sheet


def _shown(book: Book, kind: int, value: str | float, style: int) -> str:
    if isinstance(value, str):
        return value
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, ""))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    code = code_of(book, style)
    return (
        shown(value, code, epoch=EPOCH_1904 if book.datemode else EPOCH) if code else plain(value)
    )


def code_of(book: Book, style: int) -> str:
    """The format of a cell; those known by number only are ours, not the American ones."""
    key = book.xf_list[style].format_key if style < len(book.xf_list) else 0
    found = book.format_map.get(key)
    return BUILT_IN.get(key) or (found.format_str if found else "")

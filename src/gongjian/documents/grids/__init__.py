"""Reads ledgers: the cells of a workbook, a csv, a json or the tables of a text, row by row."""

from codecs import BOM_UTF8
from typing import BinaryIO

from gongjian.documents.grids.cover import mark_of_book
from gongjian.documents.grids.delimited import read_delimited_grid
from gongjian.documents.grids.objects import looks_like_json, read_json
from gongjian.documents.grids.ods import is_ods, read_ods
from gongjian.documents.grids.texts import read_tables
from gongjian.documents.grids.xls import read_xls_grids
from gongjian.documents.grids.xlsx import read_xlsx_grids
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.documents.web_page import looks_like_html
from gongjian.documents.workbook import is_xlsx
from gongjian.lib.grids import Book

__all__ = ["LEDGER", "mark_of_book", "read_book"]

ZIP = b"PK"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOKS = ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
OTHERS = (b"%PDF-", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf",
          b"\x1f\x8b", b"MIME-Version:", b"II*\x00", b"MM\x00*")  # fmt: skip
# A ledger is read row by row and may be longer than a plan; a pdf of one keeps the plan's limits.
LEDGER = Limits(
    bytes=600_000_000, unpacked_bytes=1_500_000_000, part_bytes=1_000_000_000, cells=40_000_000
)
STREAMED = 50_000_000  # bytes: anything but a csv is smaller


def read_book(name: str, file: BinaryIO, *, limits: Limits = LEDGER) -> Book:
    """Read an xlsx, xlsm, xls, et, ods, csv, tsv or json, or the tables of a docx, pdf or html.

    Content decides what it is; the name only breaks a tie. The file must stay open while the rows
    are gone through.

    Missing: what was seen and not read is named in `left_out` (macros, hidden, images, …).
    Errors: Unreadable with a code of `unreadable.Code`.
    """
    try:
        return _read(name, file, limits)
    except MemoryError as much:
        raise Unreadable("too_large", measure="memory", limit=0) from much
    except RecursionError as deep:
        raise Unreadable("too_deep") from deep


def _read(name: str, file: BinaryIO, limits: Limits) -> Book:
    start = file.read(4096)
    size = file.seek(0, 2)
    file.seek(0)
    limits.check("bytes", size)
    if not start:
        raise Unreadable("empty")
    table = not start.startswith((ZIP, OLE, *OTHERS)) and b"%PDF-" not in start[:1024]
    if table and not looks_like_html(name, start):
        if looks_like_json(name, start.removeprefix(BOM_UTF8)):
            return read_json(_whole(file, limits), limits)
        return read_delimited_grid(file, limits)
    content = _whole(file, limits)
    if content.startswith(ZIP):
        if is_xlsx(content):
            return read_xlsx_grids(content, limits)
        if is_ods(content):
            return read_ods(content, limits)
    if content.startswith(OLE) and any(stream in content for stream in WORKBOOKS):
        return read_xls_grids(content, limits)
    return read_tables(name, content)


def _whole(file: BinaryIO, limits: Limits) -> bytes:
    content = file.read(min(STREAMED, limits.bytes) + 1)
    if len(content) > STREAMED:
        raise Unreadable("too_large", measure="bytes", limit=STREAMED)
    return content

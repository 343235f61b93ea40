"""Bytes of an ods → its visible sheets. A cell or a row says how often it comes again: those
without content are not laid out."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import ClassVar

from lxml import etree

from gongjian.documents.grids.spool import Spool
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.documents.word_file.package import BROKEN, Element, Package, name, value
from gongjian.lib.grids import UNCOMPUTED, Book, Cell, Grid, Range

CONTENT = "content.xml"
MOST_REPEATED = 16_384
NUMBERS = {"float", "percentage", "currency"}
MONTH = re.compile(r"(\d{4})[年./-](\d{1,2})月?(?:份)?")
SHEET = b"application/vnd.oasis.opendocument.spreadsheet"


class Sheets(Package):
    """The parts of an ods."""

    others: ClassVar[dict[str, str]] = {}
    fallback = CONTENT


def is_ods(content: bytes) -> bool:
    """Does a zip say that it is a spreadsheet of OpenDocument?"""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
            return "mimetype" in names and package.read("mimetype").startswith(SHEET)
    except BROKEN:
        return False


def read_ods(content: bytes, limits: Limits) -> Book:
    """A Grid a visible sheet; formulas keep the result that was saved with them.

    Errors: Unreadable 'damaged', 'encrypted', 'too_large', 'empty'.
    """
    package = Sheets(content, limits)
    root = package.part(package.main)
    hidden = set(_hidden_styles(root))
    grids: list[Grid] = []
    left_out: dict[str, None] = {}
    for table in root.iter("{*}table") if root is not None else ():
        if value(table, "style-name") in hidden:
            left_out["hidden_sheets"] = None
        else:
            grids.append(_Table(table, limits).grid())
    if package.has("Basic/"):
        left_out["macros"] = None
    if package.has("Pictures/"):
        left_out["images"] = None
    if not grids:
        raise Unreadable("empty")
    return Book(tuple(grids), "ods", tuple(left_out))


def _hidden_styles(root: Element | None) -> Iterator[str]:
    for style in root.iter("{*}style") if root is not None else ():
        if any(value(part, "display") == "false" for part in style):
            yield value(style, "name") or ""


class _Table:
    def __init__(self, table: Element, limits: Limits) -> None:
        self._table = table
        self._spool = Spool(limits)
        self._limits = limits
        self._merged: list[Range] = []
        self._hidden: set[int] = set()

    def grid(self) -> Grid:
        row = 0
        for element in self._table.iter("{*}table-row"):
            times = _times(element, "number-rows-repeated", 1_048_576)
            cells = self._cells(element, row)
            for again in range(times if cells else 0):
                self._spool.add(row + again, list(cells))
            if cells and value(element, "visibility") in {"collapse", "filter"}:
                self._hidden.update(range(row, row + times))
            row += times
        return Grid(
            value(self._table, "name") or "",
            self._spool,
            tuple(self._merged),
            frozenset(self._hidden),
        )

    def _cells(self, element: Element, row: int) -> list[Cell]:
        cells: list[Cell] = []
        column = 0
        for part in element:
            if name(part) not in {"table-cell", "covered-table-cell"}:
                continue
            times = _times(part, "number-columns-repeated", MOST_REPEATED)
            held = _held(part)
            high = _times(part, "number-rows-spanned", 1_048_576)
            wide = _times(part, "number-columns-spanned", MOST_REPEATED)
            if (high, wide) != (1, 1):
                self._merged.append((row, column, row + high - 1, column + wide - 1))
            if held is not None and column < MOST_REPEATED:
                cells += [None] * (column - len(cells)) + [held] * times
            column += times
            self._limits.check("cells", len(cells))
        return cells


def _held(cell: Element) -> Cell:
    if name(cell) == "covered-table-cell":
        return None
    shown = "\n".join("".join(map(str, line.itertext())) for line in cell if name(line) == "p")
    kind = value(cell, "value-type")
    if kind == "date":
        month = MONTH.fullmatch(shown.strip())
        if month:
            return f"{month[1]}-{int(month[2]):02d}"
        day = (value(cell, "date-value") or shown).replace("T", " ")
        return day[:16].removesuffix(" 00:00")
    if kind in NUMBERS and not shown.startswith(("#", "Err:")):
        return _figure(value(cell, "value") or "", share=kind == "percentage")
    if value(cell, "formula") is not None and kind is None and not shown:
        return UNCOMPUTED
    return shown or None


def _figure(written: str, *, share: bool) -> Cell:
    try:
        number = float(written)
    except ValueError:
        return written or None
    return f"{number * 100:.15g}%" if share else number


def _times(element: etree._Element, key: str, most: int) -> int:
    text = value(element, key) or "1"
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 9 else 1

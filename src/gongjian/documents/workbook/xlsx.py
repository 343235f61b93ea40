"""Bytes of an xlsx → its visible sheets, with the values as a person sees them."""

import io
import re
import zipfile
from collections.abc import Iterator

from gongjian.documents.assembly import Assembly
from gongjian.documents.unreadable import Limits
from gongjian.documents.word_file.package import BROKEN, Element, Package, child, name, value
from gongjian.documents.workbook.formats import BUILT_IN, EPOCH, EPOCH_1904, plain, shown
from gongjian.documents.workbook.sheet import Range, Sheet, title_of, unescaped
from gongjian.lib.pages import Document

REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
MARGIN = re.compile(r'&"[^"]*"|&K[0-9A-F]{6}|&\d{1,3}|&[A-Z]')
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
WORKBOOK = "xl/workbook.xml"


class Book(Package):
    """The parts of an xlsx. Errors: those of a Package."""

    others = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx", "content.xml": "odt"}
    fallback = WORKBOOK


def is_xlsx(content: bytes) -> bool:
    """Does the directory of a zip name a workbook? A Word file may hold one inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return WORKBOOK in package.namelist()
    except BROKEN:
        return False


def read_xlsx(content: bytes, limits: Limits) -> Document:
    """A workbook as it shows: a table a visible sheet, at the rows and columns of the sheet.

    Errors: Unreadable 'damaged', 'encrypted', 'unknown_format', 'too_large', 'empty', 'scan'.
    """
    return _Reader(Book(content, limits), limits).read()


class _Reader:
    """Reads the sheets one after the other, each row by row."""

    def __init__(self, book: Book, limits: Limits) -> None:
        self._book = book
        self._limits = limits
        self._root = book.part(book.main)
        self._strings = [_text(entry) for entry in _entries(book, "sharedStrings", "si")]
        self._formats = _formats(book)
        properties = child(self._root, "workbookPr")
        late = properties is not None and _on(properties, "date1904")
        self._epoch = EPOCH_1904 if late else EPOCH
        self._margins: list[str] = []
        self._left_out: dict[str, None] = {}

    def read(self) -> Document:
        assembly = Assembly(self._limits)
        title = ""
        for sheet in self._visible():
            placed = sheet.placed(self._limits)
            if sheet.hides:
                self._left_out["hidden"] = None
            title = title or title_of(placed)
            assembly.add_table(placed, sheet=sheet.name, sparse=True)
        for start, kind in (("xl/media/", "images"), ("xl/comments", "comments")):
            if self._book.has(start):
                self._left_out[kind] = None
        return assembly.build(
            "xlsx", title=title, left_out=list(self._left_out), margins=self._margins
        )

    def _visible(self) -> Iterator[Sheet]:
        paths = self._book.targets("worksheet")
        sheets = child(self._root, "sheets")
        for entry in sheets if sheets is not None else ():
            path = paths.get(value(entry, "id") or "")
            if (value(entry, "state") or "visible") != "visible":
                self._left_out["hidden"] = None
            elif path is not None:
                yield self._sheet(value(entry, "name") or "", path)

    def _sheet(self, label: str, path: str) -> Sheet:
        sheet = Sheet(label)
        row = -1
        wanted = ("row", "col", "mergeCell", "headerFooter")
        for element in self._book.elements(path, wanted):
            kind = name(element)
            if kind == "row":
                row = self._row(sheet, element, row + 1)
            elif kind == "col" and _on(element, "hidden"):
                first, last = _number(element, "min"), _number(element, "max")
                sheet.hidden_columns.update(range(first - 1, min(last, LAST_COLUMN)))
            elif kind == "mergeCell" and (merged := _range(value(element, "ref") or "")):
                sheet.merged.append(merged)
            elif kind == "headerFooter":
                self._margins += _margins(element)
        return sheet

    def _row(self, sheet: Sheet, element: Element, following: int) -> int:
        """One row; cells and rows may leave out where they stand, and then follow the last."""
        row = _number(element, "r", following + 1) - 1
        if _on(element, "hidden"):
            sheet.hidden_rows.add(row)
        column = -1
        for cell in element:
            place = REFERENCE.fullmatch(value(cell, "r") or "")
            column = _column(place[1]) if place else column + 1
            if len(cell) and column < LAST_COLUMN:
                sheet.put(row, column, self._value(cell))
        self._limits.check("cells", len(sheet.texts))
        return row

    def _value(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inside = child(cell, "is")
            return _text(inside) if inside is not None else ""
        held = child(cell, "v")
        written = (held.text or "") if held is not None else ""
        if kind == "s":
            index = int(written) if written.isdecimal() else -1
            return self._strings[index] if 0 <= index < len(self._strings) else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(written, written)
        if kind == "d":
            return written.removesuffix("T00:00:00").replace("T", " ")
        return self._number(cell, written) if kind == "n" else unescaped(written)

    def _number(self, cell: Element, written: str) -> str:
        try:
            number = float(written)
        except ValueError:
            return written
        code = self._formats.get(cell.get("s", "0"), "")
        return shown(number, code, epoch=self._epoch) if code else plain(number)


def _entries(book: Book, kind: str, label: str) -> Iterator[Element]:
    for path in book.targets(kind).values():
        yield from book.elements(path, (label,))


def _text(entry: Element) -> str:
    """The text of a string: its runs, without the reading aids (rPh) of Japanese files."""
    parts = [
        part.text or ""
        for part in entry.iter("{*}t")
        if all(name(outer) != "rPh" for outer in part.iterancestors())
    ]
    return unescaped("".join(parts))


def _formats(book: Book) -> dict[str, str]:
    """The format code of each style of a cell; without those that show a number plainly."""
    found: dict[str, str] = {}
    for path in book.targets("styles").values():
        root = book.part(path)
        custom = child(root, "numFmts")
        codes = {str(number): code for number, code in BUILT_IN.items()}
        for entry in custom if custom is not None else ():
            codes[value(entry, "numFmtId") or ""] = value(entry, "formatCode") or ""
        styles = child(root, "cellXfs")
        for index, style in enumerate(styles if styles is not None else ()):
            if code := codes.get(value(style, "numFmtId") or ""):
                found[str(index)] = code
    return found


def _margins(element: Element) -> Iterator[str]:
    """The lines at the head and foot of the printed pages, without their codes."""
    for part in element:
        for line in re.split(r"&[LCR]|\n", part.text or ""):
            if text := MARGIN.sub("", line).strip(" —-/"):
                yield text


def _range(reference: str) -> Range | None:
    first, _, last = reference.partition(":")
    start, end = REFERENCE.fullmatch(first), REFERENCE.fullmatch(last)
    if start is None or end is None:
        return None
    return int(start[2]) - 1, _column(start[1]), int(end[2]) - 1, _column(end[1])


def _column(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _on(element: Element, key: str) -> bool:
    return element.get(key) in {"1", "true"}


def _number(element: Element, key: str, missing: int = 1) -> int:
    text = element.get(key) or ""
    number = int(text) if text.isdecimal() and len(text) < 9 else missing
    return min(max(number, 1), LAST_ROW)

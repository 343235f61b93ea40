"""Bytes of an xlsx or xlsm → its visible sheets, cell by cell and never as a whole."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO
from xml.parsers import expat

from gongjian.documents.grids.spool import LONGEST, Spool
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.documents.word_file.package import BROKEN, Element, child, value
from gongjian.documents.workbook.formats import BUILT_IN, EPOCH, EPOCH_1904, kept
from gongjian.documents.workbook.sheet import unescaped
from gongjian.documents.workbook.xlsx import Book as Package
from gongjian.lib.grids import UNCOMPUTED, Book, Cell, Grid, Range

LAST_COLUMN = 16_384
BOMB = 200  # times smaller than what it unpacks to: no person's file is
BOMB_FROM = 20_000_000
MOST_RANGES = 200_000
MOST_CHARACTERS = 300_000_000
PREFIXED = re.compile(rb"<[A-Za-z0-9]+:(?:worksheet|sst)\b")  # <x:c>: no program of offices does
BLOCK = 1 << 16
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
COLUMN = "$ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def read_xlsx_grids(content: bytes, limits: Limits) -> Book:
    """A workbook, a Grid a visible sheet; formulas keep the result that was saved with them.

    Errors: Unreadable 'damaged', 'encrypted', 'unknown_format', 'too_large', 'empty'.
    """
    package = Package(content, limits)
    for unpacked, packed in package.sizes():
        if unpacked > BOMB_FROM and unpacked > BOMB * packed:
            raise Unreadable("too_large", measure="unpacked_bytes", limit=BOMB * packed)
    return _Reader(package, limits).read()


class _Reader:
    def __init__(self, package: Package, limits: Limits) -> None:
        self._package = package
        self._limits = limits
        self._root = package.part(package.main)
        self._strings: list[str] = []
        for path in package.targets("sharedStrings").values():
            if package.has(path):
                _strings(self._strings, package.opened(path), path)
        self._codes = _codes(package)
        properties = child(self._root, "workbookPr")
        self._late = properties is not None and properties.get("date1904") in {"1", "true"}

    def read(self) -> Book:
        left_out: dict[str, None] = {}
        grids = []
        paths = self._package.targets("worksheet")
        sheets = child(self._root, "sheets")
        for entry in sheets if sheets is not None else ():
            path = paths.get(value(entry, "id") or "")
            if (value(entry, "state") or "visible") != "visible":
                left_out["hidden_sheets"] = None
            elif path is not None and self._package.has(path):
                grids.append(self._grid(value(entry, "name") or "", path))
        for start, kind in (("xl/vbaProject", "macros"), ("xl/media/", "images")):
            if self._package.has(start):
                left_out[kind] = None
        if not grids:
            raise Unreadable("empty")
        return Book(tuple(grids), "xlsx", tuple(left_out))

    def _grid(self, name: str, path: str) -> Grid:
        epoch = EPOCH_1904 if self._late else EPOCH
        sheet = _Sheet(self._strings, self._codes, epoch, Spool(self._limits))
        sheet.feed(self._package.opened(path), path)
        return Grid(
            name, sheet.spool, tuple(sheet.merged), frozenset(sheet.hidden_rows),
            frozenset(sheet.hidden_columns), serials_from_1904=self._late,
        )  # fmt: skip


def _parser() -> expat.XMLParserType:
    """A parser whose tags are local names. A document type is an attack: Office writes none, so
    that no entity can be declared."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _run(parser: expat.XMLParserType, start: Start, end: End, stream: IO[bytes], path: str) -> None:
    """Read a part as it comes off the package."""
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        with stream:
            block = stream.read(BLOCK)
            if PREFIXED.search(block[:4096]):
                parser.StartElementHandler = lambda tag, held: start(tag.rpartition(":")[2], held)
                parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
            while block:
                parser.Parse(block, False)
                block = stream.read(BLOCK)
            parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, *BROKEN) as broken:  # an encoding nobody knows, too
        raise Unreadable("damaged", part=path) from broken


def _refuse(*_: object) -> None:
    raise Unreadable("damaged", part="xlsx")


def _strings(found: list[str], stream: IO[bytes], path: str) -> None:
    """The table of texts that cells point into, without the reading aids of Japanese files."""
    parser = _parser()
    parts: list[str] = []
    aside = length = 0

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal aside
        if tag == "t" and not aside:
            parser.CharacterDataHandler = parts.append
        elif tag == "si":
            parts.clear()
        elif tag == "rPh":
            aside += 1

    def end(tag: str) -> None:
        nonlocal aside, length
        if tag == "t":
            parser.CharacterDataHandler = None
        elif tag == "si":
            text = "".join(parts)
            length += min(len(text), LONGEST)
            if length > MOST_CHARACTERS:
                raise Unreadable("too_large", measure="text_bytes", limit=MOST_CHARACTERS)
            found.append(unescaped(text[: LONGEST + 1]))
        elif tag == "rPh":
            aside -= 1

    _run(parser, start, end, stream, path)


class _Sheet:
    """The rows of a sheet, as they come, and what is merged and hidden, which comes after them."""

    def __init__(
        self, strings: list[str], codes: dict[str, str], epoch: datetime, spool: Spool
    ) -> None:
        self._strings = strings
        self._codes = codes
        self._epoch = epoch
        self.spool = spool
        self.merged: list[Range] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()

    def feed(self, stream: IO[bytes], path: str) -> None:
        """Closures, not methods: they are called four times a cell, and a sheet has millions."""
        parser = _parser()
        columns: dict[str, int] = {}
        codes, strings, spool, value_of = self._codes, self._strings, self.spool, self._value
        row, column, kind, style, formula = -1, -1, "n", "", False
        parts: list[str] = []
        cells: list[Cell] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal row, column, kind, style, formula
            if tag == "c":
                reference = attributes.get("r")
                if reference:
                    name = reference.rstrip("0123456789")
                    known = columns.get(name)
                    if known is None:
                        known = columns[name] = _column(name)
                    column = known
                else:
                    column += 1
                kind = attributes.get("t", "n")
                style = attributes.get("s", "")
                formula = False
                parts.clear()
            elif tag == "v" or tag == "t":
                parser.CharacterDataHandler = parts.append
            elif tag == "f":
                formula = True
            elif tag == "row":
                row = _number(attributes.get("r"), row + 2) - 1
                column = -1
                if attributes.get("hidden") in {"1", "true"}:
                    self.hidden_rows.add(row)
            else:
                self._aside(tag, attributes)

        def end(tag: str) -> None:
            nonlocal cells
            if tag == "v" or tag == "t":
                parser.CharacterDataHandler = None
            elif tag == "c":
                if (not parts and not formula) or column >= LAST_COLUMN:
                    return
                cell: Cell
                if kind == "n" and len(parts) == 1 and style not in codes:
                    cell = _float(parts[0])
                elif kind == "s" and len(parts) == 1 and parts[0].isdecimal():
                    index = int(parts[0]) if len(parts[0]) < 10 else -1
                    cell = (strings[index] if 0 <= index < len(strings) else "") or None
                else:
                    cell = value_of("".join(parts), kind, style, formula=formula)
                if cell is None:
                    return
                missing = column - len(cells)
                if missing < 0:  # a cell named twice
                    cells[column] = cell
                    return
                if missing:
                    cells.extend([None] * missing)
                cells.append(cell)
            elif tag == "row" and cells:
                spool.add(row, cells)
                cells = []

        _run(parser, start, end, stream, path)

    def _value(self, written: str, kind: str, style: str, *, formula: bool) -> Cell:
        if not written:
            return UNCOMPUTED if formula and kind != "str" else None
        if kind == "n":
            number = _float(written)
            code = self._codes.get(style)
            bare = not code or isinstance(number, str)
            return number if bare else kept(number, code, epoch=self._epoch)  # type: ignore[arg-type]
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(written, written)
        if kind == "d":
            return written.removesuffix("T00:00:00").replace("T", " ")
        return unescaped(written) if kind != "s" else None

    def _aside(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = _number(attributes.get("min"), 1), _number(attributes.get("max"), 1)
            self.hidden_columns.update(range(first - 1, min(last, LAST_COLUMN)))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        ends = [
            (_number(part.lstrip(COLUMN), 1) - 1, _column(part.rstrip("$0123456789")))
            for part in (first, last or first)
        ]
        self.merged.append((*ends[0], *ends[1]))
        if len(self.merged) > MOST_RANGES:
            raise Unreadable("too_large", measure="merged", limit=MOST_RANGES)


def _column(name: str) -> int:
    """B → 1."""
    number = 0
    for letter in name.strip("$").upper()[:3]:
        number = number * 26 + ord(letter) - 64
    return max(number - 1, 0)


def _float(written: str) -> float | str:
    try:
        return float(written)
    except ValueError:
        return written


def _codes(package: Package) -> dict[str, str]:
    """The format of each style that says more than the number does."""
    found: dict[str, str] = {}
    for path in package.targets("styles").values():
        root = package.part(path)
        custom = child(root, "numFmts")
        codes = {str(number): code for number, code in BUILT_IN.items()}
        for entry in custom if custom is not None else ():
            codes[value(entry, "numFmtId") or ""] = value(entry, "formatCode") or ""
        found |= dict(_styled(child(root, "cellXfs"), codes))
    return found


def _styled(styles: Element | None, codes: dict[str, str]) -> Iterator[tuple[str, str]]:
    for index, style in enumerate(styles if styles is not None else ()):
        if code := codes.get(value(style, "numFmtId") or ""):
            yield str(index), code


def _number(text: str | None, missing: int) -> int:
    number = int(text) if text and text.isdecimal() and len(text) < 9 else missing
    return min(max(number, 1), 1_048_576)

"""Bytes of an xlsx or xlsm → its visible sheets, cell by cell and never as a whole."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO
from xml.parsers import expat

from gongjian.documents.grids.spool import LONGEST, Spool
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.documents.word_file.package import BROKEN, child, value
from gongjian.documents.workbook.formats import BUILT_IN, EPOCH, EPOCH_1904, kept
from gongjian.documents.workbook.sheet import unescaped
from gongjian.documents.workbook.xlsx import Book as Package
from gongjian.lib.grids import UNCOMPUTED, Book, Cell, Grid, Range

LAST_COLUMN = 16_384
BOMB = 200  # times smaller than what it unpacks to: no person's file is
BOMB_FROM = 20_000_000
MOST_RANGES = 200_000
MOST_CHARACTERS = 300_000_000
BLOCK = 1 << 16
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
                _Strings(self._strings).feed(package.opened(path), path)
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


class _Parts:
    """An XML part read as it comes off the package. A document type is an attack: Office writes
    none, so no entity can be declared."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self.start
        self._parser.EndElementHandler = self.end
        self._parser.StartDoctypeDeclHandler = _refuse

    def hear(self, wanted: Callable[[str], None] | None) -> None:
        self._parser.CharacterDataHandler = wanted

    def feed(self, stream: IO[bytes], path: str) -> None:
        try:
            with stream:
                while block := stream.read(BLOCK):
                    self._parser.Parse(block, False)
                self._parser.Parse(b"", True)
        except (expat.ExpatError, *BROKEN) as broken:
            raise Unreadable("damaged", part=path) from broken

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, tag: str) -> None:
        raise NotImplementedError


def _refuse(*_: object) -> None:
    raise Unreadable("damaged", part="xlsx")


class _Strings(_Parts):
    """The table of texts that cells point into, without the reading aids of Japanese files."""

    def __init__(self, found: list[str]) -> None:
        super().__init__()
        self._found = found
        self._parts: list[str] = []
        self._aside = 0
        self._length = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "si":
            self._parts = []
        elif tag == "rPh":
            self._aside += 1
        elif tag == "t" and not self._aside:
            self.hear(self._parts.append)

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "si":
            text = "".join(self._parts)
            self._length += min(len(text), LONGEST)
            if self._length > MOST_CHARACTERS:
                raise Unreadable("too_large", measure="text_bytes", limit=MOST_CHARACTERS)
            self._found.append(unescaped(text[: LONGEST + 1]))
        elif tag == "rPh":
            self._aside -= 1
        elif tag == "t":
            self.hear(None)


@dataclass
class _Place:
    """The cell that is being read."""

    row: int = -1
    column: int = -1
    kind: str = "n"
    style: str = ""
    formula: bool = False
    parts: list[str] = field(default_factory=list)


class _Sheet(_Parts):
    """The rows of a sheet, as they come, and what is merged and hidden, which comes after them."""

    def __init__(
        self, strings: list[str], codes: dict[str, str], epoch: datetime, spool: Spool
    ) -> None:
        super().__init__()
        self._strings = strings
        self._codes = codes
        self._epoch = epoch
        self.spool = spool
        self.merged: list[Range] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._place = _Place()
        self._cells: list[Cell] = []
        self._columns: dict[str, int] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        place = self._place
        if tag == "c":
            reference = attributes.get("r")
            if reference:
                name = reference.rstrip("0123456789")
                known = self._columns.get(name)
                place.column = self._column(name) if known is None else known
            else:
                place.column += 1
            place.kind = attributes.get("t", "n")
            place.style = attributes.get("s", "")
            place.formula = False
            place.parts = []
        elif tag == "v" or tag == "t":
            self._parser.CharacterDataHandler = place.parts.append
        elif tag == "f":
            place.formula = True
        elif tag == "row":
            place.row = _number(attributes.get("r"), place.row + 2) - 1
            place.column = -1
            if attributes.get("hidden") in {"1", "true"}:
                self.hidden_rows.add(place.row)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = _number(attributes.get("min"), 1), _number(attributes.get("max"), 1)
            self.hidden_columns.update(range(first - 1, min(last, LAST_COLUMN)))

    def end(self, tag: str) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            place = self._place
            if (place.parts or place.formula) and place.column < LAST_COLUMN:
                self._put(place)
        elif tag == "v" or tag == "t":
            self._parser.CharacterDataHandler = None
        elif tag == "row" and self._cells:
            self.spool.add(self._place.row, self._cells)
            self._cells = []

    def _put(self, place: _Place) -> None:
        cell = self._value(place)
        if cell is None:
            return
        cells = self._cells
        if place.column < len(cells):  # a cell named twice
            cells[place.column] = cell
            return
        missing = place.column - len(cells)
        if missing:
            cells.extend([None] * missing)
        cells.append(cell)

    def _value(self, place: _Place) -> Cell:
        written = place.parts[0] if len(place.parts) == 1 else "".join(place.parts)
        kind = place.kind
        if not written:
            return UNCOMPUTED if place.formula and kind != "str" else None
        if kind == "n":
            return self._figure(written, place.style)
        if kind == "s":
            index = int(written) if written.isdecimal() and len(written) < 10 else -1
            return (self._strings[index] if 0 <= index < len(self._strings) else "") or None
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(written, written)
        if kind == "d":
            return written.removesuffix("T00:00:00").replace("T", " ")
        return unescaped(written)

    def _figure(self, written: str, style: str) -> Cell:
        try:
            number = float(written)
        except ValueError:
            return written
        code = self._codes.get(style)
        return kept(number, code, epoch=self._epoch) if code else number

    def _column(self, name: str) -> int:
        """B → 1; most cells of a sheet stand in the same few columns."""
        number = 0
        for letter in name.strip("$").upper()[:3]:
            number = number * 26 + ord(letter) - 64
        self._columns[name] = max(number - 1, 0)
        return self._columns[name]

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        ends = [
            (_number(part.lstrip(COLUMN), 1) - 1, self._column(part.rstrip("$0123456789")))
            for part in (first, last or first)
        ]
        self.merged.append((*ends[0], *ends[1]))
        if len(self.merged) > MOST_RANGES:
            raise Unreadable("too_large", measure="merged", limit=MOST_RANGES)


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


def _styled(styles: object, codes: dict[str, str]) -> Iterator[tuple[str, str]]:
    for index, style in enumerate(styles if styles is not None else ()):  # type: ignore[call-overload]
        if code := codes.get(value(style, "numFmtId") or ""):
            yield str(index), code


def _number(text: str | None, missing: int) -> int:
    number = int(text) if text and text.isdecimal() and len(text) < 9 else missing
    return min(max(number, 1), 1_048_576)

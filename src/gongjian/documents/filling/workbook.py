"""The parts of an xlsx: one sheet is filled in place, so that what it looks like is kept."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from gongjian.documents.filling.cells import WHOLE, Cells, Value, whole
from gongjian.documents.filling.references import pushed
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.documents.word_file.package import BROKEN, Element, child, name, value
from gongjian.documents.workbook.xlsx import Book

# A table to be filled is a form of a few pages: what is larger is emptiness.
SHEET = Limits(
    bytes=10_000_000,
    unpacked_bytes=60_000_000,
    part_bytes=20_000_000,
    parts=500,
    cells=200_000,
    nodes=2_000_000,
)
MOST_CELLS = 300_000  # empty ones with a format among them
WORKBOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACROS = ("macroEnabled", "vbaProject", "vbaData")
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a sheet holds beside its values: places of formulas (from 0), whether it is locked."""

    formulas: frozenset[tuple[int, int]]
    locked: bool


@dataclass(frozen=True, slots=True)
class Fill:
    """What is put into a sheet. Rows and columns count from 0.

    `insert` rows come in before row `at` and look like it; `values` stand at their places after
    that. None empties a cell; a formula is left alone. `notes` become a sheet of their own.
    """

    sheet: str
    values: Mapping[tuple[int, int], Value]
    at: int = 0
    insert: int = 0
    notes: tuple[str, ...] = ()
    notes_name: str = "notes"


def facts_of(content: bytes, sheet: str) -> SheetFacts:
    """What a sheet holds beside its values. Errors: Unreadable 'too_large', 'damaged'."""
    root = _tree(_Parts(content).sheet(sheet)[1])
    cells = Cells(root)
    return SheetFacts(cells.formulas(), child(root, "sheetProtection") is not None)


def fill_workbook(content: bytes, fill: Fill) -> bytes:
    """The workbook with one sheet filled; macros are left out, formulas are computed on opening.

    Errors: Unreadable 'too_large', 'damaged', 'encrypted', 'unknown_format'.
    """
    parts = _Parts(content)
    path, held = parts.sheet(fill.sheet)
    root = _tree(held)
    cells = Cells(root, parts.styles())
    if fill.insert:
        cells.insert(fill.at + 1, fill.insert)
        parts.push(fill.sheet, path, fill.at + 1, fill.insert)
    for place, held_value in fill.values.items():
        cells.put(place, held_value)
    cells.forget_results()
    parts.keep(path, root)
    if cells.styles is not None:
        parts.keep(parts.styles_path, cells.styles)
    parts.without_macros()
    if fill.notes:
        parts.add_sheet(fill.notes_name, fill.notes)
    parts.compute_on_opening()
    return parts.written()


class _Parts:
    """The parts of a package, changed one by one."""

    def __init__(self, content: bytes) -> None:
        SHEET.check("bytes", len(content))
        book = Book(content, SHEET)
        self._sheets = book.targets("worksheet")
        self.styles_path = next(iter(book.targets("styles").values()), "")
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                self._held = {
                    one.filename: package.read(one)
                    for one in package.infolist()
                    if not one.is_dir()
                }
        except BROKEN as broken:
            raise Unreadable("damaged", part="zip") from broken
        if WORKBOOK not in self._held or TYPES not in self._held:
            raise Unreadable("damaged", part=WORKBOOK)
        for path in self._held:  # what cannot be written again is said before it is kept
            if path in (TYPES, self.styles_path) or path.endswith(".rels"):
                _tree(self._held[path])
        self._workbook = _tree(self._held[WORKBOOK])
        self._numbers = [whole(value(one, "sheetId") or "0", WORKBOOK) for one in self._entries()]

    def sheet(self, wanted: str) -> tuple[str, bytes]:
        """The path and the bytes of a sheet. Errors: Unreadable 'damaged', 'too_large'."""
        for entry in self._entries():
            if (value(entry, "name") or "") == wanted:
                path = self._sheets.get(value(entry, "id") or "", "")
                held = self._held.get(path, b"")
                if held.count(b"<c ") + held.count(b"<row") > MOST_CELLS:
                    raise Unreadable("too_large", measure="cells", limit=MOST_CELLS)
                if held:
                    return path, held
        raise Unreadable("damaged", part=wanted)

    def styles(self) -> Element | None:
        return _tree(self._held[self.styles_path]) if self.styles_path in self._held else None

    def keep(self, path: str, root: Element) -> None:
        self._held[path] = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", standalone=True
        )

    def push(self, sheet: str, path: str, at: int, count: int) -> None:
        """Whatever else names rows of the sheet: print areas, other sheets, drawings, tables."""
        own = frozenset({sheet})
        for one in self._workbook.iter("{*}definedName"):
            one.text = pushed(one.text or "", at, count, own=own)
        for other in self._sheets.values():
            if other != path and b"<f" in self._held.get(other, b""):
                root = _tree(self._held[other])
                for formula in root.iter("{*}f"):
                    formula.text = pushed(formula.text or "", at, count, own=own) or None
                self.keep(other, root)
        for beside in self._beside(path):
            root = _tree(self._held[beside])
            for row in root.iter("{*}row"):  # of an anchor of a drawing, counted from 0
                if WHOLE.fullmatch(row.text or "") and int(row.text or "0") >= at - 1:
                    row.text = str(int(row.text or "0") + count)
            for ranged in (root, *root.iter("{*}autoFilter")):
                if ref := ranged.get("ref"):
                    ranged.set("ref", pushed(ref, at, count))
            self.keep(beside, root)

    def without_macros(self) -> None:
        """An xlsx holds none: the program is left out, and so is every mention of it. The order of
        computing goes as well, since rows may have come in."""
        gone = [p for p in self._held if "vbaProject" in p or "vbaData" in p or "calcChain" in p]
        for path in gone:
            del self._held[path]
        types = _tree(self._held[TYPES])
        for one in list(types):
            kind, part = one.get("ContentType") or "", one.get("PartName") or ""
            if part.lstrip("/") in gone or any(word in kind for word in MACROS[1:]):
                types.remove(one)
            elif "macroEnabled" in kind:
                one.set("ContentType", PLAIN)
        self.keep(TYPES, types)
        for path in [p for p in self._held if p.endswith(".rels")]:
            root = _tree(self._held[path])
            for one in list(root):
                if any(word in (one.get("Target") or "") for word in (*MACROS[1:], "calcChain")):
                    root.remove(one)
            self.keep(path, root)

    def compute_on_opening(self) -> None:
        """Formulas are computed anew by the program that opens the file."""
        calc = child(self._workbook, "calcPr")
        if calc is None:
            calc = etree.SubElement(self._workbook, _tag(self._workbook, "calcPr"))
            after = [e for e in self._workbook if name(e) in ("definedNames", "sheets")]
            after[-1].addnext(calc)
        calc.set("fullCalcOnLoad", "1")
        self.keep(WORKBOOK, self._workbook)

    def add_sheet(self, title: str, lines: tuple[str, ...]) -> None:
        """A sheet of lines behind the others."""
        sheets = child(self._workbook, "sheets")
        assert sheets is not None
        taken = {(value(one, "name") or "").lower() for one in sheets}
        again = (title, *(f"{title[:27]}{n}" for n in range(2, len(taken) + 3)))
        title = next(one for one in again if one.lower() not in taken)
        number = 1
        while f"xl/worksheets/filled{number}.xml" in self._held:
            number += 1
        path, key = f"xl/worksheets/filled{number}.xml", f"rIdFilled{number}"
        entry = etree.SubElement(sheets, _tag(sheets, "sheet"), name=title)
        entry.set("sheetId", str(max(self._numbers, default=0) + 1))
        office = next(
            (uri for uri in self._workbook.nsmap.values() if uri.endswith("/relationships")),
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        )
        entry.set(f"{{{office}}}id", key)
        self._relate(key, f"{office}/worksheet", path)
        types = _tree(self._held[TYPES])
        override = etree.SubElement(types, _tag(types, "Override"), PartName=f"/{path}")
        override.set(
            "ContentType",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
        )
        self.keep(TYPES, types)
        space = etree.QName(self._workbook).namespace
        root = etree.fromstring(f'<worksheet xmlns="{space}"/>')
        columns = etree.SubElement(root, f"{{{space}}}cols")
        etree.SubElement(columns, f"{{{space}}}col", min="1", max="1", width="110", customWidth="1")
        etree.SubElement(root, f"{{{space}}}sheetData")
        cells = Cells(root)
        for row, line in enumerate(lines):
            cells.put((row, 0), line)
        self.keep(path, root)

    def written(self) -> bytes:
        """The package; the same content gives the same bytes."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            for path in sorted(self._held, key=lambda path: (path != TYPES, path)):
                entry = zipfile.ZipInfo(path, EPOCH)
                package.writestr(entry, self._held[path], zipfile.ZIP_DEFLATED, 6)
        return stream.getvalue()

    def _relate(self, key: str, kind: str, path: str) -> None:
        relations = "xl/_rels/workbook.xml.rels"
        root = _tree(self._held[relations])
        one = etree.SubElement(root, _tag(root, "Relationship"), Id=key, Type=kind)
        one.set("Target", f"/{path}")
        self.keep(relations, root)

    def _entries(self) -> Iterator[Element]:
        sheets = child(self._workbook, "sheets")
        yield from sheets if sheets is not None else ()

    def _beside(self, path: str) -> Iterator[str]:
        """The drawings and tables of a sheet."""
        folder, base = posixpath.split(path)
        relations = self._held.get(f"{folder}/_rels/{base}.rels")
        if relations is None:
            return
        for one in _tree(relations):
            target = one.get("Target") or ""
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(
                posixpath.join(folder, target)
            )  # fmt: skip
            if ("drawings/drawing" in whole or "tables/" in whole) and whole in self._held:
                yield whole


def _tree(content: bytes) -> Element:
    """A part as a tree of elements: no entities, no document type, and no comments or instructions,
    which say nothing of a table. Errors: Unreadable 'damaged'."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        raise Unreadable("damaged", part="xml") from broken
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("damaged", part="xml")
    return root


def _tag(beside: Element, label: str) -> str:
    return f"{{{etree.QName(beside).namespace}}}{label}"

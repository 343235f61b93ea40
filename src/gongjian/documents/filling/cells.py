"""The cells of one sheet as its part keeps them: set at their places, rows put in between."""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from gongjian.documents.filling.references import LAST_ROW, pushed, shifted
from gongjian.documents.unreadable import Unreadable
from gongjian.documents.word_file.package import Element, child
from gongjian.lib.pages import letters
from gongjian.lib.texts import LIVE

PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
WHOLE = re.compile(r"[0-9]{1,9}")
LITERAL = re.compile(r'"[^"]*"|\\.')  # of a format: shown as it is
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST_TEXT = 32_767


@dataclass(frozen=True, slots=True)
class Percent:
    """A rate of one hundred: 35.9. A cell that is formatted as a percentage gets 0.359, any other
    the figure, with its sign where the head says none."""

    figure: Decimal
    signed: bool

    def __str__(self) -> str:
        return f"{self.figure:f}%" if self.signed else f"{self.figure:f}"


Value = str | int | Decimal | Percent | None


class Cells:
    """The rows of a sheet by their numbers; `styles` is the tree of formats, where there is one."""

    def __init__(self, root: Element, styles: Element | None = None) -> None:
        self._root = root
        self.styles = styles
        found = child(root, "sheetData")
        if found is None:
            found = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}sheetData")
        self._rows = found
        self._space = etree.QName(root).namespace
        self._text_looks: dict[str, str] = {}
        self._by_number: dict[int, Element] = {}
        self._percents = _percents(styles)
        self._number()
        self._unshare()
        self._breaks = [
            (one, whole(one.get("id") or "0", "rowBreaks"))
            for breaks in root.iter("{*}rowBreaks")
            for one in breaks
        ]

    def formulas(self) -> frozenset[tuple[int, int]]:
        """Where formulas stand, from 0."""
        return frozenset(
            (int(row.get("r") or "1") - 1, _column(cell))
            for row in self._rows
            for cell in row
            if child(cell, "f") is not None
        )

    def put(self, place: tuple[int, int], value: Value) -> None:
        """Set one cell, from 0; its look stays. A formula is left alone."""
        row = self._row(place[0] + 1)
        cell = self._cell(row, place[1])
        if child(cell, "f") is not None:
            return
        for inner in list(cell):
            cell.remove(inner)
        _drop(cell, "t")
        if value is None:
            return
        if isinstance(value, Percent):
            if cell.get("s") in self._percents:
                value = value.figure / 100
            else:
                value = str(value) if value.signed else value.figure
        if isinstance(value, str):
            clean = UNWRITABLE.sub("", value)[:LONGEST_TEXT]
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, self._tag("is")), self._tag("t"))
            text.text = clean
            text.set(SPACE, "preserve")
            if clean.startswith(LIVE):
                cell.set("s", self._as_text(cell.get("s") or "0"))
        else:
            etree.SubElement(cell, self._tag("v")).text = f"{value:f}" if (
                isinstance(value, Decimal)
            ) else str(value)  # fmt: skip

    def insert(self, at: int, count: int) -> None:
        """Rows come in before a row (from 1) and look like it; its formulas come along."""
        self._by_number = {}
        model = next((row for row in self._rows if int(row.get("r") or "0") == at), None)
        height = self._merged_inside(at)
        for row in self._rows:
            number = int(row.get("r") or "0")
            if number >= at:
                _renumber(row, number + count)
        for element in self._root.iter("{*}f", "{*}sqref", "{*}formula1", "{*}formula2",
                                       "{*}formula"):  # fmt: skip
            if element.text:
                element.text = pushed(element.text, at, count)
        for element in self._root.iter("{*}mergeCell", "{*}autoFilter", "{*}hyperlink",
                                       "{*}dimension", "{*}conditionalFormatting",
                                       "{*}dataValidation", "{*}ignoredError",
                                       "{*}protectedRange", "{*}f"):  # fmt: skip
            for key in ("ref", "sqref"):
                if held := element.get(key):
                    element.set(key, pushed(held, at, count))
        for one, number in self._breaks:
            one.set("id", str(number + count if number >= at else number))
        if model is not None:
            self._copy(model, at, count)
        merges = child(self._root, "mergeCells")
        if merges is None:
            return
        for first, last in height:
            for fresh in range(at, at + count):
                etree.SubElement(
                    merges, self._tag("mergeCell"), ref=f"{first}{fresh}:{last}{fresh}"
                )
        if merges.get("count"):
            merges.set("count", str(len(merges)))

    def forget_results(self) -> None:
        """What formulas came to before is not true any more."""
        for row in self._rows:
            for cell in row:
                held = child(cell, "v")
                if child(cell, "f") is not None and held is not None:
                    cell.remove(held)
                    _drop(cell, "t")

    def _copy(self, model: Element, at: int, count: int) -> None:
        """The model stands `count` rows further down by now."""
        place = list(self._rows).index(model)
        for offset in range(count):
            fresh = copy.deepcopy(model)
            for cell in fresh:
                formula = child(cell, "f")
                for inner in list(cell):
                    if inner is not formula:
                        cell.remove(inner)
                if formula is not None and formula.text:
                    formula.text = shifted(formula.text, offset - count)
                _drop(cell, "t")
            _renumber(fresh, at + offset)
            self._rows.insert(place + offset, fresh)

    def _merged_inside(self, at: int) -> list[tuple[str, str]]:
        """What is merged within one row, by the letters of its ends."""
        found = []
        for merged in self._root.iter("{*}mergeCell"):
            ends = PLACE.findall(merged.get("ref") or "")
            if len(ends) == 2 and ends[0][1] == ends[1][1] == str(at):
                found.append((ends[0][0], ends[1][0]))
        return found

    def _number(self) -> None:
        """Every row and cell says where it stands: they may leave it out."""
        last = 0
        for row in self._rows:
            last = whole(row.get("r") or str(last + 1), "row")
            if not 1 <= last <= LAST_ROW:
                raise Unreadable("damaged", part="row")
            row.set("r", str(last))
            column = -1
            for cell in row:
                placed = PLACE.fullmatch(cell.get("r") or "")
                column = _number_of(placed[1]) if placed else column + 1
                cell.set("r", f"{letters(column)}{last}")

    def _unshare(self) -> None:
        """A formula that many cells share is written out in each."""
        masters: dict[str, tuple[str, int, int]] = {}
        for cell, formula in self._formulas("shared"):
            if formula.text:
                at = int((cell.get("r") or "A1").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
                masters[formula.get("si") or ""] = (formula.text, at, _column(cell))
        for cell, formula in self._formulas("shared"):
            text, at, column = masters.get(formula.get("si") or "", ("", 0, 0))
            row = int((cell.get("r") or "A1").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
            if not formula.text and text and column == _column(cell):
                formula.text = shifted(text, row - at)
            if formula.text:
                for key in ("t", "si", "ref"):
                    _drop(formula, key)

    def _formulas(self, kind: str) -> Iterator[tuple[Element, Element]]:
        for row in self._rows:
            for cell in row:
                formula = child(cell, "f")
                if formula is not None and formula.get("t") == kind:
                    yield cell, formula

    def _row(self, number: int) -> Element:
        """The row of a number, put in its order where there is none."""
        if not self._by_number:
            self._by_number = {int(row.get("r") or "0"): row for row in self._rows}
        if number in self._by_number:
            return self._by_number[number]
        fresh = etree.Element(self._tag("row"), r=str(number))
        above = max((there for there in self._by_number if there < number), default=0)
        if above:
            self._by_number[above].addnext(fresh)
        else:
            self._rows.insert(0, fresh)
        self._by_number[number] = fresh
        return fresh

    def _cell(self, row: Element, column: int) -> Element:
        reference = f"{letters(column)}{row.get('r')}"
        for place, cell in enumerate(row):
            there = _column(cell)
            if there == column:
                return cell
            if there > column:
                fresh = etree.Element(self._tag("c"), r=reference)
                row.insert(place, fresh)
                return fresh
        return etree.SubElement(row, self._tag("c"), r=reference)

    def _as_text(self, look: str) -> str:
        """The same look, marked as a text for good: it begins like a formula."""
        if self.styles is None or look in self._text_looks:
            return self._text_looks.get(look, look)
        looks = child(self.styles, "cellXfs")
        if looks is None or not WHOLE.fullmatch(look) or int(look) >= len(looks):
            return look
        fresh = copy.deepcopy(looks[int(look)])
        fresh.set("quotePrefix", "1")
        looks.append(fresh)
        looks.set("count", str(len(looks)))
        self._text_looks[look] = str(len(looks) - 1)
        return self._text_looks[look]

    def _tag(self, label: str) -> str:
        return f"{{{self._space}}}{label}"


def whole(text: str, part: str) -> int:
    """A number that the format keeps as a text. Errors: Unreadable 'damaged'."""
    if not WHOLE.fullmatch(text):
        raise Unreadable("damaged", part=part)
    return int(text)


def _percents(styles: Element | None) -> frozenset[str | None]:
    """The formats that show 0.359 as 35.9%."""
    looks = child(styles, "cellXfs") if styles is not None else None
    if styles is None or looks is None:
        return frozenset()
    signed = {
        one.get("numFmtId")
        for one in styles.iter("{*}numFmt")
        if "%" in LITERAL.sub("", one.get("formatCode") or "")
    }
    signed |= {"9", "10"}
    return frozenset(str(at) for at, look in enumerate(looks) if look.get("numFmtId") in signed)


def _drop(element: Element, key: str) -> None:
    if key in element.attrib:
        del element.attrib[key]


def _renumber(row: Element, number: int) -> None:
    row.set("r", str(number))
    for cell in row:
        cell.set("r", f"{letters(_column(cell))}{number}")


def _column(cell: Element) -> int:
    placed = PLACE.fullmatch(cell.get("r") or "")
    return _number_of(placed[1]) if placed else 0


def _number_of(label: str) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in label:
        number = number * 26 + ord(letter) - 64
    return number - 1

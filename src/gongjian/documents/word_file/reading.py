"""Bytes of a docx → its paragraphs, headings and tables."""

from collections.abc import Iterator
from dataclasses import replace

from gongjian.documents.assembly import Assembly, Placed
from gongjian.documents.unreadable import Limits
from gongjian.documents.word_file.numbering import Numbering
from gongjian.documents.word_file.package import Element, Package, child, name, value
from gongjian.documents.word_file.runs import Content, read_runs
from gongjian.documents.word_file.styles import BODY_LEVEL, Manner, Styles, is_on
from gongjian.documents.word_file.title import Title
from gongjian.lib.pages import Document

EMBEDDED = frozenset({"altChunk", "OLEObject"})  # other files inside this one
WIDEST = 200  # columns one cell may claim; Word itself allows 63


def read_word(content: bytes, limits: Limits) -> Document:
    """A Word file as it reads with every change accepted.

    Errors: Unreadable 'damaged', 'encrypted', 'unknown_format', 'too_large', 'empty', 'scan'.
    """
    package = Package(content, limits)
    root = package.part(package.main)
    body = child(root, "body")
    reader = _Reader(package, root, limits)
    if body is not None:
        reader.read(body)
    return reader.finish()


class _Reader:
    """Reads the body once, in order, counting lists and pages as it goes."""

    def __init__(self, package: Package, root: Element | None, limits: Limits) -> None:
        self._package = package
        self._limits = limits
        self._seen = {"blocks": 0, "cells": 0}  # with the empty ones, which cost as much
        self._assembly = Assembly(limits)
        self._styles = Styles(_first(package, "styles"))
        self._numbering = Numbering(_first(package, "numbering"))
        self._left_out: dict[str, None] = {}
        self._page = 1
        self._title = Title()
        self._carried: list[
            str
        ] = []  # text of a paragraph whose mark was deleted: it runs on into the next
        labels = {name(node) for node in root.iter()} if root is not None else set()
        self._rendered = "lastRenderedPageBreak" in labels
        if labels & EMBEDDED:
            self._left_out["embedded"] = None

    def finish(self) -> Document:
        if self._carried:
            self._add("".join(self._carried), Manner())
        for kind in ("footnotes", "endnotes", "comments"):
            if any(
                text.text for _, part in self._package.related(kind) for text in part.iter("{*}t")
            ):
                self._left_out[kind] = None
        margins = [line for kind in ("header", "footer") for line in self._margin(kind)]
        return self._assembly.build(
            "docx", title=self._title.text, left_out=list(self._left_out), margins=margins
        )

    def read(self, container: Element) -> None:
        """The blocks of a body, a text box or a content control."""
        for part in _blocks(container):
            self._count("blocks")
            if name(part) == "p":
                self._paragraph(part)
            else:
                self._assembly.add_table(self._placed(part), page=self._page)

    def _count(self, measure: str) -> None:
        self._seen[measure] += 1
        self._limits.check(measure, self._seen[measure])

    def _paragraph(self, paragraph: Element) -> None:
        manner = self._styles.manner_of(paragraph)
        content = self._content(paragraph)
        if not self._rendered and is_on(child(paragraph, "pPr", "pageBreakBefore")):
            self._page += 1
        self._carried.append(content.text)
        if not _runs_on(paragraph):
            text = "".join(self._carried)
            self._carried = []
            self._add(self._label(manner, text) + text, manner)
        for box in content.boxes:
            self.read(box)
        if not self._rendered and _ends_page(paragraph):
            self._page += 1

    def _add(self, text: str, manner: Manner) -> None:
        level = 0 if manner.outline is None or manner.outline >= BODY_LEVEL else manner.outline + 1
        for index, sheet in enumerate(text.split("\f")):
            self._page += index > 0
            for line in sheet.split("\n"):
                clean = line.strip(" \u3000\t")
                self._title.note(clean, manner)
                self._assembly.add_paragraph(clean, level=level, page=self._page)

    def _label(self, manner: Manner, text: str) -> str:
        """The number of a paragraph; an empty one counts too, and shows nothing to read."""
        if manner.list_id in {None, "0"}:
            return ""
        list_id, level = manner.list_id or "", manner.list_level
        if level is None:
            level = self._numbering.level_of(list_id, manner.style or "")
        label = self._numbering.next_label(list_id, level)
        return label if text.strip() else ""

    def _content(self, paragraph: Element) -> Content:
        content = read_runs(paragraph, rendered_breaks=self._rendered)
        self._left_out |= content.left_out
        return content

    def _placed(self, table: Element) -> list[Placed]:
        """Cells on the grid; one that continues the merged cell above makes that one longer."""
        placed: dict[tuple[int, int], Placed] = {}
        open_at: dict[int, tuple[int, int]] = {}  # column → the cell merged downwards from above
        for row, node in enumerate(_rows(table)):
            column = _measure(child(node, "trPr", "gridBefore"), 0)
            for cell in _cells(node):
                width = _measure(child(cell, "tcPr", "gridSpan"), 1)
                merge = child(cell, "tcPr", "vMerge")
                above = open_at.get(column)
                if merge is not None and value(merge) != "restart" and above is not None:
                    placed[above] = replace(placed[above], row_span=row - above[0] + 1)
                else:
                    placed[row, column] = Placed(self._cell_text(cell), row, column, 1, width)
                    open_at.pop(column, None)
                    if merge is not None:
                        open_at[column] = (row, column)
                column += width
        return list(placed.values())

    def _cell_text(self, cell: Element) -> str:
        """All paragraphs of a cell, of its boxes and of tables in it, in one line."""
        lines: list[str] = []
        for part in _paragraphs(cell):
            self._count("cells")
            content = self._content(part)
            self._page += content.text.count("\f")
            label = self._label(self._styles.manner_of(part), content.text)
            lines.append(label + content.text)
            lines.extend(self._cell_text(box) for box in content.boxes)
        return " ".join(" ".join(lines).split())

    def _margin(self, kind: str) -> Iterator[str]:
        for _, part in self._package.related(kind):
            for paragraph in part.iter("{*}p"):
                text = read_runs(paragraph, rendered_breaks=False).text.strip()
                if text:
                    yield text


def _first(package: Package, kind: str) -> Element | None:
    return next((part for _, part in package.related(kind)), None)


def _blocks(container: Element) -> Iterator[Element]:
    """Paragraphs and tables, through content controls and accepted insertions."""
    for part in container:
        if name(part) in {"p", "tbl"}:
            yield part
        elif name(part) in {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}:
            yield from _blocks(part)


def _rows(table: Element) -> Iterator[Element]:
    for part in _within(table, "tr"):
        if child(part, "trPr", "del") is None:
            yield part


def _cells(row: Element) -> Iterator[Element]:
    for part in _within(row, "tc"):
        if child(part, "tcPr", "cellDel") is None:
            yield part


def _within(container: Element, wanted: str) -> Iterator[Element]:
    for part in container:
        if name(part) == wanted:
            yield part
        elif name(part) in {"sdt", "sdtContent", "customXml", "ins"}:
            yield from _within(part, wanted)


def _paragraphs(container: Element) -> Iterator[Element]:
    """All paragraphs in a cell and in tables within it, but none that stands in another one."""
    for part in container:
        if name(part) == "p":
            yield part
        elif name(part) != "tr" or child(part, "trPr", "del") is None:
            yield from _paragraphs(part)


def _runs_on(paragraph: Element) -> bool:
    """Its mark was deleted or moved away: what stands in it belongs to the next paragraph."""
    mark = child(paragraph, "pPr", "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None


def _ends_page(paragraph: Element) -> bool:
    section = child(paragraph, "pPr", "sectPr")
    kind = child(section, "type")
    return section is not None and (kind is None or value(kind) != "continuous")


def _measure(element: Element | None, missing: int) -> int:
    text = value(element) if element is not None else None
    return min(int(text), WIDEST) if text and text.isdigit() and len(text) < 6 else missing

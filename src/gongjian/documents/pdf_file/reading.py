"""Bytes of a PDF → its paragraphs and tables, with the page of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from gongjian.documents.assembly import Assembly
from gongjian.documents.pdf_file.columns import Item, Ruled, in_reading_order
from gongjian.documents.pdf_file.folding import UNMAPPED
from gongjian.documents.pdf_file.lines import lines_of
from gongjian.documents.pdf_file.margins import PageLines, drop_margins
from gongjian.documents.pdf_file.opening import OpenPdf
from gongjian.documents.pdf_file.paragraphs import Column, Joined, joined
from gongjian.documents.pdf_file.ruling import grids_of
from gongjian.documents.pdf_file.sheet import Sheet, read_sheet
from gongjian.documents.pdf_file.tables import continue_table, ruled_of
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.lib.pages import Document

FEWEST = 20  # characters on a page that is more than a picture
PICTURE = 0.05  # of the page: less is a logo or a seal
DRAWING = 100  # drawn parts on a page without text: letters turned into outlines
BROKEN_SHARE = 0.3
CENTRED = 3.5  # ems left on both sides of a title that is no larger than the text
AMONG, MOST_LINES, LONGEST_TITLE = 12, 3, 60  # where a title stands, and how long it is
RED_HEAD = re.compile(r".*文\s*件|.*[〔\[（(]\s*\d{4}\s*[〕\]）)].*号")


def read_pdf(content: bytes, limits: Limits) -> Document:
    """A PDF as it is read: columns from left to right, lines joined, heads and feet aside.

    To be called in a process of its own (`documents.apart`): the library is not ours.
    Missing: pictures are named in `left_out`; rulings that close no grid make no table.
    Errors: Unreadable 'encrypted', 'damaged', 'too_large', 'scan', 'empty'; 'not_text' where the
        fonts do not say which characters they draw.
    """
    book = _Book(limits)
    opened = OpenPdf(content, limits)
    if not opened.pages:
        raise Unreadable("empty")
    for number in range(opened.pages):
        with opened.leaf(number) as leaf:
            if leaf is not None:
                book.take(number + 1, read_sheet(leaf))
    return book.document()


@dataclass(slots=True)
class _Page:
    number: int
    width: float
    lines: PageLines
    tables: list[Ruled]


@dataclass(slots=True)
class _Book:
    """Takes one page after the other, and keeps of each no more than its lines and tables."""

    limits: Limits
    pages: list[_Page] = field(default_factory=list)
    astray: dict[str, None] = field(default_factory=dict)
    characters: int = 0
    unmapped: int = 0
    pictured: int = 0
    drawn: int = 0

    def take(self, number: int, sheet: Sheet) -> None:
        self.characters += len(sheet.glyphs)
        self.limits.check("text_bytes", self.characters)  # at least a byte each
        self.unmapped += sum(glyph.text == UNMAPPED for glyph in sheet.glyphs)
        self.pictured += sheet.pictured > PICTURE
        self.drawn += sheet.drawn > DRAWING
        if sheet.astray.strip():
            self.astray[sheet.astray.strip()] = None
        tables, free = ruled_of(grids_of(sheet.rules), sheet.glyphs)
        lines = PageLines(sheet.height, lines_of(free))
        self.pages.append(_Page(number, sheet.width, lines, tables))

    def document(self) -> Document:
        self._check_has_text()
        margins = drop_margins([page.lines for page in self.pages])
        blocks = list(joined(_continued(self._columns())))
        assembly = Assembly(self.limits)
        for block in blocks:
            if isinstance(block, Joined):
                assembly.add_paragraph(block.text.strip(), page=block.page)
            else:
                assembly.add_table(block[0].cells, page=block[1])
        return assembly.build(
            "pdf",
            title=_title([block for block in blocks if isinstance(block, Joined)]),
            left_out=["images"] if self.pictured else [],
            margins=[*margins, *self.astray],
        )

    def _check_has_text(self) -> None:
        if not self.pages:
            raise Unreadable("damaged", part="pdf")
        if self.characters < FEWEST * len(self.pages) and (self.pictured or self.drawn):
            raise Unreadable("scan")
        if self.unmapped > BROKEN_SHARE * self.characters:
            raise Unreadable("not_text")

    def _columns(self) -> list[Column]:
        columns = []
        for page in self.pages:
            items: list[Item] = [*page.lines.lines, *page.tables]
            ordered = in_reading_order(items)
            for place, column in enumerate(ordered):
                kind = (
                    round(page.width),
                    min(len(ordered), 2),
                    place % 2 if len(ordered) > 1 else 0,
                )
                columns.append(Column(page.number, kind, column))
        return columns


def _continued(columns: list[Column]) -> list[Column]:
    """Tables that go on at the top of the next column or page become one, where they begin."""
    last: Ruled | None = None
    for column in columns:
        while column.items and last is not None:
            first = column.items[0]
            if not isinstance(first, Ruled) or not continue_table(last, first):
                break
            column.items.pop(0)
        if column.items:
            ending = column.items[-1]
            last = ending if isinstance(ending, Ruled) else None
    return columns


def _title(paragraphs: Sequence[Joined]) -> str:
    """The first lines set in the middle and larger than the text, but not the red head."""
    body = median(paragraph.first.size for paragraph in paragraphs) if paragraphs else 0.0
    found: list[str] = []
    size = 0.0
    for paragraph in paragraphs[:AMONG]:
        line, text = paragraph.first, paragraph.text.strip()
        is_title = (
            _is_centred(paragraph, CENTRED if line.size < 1.1 * body else -0.5)
            and len(text) <= LONGEST_TITLE
            and not RED_HEAD.fullmatch(text)
            and not text.startswith(("（", "("))
            and not text.endswith("。")
        )
        if is_title and (not found or abs(line.size - size) < 1) and len(found) < MOST_LINES:
            found.append(text)
            size = line.size
        elif found:
            break
    return "".join(found)


def _is_centred(paragraph: Joined, room: float) -> bool:
    """In the middle of its column, with so many ems left on either side."""
    line, column = paragraph.first, paragraph.column
    off = line.x0 + line.x1 - column.left - column.right
    return abs(off) < 1.5 * line.size and line.x0 - column.left > room * line.size

"""A document as it was read: one text, and the blocks that say where each part of it stands.

Offsets are code points of `Document.text`, start included, end excluded, so that
`document.text[block.start:block.end]` is the block. A reader (documents/) makes a Document from
bytes; the grammar (engine/extract) reads it; a page shows it. None of them changes it.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `level` is 0 for body text and 1, 2, … for headings the file itself marks."""

    start: int
    end: int
    page: int = 1
    level: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; merged cells are one Cell that spans rows and columns."""

    start: int
    end: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table. In the text each row is a line and its cells stand between tabs.

    `sheet` is the name of the sheet of a workbook; rows and columns are then those of the sheet.
    """

    start: int
    end: int
    cells: tuple[Cell, ...]
    page: int = 1
    sheet: str = ""


Block = Paragraph | Table
Media = Literal["txt", "html", "docx", "doc", "pdf", "xlsx", "xls", "csv"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a character stands, as a person would look for it. All counted from 1.

    In a paragraph `table` is None and `block` numbers the paragraphs and tables of the document;
    in a cell `row` and `column` are its place in the table, or in its `sheet`.
    """

    page: int
    block: int
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str = ""

    @property
    def cell(self) -> str:
        """The name of the cell as a workbook gives it (B5); "" in a paragraph."""
        return f"{letters(self.column - 1)}{self.row}" if self.column and self.row else ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: its text, its blocks in reading order, and what the reader left out.

    `margins` are the lines that stand at the head and foot of its pages: not part of the text.
    """

    text: str
    blocks: tuple[Block, ...]
    media: Media = "txt"
    title: str = ""
    left_out: tuple[str, ...] = field(default=())
    margins: tuple[str, ...] = field(default=())

    def spot(self, offset: int) -> Spot | None:
        """The page, and the paragraph or the cell, in which a character stands.

        Shapes: an offset of `text`. Units: counted from 1. Missing: None between two blocks.
        Errors: none.
        """
        index = self._block(offset)
        if index is None:
            return None
        block = self.blocks[index]
        if isinstance(block, Paragraph):
            return Spot(block.page, index + 1)
        number = sum(isinstance(other, Table) for other in self.blocks[: index + 1])
        cell = _cell(block, offset)
        return Spot(block.page, index + 1, number, cell.row + 1, cell.column + 1, block.sheet)

    def extent(self, offset: int) -> tuple[int, int]:
        """Where the paragraph or the cell around a character begins and ends."""
        index = self._block(offset)
        if index is None:
            return offset, offset
        block = self.blocks[index]
        part = block if isinstance(block, Paragraph) else _cell(block, offset)
        return part.start, part.end

    def _block(self, offset: int) -> int | None:
        index = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return index if index >= 0 and offset < self.blocks[index].end else None

    @classmethod
    def from_text(cls, text: str) -> "Document":
        """A plain text, unchanged: every line with something on it is a paragraph."""
        blocks: list[Block] = []
        start = 0
        for line in text.splitlines(keepends=True):
            if line.strip():
                blocks.append(Paragraph(start, start + len(line.rstrip("\r\n"))))
            start += len(line)
        return cls(text=text, blocks=tuple(blocks))


def letters(column: int) -> str:
    """The name of a column, counted from 0, as a workbook gives it.

    >>> letters(1), letters(27)
    ('B', 'AB')
    """
    above, place = divmod(column, 26)
    return (letters(above - 1) if above else "") + chr(ord("A") + place)


def _cell(table: Table, offset: int) -> Cell:
    """The last cell of a table that begins at or before an offset."""
    index = bisect_right(table.cells, offset, key=lambda cell: cell.start) - 1
    return table.cells[max(index, 0)]

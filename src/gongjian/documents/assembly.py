"""Puts paragraphs and tables into one text, and remembers where each part came to stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.lib.pages import Block, Cell, Document, Media, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Placed:
    """The text of a cell and the places of the grid that it covers."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


def utf8_size(text: str) -> int:
    """Bytes of a text in UTF-8; half a surrogate pair counts as one."""
    return len(text) if text.isascii() else len(text.encode(errors="replace"))


class Assembly:
    """A Document being written, block after block. Errors: Unreadable 'too_large'."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._parts: list[str] = []
        self._length = 0
        self._bytes = 0
        self._cells = 0
        self._blocks: list[Block] = []

    def add_paragraph(self, text: str, *, level: int = 0, page: int = 1) -> None:
        """One line; a text without a visible character leaves no block."""
        if not text.strip():
            return
        start = self._length
        self._write(text)
        self._keep(Paragraph(start, self._length, page=page, level=level))
        self._write("\n")

    def add_table(
        self, cells: Iterable[Placed], *, page: int = 1, sheet: str = "", sparse: bool = False
    ) -> None:
        """A row a line, cells between tabs; what a merged cell covers is left empty.

        The empty rows of a `sparse` table leave no line: a sheet may have a million of them.
        """
        start = self._length
        placed = sorted(cells, key=lambda cell: (cell.row, cell.column))
        if not any(cell.text.strip() for cell in placed):
            return
        kept: list[Cell] = []
        rows = {row: list(group) for row, group in groupby(placed, key=lambda cell: cell.row)}
        self._limits.check("cells", self._filled(rows) if sparse else self._grid(placed))
        for row in rows if sparse else range(placed[0].row, placed[-1].row + 1):
            kept.extend(self._row(rows.get(row, [])))
            self._write("\n")
        self._keep(Table(start, self._length - 1, tuple(kept), page=page, sheet=sheet))

    def build(
        self,
        media: Media,
        *,
        title: str = "",
        left_out: Sequence[str] = (),
        margins: Sequence[str] = (),
    ) -> Document:
        """The finished document. Errors: Unreadable 'empty', or 'scan' where it is all pictures."""
        if not self._blocks:
            raise Unreadable("scan" if "images" in left_out else "empty")
        return Document(
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            media=media,
            title=title,
            left_out=tuple(left_out),
            margins=tuple(margins),
        )

    def _row(self, cells: list[Placed]) -> Iterable[Cell]:
        column = 0
        for cell in cells:
            self._write("\t" * (cell.column - column))
            column = cell.column
            start = self._length
            self._write(cell.text)
            yield Cell(start, self._length, cell.row, cell.column, cell.row_span, cell.column_span)

    def _grid(self, placed: list[Placed]) -> int:
        """Places of all tables so far: a page of a few bytes can ask for a grid of millions."""
        rows = placed[-1].row - placed[0].row + 1
        self._cells += rows * max(cell.column + 1 for cell in placed)
        return self._cells

    def _filled(self, rows: dict[int, list[Placed]]) -> int:
        """Places up to the last cell of each row that holds one."""
        self._cells += sum(cells[-1].column + 1 for cells in rows.values())
        return self._cells

    def _keep(self, block: Block) -> None:
        self._blocks.append(block)
        self._limits.check("blocks", len(self._blocks))
        self._limits.check("pages", block.page)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        self._bytes += utf8_size(text)
        self._limits.check("text_bytes", self._bytes)

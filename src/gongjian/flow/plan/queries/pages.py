"""A plan as it was read, kept as JSON and given back: PlanDocument.text and .blocks.

A block is [start, end, page, level] for a paragraph, and for a table
[start, end, page, TABLE, sheet, [[start, end, row, column, row_span, column_span], …]].
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from gongjian.engine.extract.columns import PLAN_COLUMNS
from gongjian.engine.ledger import find_header
from gongjian.flow.plan.models import PlanDocument
from gongjian.lib.pages import Block, Cell, Document, Paragraph, Table

TABLE = -1
TOP, WIDE = 24, 200  # rows and columns in which a header is looked for


def kept_blocks(document: Document) -> list[list[Any]]:
    """The blocks of a document as they are kept."""
    return [_kept(block) for block in document.blocks]


def pages_of(plan: PlanDocument) -> Document:
    """The document of a plan as its reader gave it: text and blocks.

    One query the first time: what was read of a plan never changes, so the last few are kept.
    """
    if plan.state in (PlanDocument.State.WAITING, PlanDocument.State.UNREADABLE):
        return Document(text="", blocks=(), title=plan.title)
    return _read(plan.uid)


@lru_cache(maxsize=4)
def _read(uid: UUID) -> Document:
    plan = PlanDocument.objects.only("text", "blocks", "title").get(uid=uid)
    return Document(text=plan.text, blocks=tuple(map(_block, plan.blocks)), title=plan.title)


def is_paged(plan: PlanDocument) -> bool:
    """Does its file know its pages? Those of a Word file are made where it is printed."""
    return plan.file.name.lower().endswith(".pdf")


def header_of(table: Table, text: str) -> range:
    """The rows of a table that name its columns; none where no row does."""
    top = [cell for cell in table.cells if cell.row < TOP and cell.column < WIDE]
    width = max((cell.column + 1 for cell in top), default=0)
    rows: list[list[str | None]] = [[""] * width for _row in range(TOP)]
    for cell in top:
        for row in rows[cell.row : cell.row + cell.row_span]:
            row[cell.column : cell.column + cell.column_span] = [None] * min(
                cell.column_span, width - cell.column
            )
        rows[cell.row][cell.column] = text[cell.start : cell.end]
    header = find_header(rows, PLAN_COLUMNS)
    return range(header.first, header.last + 1) if header else range(0)


def _kept(block: Block) -> list[Any]:
    if isinstance(block, Paragraph):
        return [block.start, block.end, block.page, block.level]
    cells = [[c.start, c.end, c.row, c.column, c.row_span, c.column_span] for c in block.cells]
    return [block.start, block.end, block.page, TABLE, block.sheet, cells]


def _block(kept: Sequence[Any]) -> Block:
    start, end, page, level, *table = kept
    if not table:
        return Paragraph(start, end, page, max(level, 0))
    sheet, cells = table
    return Table(start, end, tuple(Cell(*cell) for cell in cells), page, sheet)

"""The document of a plan as its review shows it: paragraphs, tables, and the findings in them."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

from django.utils.safestring import SafeString

from gongjian.flow.plan.models import PlanDocument
from gongjian.flow.plan.queries import (
    Mark,
    Passage,
    Stretch,
    header_of,
    is_paged,
    marks_in,
    pages_of,
    passages,
)
from gongjian.interfaces.web.plan.rows.drawn import Piece, drawn_paragraph, drawn_pieces
from gongjian.lib.pages import Block, Spot, letters
from gongjian.lib.pages import Table as ReadTable

Address = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Square:
    """One cell of a table; `anchor` is where links to it lead, "" for an empty one.

    `start` is where its text begins in that of the plan, for who selects words in it.
    """

    anchor: str
    words: SafeString
    start: int = 0
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table that belong together: those above its header, the header, those below."""

    head: bool
    rows: list[tuple[int, list[Square]]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `letters` name the columns of a sheet; in a table of a text there are none."""

    sheet: str
    number: int
    letters: list[str]
    parts: list[Rows]


@dataclass(frozen=True, slots=True)
class Part:
    """One numbered block of the document; `page` where a page of the file begins with it.

    A table, or a paragraph as it is drawn.
    """

    number: int
    page: int
    drawn: SafeString
    table: Grid | None


def paper_of(plan: PlanDocument, stretch: Stretch, chosen: int, address: Address) -> list[Part]:
    """The blocks of a plan that are shown, in reading order, with the findings in them."""
    pages = pages_of(plan)
    marks = marks_in(plan, stretch.start, stretch.end)
    cut = passages(plan, marks, stretch)
    drawn = _draw(list(chain.from_iterable(cut)), marks, chosen, address)
    paged = is_paged(plan) and any(block.page > 1 for block in pages.blocks)
    parts: list[Part] = []
    page = pages.blocks[stretch.first - 2].page if stretch.first > 1 else 0
    tables = stretch.tables
    for number, (block, pieces) in enumerate(
        zip(stretch.blocks, cut, strict=True), start=stretch.first
    ):
        begins = block.page if paged and block.page != page else 0
        page = block.page
        if isinstance(block, ReadTable):
            tables += 1
            whole = pages.blocks[number - 1]
            table = _grid(block, whole, number, tables, pages.text, pieces, drawn)
            parts.append(Part(number, begins, SafeString(), table))
        else:
            paragraph = drawn_paragraph(
                drawn_pieces(drawn[piece.start] for piece in pieces),
                number=number,
                start=block.start,
                heading=block.level > 0,
            )
            parts.append(Part(number, begins, paragraph, None))
    return parts


def anchor_of(spot: Spot | None) -> str:
    """The id of the paragraph or the cell on the page."""
    if spot is None:
        return ""
    return f"p{spot.block}-{spot.row}-{spot.column}" if spot.cell else f"p{spot.block}"


def in_cells(text: str) -> str:
    """A text over several cells, the cells parted so that one sees it."""
    return re.sub(r"\s*[\t\n]\s*", " ｜ ", text)


def _draw(
    cut: Sequence[Passage], marks: Sequence[Mark], chosen: int, address: Address
) -> dict[int, Piece]:
    """Each passage as it is drawn, by where it begins; a finding has one anchor and one number."""
    by_seq = {mark.seq: mark for mark in reversed(marks)}
    owners = [_owner(passage, by_seq, chosen) for passage in cut]
    own: dict[int, list[int]] = defaultdict(list)
    part: dict[int, int] = {}
    for passage, owner in zip(cut, owners, strict=True):
        if owner is not None and passage.text.strip():
            own[owner.seq].append(passage.start)
            part |= dict.fromkeys(passage.marks, passage.start)
    covered: dict[int, list[Piece]] = defaultdict(list)
    for mark in by_seq.values():
        if mark.seq not in own and mark.seq in part:
            piece = _piece("", mark, chosen, address)
            covered[part[mark.seq]].append(replace(piece, first=True, last=True))
    return {
        passage.start: replace(
            _piece(passage.text, owner, chosen, address),
            first=own[owner.seq][:1] == [passage.start],
            last=own[owner.seq][-1:] == [passage.start],
            also=tuple(covered[passage.start]),
        )
        if owner
        else Piece(passage.text)
        for passage, owner in zip(cut, owners, strict=True)
    }


def _owner(passage: Passage, by_seq: Mapping[int, Mark], chosen: int) -> Mark | None:
    """Of the findings a passage is part of: the open one, else the shortest."""
    if chosen in passage.marks:
        return by_seq[chosen]
    marks = [by_seq[seq] for seq in passage.marks]
    return min(marks, key=lambda mark: mark.end - mark.start, default=None)


def _piece(text: str, mark: Mark, chosen: int, address: Address) -> Piece:
    current = mark.seq == chosen
    return Piece(text, mark.seq, mark.kind, mark.state, address(mark.seq), current=current)


def _grid(
    table: ReadTable,
    whole: Block,
    block: int,
    number: int,
    text: str,
    passages: Sequence[Passage],
    drawn: Mapping[int, Piece],
) -> Grid:
    """A table in the rows and columns in which a cell begins; the others hold nothing.

    Of a long one some rows are shown, under the header of the whole.
    """
    starts = [passage.start for passage in passages]
    head = header_of(whole, text) if isinstance(whole, ReadTable) else range(0)
    cells = list(table.cells)
    if isinstance(whole, ReadTable) and whole != table and head:
        first = table.cells[0].row
        cells[:0] = [cell for cell in whole.cells if cell.row in head and cell.row < first]
    columns = sorted({cell.column for cell in cells})
    rows = sorted({cell.row for cell in cells})
    squares = {}
    for cell in cells:
        inside = starts[bisect_left(starts, cell.start) : bisect_left(starts, cell.end)]
        plain = Piece(text[cell.start : cell.end])
        squares[cell.row, cell.column] = Square(
            anchor=f"p{block}-{cell.row + 1}-{cell.column + 1}",
            words=drawn_pieces([drawn[start] for start in inside] or [plain]),
            start=cell.start,
            rows=_spanned(rows, cell.row, cell.row_span),
            columns=_spanned(columns, cell.column, cell.column_span),
        )
    groups = [(key, list(group)) for key, group in groupby(rows, lambda row: _rank(row, head))]
    return Grid(
        sheet=table.sheet,
        number=number,
        letters=[letters(column) for column in columns] if table.sheet else [],
        parts=[Rows(key == 1, list(_laid(group, columns, squares))) for key, group in groups],
    )


def _rank(row: int, head: range) -> int:
    """0 above the header of a table, 1 in it, 2 below it; without a header all is below."""
    return 2 if not head or row >= head.stop else int(row >= head.start)


def _spanned(begun: Sequence[int], first: int, span: int) -> int:
    """How many of the rows or columns that are shown a cell takes."""
    return bisect_left(begun, first + span) - bisect_left(begun, first)


def _laid(
    rows: Sequence[int], columns: Sequence[int], squares: Mapping[tuple[int, int], Square]
) -> Iterator[tuple[int, list[Square]]]:
    """Rows with their cells, an empty one where no cell begins and none reaches."""
    taken: set[tuple[int, int]] = set()
    for down, row in enumerate(rows):
        laid = []
        for across, column in enumerate(columns):
            if (down, across) in taken:
                continue
            square = squares.get((row, column), Square("", SafeString()))
            deep = min(square.rows, len(rows) - down)
            wide = 1
            while wide < square.columns and (down, across + wide) not in taken:
                wide += 1
            taken |= {
                (y, x) for y in range(down, down + deep) for x in range(across, across + wide)
            }
            laid.append(replace(square, rows=deep, columns=wide))
        yield row + 1, laid

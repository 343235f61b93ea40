"""The text of a plan around some of its findings, cut where cells and findings begin and end."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet

from gongjian.flow.plan.models import Candidate, PlanDocument
from gongjian.flow.plan.queries.pages import pages_of
from gongjian.foundation.records.queries import prepared
from gongjian.lib.pages import Block, Cell, Table

AROUND = 2000  # characters of the text that are shown before and behind a place
LEAST = 6000  # a text of so many is shown whole


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding as it is drawn in the text; merged ones stand in several places."""

    seq: int
    kind: str
    state: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a paragraph or a cell: plain text, or text in which findings stand."""

    text: str
    start: int
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The blocks of a text that are shown: `first` is the number of the first, from 1.

    A long table is shown in part; `before` and `after` are places in what is not shown, None at
    the ends of the text.
    """

    blocks: tuple[Block, ...]
    first: int
    tables: int
    before: int | None
    after: int | None

    @property
    def start(self) -> int:
        return self.blocks[0].start if self.blocks else 0

    @property
    def end(self) -> int:
        return self.blocks[-1].end if self.blocks else 0


def stretch_around(document: PlanDocument, place: int) -> Stretch:
    """What of a text is shown around a place: all of a short one. No query."""
    pages = pages_of(document)
    blocks = pages.blocks
    if not blocks or len(pages.text) <= LEAST:
        return Stretch(blocks, 1, 0, None, None)
    low, high = max(place - AROUND, 0), place + AROUND
    first = max(bisect_right(blocks, low, key=lambda block: block.start) - 1, 0)
    last = max(bisect_left(blocks, high, key=lambda block: block.start), first + 1)
    shown = [_part(block, low, high) for block in blocks[first:last]]
    start, end = shown[0].start, shown[-1].end
    return Stretch(
        tuple(shown),
        first + 1,
        sum(isinstance(block, Table) for block in blocks[:first]),
        max(start - AROUND, 0) if start > blocks[0].start else None,
        min(end + AROUND, len(pages.text)) if end < blocks[-1].end else None,
    )


def marks_in(document: PlanDocument, start: int, end: int) -> list[Mark]:
    """The findings that stand between two places, in the order of the text. One query.

    What was merged into another is drawn with the number of the one that it is part of.
    """
    marks = [
        Mark(seq, kind, state, a, b)
        for seq, kind, state, first, last, joined in _between(
            document=document.pk, start=start, end=end
        )
        for a, b in ((first, last), *joined)
        if a < end and b > start
    ]
    return sorted(marks, key=lambda mark: (mark.start, mark.seq))


@prepared
def _between(*, document: int, start: int, end: int) -> QuerySet[Candidate, tuple[Any, ...]]:
    near = Q(start__lt=end, end__gt=start) | ~Q(joined=[])
    found = Candidate.objects.filter(near, document=document).exclude(state__in=Candidate.GONE)
    found = found.order_by("start", "seq")
    return found.values_list("seq", "kind", "state", "start", "end", "joined")


def passages(
    document: PlanDocument, marks: Sequence[Mark], stretch: Stretch | None = None
) -> list[list[Passage]]:
    """Each block cut where cells and findings begin and end; a passage names its findings.

    Between two cells stands a passage of the tabs or the line feed that parts them.
    """
    pages = pages_of(document)
    starts = [mark.start for mark in marks]
    longest = max((mark.end - mark.start for mark in marks), default=0)
    edges = sorted({*starts, *(mark.end for mark in marks)})
    cut = []
    for block in stretch.blocks if stretch else pages.blocks:
        cells = block.cells if isinstance(block, Table) else ()
        first, last = bisect_right(edges, block.start), bisect_left(edges, block.end)
        inside = {edge for cell in cells for edge in (cell.start, cell.end)}
        ends = sorted({block.start, *inside, *edges[first:last], block.end})
        pieces = []
        for a, b in pairwise(ends):
            near = marks[bisect_left(starts, a - longest) : bisect_right(starts, a)]
            seqs = {mark.seq: None for mark in near if mark.start <= a and b <= mark.end}
            pieces.append(Passage(pages.text[a:b], a, tuple(seqs)))
        cut.append(pieces)
    return cut


def _part(block: Block, low: int, high: int) -> Block:
    """The rows of a long table near a place, under the first rows of the table."""
    if not isinstance(block, Table) or block.end - block.start <= 2 * LEAST:
        return block
    near = [cell for cell in block.cells if cell.end > low and cell.start < high]
    if not near:
        return block
    rows = range(near[0].row, near[-1].row + 1)
    cells = tuple(cell for cell in block.cells if _begins(cell, rows))
    return replace(block, start=cells[0].start, end=cells[-1].end, cells=cells)


def _begins(cell: Cell, rows: range) -> bool:
    return cell.row in rows

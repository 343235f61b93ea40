"""The order in which a page is read: columns from left to right, what crosses them in between."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from gongjian.documents.assembly import Placed
from gongjian.documents.pdf_file.lines import Line

FEWEST = 4  # lines that make a column
MARGIN = 0.15  # of the width: no gutter is nearer to the edge
FULL_LEFT, FULL_RIGHT = 0.6, 0.35  # of their column that lines fill, not the words of a table
CROSSING = 0.15  # lines across the gutter among those beside it
BOTH = 0.5  # of the lower column that stands beside the other


@dataclass(slots=True)
class Ruled:
    """A ruled table on a page, with its cells as text. `xs` are its column lines."""

    x0: float
    x1: float
    top: float
    bottom: float
    xs: tuple[float, ...]
    cells: list[Placed]


Item = Line | Ruled


def in_reading_order(items: Sequence[Item]) -> list[list[Item]]:
    """Columns, each a list from top to bottom, in the order in which they are read."""
    gutter = _gutter(items)
    if gutter is None:
        return [sorted(items, key=lambda item: (item.top, item.x0))] if items else []
    ordered: list[list[Item]] = []
    left: list[Item] = []
    right: list[Item] = []
    across: list[Item] = []

    def close() -> None:
        for side in (left, right):
            ordered.extend(in_reading_order(side))
            side.clear()

    for item in sorted(items, key=lambda item: (item.top, item.x0)):
        if item.x0 < gutter < item.x1:
            close()
            across.append(item)
            continue
        if across:
            ordered.append(list(across))
            across.clear()
        (left if item.x1 <= gutter else right).append(item)
    if across:
        ordered.append(across)
    close()
    return ordered


def _gutter(items: Sequence[Item]) -> float | None:
    """The upright line between two columns of running text; None where there is one column."""
    lines = [item for item in items if isinstance(item, Line)]
    if len(lines) < 2 * FEWEST:
        return None
    first, last = min(line.x0 for line in lines), max(line.x1 for line in lines)
    starts = Counter(round(line.x0 / 2) * 2 for line in lines)
    inner = [
        start
        for start, _ in starts.most_common(8)
        if MARGIN < (start - first) / max(last - first, 1) < 1 - MARGIN
    ]
    for start in sorted(inner):
        if _parts_columns(lines, start - 2.0):
            return start - 2.0
    return None


def _parts_columns(lines: list[Line], gutter: float) -> bool:
    left = [line for line in lines if line.x1 <= gutter]
    right = [line for line in lines if line.x0 >= gutter]
    if min(len(left), len(right)) < FEWEST:
        return False
    high = max(min(line.y for line in left), min(line.y for line in right))
    low = min(max(line.y for line in left), max(line.y for line in right))
    beside = [sum(high <= line.y <= low for line in side) for side in (left, right)]
    across = sum(line.x0 < gutter < line.x1 and high <= line.y <= low for line in lines)
    if across > CROSSING * sum(beside) or min(beside) < BOTH * min(len(left), len(right)):
        return False
    return _fills(left, FULL_LEFT) and _fills(right, FULL_RIGHT)


def _fills(side: list[Line], share: float) -> bool:
    """Running text fills its column; the words of a table stand short."""
    width = max(line.x1 for line in side) - min(line.x0 for line in side)
    widest = max(line.size for line in side)
    return median(line.x1 - line.x0 for line in side) >= max(share * width, 6 * widest)

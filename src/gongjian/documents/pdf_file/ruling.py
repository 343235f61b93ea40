"""Ruling lines → the grids they draw: rows, columns, and cells that span several of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from gongjian.documents.pdf_file.sheet import Rule

TOUCH = 3.0  # points between two lines that are meant to meet
SAME = 2.0  # points between two lines that are meant to be one
SHORTEST = 4.0  # points; less is a dash or the stroke of a letter
MOST_RULES = 2_000  # more than that on a page is a drawing
MOST_PLACES = 40_000  # and so is a grid of more places


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a grid and the places it covers."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table. Shapes: `xs` and `ys` are the lines, one more than columns and rows."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]

    def box_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the place that holds a point; None outside the grid."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        is_inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return (row, column) if is_inside else None


def grids_of(rules: Iterable[Rule]) -> list[Grid]:
    """The grids of a page from top to bottom.

    Missing: a frame around a text, lines that nothing crosses, and grids of one column rule no
        table. A side that is left open ends where the lines across end.
    """
    level, upright = _level(rules), _upright(rules)
    if len(level) + len(upright) > MOST_RULES:
        return []
    grids = []
    for across, down in _parts(level, upright):
        grid = _grid(across, down)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _level(rules: Iterable[Rule]) -> list[Rule]:
    lines = [rule for rule in rules if rule.y0 == rule.y1 and rule.x1 - rule.x0 > 0]
    spans = _merged([(rule.y0, rule.x0, rule.x1) for rule in lines])
    return [Rule(start, place, end, place) for place, start, end in spans]


def _upright(rules: Iterable[Rule]) -> list[Rule]:
    lines = [rule for rule in rules if rule.x0 == rule.x1 and rule.y1 - rule.y0 > 0]
    spans = _merged([(rule.x0, rule.y0, rule.y1) for rule in lines])
    return [Rule(place, start, place, end) for place, start, end in spans]


def _merged(spans: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Lines of one height, and of one piece after the other, as one line: (height, start, end)."""
    spans.sort()
    merged: list[tuple[float, float, float]] = []
    band: list[tuple[float, float, float]] = []
    for span in [*spans, (float("inf"), 0.0, 0.0)]:
        if band and span[0] - band[0][0] > SAME:
            place = sum(one[0] for one in band) / len(band)
            start, end = None, 0.0
            for _, low, high in sorted(band, key=lambda one: one[1:]):
                if start is not None and low - end <= TOUCH:
                    end = max(end, high)
                    continue
                if start is not None:
                    merged.append((place, start, end))
                start, end = low, high
            if start is not None:
                merged.append((place, start, end))
            band = []
        band.append(span)
    return [one for one in merged if one[2] - one[1] >= SHORTEST]


def _parts(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The lines that hang together, one crossing the other."""
    level.sort(key=lambda rule: rule.y0)
    heights = [rule.y0 for rule in level]
    above = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while above[index] != index:
            above[index] = above[above[index]]
            index = above[index]
        return index

    for number, rule in enumerate(upright, start=len(level)):
        first = bisect_left(heights, rule.y0 - TOUCH)
        for index in range(first, bisect_right(heights, rule.y1 + TOUCH)):
            if level[index].x0 - TOUCH <= rule.x0 <= level[index].x1 + TOUCH:
                above[root(number)] = root(index)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate([*level, *upright]):
        side = 0 if index < len(level) else 1
        parts.setdefault(root(index), ([], []))[side].append(rule)
    return [part for part in parts.values() if part[0] and part[1]]


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    xs = _places([r.x0 for r in down] + [min(r.x0 for r in across), max(r.x1 for r in across)])
    ys = _places([r.y0 for r in across] + [min(r.y0 for r in down), max(r.y1 for r in down)])
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > MOST_PLACES:
        return None
    walls = {
        (row, column)
        for rule in down
        for column in _near(xs, rule.x0)
        for row in _between(ys, rule.y0, rule.y1)
    }
    floors = {
        (row, column)
        for rule in across
        for row in _near(ys, rule.y0)
        for column in _between(xs, rule.x0, rule.x1)
    }
    return Grid(xs, ys, tuple(_boxes(len(ys) - 1, len(xs) - 1, walls, floors)))


def _places(values: list[float]) -> tuple[float, ...]:
    """Sorted, and what lies within a touch of each other once."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > TOUCH:
            places.append(value)
    return tuple(places)


def _near(places: Sequence[float], value: float) -> range:
    return range(bisect_left(places, value - TOUCH), bisect_right(places, value + TOUCH))


def _between(places: Sequence[float], start: float, end: float) -> range:
    """The numbers of the places' intervals that a line covers from end to end."""
    return range(bisect_left(places, start - TOUCH), max(bisect_right(places, end + TOUCH) - 1, 0))


def _boxes(
    rows: int, columns: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> Iterable[Box]:
    """Each cell from its upper left place: as wide as no wall stands, as high as no floor lies."""
    taken: set[tuple[int, int]] = set()
    for row, column in product(range(rows), range(columns)):
        if (row, column) in taken:
            continue
        width = 1
        while (
            column + width < columns
            and (row, column + width) not in walls
            and (row, column + width) not in taken
        ):
            width += 1
        height = 1
        while row + height < rows and not any(
            (row + height, column + step) in floors or (row + height, column + step) in taken
            for step in range(width)
        ):
            height += 1
        taken.update(
            (row + down, column + step) for down, step in product(range(height), range(width))
        )
        yield Box(row, column, height, width)

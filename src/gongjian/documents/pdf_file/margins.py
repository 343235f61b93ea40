"""Running heads and feet, and page numbers: lines that belong to the page and not to the text."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gongjian.documents.pdf_file.lines import Line

EDGE = 0.15  # of the height: where a head or a foot may stand
BARE_EDGE = 0.085  # nearer to the edge, a number that stands alone is a page number
OUTERMOST = 3  # lines at each edge that are looked at
OTHER_SIZE = 0.08  # of the size of the text
MORE_SPACE = 1.25  # times the usual distance of lines
ASIDE = 3.0  # ems from the left edge of the text: set in the middle, or to the right
OFTEN = 0.4  # of the pages from its first to its last; a head may stand on every other page
DRIFT = 6.0  # points by which a head may move from page to page
SIGNS = r"[-—–―－~～·•.|\[\]()（）《》<>_\s]*"
NUMBERED = re.compile(
    rf"{SIGNS}(?:第|page|p\.?)\s*\d{{1,4}}\s*页?\s*"
    rf"(?:[,，/／\s]*(?:共|of)?\s*\d{{1,4}}\s*页?)?{SIGNS}"
    r"|[-—–―－~～·•]+\s*\d{1,4}\s*[-—–―－~～·•]+"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}",
    re.IGNORECASE,
)
BARE = re.compile(r"\d{1,4}|[ivxlc]{1,6}", re.IGNORECASE)
DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class PageLines:
    """The lines of a page outside its tables, and its height."""

    height: float
    lines: list[Line]


def drop_margins(pages: Sequence[PageLines]) -> list[str]:
    """Take the heads, feet and page numbers out of the pages; each is named once.

    Source: what stands at one height near the edge of several pages, digits aside, is of the page.
    """
    dropped: dict[str, str] = {}
    repeated: dict[tuple[int, str], list[tuple[int, Line]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for edge, line in _set_off(page):
            repeated[edge, DIGITS.sub("#", line.text)].append((number, line))
    running: set[int] = set()
    for (_, mask), found in repeated.items():
        # A title may say the same as the head above it, and is none.
        height = median(line.y for _, line in found)
        level = [(number, line) for number, line in found if abs(line.y - height) <= DRIFT]
        if _runs_through(level, len(pages)):
            running.update(id(line) for _, line in level)
            dropped.setdefault(mask, level[0][1].text)
    for page in pages:
        for edge, line in _outermost(page):
            if id(line) not in running and _is_page_number(line, edge, page):
                running.add(id(line))
                dropped.setdefault(DIGITS.sub("#", line.text), line.text)
        page.lines = [line for line in page.lines if id(line) not in running]
    return list(dropped.values())


def _outermost(page: PageLines) -> Iterator[tuple[int, Line]]:
    """The few lines at the upper edge (0) and the lower one (1), from outside inwards."""
    lines = sorted(page.lines, key=lambda line: line.y)
    for edge, inwards in ((0, lines), (1, lines[::-1])):
        for line in inwards[:OUTERMOST]:
            if _depth(line, edge, page) < EDGE:
                yield edge, line


def _set_off(page: PageLines) -> Iterator[tuple[int, Line]]:
    """Those of them that do not look like a line of the text."""
    if not page.lines:
        return
    lines = sorted(page.lines, key=lambda line: line.y)
    text = _Text.of(lines)
    outermost = list(_outermost(page))
    for edge, inwards in ((0, lines), (1, lines[::-1])):
        outer = [line for side, line in outermost if side == edge]
        left_by = [
            number
            for number, line in enumerate(outer)
            if len(inwards) == number + 1 or text.is_left_by(line, inwards[number + 1])
        ]
        for number, line in enumerate(outer):
            if number <= max(left_by, default=-1) or line.x0 > text.left + ASIDE * line.size:
                yield edge, line


@dataclass(frozen=True, slots=True)
class _Text:
    """How the lines of the text of a page stand."""

    size: float
    step: float
    left: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "_Text":
        steps = [below.y - above.y for above, below in pairwise(lines) if below.y > above.y]
        return cls(
            size=median(line.size for line in lines),
            step=median(steps) if len(steps) > 2 else 0.0,
            left=min(line.x0 for line in lines),
        )

    def is_left_by(self, line: Line, next_inwards: Line) -> bool:
        """A line that no line of the text follows: another size, or more space than usual."""
        return (
            abs(line.size - self.size) > OTHER_SIZE * self.size
            or abs(line.y - next_inwards.y) > MORE_SPACE * self.step
        )


def _depth(line: Line, edge: int, page: PageLines) -> float:
    """How far in from an edge, as a share of the height."""
    return (page.height - line.y if edge else line.y) / max(page.height, 1.0)


def _runs_through(found: list[tuple[int, Line]], pages: int) -> bool:
    """On three pages or on both of two, and counting on if it counts at all."""
    numbers = {number for number, _ in found}
    if not numbers:
        return False
    span = max(numbers) - min(numbers) + 1
    if len(numbers) < max(min(3, max(pages, 2)), OFTEN * span):
        return False
    return len({line.text for _, line in found}) == 1 or _counts_on(found)


def _counts_on(found: list[tuple[int, Line]]) -> bool:
    """The digits stay, or grow as the pages do: 第3页 on page 3, 第4页 on page 4."""
    first_page, first = found[0]
    start = [int(digits) for digits in DIGITS.findall(first.text)]
    return all(
        all(
            int(digits) - begun in {0, number - first_page}
            for digits, begun in zip(DIGITS.findall(line.text), start, strict=True)
        )
        for number, line in found
    )


def _is_page_number(line: Line, edge: int, page: PageLines) -> bool:
    text = line.text.strip()
    if NUMBERED.fullmatch(text):
        return True
    return bool(BARE.fullmatch(text)) and _depth(line, edge, page) < BARE_EDGE

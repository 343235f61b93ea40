"""Running heads and feet, and page numbers: lines that belong to the page and not to the text."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from gongjian.documents.pdf_file.lines import Line

EDGE = 0.15  # of the height: where a head or a foot may stand
BARE_EDGE = 0.085  # nearer to the edge, a number that stands alone is a page number
OUTERMOST = 3  # lines at each edge that are looked at
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
    heads: list[tuple[int, Line]] = field(default_factory=list)  # which edge, which line


def drop_margins(pages: Sequence[PageLines]) -> list[str]:
    """Take the heads, feet and page numbers out of the pages; each is named once.

    Source: what stands at one height near the edge of several pages, digits aside, is of the page.
    """
    dropped: dict[str, str] = {}
    repeated: dict[tuple[int, str], list[tuple[int, Line]]] = defaultdict(list)
    for number, page in enumerate(pages):
        page.heads = list(_outermost(page))
        for edge, line in page.heads:
            repeated[edge, DIGITS.sub("#", line.text)].append((number, line))
    running: set[int] = set()
    for (_, mask), found in repeated.items():
        if _runs_through(found, len(pages)):
            running.update(id(line) for _, line in found)
            dropped.setdefault(mask, found[0][1].text)
    for page in pages:
        for edge, line in page.heads:
            if id(line) not in running and _is_page_number(line, edge, page):
                running.add(id(line))
                dropped.setdefault(DIGITS.sub("#", line.text), line.text)
        page.lines = [line for line in page.lines if id(line) not in running]
    return list(dropped.values())


def _outermost(page: PageLines) -> list[tuple[int, Line]]:
    heads = [line for line in page.lines if line.y < EDGE * page.height]
    feet = [line for line in page.lines if line.y > (1 - EDGE) * page.height]
    heads.sort(key=lambda line: line.y)
    feet.sort(key=lambda line: -line.y)
    return [(0, line) for line in heads[:OUTERMOST]] + [(1, line) for line in feet[:OUTERMOST]]


def _runs_through(found: list[tuple[int, Line]], pages: int) -> bool:
    """On three pages or on both of two, at one height, and counting on if it counts at all."""
    numbers = {number for number, _ in found}
    span = max(numbers) - min(numbers) + 1
    if len(numbers) < max(min(3, max(pages, 2)), OFTEN * span):
        return False
    height = median(line.y for _, line in found)
    if sum(abs(line.y - height) > DRIFT for _, line in found) > len(found) / 4:
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
    depth = page.height - line.y if edge else line.y
    return bool(BARE.fullmatch(text)) and depth < BARE_EDGE * page.height

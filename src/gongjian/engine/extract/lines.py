"""Lines, taken one after another: paragraphs, and rows of tables with their cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongjian.lib.pages import Block, Document, Paragraph, Table

Span = tuple[int, int]
OWN_START = re.compile(r"[\d（(一二三四五六七八九十①-⑳•●■◆\-—·*第“]")
BRACKETED_BAR = re.compile("（[^（）\n]*：[^（）\n]*[|｜]")  # 【牵头股室：…｜配合：…】 is no row
ROLE_LINE = re.compile(
    "(?:牵头|责任|配合|主办|主责|协办|承办|实施|落实|负责|完成|包靠|分管)[^，。；：]{1,4}："
)
RULE = re.compile(r"[|｜+][-—–=:|｜+ ]*-[-—–=:|｜+ ]*")  # |---|---| of a drawn table
WIDEST = 200  # cells: a line with more is no row of a table
LATIN_ROW = re.compile(r"[|\t｜]")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or one row. `cells` is empty for a paragraph; `mark` is the file's own
    heading level (0: none); `table` numbers the tables, 0 for text."""

    start: int
    end: int
    cells: tuple[Span, ...] = ()
    mark: int = 0
    table: int = 0


def lines_of(document: Document, view: str) -> tuple[Line, ...]:
    """The lines of a document in reading order, blanks trimmed, empty ones left out."""
    found: list[Line] = []
    tables = 0
    typed = False  # the last line was a row typed with bars or tabs
    for block in document.blocks:
        marked = isinstance(block, Table)
        tables += marked
        for line in _parts(block, view, tables):
            if found and _goes_on(view, found[-1], line):
                found[-1] = replace(found[-1], end=line.end)
                continue
            if line.cells and not marked and not typed:
                tables += 1
            typed = bool(line.cells) and not marked
            found.append(_numbered(line, tables) if line.cells else line)
    return tuple(found)


def _parts(block: Block, view: str, tables: int) -> Iterator[Line]:
    return _rows(block, view, tables) if isinstance(block, Table) else _paragraph(block, view)


def _goes_on(view: str, before: Line, line: Line) -> bool:
    """Does a line go on with the paragraph before it, as texts typed a clause a line do?"""
    if before.cells or line.cells or before.mark or line.mark:
        return False
    if view[before.end - 1] not in "，、；" or OWN_START.match(view, line.start):
        return False
    return ROLE_LINE.match(view, line.start, line.end) is None


def _numbered(line: Line, table: int) -> Line:
    return Line(line.start, line.end, line.cells, line.mark, table)


def _paragraph(block: Paragraph, view: str) -> Iterator[Line]:
    start = block.start
    for part in view[block.start : block.end].split("\n"):
        first, last = trim(view, start, start + len(part))
        start += len(part) + 1
        if first < last and RULE.fullmatch(view, first, last) is None:
            yield Line(first, last, _cells(view, first, last), block.level)


def _cells(view: str, start: int, end: int) -> tuple[Span, ...]:
    """The cells of a row typed with bars or tabs; none when the line is ordinary text."""
    if BRACKETED_BAR.search(view, start, end):
        return ()
    bars = [start + mark.start() for mark in LATIN_ROW.finditer(view[start:end])]
    if not bars or len(bars) > WIDEST:
        return ()
    edges = zip([start, *(bar + 1 for bar in bars)], [*bars, end], strict=True)
    cells = tuple(trim(view, first, last) for first, last in edges)
    if sum(first < last for first, last in cells) < 2:
        return ()
    return cells[1:] if view[start] in "|｜" else cells


def _rows(table: Table, view: str, number: int) -> Iterator[Line]:
    """Rows of a table; a cell that spans rows stands in each of them. One column is running text:
    a plan typed a paragraph a row."""
    if all(cell.column == 0 for cell in table.cells):
        for cell in table.cells:
            first, last = trim(view, cell.start, cell.end)
            if first < last:
                yield Line(first, last)
        return
    rows: dict[int, dict[int, Span]] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows.setdefault(row, {})[cell.column] = trim(view, cell.start, cell.end)
    for row in sorted(rows):
        columns = rows[row]
        cells = tuple(columns.get(column, (0, 0)) for column in range(max(columns) + 1))
        own = [span for span in cells if span[0] < span[1]]
        if own:
            first, last = min(span[0] for span in own), max(span[1] for span in own)
            yield Line(first, last, cells, table=number)


def trim(view: str, start: int, end: int) -> Span:
    """The span without blanks at its ends."""
    part = view[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))

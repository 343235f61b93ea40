"""Where the header of a ledger stands: the rows it takes, and the path of titles of each column."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from gongjian.engine.ledger.fields import Lexicon
from gongjian.engine.ledger.header import LABELLED, PERIODS
from gongjian.engine.ledger.layout import NOTE, TOTAL
from gongjian.engine.ledger.vocabulary import compact
from gongjian.lib.grids import Cell, Range, Row

WITHIN = 40  # filled rows above and in a header
DEPTH = 4  # rows of titles
LONGEST, LONGEST_LATIN = 36, 140
CACHED = 60  # characters: longer texts seldom come again
WIDEST = 2_000  # columns that a header may name
NUMBERS = re.compile(r"[-+]?[\d,.]+%?")
HAN = re.compile(r"[一-鿿]")
UNITS = re.compile(
    r"[(（]?(?:单位[:：])?(?:[百千]?[万亿]?元|%|％|亩|平方米|个|项|公里|吨|人|£m|[$]m)[)）]?"
)
INDEX = re.compile(r"\d{1,2}|[甲乙丙丁戊己庚辛]|[A-Z]|[①-⑳]|\d{1,2}=.+")
OF_WHICH = re.compile("^其中[:：]")
SENTENCE = re.compile(r"[。；;！!？?]")
TITLES_IN_TRANSPOSED = 3
MEASURED_LINE = re.compile(r"[(（]?(?:(?:金额|货币|计量|资金|投资)?单位|金额|货币)[:：]")


@dataclass(frozen=True, slots=True)
class Heading:
    """The first and last row of a header, counted from 0, and the titles of each column, the
    highest first; a column that nothing heads has none."""

    first: int
    last: int
    titles: tuple[tuple[str, ...], ...]
    covered: frozenset[int] = frozenset()  # columns below a title that begins further left


class Merged:
    """The merged ranges of a sheet, asked for the cell that shows at a place."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self._ranges = sorted(ranges)
        self._tops = [top for top, *_ in self._ranges]
        self.tallest = max((last - top for top, _, last, _ in ranges), default=0)

    def of(self, row: int, column: int) -> Range | None:
        """The range that covers a place; ranges of one sheet do not overlap."""
        at = bisect_right(self._tops, row)
        for top, left, last, right in reversed(self._ranges[max(0, at - 5_000) : at]):
            if last >= row and left <= column <= right:
                return top, left, last, right
        return None

    def begins(self, row: int) -> Iterator[Range]:
        """The ranges whose first row this is."""
        at = bisect_right(self._tops, row - 1)
        while at < len(self._ranges) and self._tops[at] == row:
            yield self._ranges[at]
            at += 1


def find_heading(rows: Sequence[Row], merged: Merged, lexicon: Lexicon) -> Heading | None:
    """The header of a sheet.

    Shapes: its first filled rows. Units: rows and columns count from 0. Missing: None where no row
    names two fields. Errors: none. Source: docs/rules/ledgers.md, K-2.
    """
    window = [(row, tuple(map(tidy, cells[:WIDEST]))) for row, cells in rows[:WITHIN]]
    scores = [_score(texts, lexicon) for _, texts in window]
    best = max(scores, default=0.0)
    if best < 2:
        return None
    at = next(n for n, score in enumerate(scores) if score >= max(2.0, 0.6 * best))
    top = at - 1 if at and _is_parent(window, at) else at
    last, lines = _deeper(window, top, at, merged, lexicon)
    titles = tuple(_titles(window, lines, merged))
    taken = [window[n][0] for n in lines]
    covered = {
        column
        for column in range(len(titles))
        for row in taken
        if (over := merged.of(row, column)) and over[1] < column and titles[column]
    }
    return Heading(window[top][0], window[last][0], titles, frozenset(covered))


def first_row(rows: Sequence[Row]) -> Heading | None:
    """The first row as a header, where it is all short texts and what follows is not."""
    if len(rows) < 2:
        return None
    texts = [tidy(cell) for cell in rows[0][1]]
    filled = [text for text in texts if text]
    plain = len(filled) >= 2 and len(set(filled)) == len(filled)
    if not plain or not all(is_title(text) for text in filled):
        return None
    figures = any(isinstance(c, float) or (c and NUMBERS.fullmatch(c)) for c in rows[1][1])
    return Heading(rows[0][0], rows[0][0], tuple((text,) if text else () for text in texts)) if (
        figures
    ) else None  # fmt: skip


def titles_down(rows: Sequence[Row], lexicon: Lexicon) -> int:
    """The one of the first columns in which the titles stand below each other, a project a column;
    -1 where a sheet is laid out as usual."""
    if len(rows) > 300:
        return -1
    across = max(
        (_across(tuple(map(tidy, cells)), lexicon) for _, cells in rows[:WITHIN]), default=0
    )
    fuller = [cells for _, cells in rows if sum(cell is not None for cell in cells) > 1]
    for column in range(3):
        held = [tidy(cells[column]) for _, cells in rows if column < len(cells)]
        titles = tuple(text for text in held if text and is_title(text))
        down = _known(titles, lexicon)
        wide = 2 * sum(len(cells) > column + 2 for cells in fuller) > len(fuller)
        if down >= max(TITLES_IN_TRANSPOSED, 2 * across) and wide and across < 3:
            return column
    return -1


def lines_across(
    rows: Sequence[Row], ranges: Sequence[Range], titles_at: int, lexicon: Lexicon
) -> set[int]:
    """The rows of a transposed sheet that are lines and no field: its title and its unit above, and
    what is merged over all of it."""
    width = max((len(cells) for _, cells in rows), default=0)
    last_column = max(width - 1, titles_at + 1)
    whole = {top for top, left, last, right in ranges
             if top == last and left <= titles_at and right >= last_column}  # fmt: skip
    lines: set[int] = set()
    begun = False
    for row, cells in rows:
        filled = [text for cell in cells if (text := tidy(cell))]
        said = [text for text in filled if not MEASURED_LINE.match(text)]
        if len(said) > 1 or begun:
            begun = True
            if row in whole and len(filled) == 1:
                lines.add(row)
            continue
        match = lexicon.match((said[0],)) if said else None
        if row in whole or match is None or match.code != "word":
            lines.add(row)
        else:
            begun = True
    return lines


def _across(texts: tuple[str, ...], lexicon: Lexicon) -> int:
    """Fields named in a row of titles; a row of names may hold such words by chance."""
    filled = [text for text in texts if text]
    known = _known(tuple(dict.fromkeys(filled)), lexicon)
    return known if known >= 0.3 * len(filled) else 0


def tidy(cell: Cell) -> str:
    """The text of a cell in one line; Chinese without blanks."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return _tidy(cell) if len(cell) <= CACHED else _tidied(cell)


def _tidied(text: str) -> str:
    return compact(text) if HAN.search(text) else " ".join(text.split())


_tidy = lru_cache(maxsize=65_536)(_tidied)


def is_title(text: str) -> bool:
    """Short, and neither a number nor a sentence nor a label with its value.

    >>> is_title("总投资"), is_title("其中：2026年计划"), is_title("编制单位：发改局")
    (True, True, False)
    """
    text = OF_WHICH.sub("", text) or text
    if LABELLED.search(text) and not text.endswith((")", "）")):
        return False
    if not HAN.search(text):
        letters = any(letter.isalpha() for letter in text)
        return bool(PERIODS.fullmatch(text)) or (letters and len(text) <= LONGEST_LATIN)
    return len(text) <= LONGEST and not SENTENCE.search(text) and not NUMBERS.fullmatch(text)


def is_index(texts: Sequence[str]) -> bool:
    """A line that numbers the columns: 1 2 3, 甲 乙 1 2."""
    filled = [text for text in texts if text]
    if len(filled) < 3 or not all(INDEX.fullmatch(text) for text in filled):
        return False
    figures = [int(text) for text in filled if text.isdecimal()]
    return all(b - a == 1 for a, b in pairwise(figures))


def _known(texts: tuple[str, ...], lexicon: Lexicon) -> int:
    found = set()
    for text in texts:
        if text and len(text) <= LONGEST_LATIN and is_title(text):
            match = lexicon.match((text,))
            values = match.field.values if match is not None else None
            if values is not None and values.fullmatch(text):
                continue  # 续建 stands in a column of natures, and heads none
            if match is not None and match.code in ("word", "parts"):
                found.add(match.field.name)
    return len(found)


def _score(texts: tuple[str, ...], lexicon: Lexicon) -> float:
    """How much a row looks like a header: fields named, less what no header holds."""
    filled = [text for text in texts if text]
    if (
        len(filled) < 2
        or len(filled) > WIDEST
        or NOTE.match(filled[0])
        or TOTAL.fullmatch(filled[0])
    ):
        return 0.0
    odd = sum(not is_title(text) for text in filled)
    again = sum(count - 1 for count in Counter(filled).values())
    if odd > 0.3 * len(filled):
        return 0.0
    return _known(tuple(dict.fromkeys(filled)), lexicon) - 2.0 * odd - 0.3 * again


def _is_parent(window: Sequence[tuple[int, tuple[str, ...]]], at: int) -> bool:
    """Does the row above hold the titles of groups of columns, and no title of the sheet?"""
    row, above = window[at - 1]
    below = window[at][1]
    filled = [column for column, text in enumerate(above) if text]
    if row + 1 != window[at][0] or len(filled) < 2 or len(filled) > len([t for t in below if t]):
        return False
    texts = [above[column] for column in filled]
    return all(map(is_title, texts)) and not any(UNITS.fullmatch(text) for text in texts)


def _deeper(
    window: Sequence[tuple[int, tuple[str, ...]]],
    top: int,
    at: int,
    merged: Merged,
    lexicon: Lexicon,
) -> tuple[int, list[int]]:
    """The last row of the header, and the rows whose titles count; a line of numbers does not."""
    lines = list(range(top, at + 1))
    last = at
    tall = max((r[2] for n in lines for r in merged.begins(window[n][0]) if r[2] - r[0] < DEPTH),
               default=window[at][0])  # fmt: skip
    for n in range(at + 1, min(at + DEPTH, len(window))):
        row, texts = window[n]
        if row > window[last][0] + 1 and row > tall:
            break
        if is_index(texts):
            return n, lines
        if row <= tall or _are_lower(window, lines, n, lexicon):
            lines.append(n)
            last = n
        else:
            break
    return last, lines


def _are_lower(
    window: Sequence[tuple[int, tuple[str, ...]]], lines: list[int], n: int, lexicon: Lexicon
) -> bool:
    """Does a row hold the lower titles of the header above, and no data?"""
    low = window[n][1]
    filled = [column for column, text in enumerate(low) if text]
    if not filled or not all(UNITS.fullmatch(low[c]) or is_title(low[c]) for c in filled):
        return False
    if all(UNITS.fullmatch(low[column]) for column in filled):
        return True
    tops = window[lines[-1]][1]

    def top(column: int) -> str:
        return tops[column] if 0 <= column < len(tops) else ""

    children = alone = 0
    for column in filled:
        grouped = not top(column) or not top(column + 1) or top(column) in (
            top(column + 1), top(column - 1))  # fmt: skip
        if (
            (grouped and any(top(left) for left in range(column + 1)))
            or UNITS.fullmatch(low[column])
            or PERIODS.fullmatch(low[column])
        ):
            children += 1
        else:
            alone += 1
    own = sum(
        bool(top(c)) for c in range(max(len(tops), len(low))) if not (c < len(low) and low[c])
    )
    return alone == 0 and children >= 2 and own >= 1 and _says_titles(low, filled, lexicon)


def _says_titles(low: tuple[str, ...], filled: list[int], lexicon: Lexicon) -> bool:
    words = [OF_WHICH.sub("", low[column]) for column in filled]
    known = sum(
        bool(PERIODS.fullmatch(word) or UNITS.fullmatch(word) or lexicon.match((word,)))
        or word
        in {
            "计划",
            "实际",
            "完成",
            "其中",
            "小计",
            "合计",
            "开工",
            "竣工",
            "时间",
            "金额",
            "开始",
            "结束",
            "起",
            "止",
        }
        for word in words
    )
    return 2 * known >= len(words)


def _titles(
    window: Sequence[tuple[int, tuple[str, ...]]], lines: list[int], merged: Merged
) -> Iterator[tuple[str, ...]]:
    """The path of each column; a title that covers its neighbours belongs to them too."""
    width = max(len(window[n][1]) for n in lines)
    for column in range(width):
        path: list[str] = []
        for depth, n in enumerate(lines):
            text = _title_at(window, n, column, merged, last=depth == len(lines) - 1)
            if text and text not in path:
                if UNITS.fullmatch(text) and path:
                    path[-1] += f"（{text.strip('()（）')}）"
                else:
                    path.append(text)
        yield tuple(path)


def _title_at(
    window: Sequence[tuple[int, tuple[str, ...]]],
    n: int,
    column: int,
    merged: Merged,
    *,
    last: bool,
) -> str:
    row, texts = window[n]
    if column < len(texts) and texts[column]:
        return texts[column]
    covered = merged.of(row, column)
    if covered is not None:
        if covered[0] != row:
            return ""
        return texts[covered[1]] if covered[1] < len(texts) else ""
    if last or n + 1 >= len(window) or merged.of(row, _left(texts, column)) is not None:
        return ""
    below = window[n + 1][1]
    left = _left(texts, column)
    under = column < len(below) and below[column]
    return texts[left] if under and left >= 0 and left < len(below) and below[left] else ""


def _left(texts: tuple[str, ...], column: int) -> int:
    return next((at for at in range(min(column, len(texts)) - 1, -1, -1) if texts[at]), -1)

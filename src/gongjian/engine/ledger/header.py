"""Finds the header of a table: one row, or rows of merged titles joined into one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gongjian.engine.ledger.vocabulary import Row, Vocabulary, bare, compact, unit_of, year_of

WITHIN = 15  # rows: a header further down belongs to another table
DEPTH = 3  # rows that one header takes at most
LONGEST = 20  # characters of a title, without its brackets
LONGEST_LATIN = 60
SAMPLE = 60  # rows that show what a column holds
PERIODS = re.compile(
    r"(?:19|20)\d\d年?(?:度)?|\d{2,3}年(?:度)?|\d{1,2}(?:-\d{1,2})?月(?:份)?|[1-4]季度|\d{1,2}日"
)
MEASURED = re.compile(r"\d|%|[。；;！？]")
LABELLED = re.compile(r"[:：].")  # 编制单位：县发展改革局 is no title of a column


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """One column: its title as written, its kind, the code of the reason and its words.

    `code` is `title` (its words name the kind), `values` (what stands below does) or "".
    `unit` and `year` are those that the title names."""

    title: str
    kind: str = ""
    code: str = ""
    params: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Header:
    """The rows that a header takes, first and last, and the columns of its table."""

    first: int
    last: int
    columns: tuple[HeaderColumn, ...]

    @cached_property  # asked once a cell
    def kinds(self) -> tuple[str, ...]:
        """The kind of each column, "" where it has none."""
        return tuple(column.kind for column in self.columns)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The title of each column, as written."""
        return tuple(column.title for column in self.columns)


def find_header(
    rows: Sequence[Row], vocabulary: Vocabulary, *, start: int = 0, within: int = WITHIN
) -> Header | None:
    """The first header at or below a row.

    Shapes: rows of texts, a text a column. Units: rows and columns count from 0. Missing: None
    where no row names two columns. Errors: none. Source: docs/rules/reading.md, R-8.
    """
    for row in range(start, min(start + within, len(rows))):
        if header := header_at(rows, row, vocabulary):
            return header
    return None


def header_at(rows: Sequence[Row], row: int, vocabulary: Vocabulary) -> Header | None:
    """The header that begins in a row: as deep as its titles are merged."""
    pairs = [(title, title) for title in map(_clean, rows[row])]
    if not _is_line_of_titles(pairs):
        return None
    last = row
    while last + 1 < min(row + DEPTH, len(rows)):
        joined = _join(pairs, rows[last], rows[last + 1], vocabulary)
        if joined is None:
            break
        pairs, last = joined, last + 1
    columns = tuple(_column(title, lower, vocabulary) for title, lower in pairs)
    named = [column.kind for column in columns if column.kind]
    if len(named) < 2:
        return None
    return Header(row, last, tuple(_by_values(columns, rows[last + 1 :], vocabulary)))


def _clean(text: str | None) -> str:
    return compact(text)


def _is_title(text: str) -> bool:
    """Short, without figures other than years, months and quarters, and no label with a value."""
    words = bare(text)
    if words.isascii() and words[:1].isalpha():  # Theme 1, Board Approval Date
        return len(words) <= LONGEST_LATIN and not LABELLED.search(words)
    return (
        len(words) <= LONGEST
        and not MEASURED.search(PERIODS.sub("", words))
        and not LABELLED.search(words)
    )


def _is_line_of_titles(pairs: list[tuple[str, str]]) -> bool:
    titles = [title for title, _ in pairs if title]
    return len(titles) >= 2 and all(map(_is_title, titles))


def _join(
    pairs: list[tuple[str, str]], above: Row, below: Row, vocabulary: Vocabulary
) -> list[tuple[str, str]] | None:
    """A header row with the row of its lower titles; None where that row is none.

    A merged title shows by the places right of it that are empty above and filled below.
    """
    width = max(len(pairs), len(below))
    tops = [pairs[at][0] if at < len(pairs) else "" for at in range(width)]
    lows = [_clean(below[at]) if at < len(below) else "" for at in range(width)]
    covered = [at < len(above) and above[at] is None for at in range(width)]
    if not all(map(_is_title, lows)):
        return None
    joined: list[tuple[str, str]] = []
    children: dict[int, int] = {}
    parent = -1
    for at, (top, low) in enumerate(zip(tops, lows, strict=True)):
        if top:
            parent = at if low and low != top else -1
        elif not covered[at] and parent >= 0 and not low:
            parent = -1
        title = tops[parent] if parent >= 0 else top
        if parent >= 0 and low:
            children[parent] = children.get(parent, 0) + 1
        joined.append((_both(title, low), low or title) if low and low != top else (top, top))
    return joined if _are_children(children, tops, lows, vocabulary) else None


def _both(title: str, low: str) -> str:
    return low if title in low else title + low


def _are_children(
    children: dict[int, int], tops: list[str], lows: list[str], vocabulary: Vocabulary
) -> bool:
    """Does a row hold lower titles, and no data? A title that stands alone below another must be
    a known word of another kind; without any merged title the upper row holds groups only."""
    alone = [at for at, count in children.items() if count == 1]
    for at in alone:
        kind = vocabulary.kind(lows[at])
        if not PERIODS.fullmatch(lows[at]) and kind in ("", vocabulary.kind(tops[at])):
            return False
    merged = len(children) > len(alone)
    below_nothing = [low for top, low in zip(tops, lows, strict=True) if low and not top]
    return merged or (len(below_nothing) >= 2 and bool(children))


def _column(title: str, lower: str, vocabulary: Vocabulary) -> HeaderColumn:
    kind = vocabulary.kind(title, lower)
    return HeaderColumn(
        title, kind, "title" if kind else "", (("title", title),) if kind else (),
        unit_of(title), year_of(title),
    )  # fmt: skip


def _by_values(
    columns: tuple[HeaderColumn, ...], rows: Sequence[Row], vocabulary: Vocabulary
) -> Iterator[HeaderColumn]:
    """The columns, some told or corrected by what stands in them."""
    for at, column in enumerate(columns):
        held = [text for row in rows[:SAMPLE] if at < len(row) and (text := compact(row[at]))]
        yield _by_rule(column, held, vocabulary) if held else column


def _by_rule(column: HeaderColumn, held: list[str], vocabulary: Vocabulary) -> HeaderColumn:
    for rule in vocabulary.by_values:
        if rule.kind != column.kind or (not column.kind and column.title):
            continue
        found = sum(rule.values.search(text) is not None for text in held)
        if found >= rule.least * len(held):
            params = (("found", str(found)), ("of", str(len(held))))
            return replace(column, kind=rule.becomes, code="values", params=params)
    return column

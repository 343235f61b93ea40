"""The clause splitter: sentences at 。！？；, clauses at ， outside short brackets and quotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MARK = re.compile(
    r"（[^（）\n]{0,80}）|“[^“”。；\n]{0,24}”|‘[^‘’。；\n]{0,24}’|"
    r"《[^《》\n]{0,40}》|[。！？；;!?，]"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and the sentence around it."""

    start: int
    end: int
    sentence: tuple[int, int]


def clauses(view: str, start: int, end: int) -> Iterator[Clause]:
    """The clauses between two offsets, in order, without their commas.

    Shapes: offsets of `view`. Units: none. Missing: empty clauses are left out. Errors: none.
    Source: docs/rules/reading.md, R-1.
    """
    parts: list[tuple[int, int]] = []
    begin = start
    for mark in MARK.finditer(view, start, end):
        if mark.end() - mark.start() > 1:
            continue
        parts.append((begin, mark.start()))
        begin = mark.end()
        if mark[0] != "，":
            yield from _sentence(parts)
            parts = []
    yield from _sentence([*parts, (begin, end)])


def _sentence(parts: list[tuple[int, int]]) -> Iterator[Clause]:
    whole = (parts[0][0], parts[-1][1])
    for first, last in parts:
        if first < last:
            yield Clause(first, last, whole)


def sentences(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences between two offsets, without their final stop."""
    seen: tuple[int, int] | None = None
    for clause in clauses(view, start, end):
        if clause.sentence != seen:
            seen = clause.sentence
            yield seen

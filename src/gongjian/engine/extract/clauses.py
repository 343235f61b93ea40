"""The clause splitter: sentences at 。！？；, clauses at ， outside short brackets and quotes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

MARK = re.compile(
    r"（[^（）\n]{0,80}）|“[^“”。；\n]{0,24}”|‘[^‘’。；\n]{0,24}’|"
    r"《[^《》\n]{0,40}》|[。！？；;!?，]"
)


class Clause(NamedTuple):
    """A clause and the sentence around it."""

    start: int
    end: int
    sentence: tuple[int, int]


def clauses(view: str, start: int, end: int) -> list[Clause]:
    """The clauses between two offsets, in order, without their commas.

    Shapes: offsets of `view`. Units: none. Missing: empty clauses are left out. Errors: none.
    Source: docs/rules/reading.md, R-1.
    """
    found: list[Clause] = []
    commas: list[int] = []
    begin = start
    for mark in MARK.finditer(view, start, end):
        place = mark.start()
        if mark.end() - place > 1:
            continue
        if view[place] == "，":
            commas.append(place)
            continue
        found += _sentence(begin, commas, place)
        commas, begin = [], place + 1
    return found + _sentence(begin, commas, end)


def _sentence(begin: int, commas: list[int], end: int) -> list[Clause]:
    """The clauses of a sentence that is cut at its commas."""
    sentence = (begin, end)
    found: list[Clause] = []
    for comma in commas:
        if begin < comma:
            found.append(Clause(begin, comma, sentence))
        begin = comma + 1
    if begin < end:
        found.append(Clause(begin, end, sentence))
    return found


def sentences(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences between two offsets, without their final stop."""
    seen: tuple[int, int] | None = None
    for clause in clauses(view, start, end):
        if clause.sentence != seen:
            seen = clause.sentence
            yield seen

"""Patterns that are tried only where one of their first letters stands.

A search that has dozens of alternatives tries each of them at every character. The letters an
alternative can begin with are few, so `guarded` puts them in front as one class: the same matches,
several times sooner.
"""

import re

GROUP = re.compile(r"\(\?(?:<=|<!|=|!|:|P<\w+>)|\(")
QUANTIFIER = re.compile(r"[?*]|\{0?,\d*\}")
DIGITS = "0123456789"
WIDEST = 400  # letters of a range that is still worth a class


def guarded(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled, behind a look at its first letters.

    Shapes: a pattern in the dialect of this package. Units: none. Missing: a pattern that can
    begin with any letter, or be empty, is compiled as it is. Errors: re.error.
    """
    letters = first_letters(pattern)
    if not letters:
        return re.compile(pattern)
    listed = "".join(map(re.escape, sorted(letters)))
    return re.compile(f"(?=[{listed}])(?:{pattern})")


def first_letters(pattern: str) -> frozenset[str]:
    """The letters that a match can begin with; empty when that cannot be said.

    >>> sorted(first_letters("(?<!不)到|[由从]|(?:约)?\\\\d年"))[-4:]
    ['从', '到', '由', '约']
    """
    found: set[str] = set()
    for alternative in _alternatives(pattern):
        letters, may_be_empty = _begins(alternative)
        if letters is None or may_be_empty:
            return frozenset()
        found |= letters
    return frozenset(found)


def _alternatives(pattern: str) -> list[str]:
    """The alternatives of the outermost level."""
    parts, depth, begin, place = [], 0, 0, 0
    while place < len(pattern):
        character = pattern[place]
        if character == "\\":
            place += 1
        elif character == "[":
            place = _class_end(pattern, place)
        elif character in "()":
            depth += 1 if character == "(" else -1
        elif character == "|" and depth == 0:
            parts.append(pattern[begin:place])
            begin = place + 1
        place += 1
    return [*parts, pattern[begin:]]


def _class_end(pattern: str, place: int) -> int:
    """Where the bracket of a class closes."""
    place += 2 if pattern[place + 1] == "^" else 1
    place += pattern[place] == "]"
    while pattern[place] != "]":
        place += 1 + (pattern[place] == "\\")
    return place


def _begins(alternative: str) -> tuple[set[str] | None, bool]:
    """The letters an alternative can begin with (None: any), and whether it can be empty."""
    letters: set[str] = set()
    place = 0
    while place < len(alternative):
        own, end, consumes = _atom(alternative, place)
        if own is None:
            return None, False
        letters |= own
        quantifier = QUANTIFIER.match(alternative, end)
        if consumes and quantifier is None:
            return letters, False
        place = quantifier.end() if quantifier else end
    return letters, True


def _atom(pattern: str, place: int) -> tuple[set[str] | None, int, bool]:
    """One atom: the letters it can begin with, where it ends, whether it always takes one."""
    character = pattern[place]
    if character in "^$":
        return set(), place + 1, False
    if character == ".":
        return None, place + 1, True
    if character == "\\":
        escaped = pattern[place + 1]
        if escaped.isalpha():
            return (set(DIGITS) if escaped == "d" else None), place + 2, True
        return {escaped}, place + 2, True
    if character == "[":
        end = _class_end(pattern, place)
        return _class(pattern[place + 1 : end]), end + 1, True
    if opened := GROUP.match(pattern, place):
        return _group(pattern, opened)
    return {character}, place + 1, True


def _group(pattern: str, opened: re.Match[str]) -> tuple[set[str] | None, int, bool]:
    end = _group_end(pattern, opened.start())
    if opened[0] in ("(?<=", "(?<!", "(?=", "(?!"):
        return set(), end, False
    letters: set[str] = set()
    takes = True
    for alternative in _alternatives(pattern[opened.end() : end - 1]):
        own, may_be_empty = _begins(alternative)
        if own is None:
            return None, end, True
        letters |= own
        takes = takes and not may_be_empty
    return letters, end, takes


def _group_end(pattern: str, place: int) -> int:
    depth = 0
    while place < len(pattern):
        character = pattern[place]
        if character == "\\":
            place += 1
        elif character == "[":
            place = _class_end(pattern, place)
        elif character in "()":
            depth += 1 if character == "(" else -1
        place += 1
        if depth == 0:
            break
    return place


def _class(inside: str) -> set[str] | None:
    """The letters of a class; None when they are too many or the others."""
    if inside.startswith("^"):
        return None
    letters: set[str] = set()
    place = 0
    while place < len(inside):
        if inside[place] == "\\":
            if inside[place + 1].isalpha() and inside[place + 1] != "d":
                return None
            letters |= set(DIGITS) if inside[place + 1] == "d" else {inside[place + 1]}
            place += 2
        elif inside[place + 1 : place + 2] == "-" and place + 2 < len(inside):
            first, last = ord(inside[place]), ord(inside[place + 2])
            if last - first > WIDEST:
                return None
            letters |= {chr(code) for code in range(first, last + 1)}
            place += 3
        else:
            letters.add(inside[place])
            place += 1
    return letters

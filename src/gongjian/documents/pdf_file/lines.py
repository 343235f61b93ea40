"""Characters → lines: runs of one base line, joined where they follow each other."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_letters

from gongjian.documents.pdf_file.sheet import Glyph

APART = 1.2  # ems: a wider gap is a gutter, or the border of a cell that has none
WORD_GAP = 0.2  # ems between two Latin words
BLANK_GAP = 0.9  # ems that a person reads as a blank between Chinese characters
LEVEL = 0.45  # ems off the base line: an index, a fraction
WIDE = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f"
    r"\uff00-\uffef\U00020000-\U0003ffff]"
)
# Some programs never break a line beside a curly quote, so it holds what stands on both sides.
OPENING = "（(《〈「『【〔[{￥$“”‘’"
CLOSING = "）)》〉」』】〕]}“”‘’，。、；：！？,.;:!?%％‰℃…—·"
DRAWN_TOGETHER = frozenset(ascii_letters + "—…―─-.·")


@dataclass(slots=True)
class Line:
    """A line of one column. `lead` is how wide its first part is that no break may divide.

    `solid` is where it ends without a last sign of punctuation, which may hang out of the column.
    """

    x0: float
    x1: float
    y: float
    size: float
    text: str
    lead: float
    solid: float

    @property
    def top(self) -> float:
        return self.y - 0.88 * self.size

    @property
    def bottom(self) -> float:
        return self.y + 0.12 * self.size


def is_latin(character: str) -> bool:
    """One of a script that parts its words with blanks."""
    return character < "\u1100" or not WIDE.match(character)


def lines_of(glyphs: Iterable[Glyph], *, apart: float = APART) -> list[Line]:
    """Lines from top to bottom, and from left to right at one height.

    Units: `apart` in ems; wider gaps part two lines of the same height.
    """
    found: list[Line] = []
    for row in _rows(_runs(glyphs)):
        row.sort(key=lambda run: run[0].x0)
        joined = [row[0]]
        for run in row[1:]:
            last = joined[-1][-1]
            if run[0].x0 - last.x1 < apart * max(last.size, run[0].size):
                joined[-1] = joined[-1] + run
            else:
                joined.append(run)
        found.extend(_line(part) for part in joined)
    return found


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters that the file itself puts one behind the other on a base line.

    Missing: what is printed a second time, a trifle beside the first, only to look bold.
    """
    runs: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None and abs(glyph.y - last.y) < 0.1 * glyph.size:
            if _is_reprint(last, glyph):
                continue
            gap = glyph.x0 - last.x1
            if -0.5 * glyph.size < gap < 0.5 * glyph.size or glyph.x0 == last.x0:
                runs[-1].append(glyph)
                last = glyph
                continue
        runs.append([glyph])
        last = glyph
    return _once(runs)


def _is_reprint(last: Glyph, glyph: Glyph) -> bool:
    """The same once more. Two characters that a font draws as one, a double f, are none."""
    if glyph.text != last.text or abs(glyph.x0 - last.x0) > 0.2 * glyph.size:
        return False
    return (glyph.x0, glyph.x1) != (last.x0, last.x1) or glyph.text not in DRAWN_TOGETHER


def _once(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    places: dict[str, list[Glyph]] = {}
    kept = []
    for run in runs:
        first = run[0]
        before = places.setdefault("".join(glyph.text for glyph in run), [])
        near = 0.2 * first.size
        if any(abs(b.x0 - first.x0) < near and abs(b.y - first.y) < near for b in before):
            continue
        before.append(first)
        kept.append(run)
    return kept


def _rows(runs: list[list[Glyph]]) -> list[list[list[Glyph]]]:
    """Runs of about one height; the largest letters of a row say where its base line is."""
    runs.sort(key=lambda run: (run[0].y, run[0].x0))
    rows: list[list[list[Glyph]]] = []
    base = size = 0.0
    for run in runs:
        first = run[0]
        if rows and first.y - base < LEVEL * max(size, first.size):
            rows[-1].append(run)
            if first.size > size:
                base, size = first.y, first.size
        else:
            rows.append([run])
            base, size = first.y, first.size
    return rows


def _line(glyphs: list[Glyph]) -> Line:
    parts = [glyphs[0].text]
    for last, glyph in itertools.pairwise(glyphs):
        if _is_blank(last, glyph):
            parts.append(" ")
        parts.append(glyph.text)
    (size, y), _ = Counter([(glyph.size, glyph.y) for glyph in glyphs]).most_common(1)[0]
    x0, x1 = glyphs[0].x0, max(glyph.x1 for glyph in glyphs)
    ending = glyphs[-2:] if glyphs[-1].text in CLOSING else glyphs[-1:]
    return Line(x0, x1, y, size, "".join(parts), _lead(glyphs), ending[0].x1)


def _is_blank(last: Glyph, glyph: Glyph) -> bool:
    if glyph.blank == 2:
        return True
    gap = (glyph.x0 - last.x1) / max(glyph.size, last.size, 0.1)
    if is_latin(last.text[-1]) and is_latin(glyph.text[0]):
        return glyph.blank == 1 or gap > WORD_GAP
    return gap > BLANK_GAP


def _lead(glyphs: list[Glyph]) -> float:
    """The width of the first word or character, with the signs that may not leave it."""
    end = glyphs[0]
    for last, glyph in itertools.pairwise(glyphs):
        is_word = is_latin(last.text) and is_latin(glyph.text) and not _is_blank(last, glyph)
        if not (is_word or last.text in OPENING or glyph.text in CLOSING):
            break
        end = glyph
    return end.x1 - glyphs[0].x0

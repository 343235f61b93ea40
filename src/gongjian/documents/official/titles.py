"""A title over several lines, broken between its words and never within one."""

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

WIDEST = 20  # letters of a title in a line: 22 points on 156 mm


def broken(pieces: Sequence[str], *, widest: float = WIDEST) -> str:
    """The pieces on as few lines as hold them, as even as they go; a line a row of the answer.

    Shapes: pieces are words that stay whole. Units: `widest` in full-width letters.
    Errors: none; a piece wider than a line stands alone and is left to the program that prints.
    Source: GB/T 9704-2012, 7.3.1, on titles: 回行时，要做到词意完整，排列对称，长短适宜.

    >>> broken(["关于印发", "《2020年", "重点工作攻坚年", "责任清单》", "的通知"])
    '关于印发《2020年\\n重点工作攻坚年责任清单》的通知'
    >>> broken(["春耕"])
    '春耕'
    """
    seams = range(1, len(pieces))
    for breaks in range(len(pieces)):
        ways = [_lines(pieces, places) for places in combinations(seams, breaks)]
        fitting = [way for way in ways if max(map(width, way)) <= widest]
        if fitting:
            return "\n".join(min(fitting, key=_uneven))
    return "\n".join(pieces)


def width(text: str) -> float:
    """How wide a text is, in full-width letters; digits and Latin letters take half of one."""
    return sum(0.5 if letter.isascii() else 1 for letter in text)


def _lines(pieces: Sequence[str], places: Sequence[int]) -> list[str]:
    edges = [0, *places, len(pieces)]
    return ["".join(pieces[a:b]) for a, b in pairwise(edges)]


def _uneven(way: Iterable[str]) -> float:
    widths = [width(line) for line in way]
    return max(widths) - min(widths)

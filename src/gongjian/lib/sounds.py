"""How Chinese names sound: initials and syllables, with every reading that is likely."""

import unicodedata
from functools import lru_cache
from itertools import islice, product

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT

from gongjian.lib.folding import folded

_WHOLE = 4  # as many readings of a whole name are kept; beyond, each doubtful place is kept alone
_AROUND = 7  # letters kept on both sides of a doubtful place
_LIKELY = 2  # readings of a character, the commonest first, beside the one its word has


def spelt(text: str) -> tuple[str, ...]:
    """The sound of each compared character: a syllable, or the character itself.

    >>> spelt("长乐区App")
    ('chang', 'le', 'qu', 'a', 'p', 'p')
    """
    plain = folded(text)
    sounds: list[str] = lazy_pinyin(plain, errors=list)  # type: ignore[arg-type]  # its own way
    return tuple(sounds) if len(sounds) == len(plain) else tuple(plain)


def initials(text: str) -> tuple[list[str], list[str]]:
    """The initials of a name by each likely reading of all of it; else by its usual one, with the
    pieces around every place that may sound otherwise.

    >>> initials("发改局")
    (['fgj'], [])
    >>> initials("重庆")
    (['cq', 'zq'], [])
    """
    letters = [
        list(dict.fromkeys([sound[:1], *_others(char)]))
        for char, sound in zip(folded(text), spelt(text), strict=True)
    ]
    usual = "".join(of_char[0] for of_char in letters)
    ways = list(islice(product(*letters), _WHOLE + 1))
    if len(ways) <= _WHOLE:
        return ["".join(way) for way in ways], []
    pieces = [
        f"{usual[max(place - _AROUND, 0) : place]}{other}{usual[place + 1 : place + 1 + _AROUND]}"
        for place, of_char in enumerate(letters)
        for other in of_char[1:]
    ]
    return [usual], pieces


@lru_cache(maxsize=8192)
def _others(char: str) -> tuple[str, ...]:
    """The first letters of a character's commonest readings."""
    readings = PINYIN_DICT.get(ord(char), "").split(",")[:_LIKELY]
    return tuple(unicodedata.normalize("NFD", reading)[:1] for reading in readings if reading)

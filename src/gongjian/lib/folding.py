"""Text as it is compared when somebody looks for it: width, case and punctuation do not count."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

_FINALS = (
    "a ai an ang ao e ei en eng er i ia ian iang iao ie in ing iong iu o ong ou"
    " u ua uai uan uang ue ui un uo v ve"
)
_BEGINNING = "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
_SYLLABLE = re.compile(
    f"(?:{_BEGINNING})(?:{_FINALS.replace(' ', '|')})|a|ai|an|ang|ao|e|ei|en|eng|er|o|ou"
)
_BEGUN = re.compile(_BEGINNING)
_WAYS = 4  # ways to cut one word into syllables that are tried


def folded(text: str) -> str:
    """What is left of a text when it is looked for.

    >>> folded("“四新四化” 行动（ＡPP 3-1）")
    '四新四化行动app3-1'
    """
    return "".join(char for char, _place in folded_places(text))


def folded_places(text: str) -> list[tuple[str, int]]:
    """The characters that are compared, each with its place in the text."""
    return [
        (char, place)
        for place, whole in enumerate(text)
        for char in unicodedata.normalize("NFKC", whole).lower()
        if char.isalnum() or char in "-."
    ]


def syllables(word: str) -> list[tuple[str, ...]]:
    """The ways to read letters as whole syllables, the last of which may have just begun.

    >>> syllables("xian")
    [('xian',), ('xia', 'n'), ('xi', 'an'), ('xi', 'a', 'n')]
    >>> syllables("fgj")
    []
    """
    found = []
    for way in _ways(word):
        found.append(way)
        if len(found) == _WAYS:
            break
    return found


def _ways(word: str) -> Iterator[tuple[str, ...]]:
    for end in range(min(len(word), 6), 0, -1):
        if not _SYLLABLE.fullmatch(word, 0, end):
            continue
        rest = word[end:]
        if not rest:
            yield (word,)
        elif _BEGUN.fullmatch(rest):
            yield (word[:end], rest)
        else:
            yield from ((word[:end], *way) for way in _ways(rest))


def marked(title: str, spelt: Sequence[str], word: str) -> tuple[int, int] | None:
    """From where to where a title says a folded word, or its characters begin with its letters.

    `spelt` is the sound of each compared character of the title. None: it is not in the title.
    """
    places = folded_places(title)
    at = "".join(char for char, _place in places).find(word)
    if at < 0 and len(spelt) == len(places):
        at = "".join(sound[:1] for sound in spelt).find(word)
    if at < 0:
        return None
    return places[at][1], places[at + len(word) - 1][1] + 1

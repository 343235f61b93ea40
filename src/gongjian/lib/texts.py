"""Texts as they may be kept: without signs that no screen shows and no database takes."""

import unicodedata
from itertools import pairwise
from typing import Any

JOINER = "\u200d"  # makes one picture of several
PICTURES = ("So", "Sk", "Mn")  # kinds of signs behind which it does
LIVE = ("=", "+", "-", "@", "\t", "\r")  # how a formula begins once a spreadsheet opens a csv


def dead(text: str) -> str:
    """A text no spreadsheet takes for a formula: what begins like one gets an apostrophe, and so
    does what begins with apostrophes before it, that `revived` gives each back.

    >>> dead("=1+1"), dead("'=1"), dead("'90年代"), dead("示例")
    ("'=1+1", "''=1", "'90年代", '示例')
    """
    return f"'{text}" if text.lstrip("'").startswith(LIVE) else text


def revived(text: str) -> str:
    """The text that `dead` was given.

    >>> revived("'=1+1"), revived("''=1"), revived("'90年代")
    ('=1+1', "'=1", "'90年代")
    """
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(LIVE) else text


def seen_alone(text: str) -> str:
    """A text without the signs that nobody sees: a workbook does not bring them back.

    >>> seen_alone("示例\\u200b项目\\ufeff")
    '示例项目'
    """
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def printable(text: str) -> str:
    r"""A text without control signs, marks that turn its direction, and halves of letters.

    >>> printable("a\x00b\u202ec\nd\ud800")
    'abc\nd'
    """
    if text.isprintable():
        return text
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t\u3000")


def as_seen(text: str) -> str:
    r"""A text as somebody typed it, without the signs nobody sees: control signs, marks that turn
    the direction of what stands beside them, zero widths, halves of letters. Spaces of every
    width, the ends of lines and what joins two pictures to one stay.

    >>> as_seen("a\x00b\u202ec\u200b\r\nd\u00a0e\u3000f")
    'abc\r\nd\xa0e\u3000f'
    """
    if text.isprintable():
        return text
    return "".join(
        sign
        for before, sign in pairwise(["", *text])
        if sign.isprintable()
        or sign in "\r\n\t"
        or unicodedata.category(sign) == "Zs"
        or (sign == JOINER and before and unicodedata.category(before) in PICTURES)
    )


def printable_all(held: Any) -> Any:
    """The same of every text in lists and dictionaries, keys included."""
    match held:
        case str():
            return printable(held)
        case dict():
            return {printable_all(key): printable_all(value) for key, value in held.items()}
        case list() | tuple():
            return [printable_all(one) for one in held]
        case _:
            return held

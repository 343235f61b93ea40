"""Texts as they may be kept: without signs that no screen shows and no database takes."""

from typing import Any


def printable(text: str) -> str:
    """A text without control signs, marks that turn its direction, and halves of letters.

    >>> printable("a\x00b\u202ec\nd\ud800")
    'abc\\nd'
    """
    if text.isprintable():
        return text
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t\u3000")


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

"""Why a file could not be read: a code with parameters, which the flow turns into a sentence."""

from dataclasses import dataclass
from typing import Literal

Code = Literal[
    "empty",  # no bytes, or no text in them
    "scan",  # pictures of pages, no text
    "not_text",  # bytes that are no text in a known encoding
    "damaged",  # it says what it is, and is broken: part
    "encrypted",  # opens with a password only
    "legacy_doc",  # the binary .doc of Word 97, or .wps, where no LibreOffice reads it
    "unknown_format",  # something else: found
    "too_large",  # limit, measure
    "too_deep",  # nested beyond what a person writes
    "too_slow",  # not read within so many seconds
    "no_table",  # a text without a table, where one was asked for
]


class Unreadable(Exception):
    """A file that gives no text. `params` fill the sentence of its code."""

    def __init__(self, code: Code, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a reader takes in before it refuses.

    Bytes, packed and unpacked; parts of a package; pages; cells; `text_bytes` are those of UTF-8;
    `numbers` those of the text, since the reader looks at each;
    `nodes` the tags and attributes of a file, which cost in memory up to a hundred times the bytes
    that ask for them; `blocks` paragraphs and tables. Together they keep any file below 1 GiB and
    20 seconds.
    """

    bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000
    parts: int = 4_000
    pages: int = 5_000
    part_bytes: int = 100_000_000
    nodes: int = 3_000_000
    blocks: int = 200_000
    text_bytes: int = 2_000_000
    numbers: int = 80_000
    cells: int = 500_000

    def check(self, measure: str, amount: int) -> None:
        """Raise Unreadable('too_large') where `amount` is more than this measure allows."""
        limit: int = getattr(self, measure)
        if amount > limit:
            raise Unreadable("too_large", measure=measure, limit=limit)

"""The title of a Word file: what is set in the style Title, else the first centred lines."""

import re

from gongjian.documents.word_file.styles import Manner

AMONG = 12  # a title not in its style is looked for in so many lines
MOST_LINES = 3
LONGEST = 200  # characters: a longer line is no title, and slow to compare
# The red head is centred too, and is no title: the issuer (…文件) and the number (…〔2020〕1号).
RED_HEAD = re.compile(r".*文\s*件|.*[〔\[（(]\s*\d{4}\s*[〕\]）)].*号")


class Title:
    """Watches the lines go by and keeps those that make the title."""

    def __init__(self) -> None:
        self._styled: list[str] = []
        self._centred: list[str] = []
        self._seen = 0
        self._open = ""  # which of the two the line before belonged to

    @property
    def text(self) -> str:
        return "".join(self._styled or self._centred)

    def note(self, line: str, manner: Manner) -> None:
        """One line in reading order; an empty one ends a title that has begun."""
        self._seen += bool(line)
        kind = self._kind(line, manner)
        kept = self._styled if kind == "styled" else self._centred
        if kind and (not kept or (self._open == kind and len(kept) < MOST_LINES)):
            kept.append(line)
            self._open = kind
        else:
            self._open = ""

    def _kind(self, line: str, manner: Manner) -> str:
        if not line or len(line) > LONGEST:
            return ""
        if manner.title:
            return "styled"
        if self._styled or not manner.centred or self._seen > AMONG:
            return ""
        is_dated = line.startswith(("（", "("))
        return "" if RED_HEAD.fullmatch(line) or is_dated else "centred"

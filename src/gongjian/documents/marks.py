"""Finds a mark of secrecy on the first page, so that such a file is refused and not kept."""

import re
import unicodedata
from collections.abc import Iterator

from gongjian.lib.pages import Document

OPENING_LINES = 30
GRADE = r"(?:绝密|机密|秘密)"
STAR = r"[★☆✩✭✮✯⭐*]"
UNTIL = (
    r"(?:\d{1,3}(?:年|个月|月|日|天)|\d{4}年\d{1,2}月(?:\d{1,2}日)?前?|长期|[启解公][封用密布开]前)"
)
BEFORE = r"(?:№|No\.?)?\d{0,8}(?:(?:密级|密等|等级)[::]?)?[\[【(<]?"
AFTER = r"[\]】)>]?(?:特提|特急|加急|平急|急件|明电)?"
URGENCY = r"(?:特提|特急|加急|平急|急件)?"

# GB/T 9704 writes 机密★1年; 机密 alone on a line of the opening is the older way.
LINE = re.compile(f"{URGENCY}{BEFORE}({GRADE}(?:{STAR}{UNTIL}?|{UNTIL})?){AFTER}")
# Beside other things in one line (the issuer, the number) the star makes it a mark, first or last.
STARRED = f"{GRADE}(?:★{UNTIL}?|{STAR}{UNTIL})"
AMONG = re.compile(f"^{STARRED}|(?<=[^“\"'‘「『（(《国家商业工作]){STARRED}$")
PROSE = re.compile(r"[,。;!?]")
LONGEST = 40


def classified_mark(document: Document) -> str | None:
    """The mark of the first page, such as 机密★10年, without its spaces; None where there is none.

    Missing: a word in running prose (国家秘密, 机密性, 标注“机密★”的文件) is no mark.
    Source: GB/T 9704-2012, 7.2.2.
    """
    for line in _opening(document):
        if found := LINE.fullmatch(line):
            return found[1]
        if len(line) <= LONGEST and not PROSE.search(line) and (found := AMONG.search(line)):
            return found[0]
    return None


def _opening(document: Document) -> Iterator[str]:
    """Lines and cells of the first page and its margins, compact: 机　密 ★ １０年 → 机密★10年."""
    first = [block for block in document.blocks if block.page == 1]
    text = document.text[first[0].start : first[-1].end] if first else ""
    lines = [line for line in text.splitlines() if line.strip()][:OPENING_LINES]
    for line in [*document.margins, *lines]:
        for part in dict.fromkeys([line, *line.split("\t")]):
            yield re.sub(r"\s+", "", unicodedata.normalize("NFKC", part))

"""Bytes to text: byte-order mark, then UTF-8, then GB18030."""

import codecs
import re

from gongjian.documents.unreadable import Unreadable

# UTF-32 first: its little-endian mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f]")
REPLACED = "\N{REPLACEMENT CHARACTER}"
BROKEN_SHARE = 0.001  # a file cut in the middle of a character, not one in another encoding


def decode(content: bytes, *, declared: str | None = None) -> str:
    """The text of `content`; `declared` is the encoding that the file itself names, tried first.

    Missing: bytes that belong to no character become U+FFFD where they are very few.
    Errors: Unreadable 'empty' for nothing at all, 'not_text' where no encoding fits.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _checked(content[len(mark) :].decode(encoding, errors="replace"))
    if b"\x00" in content:
        raise Unreadable("not_text")
    for encoding in _candidates(declared):
        try:
            return _checked(content.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return _nearly(content)


def _candidates(declared: str | None) -> list[str]:
    """GB2312 and GBK are read as GB18030, which holds both: many pages name the smaller one."""
    named = (declared or "").strip().lower()
    if named in {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"}:
        named = "gb18030"
    # Declared Latin-1 fits every byte, so it would never fail and never be right for Chinese.
    first = [] if named in {"", "iso-8859-1", "latin1", "us-ascii", "ascii"} else [named]
    return [*first, "utf-8", "gb18030"]


def _nearly(content: bytes) -> str:
    """The better of the two encodings, where all but a few bytes fit it."""
    texts = [content.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")]
    best = min(texts, key=lambda text: text.count(REPLACED))
    wide = sum(ord(character) > 0x7F for character in best)
    if best.count(REPLACED) > max(1, BROKEN_SHARE * wide) or wide < 20:
        raise Unreadable("not_text")
    return _checked(best)


def _checked(text: str) -> str:
    """Text, unless it is a program or a picture that happened to decode."""
    if not text.strip():
        raise Unreadable("empty")
    if len(CONTROLS.findall(text)) > len(text) / 100:
        raise Unreadable("not_text")
    return text

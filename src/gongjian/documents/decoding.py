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
LEAST_WIDE = 20  # characters beyond ASCII that show an encoding
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
    # Almost UTF-8 goes before GB18030: a text cut inside a character often fits both.
    for encoding, read in (
        (_named(declared), _exactly),
        ("utf-8", _exactly),
        ("utf-8", _nearly),
        ("gb18030", _exactly),
        ("gb18030", _nearly),
    ):
        text = read(content, encoding)
        if text is not None:
            return _checked(text)
    raise Unreadable("not_text")


def _named(declared: str | None) -> str:
    """GB2312 and GBK are read as GB18030, which holds both: many pages name the smaller one."""
    named = (declared or "").strip().lower()
    if named in {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"}:
        return "gb18030"
    # Declared Latin-1 fits every byte, so it would never fail and never be right for Chinese.
    return "" if named in {"iso-8859-1", "latin1", "us-ascii", "ascii"} else named


def _exactly(content: bytes, encoding: str) -> str | None:
    """The text, where every byte fits an encoding that is known."""
    try:
        return content.decode(encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):
        return None


def _nearly(content: bytes, encoding: str) -> str | None:
    """The text, where all but a few bytes fit the encoding."""
    text = content.decode(encoding, errors="replace")
    wide = sum(ord(character) > 0x7F for character in text)
    if wide < LEAST_WIDE or text.count(REPLACED) > max(1, BROKEN_SHARE * wide):
        return None
    return text


def _checked(text: str) -> str:
    """Text, unless it is a program or a picture that happened to decode."""
    if not text.strip():
        raise Unreadable("empty")
    if len(CONTROLS.findall(text)) > len(text) / 100:
        raise Unreadable("not_text")
    return text

"""One font for every font a PDF names and does not bring along: a box for each character.

The library asks the machine for such fonts, and drops a character that stands alone where the
machine's font has no drawing for it: the 1 of a column of numbers would be gone. With this font
nothing is missing and every machine reads alike. Nobody ever sees it.
Source: OpenType 1.9, the tables of a TrueType font; cmap format 13, many characters to one glyph.
"""

import struct
from ctypes import memmove
from typing import Any

import pypdfium2_raw as pdfium

UNITS = 1000  # to the em
LAST = 0x10FFFF
ANY_CHARSET = 1


def use_own_font() -> None:
    """Give the library our font whatever it asks for: once, before a file is opened."""
    pdfium.FPDF_SetSystemFontInfo(_INFORMATION)


def written() -> bytes:
    """The font file: glyph 0 and glyph 1 are the same box, and each character is glyph 1."""
    box = struct.pack(">hhhhhHH4B", 1, 0, -120, UNITS, 880, 3, 0, 1, 1, 1, 1)
    box += struct.pack(">8h", 0, UNITS, 0, -UNITS, -120, 0, UNITS, 0)
    box += bytes(-len(box) % 4)
    tables = {
        b"OS/2": struct.pack(">HhHHH", 3, UNITS, 400, 5, 0) + bytes(86),
        b"cmap": struct.pack(">HHHHL", 0, 1, 3, 10, 12)
        + struct.pack(">HHLLLLLL", 13, 0, 28, 0, 1, 1, LAST, 1),
        b"glyf": box + box,
        b"head": struct.pack(">LLLLHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, UNITS, 0, 0,
                             0, -120, UNITS, 880, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">LhhhHhhhhhh4hhH", 0x10000, 880, -120, 0, UNITS, 0, 0, UNITS, 1, 0, 0,
                             0, 0, 0, 0, 0, 1),
        b"hmtx": struct.pack(">Hhh", UNITS, 0, 0),
        b"loca": struct.pack(">LLL", 0, len(box), 2 * len(box)),
        b"maxp": struct.pack(">LH13H", 0x10000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": struct.pack(">HHH", 0, 0, 6),
        b"post": struct.pack(">LLhhLLLLL", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
    }  # fmt: skip
    at = 12 + 16 * len(tables)
    directory, body = struct.pack(">LHHHH", 0x10000, len(tables), 128, 3, 32), b""
    for tag, table in tables.items():
        directory += tag + struct.pack(">LLL", 0, at + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return directory + body


_FONT, _FACE = written(), b"Gongjian\0"


def _map(*_asked: Any) -> int:
    return 1  # the handle of our only font


def _data(_info: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
    """The whole file for table 0; no single table, and no collection of fonts."""
    if table:
        return 0
    if buffer and size >= len(_FONT):
        memmove(buffer, _FONT, len(_FONT))
    return len(_FONT)


def _face(_info: Any, _font: Any, buffer: Any, size: int) -> int:
    if buffer and size >= len(_FACE):
        memmove(buffer, _FACE, len(_FACE))
    return len(_FACE)


def _information() -> Any:
    """The library's table of functions. It must live as long as the library does."""
    answers = {
        "Release": lambda _info: None,
        "EnumFonts": lambda _info, _mapper: None,
        "MapFont": _map,
        "GetFont": _map,
        "GetFontData": _data,
        "GetFaceName": _face,
        "GetFontCharset": lambda _info, _font: ANY_CHARSET,
        "DeleteFont": lambda _info, _font: None,
    }
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    return pdfium.FPDF_SYSFONTINFO(1, *(kinds[name](answer) for name, answer in answers.items()))


_INFORMATION = _information()

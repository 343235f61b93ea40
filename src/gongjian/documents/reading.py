"""Bytes of an uploaded file → a Document, whatever its name says it is."""

import re
from dataclasses import replace
from itertools import islice

from gongjian.documents.apart import read_apart
from gongjian.documents.assembly import utf8_size
from gongjian.documents.decoding import decode
from gongjian.documents.old_word import read_old_word
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.documents.web_page import looks_like_html, read_html
from gongjian.documents.word_file import read_word
from gongjian.documents.workbook import (
    is_xlsx,
    looks_delimited,
    read_delimited,
    read_xls,
    read_xlsx,
)
from gongjian.lib.pages import Document

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
PDF = b"%PDF-"  # readers accept it anywhere in the first kilobyte
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = b"{\\rtf"
# Stream names of the binary formats, as their directory writes them.
OLE_STREAMS = (
    ("EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("WordDocument".encode("utf-16-le"), "doc"),
    ("PowerPoint Document".encode("utf-16-le"), "ppt"),
)
WORKBOOKS = ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
OTHER_FORMATS = (
    (b"MIME-Version:", "mhtml"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"BM", "bmp"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gz"),
)
LINE = re.compile(r"\S[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*")  # str.splitlines ends lines there
NUMBER = re.compile(r"\d+")
LONGEST_TITLE = 60
DEFAULT = Limits()


def read_document(name: str, content: bytes, *, limits: Limits = DEFAULT) -> Document:
    """Read a txt, html, docx, doc, wps, rtf, pdf, xlsx, xls, et or csv file.

    Content decides what it is; the name only breaks a tie.

    Missing: what was seen and not read is named in `left_out` (navigation, related, hidden,
        images, embedded, deleted, footnotes, endnotes, comments).
    Errors: Unreadable with a code of `unreadable.Code`.
    """
    try:
        document = _read(name, content, limits)
    except MemoryError as much:  # the limits should not let it come to this
        raise Unreadable("too_large", measure="memory", limit=0) from much
    except RecursionError as deep:
        raise Unreadable("too_deep") from deep
    limits.check("numbers", sum(1 for _ in NUMBER.finditer(document.text)))
    return document


def _read(name: str, content: bytes, limits: Limits) -> Document:
    limits.check("bytes", len(content))
    if not content:
        raise Unreadable("empty")
    if content.startswith(ZIP):
        return read_xlsx(content, limits) if is_xlsx(content) else read_word(content, limits)
    if content.startswith(OLE):
        if _holds_workbook(content):
            return read_xls(content, limits)
        return _read_binary_office(content, limits)
    if PDF in content[:1024]:
        return read_apart("pdf", content, limits)
    start = content[:1024].lstrip()
    if start.startswith(RTF):
        return read_old_word(content, limits, kind="rtf")
    for sign, found in OTHER_FORMATS:
        if start.startswith(sign) and (found != "bmp" or b"\x00" in start):
            raise Unreadable("unknown_format", found=found)
    if b"mso-application" in start or b"<pkg:package" in start:
        raise Unreadable("unknown_format", found="word-xml")
    if looks_like_html(name, content):
        return read_html(content, limits)
    if looks_delimited(name):
        return read_delimited(content, limits)
    text = _read_text(content, limits)
    if name.lower().endswith(".docx"):  # a text under this name is the rest of something broken
        raise Unreadable("damaged", part="docx")
    return text


def _read_text(content: bytes, limits: Limits) -> Document:
    """A plain text, unchanged apart from its byte-order mark: offsets stay those of the file."""
    text = decode(content)
    limits.check("text_bytes", utf8_size(text))
    limits.check("blocks", sum(1 for _ in islice(LINE.finditer(text), limits.blocks + 1)))
    first = text.strip().splitlines()[0].strip()
    title = first if len(first) <= LONGEST_TITLE and not first.endswith("。") else ""
    return replace(Document.from_text(text), title=title)


def _holds_workbook(content: bytes) -> bool:
    """Is it the xls of Excel 97 (Workbook), of Excel 95 (Book), or an et, and no Word file?"""
    other = any(stream in content for stream, _ in OLE_STREAMS)
    return not other and any(stream in content for stream in WORKBOOKS)


def _read_binary_office(content: bytes, limits: Limits) -> Document:
    """A .doc or .wps; any other file in this container is named."""
    found = next((kind for stream, kind in OLE_STREAMS if stream in content), "ole")
    if found == "doc":
        return read_old_word(content, limits)
    if found == "encrypted":
        raise Unreadable("encrypted")
    raise Unreadable("unknown_format", found=found)

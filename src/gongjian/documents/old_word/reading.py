"""Bytes of a .doc, .wps or .rtf → the docx that LibreOffice makes of it → a Document."""

from dataclasses import replace
from typing import Literal

from gongjian.documents.old_word.office import converted, office
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.documents.word_file import read_word
from gongjian.lib.pages import Document

Kind = Literal["doc", "rtf"]

SECTOR = 512
WORD_STREAM = b"\xec\xa5"  # how the stream WordDocument begins
FLAGS, ENCRYPTED = 11, 0x01  # the byte of that stream, and the bit of it


def read_old_word(content: bytes, limits: Limits, *, kind: Kind = "doc") -> Document:
    """The file as Word shows it; the docx made on the way meets the same guards as any other.

    Missing: without LibreOffice on PATH nothing is read.
    Errors: Unreadable 'legacy_doc' (or 'unknown_format' for rtf) without LibreOffice, 'encrypted',
        'damaged' where it makes nothing of the file, 'too_slow', and those of `read_word`.
    Source: MS-DOC 2.5.2 FibBase, for the bit of the password.
    """
    program = office()
    if kind == "doc" and _has_password(content):
        raise Unreadable("encrypted")
    if program is None:
        missing = Unreadable("unknown_format", found=kind)
        raise Unreadable("legacy_doc") if kind == "doc" else missing
    word = converted(program, content, kind, limits)
    if word is None:
        raise Unreadable("damaged", part=kind)
    return replace(read_word(word, limits), media="doc")


def _has_password(content: bytes) -> bool:
    """The streams of the container begin on sectors: the first that is Word's tells."""
    for start in range(SECTOR, len(content) - FLAGS, SECTOR):
        if content.startswith(WORD_STREAM, start):
            return bool(content[start + FLAGS] & ENCRYPTED)
    return False

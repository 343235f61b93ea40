"""Delimited text of any length → one sheet, decoded and cut anew at each round."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from gongjian.documents.decoding import CONTROLS
from gongjian.documents.grids.spool import LONGEST
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.documents.workbook.delimited import sniff
from gongjian.lib.grids import TOO_LONG, UNCLOSED, Book, Cell, Grid, Row
from gongjian.lib.texts import revived

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
BLOCK = 1 << 20
SAMPLE = 1 << 18
MOST_NULS = 8  # of a text that a broken export left some in; more are no text
LONGEST_FIELD = 1 << 30  # no field is refused while it is cut: the row says so afterwards
SHOWS_WIDTH = 20  # rows
NAMED = re.compile(r"sep=([,;\t|])\r?\n")
LONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")  # é, £: one letter of a word
HIGH = re.compile(rb"[\x80-\xff]+")
SWALLOWED = 3  # columns of a table whose rows are told from prose with commas in it


def read_delimited_grid(file: BinaryIO, limits: Limits) -> Book:
    """The sheet of a csv or tsv. Errors: Unreadable 'empty', 'not_text', 'too_large'."""
    encoding, strict = _encoding(file)
    file.seek(0)
    text = _decoded(file, encoding)
    start = text.read(SAMPLE)
    while start and not start.strip():  # a million empty lines may stand above a table
        start = text.read(SAMPLE)
    if not start:
        raise Unreadable("empty")
    start = start.lstrip("\r\n")
    nul = "\x00" in start and not encoding.startswith("utf-16")
    start = start.replace("\x00", "") if nul else start
    if len(CONTROLS.findall(start)) > len(start) / 100:
        raise Unreadable("not_text")
    named = NAMED.match(start)
    delimiter = named[1] if named else sniff(start)
    rows = _Rows(file, encoding, delimiter, bool(named), limits)
    left_out = (*(() if strict else ("odd_bytes",)), *(("nul_bytes",) if nul else ()))
    return Book((Grid("", rows, exact=False),), "csv", left_out)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The records of the file, counted as a spreadsheet counts them."""

    file: BinaryIO
    encoding: str
    delimiter: str
    named: bool
    limits: Limits

    def __iter__(self) -> Iterator[Row]:
        self.file.seek(0)
        csv.field_size_limit(LONGEST_FIELD)
        lines = _decoded(self.file, self.encoding)
        if self.named:
            lines.readline()
        records = csv.reader(_without_nul(lines), delimiter=self.delimiter)
        seen = width = line = 0
        for row, fields in enumerate(records, start=int(self.named)):
            if row < SHOWS_WIDTH:
                width = max(width, len(fields))
            if any(field[:1] == "'" for field in fields):  # what an export marked as no formula
                fields = [revived(field) for field in fields]
            cells: list[Cell] = [field or None for field in fields]
            if records.line_num - line > 1 or (fields and max(map(len, fields)) > LONGEST):
                cells = [_cell(f, self.delimiter, width) if f else None for f in fields]
            line = records.line_num
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                seen += len(cells)
                yield row, tuple(cells)
            if not row % 1000:
                self.limits.check("cells", seen)


def _cell(field: str, delimiter: str, width: int) -> Cell:
    """A field; one with whole rows in it is what a quotation mark without its pair swallowed."""
    if "\n" not in field and len(field) <= LONGEST:
        return field
    if width > SWALLOWED and delimiter in field:
        rows = sum(line.count(delimiter) >= 0.8 * (width - 1) for line in field.split("\n", 200))
        if rows >= 2:
            return UNCLOSED
    return field if len(field) <= LONGEST else TOO_LONG


def _without_nul(lines: io.TextIOWrapper) -> Iterator[str]:
    for line in lines:
        yield line.replace("\x00", "") if "\x00" in line else line


def _decoded(file: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """The text of a file that stays open, from its start. Lines end where a csv ends them."""
    file.seek(0)
    return io.TextIOWrapper(
        io.BufferedReader(_Kept(file), BLOCK), encoding, errors="replace", newline=""
    )


class _Kept(io.RawIOBase):
    """A file that its reader may not close."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        block = self._file.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)


def _encoding(file: BinaryIO) -> tuple[str, bool]:
    """The encoding of a file, and whether all its bytes fit."""
    file.seek(0)
    start = file.read(SAMPLE)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding, True
    if b"\x00" in start:
        even, odd = start[::2].count(0), start[1::2].count(0)
        if max(even, odd) > len(start) / 8:
            return ("utf-16-be" if even > odd else "utf-16-le"), True
        if start.count(0) > max(MOST_NULS, len(start) / 1000):
            raise Unreadable("not_text")
    if _fits(file, "utf-8"):
        return "utf-8", True
    encoding = "cp1252" if _western(file) else "gb18030"
    return encoding, _fits(file, encoding)


def _fits(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _western(file: BinaryIO) -> bool:
    """Do most bytes beyond ASCII stand alone, between letters of ASCII?"""
    file.seek(0)
    alone = runs = 0
    for _ in range(16):
        block = file.read(BLOCK)
        alone += len(LONE.findall(block))
        runs += sum(1 for _ in HIGH.finditer(block))
    return runs > 0 and alone > runs / 2

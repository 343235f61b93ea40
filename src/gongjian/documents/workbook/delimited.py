"""Delimited text (.csv, .tsv) → one table."""

import csv
import io
from collections import Counter

from gongjian.documents.assembly import Assembly, utf8_size
from gongjian.documents.decoding import decode
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.documents.workbook.sheet import Sheet, title_of
from gongjian.lib.pages import Document

NAMES = (".csv", ".tsv")
DELIMITERS = ",\t;|"
SAMPLE = 50  # records that show the delimiter
LONGEST_FIELD = 1_000_000  # characters; Excel keeps 32,767


def looks_delimited(name: str) -> bool:
    """Does the name say that a text is a table? A plain text with commas in it stays a text."""
    return name.lower().endswith(NAMES)


def read_delimited(content: bytes, limits: Limits) -> Document:
    """A table: a record a row, counted as a spreadsheet would count them.

    Errors: Unreadable 'empty', 'not_text', 'too_large', 'damaged'.
    """
    text = decode(content)
    limits.check("text_bytes", utf8_size(text))
    sheet = Sheet("")
    csv.field_size_limit(LONGEST_FIELD)
    try:
        for row, fields in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=sniff(text))
        ):
            for column, field in enumerate(fields):
                sheet.put(row, column, field)
            limits.check("cells", len(sheet.texts))
    except csv.Error as broken:
        raise Unreadable("damaged", part="csv") from broken
    placed = sheet.placed(limits)
    assembly = Assembly(limits)
    assembly.add_table(placed, sparse=True)
    return assembly.build("csv", title=title_of(placed))


def sniff(text: str) -> str:
    """The delimiter that cuts the first records into the same number of fields most often."""
    found = max(DELIMITERS, key=lambda delimiter: _regular(text, delimiter))
    return found if _regular(text, found)[0] else DELIMITERS[0]


def _regular(text: str, delimiter: str) -> tuple[int, int]:
    """Records of the commonest width, and that width; 0 where it cuts less than half of them."""
    lines = io.StringIO(text, newline="")
    widths: Counter[int] = Counter()
    try:
        for _, fields in zip(range(SAMPLE), csv.reader(lines, delimiter=delimiter), strict=False):
            widths[len(fields)] += bool(fields)
    except csv.Error:
        return 0, 0
    width, records = widths.most_common(1)[0] if widths else (0, 0)
    return (records, width) if width > 1 and 2 * records > widths.total() else (0, 0)

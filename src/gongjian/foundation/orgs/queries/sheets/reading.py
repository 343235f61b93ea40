"""The rows of an uploaded sheet, by our own heads: xlsx, xls, et, csv or tab-separated text."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from gongjian.documents import Unreadable, read_document
from gongjian.documents.decoding import decode
from gongjian.foundation.orgs.queries.sheets.plan import Cells
from gongjian.lib.pages import Document, Table
from gongjian.lib.refusals import Refused

LARGEST = 1024 * 1024
MOST_ROWS = 5000
HEAD_WITHIN = 10  # rows of titles above the heading
BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def sheet_rows(
    name: str, content: bytes, *, heads: Mapping[str, str], needed: Sequence[str]
) -> list[tuple[int, Cells]]:
    """(row number as the sheet counts, cells by column) of every row that is not empty.

    Shapes: within the first ten rows one of `heads` (head → column), in any order.
    Missing: a column that is not there and a cell that is empty are "".
    Errors: Refused sheet.* for the file as a whole.
    """
    if len(content) > LARGEST:
        raise Refused("sheet.large", _("这张表超过 1 MB。请检查是不是选错了，或分几张传。"))
    rows = list(_book(name, content) if content.startswith(BOOKS) else _text(content))
    place, columns = _heading(rows, heads, needed)
    found = []
    for line, cells in rows[place + 1 :]:
        if any(text for at, text in cells.items() if at not in columns):
            raise Refused("sheet.ragged", _("第 %(line)s 行比表头多出几格。") % {"line": line})
        row = dict.fromkeys(heads.values(), "")
        row |= {columns[at]: text for at, text in cells.items()}
        if any(row.values()):
            found.append((line, row))
    if not found:
        raise Refused("sheet.empty", _("这张表只有表头，没有内容。"))
    if len(found) > MOST_ROWS:
        raise Refused(
            "sheet.long",
            _("这张表有 %(have)s 行，一次最多 %(most)s 行。请分几张传。")
            % {"have": len(found), "most": MOST_ROWS},
        )
    return found


Row = tuple[int, dict[int, str]]  # number of the row, text by place of the column


def _book(name: str, content: bytes) -> Iterator[Row]:
    """The rows of the first sheet that holds anything."""
    try:
        document = read_document(name, content)
    except Unreadable as no:
        raise Refused(
            "sheet.unreadable", _("这个文件打不开：加了密、损坏，或不是表格。请另存为 xlsx 再传。")
        ) from no
    table = next((block for block in document.blocks if isinstance(block, Table)), None)
    if table is not None:
        yield from _rows_of(document, table)


def _rows_of(document: Document, table: Table) -> Iterator[Row]:
    rows: dict[int, dict[int, str]] = {}
    for cell in table.cells:
        text = document.text[cell.start : cell.end].strip()
        if text:
            rows.setdefault(cell.row, {})[cell.column] = text
    for row in sorted(rows):
        yield row + 1, rows[row]


def _text(content: bytes) -> Iterator[Row]:
    try:
        text = decode(content)
    except Unreadable as no:
        raise Refused(
            "sheet.not-text", _("这个文件读不出文字。请存成 xlsx，或 UTF-8、GB18030 的 csv。")
        ) from no
    first = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",")
    try:
        for cells in reader:
            row = {place: cell.strip() for place, cell in enumerate(cells) if cell.strip()}
            if row:
                yield reader.line_num, row
    except csv.Error as broken:
        sentence = _("这张表读到第 %(line)s 行断了，检查引号是否成对。") % {"line": reader.line_num}
        raise Refused("sheet.broken", sentence) from broken


def _heading(
    rows: Sequence[Row], heads: Mapping[str, str], needed: Sequence[str]
) -> tuple[int, dict[int, str]]:
    """Which row is the heading, and which column stands where. Refused: sheet.heading."""
    for place, (_line, cells) in enumerate(rows[:HEAD_WITHIN]):
        columns = {at: heads.get(text, "") for at, text in cells.items()}
        if all(column in columns.values() for column in needed):
            odd = [text for at, text in cells.items() if not columns[at]]
            named = list(columns.values())
            if odd or len(set(named)) < len(named):
                raise Refused(
                    "sheet.odd-column",
                    _("表头里有不认识或重复的列：%(columns)s。请按模板的列名写。")
                    % {"columns": "、".join(odd) or _("同名的列")},
                )
            return place, columns
    lacking = [head for head, column in heads.items() if column in needed]
    raise Refused(
        "sheet.heading",
        _("没有找到表头。必须有的列：%(columns)s。可以先下载模板。")
        % {"columns": "、".join(dict.fromkeys(lacking))},
    )

"""The rows of an uploaded sheet, by our own heads: xlsx, xls, et, csv or tab-separated text."""

import csv
import io
import re
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
OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")
BETWEEN = "\t,;，；"
MARKS = re.compile(r"[\s*＊]|[（(].*?[）)]")  # 单位代码* and 名称（全称） are the heads themselves


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
    if not content.strip(b"\0 \t\r\n"):
        raise Refused("sheet.nothing", _("这个文件是空的。请打开看看有没有内容，另存一份再传。"))
    if content.startswith(OTHERS):
        raise Refused(
            "sheet.no-sheet", _("这个文件不是表格，只是名字像。请把表另存为 xlsx 或 csv 再传。")
        )
    rows = list(_book(name, content) if content.startswith(BOOKS) else _text(content))
    place, columns = _heading(rows, heads, needed)
    found = []
    for line, cells in rows[place + 1 :]:
        if _is_heading(cells, heads):
            continue  # printed again on a later page
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
        raise Refused("sheet.unreadable", _why(no.code)) from no
    table = next((block for block in document.blocks if isinstance(block, Table)), None)
    if table is not None:
        yield from _rows_of(document, table)


def _why(code: str) -> str:
    """What is wrong with a workbook, and what to do."""
    return {
        "encrypted": _("这个文件加了密，打不开。请去掉打开密码，另存为 xlsx 再传。"),
        "empty": _("这个表格文件里没有内容。请看看是不是选错了文件，或表在别的文件里。"),
        "damaged": _("这个文件损坏了，读到一半断了。请在 Excel 或 WPS 里打开，另存为 xlsx 再传。"),
        "too_large": _("这个文件展开后太大，不读。请只留要导入的那张表，另存为 xlsx 再传。"),
    }.get(code, _("这个文件不是表格，或格式太旧。请在 Excel 或 WPS 里另存为 xlsx 再传。"))


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
    between = max(BETWEEN, key=first.count)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=between if between in first else ","
    )
    try:
        for cells in reader:
            row = {place: cell.strip() for place, cell in enumerate(cells) if cell.strip()}
            if row:
                yield reader.line_num, row
    except csv.Error as broken:
        sentence = _("这张表读到第 %(line)s 行断了，检查引号是否成对。") % {"line": reader.line_num}
        raise Refused("sheet.broken", sentence) from broken


def _bare(text: str) -> str:
    return MARKS.sub("", text)


def _is_heading(cells: Mapping[int, str], heads: Mapping[str, str]) -> bool:
    return len(cells) > 1 and all(_bare(text) in heads for text in cells.values())


def _heading(
    rows: Sequence[Row], heads: Mapping[str, str], needed: Sequence[str]
) -> tuple[int, dict[int, str]]:
    """Which row is the heading, and which column stands where. Refused: sheet.heading."""
    for place, (_line, cells) in enumerate(rows[:HEAD_WITHIN]):
        columns = {at: heads.get(_bare(text), "") for at, text in cells.items()}
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
    raise Refused("sheet.heading", _no_heading(rows, heads, needed))


def _no_heading(rows: Sequence[Row], heads: Mapping[str, str], needed: Sequence[str]) -> str:
    """What the first rows say instead of the heads, and which heads are missing."""
    labels = {column: head for head, column in reversed(list(heads.items()))}
    known = [[heads.get(_bare(text), "") for text in cells.values()] for _n, cells in rows]
    best = max(known[:HEAD_WITHIN], key=lambda row: sum(map(bool, row)), default=[])
    lacking = _("、").join(labels[column] for column in needed if column not in best)
    if any(best):
        return _("表头里缺这几列：%(lacking)s。请补上，列名照模板写。") % {"lacking": lacking}
    first = _("、").join(list(rows[0][1].values())[:4])[:40] if rows else ""
    return _(
        "没有找到表头：第 1 行是“%(first)s”。请在最上面加一行列名，必须有的列：%(lacking)s。"
        "可以先下载模板。"
    ) % {"first": first, "lacking": lacking}

"""Writes rows of a sheet as they came into a workbook, with what is said beside them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongjian.documents.sheets import EARLIEST, FORBIDDEN_IN_NAME, LONGEST_NAME, LONGEST_TEXT
from gongjian.lib.grids import Cell, Range
from gongjian.lib.texts import LIVE

NOT_SHOWN = ("\ue000", "\ue001", "\ue002")
NARROW, WIDE, BESIDE = 6, 36, 48  # characters
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
           "strings_to_numbers": False}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """Rows of one sheet: `head` of them are titles and heads; `merged` are among those, counted
    from the first row of the copy; `beside` says something of each row in a last column."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    beside: tuple[str, ...]
    head: int = 0
    merged: tuple[Range, ...] = ()


def write_copies(copies: Sequence[Copy]) -> bytes:
    """A workbook of a sheet a copy; no formula, no link, nothing but the values."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, OPTIONS)
    book.set_properties({"created": EARLIEST})
    look = {
        "plain": book.add_format({"valign": "top", "text_wrap": True, "border": 1}),
        "live": book.add_format({"valign": "top", "border": 1, "quote_prefix": True}),
        "head": book.add_format({"bold": True, "align": "center", "valign": "vcenter",
                                 "text_wrap": True, "border": 1}),
        "beside": book.add_format({"valign": "top", "text_wrap": True, "border": 1,
                                   "font_color": "#9C0006", "bg_color": "#FDE9E7"}),
    }  # fmt: skip
    for number, copy in enumerate(copies, start=1):
        name = FORBIDDEN_IN_NAME.sub(" ", copy.name).strip(" '")[: LONGEST_NAME - 4]
        page = book.add_worksheet(f"{name or 'Sheet'}{number if number > 1 else ''}")
        _write(page, copy, look)
    if not copies:
        book.add_worksheet()
    book.close()
    return stream.getvalue()


def _write(page: Worksheet, copy: Copy, look: dict[str, Format]) -> None:
    width = max((len(cells) for cells in copy.rows), default=0)
    for top, left, last, right in copy.merged:
        if (top, left) != (last, right):
            page.merge_range(top, left, last, right, "", look["head"])
    for row, cells in enumerate(copy.rows):
        form = look["head"] if row < copy.head else look["plain"]
        for column, cell in enumerate(cells):
            _cell(page, row, column, cell, form, look["live"])
        if copy.beside[row]:
            beside = look["head"] if row < copy.head else look["beside"]
            page.write_string(row, width, copy.beside[row], beside)
    for column in range(width):
        texts = (str(cells[column]) for cells in copy.rows[copy.head :] if column < len(cells)
                 and cells[column] is not None)  # fmt: skip
        longest = max((2 * len(text) for text in texts), default=NARROW)
        page.set_column(column, column, min(max(longest, NARROW), WIDE))
    page.set_column(width, width, BESIDE)
    page.freeze_panes(copy.head, 0)


def _cell(page: Worksheet, row: int, column: int, cell: Cell, form: Format, live: Format) -> None:
    if isinstance(cell, float):
        page.write_number(row, column, cell, form)
    elif cell and cell not in NOT_SHOWN:
        page.write_string(row, column, cell[:LONGEST_TEXT], live if cell.startswith(LIVE) else form)

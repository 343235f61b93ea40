"""A sheet that came as an xls, an et or something else, as an xlsx that can be filled."""

import io

import xlsxwriter

from gongjian.documents.copies import NARROW, OPTIONS, WIDE
from gongjian.documents.sheets import EARLIEST, FORBIDDEN_IN_NAME, LONGEST_NAME, LONGEST_TEXT
from gongjian.lib.grids import UNCOMPUTED, Book
from gongjian.lib.texts import LIVE

MOST_MERGED = 2_000


def rebuilt(book: Book) -> bytes:
    """The values and what is merged of every sheet, in a plain look; formulas are their values."""
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, OPTIONS)
    made.set_properties({"created": EARLIEST})
    plain = {"valign": "vcenter", "text_wrap": True, "border": 1}
    look, live = made.add_format(plain), made.add_format({**plain, "quote_prefix": True})
    middle = made.add_format({**plain, "align": "center"})
    for number, grid in enumerate(book.grids, start=1):
        page = made.add_worksheet(_name(grid.name, number))
        widths: dict[int, int] = {}
        for top, left, last, right in grid.merged[:MOST_MERGED]:
            if (top, left) != (last, right):
                page.merge_range(top, left, last, right, "", middle)
        spanned = {(top, left) for top, left, _last, right in grid.merged if right > left}
        for row, cells in grid.rows:
            for column, cell in enumerate(cells):
                if cell is None or cell == UNCOMPUTED:
                    continue
                if isinstance(cell, float):
                    page.write_number(row, column, cell, look)
                    continue
                form = live if cell.startswith(LIVE) else look
                page.write_string(row, column, cell[:LONGEST_TEXT], form)
                if (row, column) not in spanned:
                    widths[column] = max(widths.get(column, NARROW), 2 * len(cell))
        for column, width in widths.items():
            page.set_column(column, column, min(width, WIDE))
    made.close()
    return stream.getvalue()


def _name(given: str, number: int) -> str:
    return FORBIDDEN_IN_NAME.sub(" ", given).strip(" '")[:LONGEST_NAME] or f"Sheet{number}"

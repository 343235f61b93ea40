"""An official table as an Excel sheet, and as a Word paper turned sideways."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.documents.official import (
    Align,
    Cell,
    Column,
    OfficialDocument,
    Run,
    TableBlock,
    write_official,
)
from gongjian.documents.sheets import Band, Kind, Sheet, SheetColumn, Total, write_sheet
from gongjian.flow.projects.queries.exports.layouts.filling import (
    Heading,
    OfficialTable,
    unit_name,
)
from gongjian.flow.projects.queries.exports.layouts.shapes import Kind as Meant
from gongjian.flow.projects.queries.exports.layouts.shapes import LayoutColumn

KINDS: dict[Meant, Kind] = {
    "text": "text", "code": "code", "day": "code", "number": "code", "money": "number",
    "percent": "percent",
}  # fmt: skip
ALIGNS: dict[Meant, Align] = {
    "text": "left", "code": "center", "day": "center", "number": "center", "money": "right",
    "percent": "right",
}  # fmt: skip
PLACES: dict[Meant, int] = {"money": 2, "percent": 1}
WIDE = 225.0  # mm: the type area of a turned page
DIGIT, SIDES = 1.65, 3.6  # mm: a bold digit of 9 points, and the two sides of a cell
LEAST = 3  # digits
UNBROKEN = ("money", "percent", "day", "number")
LETTERS = 1.35  # widths of Excel's letters to one share of a Word page


def layout_xlsx(table: OfficialTable) -> bytes:
    """The sheet: head on every page, A4 turned, fitted to its width, page numbers."""
    return write_sheet(
        Sheet(
            title=table.title,
            columns=tuple(
                SheetColumn(
                    str(one.head), one.width * LETTERS, KINDS[one.kind], PLACES.get(one.kind, 0)
                )
                for one in table.columns
            ),
            rows=tuple(_sheet_rows(table)),
            notes=table.notes,
            unit=_unit(table),
            maker=table.maker,
            official=True,
        )
    )


def layout_word(table: OfficialTable) -> bytes:
    """The paper: title, who made it, unit, the table with its head on every page, notes."""
    block = TableBlock(
        columns=tuple(
            Column(str(one.head), room, ALIGNS[one.kind])
            for one, room in zip(table.columns, _rooms(table), strict=True)
        ),
        rows=tuple(_word_rows(table)),
        unit=_unit(table),
        note="\n".join(table.notes),
        points=9,
        maker=table.maker,
    )
    return write_official(OfficialDocument(title=table.title, blocks=(block,), turned=True))


def _unit(table: OfficialTable) -> str:
    money = any(column.kind == "money" for column in table.columns)
    return _("单位：%(unit)s") % {"unit": unit_name(table.unit)} if money else ""


def _sheet_rows(table: OfficialTable) -> Iterator[tuple[Any, ...] | Band | Total]:
    for row in table.rows:
        if isinstance(row, Heading):
            yield Band(row.text, row.level)
        else:
            yield tuple(row[one.key] for one in table.columns)
    if table.total is not None:
        yield Total(tuple(table.total[one.key] for one in table.columns))


def _word_rows(table: OfficialTable) -> Iterator[tuple[str | Cell, ...]]:
    for row in table.rows:
        if isinstance(row, Heading):
            head = (Run(row.text, bold=row.level == 1),)
            yield (Cell(head, column_span=len(table.columns), align="left"),)
        else:
            yield tuple(_said(one, row[one.key]) for one in table.columns)
    if table.total is not None:
        yield tuple(_bold(_said(one, table.total[one.key])) for one in table.columns)


def _rooms(table: OfficialTable) -> list[float]:
    """The widths of the columns in mm: no number and no date is broken over two lines, however
    long; words share what is left."""
    needed = [_needed(table, column) for column in table.columns]
    left = WIDE - sum(one for one in needed if one is not None)
    words = sum(
        column.width for column, one in zip(table.columns, needed, strict=True) if one is None
    )
    return [
        left * column.width / words if one is None else one
        for column, one in zip(table.columns, needed, strict=True)
    ]


def _needed(table: OfficialTable, column: LayoutColumn) -> float | None:
    """What the longest number or date of a column takes, in mm; None for words."""
    if column.kind not in UNBROKEN:
        return None
    lines = [row for row in (*table.rows, table.total) if row and not isinstance(row, Heading)]
    said = (word for line in lines for word in _said(column, line[column.key]).split())
    longest = max((len(word) + word.count("%") for word in said), default=0)  # % is a wide sign
    return max(longest, LEAST) * DIGIT + SIDES


def _said(column: LayoutColumn, value: Any) -> str:
    if value is None:
        return ""
    if column.kind == "money":
        whole = value == value.to_integral_value()  # a narrow column has no room for .00
        return f"{value:,.0f}" if whole else f"{value:,}"
    if column.kind == "percent":
        return f"{Decimal(value) * 100:.1f}%"
    return str(value).replace(" ", "\n") if column.kind == "day" else str(value)


def _bold(text: str) -> Cell:
    return Cell((Run(text, bold=True),))

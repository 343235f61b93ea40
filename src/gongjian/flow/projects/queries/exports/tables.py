"""A table to take away in three forms, with the day, what it counts and who took it under it."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from gongjian.documents.sheets import Sheet, SheetColumn, write_sheet
from gongjian.lib.rounding import rounded, written

LIVE = ("=", "+", "-", "@", "\t", "\r")  # how a formula begins
WAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: the key of its value, its head, its width in characters. Money is kept in 元 and
    written in 万元."""

    key: str
    head: str
    width: float = 14
    kind: Literal["text", "wan", "number"] = "text"


@dataclass(frozen=True, slots=True)
class Footing:
    """What every export prints: as of when, what is counted, who took it away."""

    as_of: date
    scope: str
    by: str

    @property
    def words(self) -> str:
        return _("截止日期：%(day)s　口径：%(scope)s　导出人：%(who)s") % {
            "day": self.as_of.isoformat(),
            "scope": self.scope,
            "who": self.by,
        }


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by the keys of the columns. Missing: None is an empty cell, never 0."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[Mapping[str, Any], ...]
    footing: Footing
    notes: tuple[str, ...] = ()


def table_xlsx(table: Table) -> bytes:
    """An Excel sheet to print."""
    return write_sheet(
        Sheet(
            title=table.title,
            columns=tuple(
                SheetColumn(one.head, one.width, "text" if one.kind == "text" else "number", places)
                for one in table.columns
                for places in [2 if one.kind == "wan" else 0]
            ),
            rows=tuple(
                tuple(_cell(one, row.get(one.key)) for one in table.columns) for row in table.rows
            ),
            notes=(table.footing.words, *table.notes),
        )
    )


def table_csv(table: Table) -> bytes:
    """UTF-8 with its mark, so that Excel reads it; the last lines say day, scope and who."""
    stream = io.StringIO()
    rows = csv.writer(stream)
    rows.writerow([one.head for one in table.columns])
    for row in table.rows:
        rows.writerow([dead(_text(one, row.get(one.key))) for one in table.columns])
    for note in (table.footing.words, *table.notes):
        rows.writerow([dead(note)])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def table_json(table: Table, *, named: str, objects: Sequence[Mapping[str, Any]]) -> bytes:
    """The objects under a name, beside the title, the day, the scope and who."""
    content = {
        "title": table.title,
        "as_of": table.footing.as_of.isoformat(),
        "scope": table.footing.scope,
        "exported_by": table.footing.by,
        named: list(objects),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, default=_plain)
    return (text + "\n").encode()


def dead(text: str) -> str:
    """A text no spreadsheet takes for a formula: what begins like one gets an apostrophe."""
    return f"'{text}" if text.startswith(LIVE) else text


def _cell(column: TableColumn, value: Any) -> Any:
    if column.kind == "wan":
        return None if value is None else rounded(Decimal(value) / WAN, 2)
    if column.kind == "number":
        return value
    return _text(column, value)


def _text(column: TableColumn, value: Any) -> str:
    if value is None:
        return ""
    if column.kind == "wan":
        return written(rounded(Decimal(value) / WAN, 2))
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)

"""A table to take away in three forms, with the day, what it counts and who took it under it."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from gongjian.documents.sheets import Sheet, SheetColumn, Total, write_sheet
from gongjian.lib.days import LOCAL
from gongjian.lib.rounding import written
from gongjian.lib.texts import dead

WAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: the key of its value, its head, its width in characters. Money is kept in 元 and
    written in 万元 to its last digit: what was taken away can be brought in again. A date is a
    whole day; one that is kept less exactly is a text. A percent is kept as a fraction. What is
    typed is money or, where it is none, the words that stand there."""

    key: str
    head: str
    width: float = 14
    kind: Literal["text", "code", "wan", "typed", "number", "date", "percent"] = "text"


@dataclass(frozen=True, slots=True)
class Basis:
    """Which figures are meant: facts up to a day, as they were known at a moment; `snapshot` is
    the number of the frozen ones, "" where they are read live."""

    as_of: date
    known_at: datetime
    snapshot: str = ""

    @property
    def words(self) -> str:
        """快照号 or 实时, with its moment."""
        moment = f"{self.known_at.astimezone(LOCAL):%Y-%m-%d %H:%M}"
        if self.snapshot:
            return _("快照 %(number)s（%(moment)s 冻结）") % {
                "number": self.snapshot,
                "moment": moment,
            }
        return _("实时（%(moment)s）") % {"moment": moment}

    @property
    def past(self) -> date | None:
        """The day to which the facts are cut; None where they are as they stand."""
        return self.as_of if self.snapshot else None


@dataclass(frozen=True, slots=True)
class Footing:
    """What every export prints: as of when, from a snapshot or live, what is counted by which
    version of the definitions, who took it away."""

    as_of: date
    scope: str
    by: str
    basis: str = ""
    definitions: str = ""

    @property
    def words(self) -> str:
        said = (
            (_("截止日期"), self.as_of.isoformat()),
            (_("数据"), self.basis),
            (_("口径"), self.scope),
            (_("口径版本"), self.definitions),
            (_("导出人"), self.by),
        )
        parts = [_("%(what)s：%(said)s") % {"what": w, "said": t} for w, t in said if t]
        return "　".join(parts)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by the keys of the columns, a `total` below them. Missing: None is empty, never 0."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[Mapping[str, Any], ...]
    footing: Footing
    notes: tuple[str, ...] = ()
    total: Mapping[str, Any] | None = None
    unit: str = ""


def table_xlsx(table: Table) -> bytes:
    """An Excel sheet to print."""
    return write_sheet(
        Sheet(
            title=table.title,
            columns=tuple(
                SheetColumn(
                    one.head,
                    one.width,
                    "number" if one.kind == "wan" or one.kind == "typed" else one.kind,
                    {"wan": 2, "typed": 2, "percent": 1}.get(one.kind, 0),
                )
                for one in table.columns
            ),
            rows=(
                *(_cells(table, row) for row in table.rows),
                *([Total(_cells(table, table.total))] if table.total else []),
            ),
            notes=(table.footing.words, *table.notes),
            unit=table.unit,
        )
    )


def table_csv(table: Table) -> bytes:
    """UTF-8 with its mark, so that Excel reads it; the last lines say day, scope and who."""
    stream = io.StringIO()
    rows = csv.writer(stream)
    rows.writerow([one.head for one in table.columns])
    for row in (*table.rows, *([table.total] if table.total else [])):
        rows.writerow([dead(_text(one, row.get(one.key))) for one in table.columns])
    for note in filter(None, (table.unit, table.footing.words, *table.notes)):
        rows.writerow([dead(note)])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def table_json(table: Table, *, named: str, objects: Sequence[Mapping[str, Any]]) -> bytes:
    """The objects under a name, beside the title, the day, the scope and who."""
    content = {
        "title": table.title,
        "as_of": table.footing.as_of.isoformat(),
        "basis": table.footing.basis,
        "scope": table.footing.scope,
        "definitions": table.footing.definitions,
        "unit": _("单位：元"),
        "exported_by": table.footing.by,
        named: list(objects),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, default=_plain)
    return (text + "\n").encode()


def _cells(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(_cell(one, row.get(one.key)) for one in table.columns)


def _cell(column: TableColumn, value: Any) -> Any:
    if value is None or value == "":
        return None
    if column.kind == "wan" or (column.kind == "typed" and isinstance(value, Decimal)):
        return Decimal(value) / WAN
    if column.kind == "percent":
        return Decimal(value)
    if column.kind == "date":
        return value if isinstance(value, date) else date.fromisoformat(value)
    return value if column.kind == "number" else _text(column, value)


def _text(column: TableColumn, value: Any) -> str:
    if value is None:
        return ""
    if column.kind == "wan" or (column.kind == "typed" and isinstance(value, Decimal)):
        return written(Decimal(value) / WAN)
    if column.kind == "percent" and value != "":
        return f"{written(Decimal(value) * 100)}%"
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)

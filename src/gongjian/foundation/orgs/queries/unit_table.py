"""The table of units a system administrator uploads: read whole, or refused with its lines."""

import csv
import io
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from gongjian.documents.decoding import decode
from gongjian.documents.unreadable import Unreadable
from gongjian.foundation.orgs.models import Unit
from gongjian.lib.refusals import Refused

LARGEST = 1024 * 1024
SHOWN = 10  # wrong lines named at once
# Headings of the table as people type them, and the column each one fills.
COLUMNS = {
    "编码": "code",  # not shown
    "名称": "name",  # not shown
    "简称": "short_name",  # not shown
    "类别": "kind",  # not shown
    "上级编码": "parent",  # not shown
    "别名": "aliases",  # not shown
}
NEEDED = ("code", "name", "kind")
LENGTHS = {"code": 20, "name": 60, "short_name": 30}
Row = dict[str, str]


def read_unit_table(content: bytes, *, known: Sequence[Unit]) -> list[Unit]:
    """The units a csv or tab-separated table describes, not yet saved, in its order.

    Shapes: a heading line of COLUMNS in any order, then a unit a line; a parent stands in `known`
        or above. UTF-8, UTF-16 or GB18030. Aliases are parted by 、.
    Missing: an empty short name is the name; empty parent and aliases are none.
    Errors: Refused units.table-* for the whole file, units.rows with the numbers of wrong lines.
    """
    if len(content) > LARGEST:
        raise Refused("units.table-large", _("这张表超过 1 MB，不像单位表。请检查是不是选错了。"))
    try:
        text = decode(content)
    except Unreadable as no:
        sentence = _("这个文件读不出文字。请存成 UTF-8 或 GB18030 的 csv、txt 再传。")
        raise Refused("units.table-unreadable", sentence) from no
    seen, wrong, units = _Seen(known), [], []
    for line, row in _rows(text):
        trouble = seen.trouble(row)
        if trouble:
            wrong.append(_("第 %(line)s 行：%(what)s") % {"line": line, "what": trouble})
        else:
            units.append(seen.add(row))
    if wrong:
        more = _("还有 %(n)s 行有错。") % {"n": len(wrong) - SHOWN} if len(wrong) > SHOWN else ""
        raise Refused("units.rows", "".join([*wrong[:SHOWN], more]))
    if not units:
        raise Refused("units.table-empty", _("这张表只有表头，没有单位。"))
    return units


def _rows(text: str) -> Iterator[tuple[int, Row]]:
    """(line, cells by column) of every line that is not empty."""
    first = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",")
    try:
        lines = [
            (reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(cells)
        ]
    except csv.Error as broken:
        sentence = _("这张表读到第 %(line)s 行断了，检查引号是否成对。") % {"line": reader.line_num}
        raise Refused("units.table-broken", sentence) from broken
    columns = _columns(lines[0][1])
    for line, cells in lines[1:]:
        if any(cells[len(columns) :]):
            sentence = _("第 %(line)s 行比表头多出几格。") % {"line": line}
            raise Refused("units.table-ragged", sentence)
        yield line, dict.fromkeys(COLUMNS.values(), "") | dict(zip(columns, cells, strict=False))


def _columns(heading: Sequence[str]) -> list[str]:
    """What each column holds. Refused: units.table-heading."""
    columns = [COLUMNS.get(cell, "") for cell in heading]
    lacking = [
        cell for cell, column in COLUMNS.items() if column in NEEDED and column not in columns
    ]
    if lacking or "" in columns or len(set(columns)) < len(columns):
        raise Refused(
            "units.table-heading",
            _("第一行应是表头：%(columns)s。简称、上级编码、别名三列可以不要，不能有别的列。")
            % {"columns": "、".join(COLUMNS)},
        )
    return columns


class _Seen:
    """The units so far, by code and by every name they go by."""

    def __init__(self, known: Sequence[Unit]) -> None:
        self.by_code = {unit.code: unit for unit in known}
        self.by_name = {name: unit for unit in known for name in _names(unit)}

    def trouble(self, row: Row) -> str:
        """What is wrong with a line, in words; nothing where it is right."""
        headings = {column: cell for cell, column in COLUMNS.items()}
        for column, cell in row.items():
            if column in NEEDED and not cell:
                return _("没有填%(column)s。") % {"column": headings[column]}
            if len(cell) > LENGTHS.get(column, len(cell)):
                words = {"column": headings[column], "limit": LENGTHS[column]}
                return _("%(column)s超过 %(limit)s 个字。") % words
            if not cell.isprintable():
                return _("%(column)s里有看不见的字符。") % {"column": headings[column]}
        return self._clash(row)

    def _clash(self, row: Row) -> str:
        if _kind(row["kind"]) is None:
            kinds = "、".join(str(kind.label) for kind in Unit.Kind)
            return _("没有“%(kind)s”这个类别，可以填：%(kinds)s。") % {
                "kind": row["kind"],
                "kinds": kinds,
            }
        if row["code"] in self.by_code:
            return _("编码 %(code)s 已经有单位用了。") % {"code": row["code"]}
        if row["parent"] and row["parent"] not in self.by_code:
            return _("上级编码 %(code)s 没有登记，也不在这一行上面。") % {"code": row["parent"]}
        if len(_short(row)) > LENGTHS["short_name"]:
            return _("名称超过 %(limit)s 个字时要填简称。") % {"limit": LENGTHS["short_name"]}
        for name in (row["name"], _short(row), *_aliases(row)):
            if name in self.by_name:
                words = {"name": name, "unit": self.by_name[name].name}
                return _("“%(name)s”已经是%(unit)s的名称、简称或别名。") % words
        return ""

    def add(self, row: Row) -> Unit:
        kind = _kind(row["kind"]) or Unit.Kind.DEPARTMENT
        unit = Unit(
            code=row["code"],
            name=row["name"],
            short_name=_short(row),
            aliases=_aliases(row),
            kind=kind,
            level=Unit.Level.TOWNSHIP if kind == Unit.Kind.TOWNSHIP else Unit.Level.COUNTY,
            parent=self.by_code.get(row["parent"]),
        )
        self.by_code[unit.code] = unit
        self.by_name |= dict.fromkeys(_names(unit), unit)
        return unit


def _names(unit: Unit) -> tuple[str, ...]:
    return (unit.name, unit.short_name, *unit.aliases)


def _short(row: Row) -> str:
    return row["short_name"] or row["name"]


def _aliases(row: Row) -> list[str]:
    return [alias.strip() for alias in row["aliases"].split("、") if alias.strip()]


def _kind(words: str) -> Unit.Kind | None:
    return next((kind for kind in Unit.Kind if words in (kind.value, str(kind.label))), None)

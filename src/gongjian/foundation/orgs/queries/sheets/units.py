"""A sheet of units beside the units there are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Region, Unit
from gongjian.foundation.orgs.queries.sheets.plan import (
    Cells,
    RowState,
    SheetPlan,
    SheetRow,
    day_in,
    trouble_of,
)
from gongjian.foundation.orgs.queries.sheets.reading import sheet_rows

HEADS = {
    "单位代码": "code",  # not shown
    "名称": "name",  # not shown
    "简称": "short_name",  # not shown
    "别名": "aliases",  # not shown
    "类别": "kind",  # not shown
    "层级": "level",  # not shown
    "上级单位": "parent",  # not shown
    "区划代码": "region",  # not shown
    "区划名称": "region_name",  # not shown
    "单位序": "order",  # not shown
    "起始日期": "since",  # not shown
    # as the table was headed before
    "编码": "code",  # not shown
    "上级编码": "parent",  # not shown
}
NEEDED = ("code", "name", "kind")
LONGEST = {"code": 20, "name": 60, "short_name": 30, "region_name": 40, "aliases": 200}
REGION = re.compile(r"[0-9]{6}([0-9]{3}){0,2}")
LARGEST_ORDER = 1_000_000


@dataclass(frozen=True, slots=True)
class UnitPlan(SheetPlan):
    """What a sheet of units would change."""

    known: Mapping[str, Unit]
    regions: Mapping[str, Region]


def unit_plan(name: str, content: bytes, *, today: date) -> UnitPlan:
    """unit_plan_of the rows of a sheet with our own heads. Refused: sheet.* for the whole file."""
    return unit_plan_of(sheet_rows(name, content, heads=HEADS, needed=NEEDED), today=today)


def unit_plan_of(lines: Sequence[tuple[int, Cells]], *, today: date) -> UnitPlan:
    """Compare a sheet with the units there are. Nothing is written. Two queries.

    Missing: an empty cell of a known unit leaves its value; of a new one the short name is the
        name, the level that of its kind, the parent none.
    Errors: a row is refused in words of its own.
    """
    rows = [SheetRow(line, cells["name"] or cells["code"], cells) for line, cells in lines]
    known = {unit.code: unit for unit in Unit.objects.select_related("parent", "region")}
    regions = {region.code: region for region in Region.objects.all()}
    _Comparison(rows, known, regions, today).run()
    return UnitPlan(rows, known, regions)


class _Comparison:
    """The rows beside what is known, in three passes: alone, among one another, against."""

    def __init__(
        self,
        rows: Sequence[SheetRow],
        known: Mapping[str, Unit],
        regions: Mapping[str, Region],
        today: date,
    ) -> None:
        self.rows, self.known, self.regions, self.today = rows, known, regions, today
        self.labels = {column: head for head, column in reversed(HEADS.items())}
        self.first: dict[str, SheetRow] = {}
        self.codes = {name: u.code for u in known.values() for name in (u.name, u.short_name)}
        self.named_regions = {r.cells["region"] for r in rows if r.cells["region_name"]}

    def run(self) -> None:
        for row in self.rows:
            self._alone(row)
        self._names()
        self._parents()
        for row in self.rows:
            if row.state != RowState.REFUSED:
                self._against(row, self.known.get(row.cells["code"]))

    def _alone(self, row: SheetRow) -> None:
        cells = row.cells
        for column in NEEDED:
            if not cells[column]:
                return row.refuse(_("没有填%(column)s。") % {"column": self.labels[column]})
        for column, text in cells.items():
            trouble = trouble_of(self.labels[column], text, longest=LONGEST.get(column, 60))
            if trouble:
                return row.refuse(trouble)
        if kind_named(cells["kind"]) is None:
            return row.refuse(
                _("没有“%(kind)s”这个类别，可以填：%(kinds)s。")
                % {"kind": cells["kind"], "kinds": _("、").join(str(k.label) for k in Unit.Kind)}
            )
        if cells["level"] and level_named(cells["level"]) is None:
            levels = _("、").join(str(level.label) for level in Unit.Level)
            return row.refuse(
                _("没有“%(level)s”这个层级，可以填：%(levels)s。")
                % {"level": cells["level"], "levels": levels}
            )
        return self._numbers(row)

    def _numbers(self, row: SheetRow) -> None:
        cells = row.cells
        order = cells["order"].removesuffix(".0")
        if cells["order"] and not (order.isdecimal() and int(order[:9]) < LARGEST_ORDER):
            return row.refuse(_("单位序要写成整数，现在是“%(text)s”。") % {"text": cells["order"]})
        if cells["since"] and day_in(cells["since"], today=self.today) is None:
            return row.refuse(
                _("起始日期“%(text)s”不是日期，写成 2020-07-02。") % {"text": cells["since"]}
            )
        code = cells["region"]
        if code and not REGION.fullmatch(code):
            return row.refuse(_("区划代码“%(text)s”应是 6、9 或 12 位数字。") % {"text": code})
        if code and code not in self.regions and code not in self.named_regions:
            return row.refuse(
                _("区划代码 %(code)s 还没有登记。加一列“区划名称”，写明它叫什么。") % {"code": code}
            )
        short = cells["short_name"] or cells["name"]
        if cells["code"] not in self.known and len(short) > LONGEST["short_name"]:
            return row.refuse(_("名称超过 %(n)s 个字时要填简称。") % {"n": LONGEST["short_name"]})
        earlier = self.first.setdefault(cells["code"], row)
        if earlier is not row:
            row.refuse(
                _("单位代码 %(code)s 和第 %(line)s 行重复。")
                % {"code": cells["code"], "line": earlier.line}
            )
        return None

    def _names(self) -> None:
        """No two units go by one name, of those there are and those in the sheet."""
        taken: dict[str, tuple[str, str]] = {}
        for unit in self.known.values():
            if unit.valid_to is None:
                for text in (unit.name, unit.short_name, *unit.aliases):
                    taken.setdefault(text, (unit.code, unit.name))
        for row in self.rows:
            if row.state == RowState.REFUSED:
                continue
            cells = row.cells
            for text in (cells["name"], cells["short_name"], *aliases_in(cells["aliases"])):
                code, owner = taken.setdefault(text, (cells["code"], cells["name"]))
                if text and code != cells["code"]:
                    row.refuse(
                        _("“%(name)s”已经是%(unit)s的名称、简称或别名。")
                        % {"name": text, "unit": owner}
                    )

    def _parents(self) -> None:
        """Every parent is a unit that is there or comes with the sheet, and none is its own."""
        for row in self.rows:
            self.codes.setdefault(row.cells["name"], row.cells["code"])
            if row.cells["short_name"]:
                self.codes.setdefault(row.cells["short_name"], row.cells["code"])
        parents = {u.code: u.parent.code for u in self.known.values() if u.parent}
        for row in self.rows:
            if row.cells["parent"] and row.state != RowState.REFUSED:
                parents[row.cells["code"]] = self.parent_code(row)
        for row in self.rows:
            if row.state != RowState.REFUSED and _in_a_ring(row.cells["code"], parents):
                row.refuse(_("上级单位绕回到它自己：检查上级单位一列。"))
        while sum(self._orphaned(row) for row in self.rows):
            continue

    def _orphaned(self, row: SheetRow) -> bool:
        """Refuse a row whose parent does not come; True where that is news."""
        if row.state == RowState.REFUSED or not row.cells["parent"]:
            return False
        code = self.parent_code(row)
        known, coming = self.known.get(code), self.first.get(code)
        if known is not None and known.valid_to is None:
            return False
        if coming is not None and coming.state != RowState.REFUSED:
            return False
        row.refuse(
            _("上级单位“%(text)s”没有登记，或它那一行不收。") % {"text": row.cells["parent"]}
        )
        return True

    def parent_code(self, row: SheetRow) -> str:
        """The parent of a row by its code: sheets name it by code, name or short name."""
        typed = row.cells["parent"]
        if typed in self.known or typed in self.first:
            return typed
        return self.codes.get(typed, typed)

    def _against(self, row: SheetRow, unit: Unit | None) -> None:
        if row.cells["parent"]:
            row.cells["parent"] = self.parent_code(row)
        if unit is None:
            row.state = RowState.NEW
            return None
        cells = row.cells
        if unit.valid_to is not None:
            return row.refuse(_("这个单位到 %(day)s 已撤并。") % {"day": unit.valid_to})
        if cells["name"] != unit.name or cells["short_name"] not in ("", unit.short_name):
            return row.refuse(
                _("系统里叫“%(name)s”（%(short)s）。更名请到单位页办，要写日期和依据。")
                % {"name": unit.name, "short": unit.short_name}
            )
        since = day_in(cells["since"], today=self.today)
        if since is not None and since != unit.valid_from:
            return row.refuse(
                _("起始日期登记的是 %(day)s，登记以后不改。") % {"day": unit.valid_from}
            )
        self._differences(row, unit)
        return None

    def _differences(self, row: SheetRow, unit: Unit) -> None:
        cells = row.cells
        kind, level = kind_named(cells["kind"]), level_named(cells["level"])
        row.change(_("类别"), str(unit.get_kind_display()), str(kind.label) if kind else "")
        if level is not None:
            row.change(_("层级"), str(unit.get_level_display()), str(level.label))
        if cells["parent"]:
            row.change(_("上级单位"), unit.parent.code if unit.parent else "—", cells["parent"])
        if cells["region"]:
            row.change(_("区划代码"), unit.region.code if unit.region else "—", cells["region"])
        if cells["order"]:
            row.change(_("单位序"), str(unit.order), str(int(cells["order"].removesuffix(".0"))))
        if cells["aliases"]:
            between = _("、")
            new = between.join(dict.fromkeys([*unit.aliases, *aliases_in(cells["aliases"])]))
            row.change(_("别名"), between.join(unit.aliases) or "—", new)


def _in_a_ring(code: str, parents: Mapping[str, str]) -> bool:
    """Whether going up from a unit leads back to it."""
    seen, above = {code}, parents.get(code)
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return above == code


def kind_named(words: str) -> Unit.Kind | None:
    return next((kind for kind in Unit.Kind if words in (kind.value, str(kind.label))), None)


def level_named(words: str) -> Unit.Level | None:
    return next(
        (level for level in Unit.Level if words in (str(level.value), str(level.label))), None
    )


def aliases_in(text: str) -> list[str]:
    """Names between 、 or ；."""
    return [one.strip() for one in text.replace("；", "、").split("、") if one.strip()]  # not shown

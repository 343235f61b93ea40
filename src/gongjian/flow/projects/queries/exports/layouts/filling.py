"""An official table with its rows: grouped, counted, added up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.queries.exports.layouts.shapes import (
    LAYOUTS,
    LayoutColumn,
    Shape,
    group_name,
    group_order,
    layout_title,
)
from gongjian.flow.projects.queries.exports.tables import Footing
from gongjian.lib.numerals import chinese_numeral
from gongjian.lib.rounding import rounded

Unit = Literal["wan", "yi"]
SCALES: Mapping[Unit, Decimal] = {"wan": Decimal(10_000), "yi": Decimal(100_000_000)}
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of a group: 一、产业项目（12 个，总投资 …）, or （一）… inside one."""

    text: str
    level: Literal[1, 2]


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """A table ready to be written. `rows` are headings and values by the keys of the columns, money
    in `unit`; `total` the row below all, None where nothing adds up."""

    code: str
    title: str
    columns: tuple[LayoutColumn, ...]
    rows: tuple[Heading | Line, ...]
    total: Line | None
    maker: str
    unit: Unit
    notes: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many rows are no headings."""
        return sum(not isinstance(row, Heading) for row in self.rows)


def official_table(
    code: str,
    campaign: Campaign,
    objects: Iterable[Mapping[str, Any]],
    *,
    footing: Footing,
    maker: str = "",
    unit: Unit = "wan",
) -> OfficialTable:
    """The layout of a name, filled. Money is rounded for print; a sum is that of exact amounts."""
    shape = LAYOUTS[code]
    kept = [one for one in objects if shape.stands(one, campaign.year)]
    lines = [line for one in kept for line in shape.lines(one)]
    money = [column.key for column in shape.columns if column.kind == "money"]
    return OfficialTable(
        code=code,
        title=_("%(year)s年%(name)s%(what)s")
        % {"year": campaign.year, "name": campaign.name, "what": layout_title(code)},
        columns=shape.columns,
        rows=tuple(_grouped(lines, shape, unit)),
        total=_total(lines, shape, money, unit) if lines else None,
        maker=maker,
        unit=unit,
        notes=(*_notes(code, len(kept)), footing.words),
    )


def _grouped(lines: list[Line], shape: Shape, unit: Unit) -> Iterator[Heading | Line]:
    """The rows below their headings; a level that has one group alone has no headings."""
    keys = [key for key in shape.groups if len({line[key] for line in lines}) > 1]
    if not keys and shape.groups[0] in ("sponsor", "of"):
        keys = [shape.groups[0]]
    number = iter(range(1, len(lines) + 1))
    for line in _below(lines, keys, shape, unit, 1):
        if isinstance(line, Heading) or line["row"] is not None:
            yield line
        else:
            yield {**line, "row": next(number)}


def _below(
    lines: list[Line], keys: Sequence[str], shape: Shape, unit: Unit, level: Literal[1, 2]
) -> Iterator[Heading | Line]:
    if not keys:
        for line in lines:
            yield _printed(line, shape.columns, unit)
        return
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[line[keys[0]]].append(line)
    order = {name: place for place, name in enumerate(group_order(keys[0]))}
    names = sorted(groups, key=lambda name: (name == "", order.get(name, len(order))))
    for place, name in enumerate(names, start=1):
        yield Heading(_heading(keys[0], groups[name], shape, unit, place, level), level)
        yield from _below(groups[name], keys[1:], shape, unit, 2)


def _heading(
    key: str, lines: list[Line], shape: Shape, unit: Unit, place: int, level: Literal[1, 2]
) -> str:
    name = group_name(key, lines[0][key], lines[0])
    if key == "of":  # a project over its permits says its own counts
        return f"{place}. {name}"
    numeral = chinese_numeral(place)
    mark = _("%(number)s、") if level == 1 else _("（%(number)s）")
    counts = [str(shape.counts) % {"count": len(lines)}]
    whole = _added(lines, "total_investment")
    if whole is not None:
        counts.append(
            _("总投资 %(sum)s %(unit)s")
            % {"sum": f"{rounded(whole / SCALES[unit], 2):,}", "unit": unit_name(unit)}
        )
    return f"{mark % {'number': numeral}}{name}（{_('，').join(counts)}）"


def _total(lines: list[Line], shape: Shape, money: list[str], unit: Unit) -> Line:
    """合计: how many, and each sum; of amounts nobody gave nothing is made."""
    whole: Line = {key: _added(lines, key) for key in money}
    done, plan = whole.get("year_done_investment"), whole.get("year_plan_investment")
    if done is not None and plan:
        whole["share_of_plan"] = str(done / plan)
    count = str(shape.counts) % {"count": len(lines)}
    name = {"name": _("合计（%(count)s）") % {"count": count}}
    return {**_printed(whole, shape.columns, unit), **name}


def _added(lines: Iterable[Line], key: str) -> Decimal | None:
    held = [Decimal(line[key]) for line in lines if line.get(key) is not None]
    return sum(held, Decimal(0)) if held else None


def _printed(line: Line, columns: Iterable[LayoutColumn], unit: Unit) -> Line:
    """The values of a row as they are printed."""
    printed: Line = {}
    for column in columns:
        value = line.get(column.key)
        if value is None or value == "":
            printed[column.key] = None
        elif column.kind == "money":
            printed[column.key] = rounded(Decimal(value) / SCALES[unit], 2)
        elif column.kind == "percent":
            printed[column.key] = rounded(Decimal(value), 3)
        else:
            printed[column.key] = value
    return printed


def unit_name(unit: Unit) -> str:
    """万元 or 亿元."""
    return _("亿元") if unit == "yi" else _("万元")


def _notes(code: str, projects: int) -> Iterator[str]:
    """What the reader of a table has to know."""
    if not projects:
        yield _("说明：截止日期前没有这样的项目。")
    elif code == "permits":
        yield _("说明：只列适用的手续；空格是还没有办到这一步。")
    elif code in ("started", "finished"):
        yield _("说明：只列当年已采信的；计划写到月、季、半年或年的，在该期内即为按期。")
    else:
        yield _("说明：空格是未报或未定，不是 0；完成率不封顶。")

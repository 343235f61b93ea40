"""The month sheet to take away: what it shows, of every project of it, to be filled in and pasted
back."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import MonthCell, Project
from gongjian.flow.projects.queries.amounts import month_of
from gongjian.flow.projects.queries.exports.files import ExportAsked, WrittenFile
from gongjian.flow.projects.queries.exports.ledger import definitions_named
from gongjian.flow.projects.queries.exports.tables import (
    Footing,
    Table,
    TableColumn,
    table_csv,
    table_json,
    table_xlsx,
)
from gongjian.flow.projects.queries.sheet import rows_by_keys
from gongjian.flow.projects.queries.sheet_months import MonthOf, SheetRow
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.orgs.models import Unit, User

Column = MonthCell.Column
SUMS = (Column.DONE, Column.STAT_DONE)
FILLED = (*Column.values, *(f"m{month}" for month in range(1, 13)))
BATCH = 1_000  # projects: three times so many values stand in one query


def sheet_in_batches(
    campaign: Campaign, keys: Sequence[int], *, reader: User
) -> Iterator[list[SheetRow]]:
    """The rows of these projects in their order, as a reader sees them; two queries a batch."""
    for first in range(0, len(keys), BATCH):
        yield rows_by_keys(campaign, keys[first : first + BATCH], reader=reader)


def sheet_heads(number: int, measure: str) -> tuple[list[str], list[str]]:
    """The heads of what is filled in, in the order of the page, and those of all else."""
    columns = _columns(number, measure)
    return (
        [one.head for one in columns if one.key in FILLED],
        [one.head for one in columns if one.key not in (*FILLED, "name", "code")],
    )


def sheet_file(
    campaign: Campaign, rows: Sequence[SheetRow], asked: ExportAsked, *, by: str
) -> WrittenFile:
    """The file of a sheet: `asked.columns` are its month and, of a whole year, its one column."""
    month, measure = asked.columns
    table = sheet_table(campaign, rows, asked, month=month, measure=measure, by=by)
    if asked.form == "json":
        content = table_json(table, named="rows", objects=table.rows)
    else:
        content = (table_csv if asked.form == "csv" else table_xlsx)(table)
    return WrittenFile(f"{table.title}.{asked.form}", content, len(rows))


def sheet_table(
    campaign: Campaign,
    rows: Sequence[SheetRow],
    asked: ExportAsked,
    *,
    month: str,
    measure: str,
    by: str,
) -> Table:
    """The sheet of a month, or one column of the year. Two queries.

    What is filled in stands behind the name in the order of the page, so that the block goes back
    as it is. Sums count what was accepted; gap and need also what waits, as on the page.
    """
    number, today = int(month[5:]), month_of(asked.basis.as_of)
    names = dict(Unit.objects.values_list("pk", "short_name"))
    codes = dict(Project.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "code"))
    what = str(Column(measure).label) if measure else ""
    title = (
        _("%(year)s年%(what)s分月表") % {"year": campaign.year, "what": what}
        if measure
        else _("%(year)s年%(month)s月项目投资调度表") % {"year": campaign.year, "month": number}
    )
    scope = _(
        "累计只计已采信的数；各格含草稿和已报送未采信的，见状态；缺口、每月需含未采信的；"
        "空格是未报，不是 0；调度口径不作统计数据"
    )
    if asked.keys is not None:
        scope = _("%(scope)s；按筛选导出，不是全部") % {"scope": scope}
    told = [
        _figures(row, number, measure)
        | {
            "name": row.name,
            "code": codes.get(row.pk, ""),
            "township": names.get(row.township or 0, ""),
            "unit": names.get(row.unit or 0, ""),
            "year_plan": row.year_plan,
            "state": _state(row.months[number - 1], ahead=month > today),
        }
        for row in rows
    ]
    return Table(
        title=title,
        columns=_columns(number, measure),
        rows=tuple(told),
        unit=_("单位：万元"),
        total=_totals(told, _columns(number, measure)),
        footing=Footing(asked.basis.as_of, scope, by, asked.basis.words, definitions_named()),
    )


def _columns(number: int, measure: str) -> tuple[TableColumn, ...]:
    upto = {"n": number}
    filled: tuple[TableColumn, ...]
    sums: tuple[TableColumn, ...]
    if measure:
        filled = tuple(
            TableColumn(f"m{month}", _("%(month)s月") % {"month": month}, 10.5, "typed")
            for month in range(1, 13)
        )
        sums = (TableColumn("sum", _("1—%(n)s月累计") % upto, 12.5, "wan"),)
    else:
        filled = (
            TableColumn("planned", _("计划"), 10.5, "typed"),
            TableColumn("done", _("完成（调度口径）"), 10.5, "typed"),
            TableColumn("stat_done", _("完成（统计口径）"), 10.5, "typed"),
            TableColumn("arrived", _("到位资金"), 10.5, "typed"),
            TableColumn("early_cost", _("前期费用"), 10.5, "typed"),
            TableColumn("words", _("形象进度"), 24),
        )
        sums = (
            TableColumn("before", _("上月完成"), 10.5, "wan"),
            TableColumn("plans", _("1—%(n)s月计划") % upto, 12.5, "wan"),
            TableColumn("sum", _("1—%(n)s月完成（调度口径）") % upto, 12.5, "wan"),
            TableColumn("stat", _("1—%(n)s月完成（统计口径）") % upto, 12.5, "wan"),
        )
    return (
        TableColumn("name", _("项目名称"), 30),
        *filled,
        *sums,
        TableColumn("more", _("未采信的"), 10.5, "wan"),
        TableColumn("gap", _("缺口"), 10.5, "wan"),
        TableColumn("need", _("以后每月需"), 11, "wan"),
        TableColumn("state", _("状态"), 8, "code"),
        TableColumn("year_plan", _("年计划"), 11.5, "wan"),
        TableColumn("township", _("属地镇街"), 10),
        TableColumn("unit", _("填报单位"), 12),
        TableColumn("code", _("项目代码"), 27, "code"),
    )


def _figures(row: SheetRow, number: int, measure: str) -> dict[str, Any]:
    """What stands in the cells of a row, and what follows from them."""
    column = measure if measure in SUMS else Column.DONE
    counted, told = row.counted(number, column), row.told(number, column)
    cells = (
        {f"m{n}": _cell(row.months[n - 1], measure) for n in range(1, 13)}
        if measure
        else {name.value: _cell(row.months[number - 1], name) for name in Column}
    )
    waiting = None
    if told.done is not None and told.done != counted.done:
        waiting = told.done - (counted.done or Decimal(0))
    return {
        **cells,
        "before": row.months[number - 2].money.done if number > 1 else None,
        "plans": counted.planned,
        "sum": counted.done,
        "stat": row.counted(number, Column.STAT_DONE).done,
        "more": waiting,
        "gap": told.gap,
        "need": None if told.needed is None else max(told.needed, Decimal(0)),
    }


def _cell(month: MonthOf, column: str) -> Decimal | str | None:
    """The figure of a cell; a draft that is no figure stands as it was typed."""
    if column in month.cells:
        typed = month.cells[column][0].strip()
        if column == Column.WORDS:
            return typed
        read = month.as_told(column)
        return read if month.reads(column) else typed
    return month.standing_value(column)


def _state(month: MonthOf, *, ahead: bool) -> str:
    if month.told is not None:
        label = str(State(month.told.state).label)
        return _("更正%(state)s") % {"state": label} if month.told.correction else label
    if month.accepted:
        return str(State.ACCEPTED.label)
    if any(typed.strip() for typed, _version in month.cells.values()):
        return _("草稿")
    return _("未到") if ahead else _("未报")


def _totals(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[TableColumn]
) -> dict[str, Decimal | str | None]:
    """What the columns of money come to, but for gaps and needs, which have holes of their own."""
    found: dict[str, Decimal | str | None] = {"name": _("合计")}
    for one in columns:
        if one.kind in ("wan", "typed") and one.key not in ("gap", "need"):
            known = [row[one.key] for row in rows if isinstance(row[one.key], Decimal)]
            found[one.key] = sum(known, Decimal(0)) if known else None
    return found

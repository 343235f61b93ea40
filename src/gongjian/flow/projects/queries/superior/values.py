"""What stands in a cell of a superior's table: its value, of which month, which months it lacks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.documents.filling import Percent, Value
from gongjian.flow.projects.queries.amounts import last_whole_month, month_of
from gongjian.flow.projects.queries.superior.phrases import PERMIT
from gongjian.flow.projects.queries.superior.reading import SheetRead
from gongjian.flow.projects.queries.superior.telling import COUNTED, MONEY, SheetColumnRead
from gongjian.lib.rounding import rounded

OWED = frozenset({"year_done_investment", "done_in_all", "share_of_plan"})  # month by month
Facts = Mapping[str, Any]  # what the ledger says of one project


def settled(read: SheetRead, as_of: date, *, year: int) -> tuple[SheetColumnRead, ...]:
    """The columns, each with the month that it counts: the one its title names; of a rate that of
    the money beside it; else that of the table, where the figures reach so far; else the last."""
    columns = [
        replace(one, month=_month(one, read.titled, as_of, year)) if one.field in COUNTED else one
        for one in read.columns
    ]
    done = [one for one in columns if one.field == "year_done_investment"]
    return tuple(
        _beside(one, done) if one.field == "share_of_plan" and done and not one.named else one
        for one in columns
    )


def value_of(
    column: SheetColumnRead, of: Facts, as_of: date, *, order: int, place: str = ""
) -> Value:
    """What stands in a cell. Missing: None, an empty cell, never 0 and never a guess."""
    field = column.field
    if field == "seq":
        return order
    if field == "place":
        return place or None
    if field.startswith(PERMIT):
        wanted = field.removeprefix(PERMIT)
        found = (item["doc_no"] for item in of["permits"] if item["code"] == wanted)
        return next(found, "") or None
    if field == "permits_told":
        count = _("手续 %(done)s/%(all)s") % {"done": of["permits_done"], "all": of["permits_of"]}
        return count if of["permits_of"] else None
    if field == "share_of_plan":
        done, plan = _upto(of, "done", column.month), _plan(of)
        ahead = column.month > month_of(as_of)
        return None if done is None or not plan or ahead else _percent(column, done / plan)
    if field in MONEY:
        amount = amount_of(column, of, as_of)
        return None if amount is None else rounded(amount / column.scale, 2)
    held = of.get(field)
    if held is None or held == "":
        return None
    return held if isinstance(held, int) else str(held)


def amount_of(column: SheetColumnRead, of: Facts, as_of: date) -> Decimal | None:
    """An amount in 元, of the month of its column or up to it; None where that is yet to come."""
    month = column.month
    if column.field in COUNTED and month > month_of(as_of):
        return None
    match column.field:
        case "month_done":
            return next((_money(m["done"]) for m in of["months"] if m["month"] == month), None)
        case "year_done_investment":
            return _upto(of, "done", month)
        case "arrived_in_year":
            return _upto(of, "arrived", month)
        case "done_in_all":
            parts = (_money(of["done_before"]), _upto(of, "done", month))
            held = [amount for amount in parts if amount is not None]
            return sum(held, Decimal(0)) if held else None
        case field:
            return _money(of[field])


def sums_of(
    columns: Sequence[SheetColumnRead], shown: Sequence[Facts], as_of: date
) -> dict[int, Value]:
    """The row of sums by column: of exact amounts, rounded once; a rate is that of the sums, of the
    same month as the rates above it. Missing: where nothing is known there is no sum."""
    sums: dict[int, Value] = {}
    for column in columns:
        if column.field in MONEY:
            whole = _added(amount_of(column, one, as_of) for one in shown)
            if whole is not None:
                sums[column.at] = rounded(whole / column.scale, 2)
        elif column.field == "share_of_plan" and column.month <= month_of(as_of):
            done = _added(_upto(one, "done", column.month) for one in shown)
            plan = _added(_plan(one) for one in shown)
            if done is not None and plan:
                sums[column.at] = _percent(column, done / plan)
    return sums


def months_lacking(column: SheetColumnRead, of: Facts, as_of: date) -> tuple[int, ...]:
    """The months that a sum should hold and does not: something was owed and nothing is accepted.

    Owed are the months with a plan above 0; of a project without month plans those since it began
    to be built or to report, until it was finished. A month that is not over is owed only where
    the title names it. Source: docs/rules/month-sheet.md, M-2.
    """
    if column.field not in OWED:
        return ()
    year, due = column.month[:4], column.month
    if not column.named:
        due = min(due, last_whole_month(as_of))
    told = {m["month"]: m for m in of["months"] if m["month"].startswith(year)}
    if any(m["planned"] is not None for m in told.values()):
        owed = [key for key, m in sorted(told.items()) if _money(m["planned"])]
    else:
        owed = _at_work(of, told, year)
    return tuple(
        int(key[5:])
        for key in owed
        if key <= due and (key not in told or told[key]["done"] is None)
    )


def printed(value: Value) -> str:
    """A value as the page and the record say it."""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _month(column: SheetColumnRead, titled: int, as_of: date, year: int) -> str:
    if column.named:
        return f"{year}-{column.named:02}"
    now, told = month_of(as_of), f"{year}-{titled:02}"
    if column.field == "month_done":
        return told if titled else now
    last = min(max(now, f"{year}-01"), f"{year}-12")
    return told if titled and told <= last else last


def _beside(share: SheetColumnRead, done: Sequence[SheetColumnRead]) -> SheetColumnRead:
    """A rate is of the same month as the money it stands behind."""
    near = next((one for one in reversed(done) if one.at < share.at), done[0])
    return replace(share, month=near.month, named=near.named)


def _at_work(of: Facts, told: Mapping[str, Facts], year: str) -> list[str]:
    """The months of a year from the first in which a project was built or reported, to its end."""
    begun = [key for key, m in told.items() if m["done"] is not None]
    if of["actual_start"]:
        begun.append(of["actual_start"][:7])
    first, last = min(begun, default="9999-12"), (of["actual_finish"] or "9999-12")[:7]
    return [key for n in range(1, 13) if first <= (key := f"{year}-{n:02}") <= last]


def _upto(of: Facts, column: str, month: str) -> Decimal | None:
    """What a column of the months comes to from January up to a month; None where none is known."""
    held = (m for m in of["months"] if m["month"][:4] == month[:4] and m["month"] <= month)
    return _added(_money(m[column]) for m in held)


def _plan(of: Facts) -> Decimal | None:
    return _money(of["year_plan_investment"])


def _added(amounts: Iterable[Decimal | None]) -> Decimal | None:
    held = [amount for amount in amounts if amount is not None]
    return sum(held, Decimal(0)) if held else None


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _percent(column: SheetColumnRead, share: Decimal) -> Percent:
    """35.9 below a head with %, else 35.9%; one figure behind the point, with no limit."""
    signed = "%" not in column.title and "％" not in column.title
    return Percent(rounded(share * 100, 1), signed)

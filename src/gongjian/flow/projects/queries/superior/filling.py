"""A superior's table filled from the register: its rows, its sums, what stays empty and why."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.documents.filling import Fill, Value, fill_workbook
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.queries.amounts import month_of
from gongjian.flow.projects.queries.exports.book import Answering, LedgerBook
from gongjian.flow.projects.queries.exports.ledger import ledger_projects, projects_by_keys
from gongjian.flow.projects.queries.exports.tables import Basis
from gongjian.flow.projects.queries.listing import RegisterFilter
from gongjian.flow.projects.queries.matching import Register
from gongjian.flow.projects.queries.superior.phrases import PERMIT
from gongjian.flow.projects.queries.superior.reading import SheetColumnRead, SheetRead
from gongjian.lib.rounding import rounded
from gongjian.lib.texts import printable

MOST = 2_000  # rows of a table that is filled
UPTO = re.compile(r"1[-—–~至到](\d{1,2})月")  # not shown
OF_MONTH = re.compile(r"(?<![\d\-—–~至到])(\d{1,2})月")  # not shown
MONEY = frozenset({
    "total_investment", "year_plan_investment", "year_done_investment", "month_done",
    "done_in_all", "done_before", "arrived_in_year", "contract_funds", "fixed_investment",
})  # fmt: skip
MONTHLY = frozenset({"month_done", "year_done_investment"})  # of which a title may name a month
SPANS = frozenset({"planned_start", "planned_finish", "planned_production", "actual_start",
                   "actual_finish"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class FilledLine:
    """One row: where it stands in the filled sheet (from 0), its project, a value a column."""

    row: int
    uid: str
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet ready to be written: its lines, its row of sums, how many rows had to come in, which
    columns stay empty in how many lines, and which names of the table nobody knows."""

    read: SheetRead
    lines: tuple[FilledLine, ...]
    sums: Mapping[int, Value]
    inserted: int
    gaps: Mapping[int, int]
    unknown: tuple[str, ...]
    left_over: int = 0

    def shifted(self, row: int) -> int:
        """Where a row of the empty table stands once rows came in."""
        end = self.read.end
        return row + self.inserted if end is not None and row >= end else row


@dataclass(frozen=True, slots=True)
class Source:
    """From what a table is filled: the projects of a filter, the figures, who answers for them,
    and what stands in every row."""

    campaign: Campaign
    basis: Basis
    answering: Mapping[int, Answering]
    wanted: RegisterFilter
    place: str = ""


def filled_sheet(read: SheetRead, source: Source, *, named: bool) -> FilledSheet:
    """The sheet filled: the rows it names already, or the projects of a filter. ≤ 20 queries."""
    basis = source.basis
    if named:
        rows, unknown = _named(read, source.campaign)
        keys = [key for _row, key in rows]
    else:
        found = ledger_projects(source.campaign, source.wanted, known_at=basis.known_at)
        keys = list(found.values_list("pk", flat=True)[: MOST + 1])
        rows, unknown = [(read.first + at, key) for at, key in enumerate(keys[:MOST])], ()
    book = LedgerBook(projects_by_keys(sorted(set(keys))), source.campaign, known_at=basis.known_at)
    objects = {
        one.pk: book.object_of(one, as_of=basis.as_of, answers=source.answering.get(one.pk))
        for one in book.projects
    }
    lines = tuple(
        FilledLine(
            row=row,
            uid=objects[key]["uid"],
            name=objects[key]["name"],
            values=tuple(
                value_of(column, objects[key], basis, order=order, place=source.place)
                for column in read.columns
            ),
        )
        for order, (row, key) in enumerate(rows, start=1)
        if key in objects
    )
    room = None if read.end is None else read.end - read.first
    inserted = 0 if named or room is None else max(len(lines) - room, 0)
    return FilledSheet(
        read=read,
        lines=lines,
        sums=_sums(read, lines, objects, basis),
        inserted=inserted,
        gaps={
            place: sum(line.values[place] is None for line in lines)
            for place, column in enumerate(read.columns)
            if column.field
        },
        unknown=unknown,
        left_over=max(len(keys) - MOST, 0),
    )


def filled_workbook(filled: FilledSheet, *, foot: str, notes: Sequence[str]) -> bytes:
    """The workbook that came, with its sheet filled; what is said of it stands below the table and
    on a sheet of its own. A formula of the table is left alone. Errors: Unreadable."""
    read = filled.read
    values: dict[tuple[int, int], Value] = {}
    given = read.named if filled.inserted == 0 else {}
    for line in filled.lines:
        for column, value in zip(read.columns, line.values, strict=True):
            kept = line.row in given and (column.field in ("seq", "name", "code"))
            if column.field and not kept:
                values[line.row, column.at] = value
    if read.total is not None:
        row = filled.shifted(read.total)
        values |= {(row, column): value for column, value in filled.sums.items()}
    last = max(
        [line.row for line in filled.lines]
        + [filled.shifted(row) for row, _texts in read.below]
        + [read.head[1]]
    )
    values[last + 1, 0] = foot
    # The last row to be filled is the one to copy: a sum down to it reaches over those that come in
    at = (read.end or 0) - 1 if (read.end or 0) > read.first else (read.end or 0)
    return fill_workbook(
        read.workbook,
        Fill(
            sheet=read.sheet,
            values=values,
            at=at,
            insert=filled.inserted,
            notes=(*notes, foot),
            notes_name=_("填报说明"),
        ),
    )


def value_of(
    column: SheetColumnRead, of: Mapping[str, Any], basis: Basis, *, order: int, place: str = ""
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
        share = of[field]
        return None if share is None else _percent(column, Decimal(share))
    if field in MONEY:
        amount = _amount(column, of, basis)
        return None if amount is None else rounded(amount / column.scale, 2)
    held = of.get(field)
    if held is None or held == "":
        return None
    return held if isinstance(held, int) else str(held)


def month_named(title: str, basis: Basis) -> str:
    """The month a title names: 1-6月, 5月; without one that of the day."""
    found = UPTO.search(title) or OF_MONTH.search(title)
    if found and 1 <= int(found[1]) <= 12:
        return f"{basis.as_of.year}-{int(found[1]):02}"
    return month_of(basis.as_of)


def printed(value: Value) -> str:
    """A value as the page and the record say it."""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _amount(column: SheetColumnRead, of: Mapping[str, Any], basis: Basis) -> Decimal | None:
    """An amount in 元: of the month a title names, or up to it; None where that is yet to come."""
    month = month_named(column.title, basis)
    if column.field in MONTHLY and month > month_of(basis.as_of):
        return None
    year = month[:4]
    done = {m["month"]: Decimal(m["done"]) for m in of["months"] if m["done"] is not None}
    if column.field == "month_done":
        return done.get(month)
    if column.field == "year_done_investment":
        held = [sum_ for key, sum_ in done.items() if key.startswith(year) and key <= month]
        return sum(held, Decimal(0)) if held else None
    held_text = of[column.field]
    return None if held_text is None else Decimal(held_text)


def _percent(column: SheetColumnRead, share: Decimal) -> Value:
    """35.9 below a head with %, else 35.9%."""
    figure = rounded(share * 100, 1)
    return figure if "%" in column.title or "％" in column.title else f"{figure}%"


def _named(read: SheetRead, campaign: Campaign) -> tuple[list[tuple[int, int]], tuple[str, ...]]:
    """(row, project) of the rows that name one, and the names that nobody knows. Two queries."""
    register = Register(campaign)
    rows, unknown = [], []
    for row, said in sorted(read.named.items()):
        clean = {key: printable(text)[:200] for key, text in said.items()}
        found = register.find(clean).known
        if found is not None and found.pk:
            rows.append((row, found.pk))
        else:
            unknown.append(clean.get("name") or clean.get("code", ""))
    return rows, tuple(unknown)


def _sums(
    read: SheetRead,
    lines: Iterable[FilledLine],
    objects: Mapping[int, Mapping[str, Any]],
    basis: Basis,
) -> dict[int, Value]:
    """The row of sums: of exact amounts, rounded once; a share is that of the sums."""
    by_uid = {one["uid"]: one for one in objects.values()}
    shown = [by_uid[line.uid] for line in lines]
    sums: dict[int, Value] = {}
    whole: dict[str, Decimal] = {}
    for column in read.columns:
        if column.field not in MONEY:
            continue
        held = [a for one in shown if (a := _amount(column, one, basis)) is not None]
        if held:
            whole[column.field] = sum(held, Decimal(0))
            sums[column.at] = rounded(whole[column.field] / column.scale, 2)
    done, plan = whole.get("year_done_investment"), whole.get("year_plan_investment")
    for column in read.columns:
        if column.field == "share_of_plan" and done is not None and plan:
            sums[column.at] = _percent(column, done / plan)
    return sums

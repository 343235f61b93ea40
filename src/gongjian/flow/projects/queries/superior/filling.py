"""A superior's table filled from the register: its rows, its sums, what stays empty and why."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from gongjian.documents.filling import Fill, Value, fill_workbook
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.queries.exports.book import Answering, LedgerBook
from gongjian.flow.projects.queries.exports.ledger import ledger_projects, projects_by_keys
from gongjian.flow.projects.queries.exports.tables import Basis
from gongjian.flow.projects.queries.listing import RegisterFilter
from gongjian.flow.projects.queries.matching import Register
from gongjian.flow.projects.queries.superior.reading import GIVEN, SheetRead
from gongjian.flow.projects.queries.superior.values import (
    Facts,
    months_lacking,
    printed,
    settled,
    sums_of,
    value_of,
)
from gongjian.lib.texts import printable

# Rows of a table that is filled: each costs milliseconds whenever its page opens, and again with
# every look at what was corrected. What is left over is said, and is filtered into other tables.
MOST = 2_000


@dataclass(frozen=True, slots=True)
class FilledLine:
    """One row: where it stands in the filled sheet (from 0), its project, a value a column; of
    sums that lack months, by the place of the column, which (1 to 12)."""

    row: int
    uid: str
    name: str
    values: tuple[Value, ...]
    lacks: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet ready to be written: its lines, its row of sums, how many rows had to come in, which
    columns stay empty in how many lines, which names of the table nobody knows, and how many
    projects found no place. `named`: its rows are those that the table names."""

    read: SheetRead
    basis: Basis
    named: bool
    lines: tuple[FilledLine, ...]
    sums: Mapping[int, Value]
    inserted: int
    gaps: Mapping[int, int]
    unknown: tuple[str, ...]
    left_over: int = 0

    @property
    def lacking(self) -> dict[int, int]:
        """{place of a column: in how many lines its sum lacks months}."""
        places = range(len(self.read.columns))
        counts = {at: sum(at in line.lacks for line in self.lines) for at in places}
        return {at: count for at, count in counts.items() if count}

    @property
    def digest(self) -> str:
        """What tells this filling from any other: its columns, every value, from which figures."""
        told = [
            [self.read.sheet, self.basis.snapshot, self.left_over],  # live: its values, not its day
            [[one.letter, one.field, one.scale, one.month] for one in self.read.columns],
            [[line.row, line.uid, *map(printed, line.values)] for line in self.lines],
            sorted((at, printed(value)) for at, value in self.sums.items()),
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

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
    """The sheet filled: the rows it names already, or the projects of a filter. ≤ 21 queries."""
    basis, left_over = source.basis, 0
    read = replace(read, columns=settled(read, basis.as_of, year=source.campaign.year))
    unknown: tuple[str, ...] = ()
    if named:
        rows, unknown = _named(read, source.campaign)
    else:
        found = ledger_projects(source.campaign, source.wanted, known_at=basis.known_at)
        keys = list(found.values_list("pk", flat=True)[:MOST])
        left_over = found.count() - len(keys) if len(keys) == MOST else 0
        rows = [(read.first + at, at + 1, key) for at, key in enumerate(keys)]
    book = LedgerBook(
        projects_by_keys(sorted({key for _row, _order, key in rows})),
        source.campaign,
        known_at=basis.known_at,
    )
    objects = {
        one.pk: book.object_of(one, as_of=basis.as_of, answers=source.answering.get(one.pk))
        for one in book.projects
    }
    lines = tuple(
        _line(read, objects[key], source, row=row, order=order)
        for row, order, key in rows
        if key in objects
    )
    room = None if read.end is None else read.end - read.first
    return FilledSheet(
        read=read,
        basis=basis,
        named=named,
        lines=lines,
        sums=sums_of(
            read.columns, [objects[key] for _r, _o, key in rows if key in objects], basis.as_of
        ),
        inserted=0 if named or room is None else max(len(lines) - room, 0),
        gaps={
            place: sum(line.values[place] is None for line in lines)
            for place, column in enumerate(read.columns)
            if column.field
        },
        unknown=unknown,
        left_over=left_over,
    )


def filled_workbook(filled: FilledSheet, *, foot: str, notes: Sequence[str]) -> bytes:
    """The workbook that came, with its sheet filled; what is said of it stands below the table,
    with what its figures lack, and on a sheet of its own. A formula of the table is left alone, and
    so is what a row says itself of its project. Errors: Unreadable."""
    read = filled.read
    values = _around(filled)
    for line in filled.lines:
        kept = read.named.get(line.row, {}) if filled.named else {}
        for column, value in zip(read.columns, line.values, strict=True):
            if column.field and column.field not in kept:
                values[line.row, column.at] = value
    if read.total is not None:
        row = filled.shifted(read.total)
        values |= {(row, column): value for column, value in filled.sums.items()}
    last = max(
        [line.row for line in filled.lines]
        + [filled.shifted(row) for row, _texts in read.below]
        + [read.head[1]]
    )
    said = (foot, *cautions(filled))
    values |= {(last + at, 0): text for at, text in enumerate(said, start=1)}
    # The last row to be filled is the one to copy: a sum down to it reaches over those that come in
    at = (read.end or 0) - 1 if (read.end or 0) > read.first else (read.end or 0)
    return fill_workbook(
        read.workbook,
        Fill(
            sheet=read.sheet,
            values=values,
            at=at,
            insert=filled.inserted,
            notes=(*notes, *said),
            notes_name=_("填报说明"),
        ),
    )


def cautions(filled: FilledSheet) -> list[str]:
    """What the reader of a filled table has to know of its figures: sums that lack months, and
    projects that found no place."""
    said = []
    columns = filled.read.columns
    for at, count in filled.lacking.items():
        words = {"column": columns[at].letter, "title": columns[at].title, "n": count}
        said.append(
            _("%(column)s 列“%(title)s”：%(n)s 个项目缺月份，只加已采信的月份，合计也一样") % words
        )
    if filled.left_over:
        said.append(
            _("只填了前 %(n)s 个项目，还有 %(rest)s 个没有填；合计是这 %(n)s 个的")
            % {"n": len(filled.lines), "rest": filled.left_over}
        )
    return said


def lacking_lines(filled: FilledSheet) -> list[str]:
    """Row by row which months its sums lack: 第 12 行 甲项目：G、H 缺 4 月、5 月."""
    said = []
    for line in filled.lines:
        columns: dict[tuple[int, ...], list[str]] = {}
        for at, months in line.lacks.items():
            columns.setdefault(months, []).append(filled.read.columns[at].letter)
        lacks = _("；").join(
            _("%(columns)s 列缺 %(months)s")
            % {
                "columns": _("、").join(letters),
                "months": _("、").join(_("%(month)s月") % {"month": one} for one in months),
            }
            for months, letters in columns.items()
        )
        if lacks:
            words = {"row": line.row + 1, "name": line.name, "lacks": lacks}
            said.append(_("第 %(row)s 行 %(name)s：%(lacks)s") % words)
    return said


def _line(read: SheetRead, of: Facts, source: Source, *, row: int, order: int) -> FilledLine:
    as_of = source.basis.as_of
    values = tuple(
        value_of(column, of, as_of, order=order, place=source.place) for column in read.columns
    )
    lacks = {
        at: months
        for at, column in enumerate(read.columns)
        if values[at] is not None and (months := months_lacking(column, of, as_of))
    }
    return FilledLine(row=row, uid=of["uid"], name=of["name"], values=values, lacks=lacks)


def _around(filled: FilledSheet) -> dict[tuple[int, int], Value]:
    """What stands in rows that hold no project: the running numbers of names nobody knows; where
    other projects are listed, nothing of those the table named."""
    read, held = filled.read, {line.row for line in filled.lines}
    values: dict[tuple[int, int], Value] = {}
    for order, (row, said) in enumerate(sorted(read.named.items()), start=1):
        for column in read.columns:
            if filled.named and column.field == "seq" and "seq" not in said:
                values[row, column.at] = order
            elif not filled.named and column.field in GIVEN and row not in held:
                values[row, column.at] = None
    return values


def _named(
    read: SheetRead, campaign: Campaign
) -> tuple[list[tuple[int, int, int]], tuple[str, ...]]:
    """(row, its number, project) of the rows that name one, and the names that nobody knows. Two
    queries."""
    register = Register(campaign)
    rows, unknown = [], []
    for order, (row, said) in enumerate(sorted(read.named.items()), start=1):
        clean = {key: printable(text)[:200] for key, text in said.items() if key != "seq"}
        found = register.find(clean)
        called = clean.get("name") or clean.get("code", "")
        if found.known is not None and found.known.pk:
            rows.append((row, order, found.known.pk))
        elif found.among:
            several = _("%(name)s（登记册里有 %(n)s 个，写上项目代码才认得出）")
            unknown.append(several % {"name": called, "n": len(found.among)})
        else:
            unknown.append(called)
    return rows, tuple(unknown)

"""A ledger as it is read: its rows one after the other, and what is said of its sheets."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from gongjian.documents import Unreadable
from gongjian.documents.grids import mark_of_book, read_book
from gongjian.engine.ledger import Answers, Category, Lexicon, Reading, Table, as_yuan, told_upto
from gongjian.engine.ledger.columns import Column
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.queries.ledgers.phrases import (
    Thing,
    phrase_accounts,
    phrase_column,
    phrase_left_out,
    phrase_refused,
)
from gongjian.foundation.records.queries.ledgers.spoken import phrase_question, phrase_warning
from gongjian.foundation.records.queries.unreadable import phrase_unreadable
from gongjian.lib.refusals import Refused
from gongjian.lib.texts import printable

MOST_SHOWN = 60  # of a list on a page
MOST_LISTED = 10_000  # rows of one question
ANSWER = re.compile(
    r"dmy|mdy|ymd|ydm|[百千]?万?元|亿元|10?月|(?:19|20)\d\d"  # not shown
)
NONE = {"", "-", "none", "无"}  # not shown


@dataclass(frozen=True, slots=True)
class LedgerKind:
    """A kind of ledger: the fields of its rows, what a row is called, by which sum groups are
    compared."""

    name: str
    lexicon: Lexicon
    thing: Thing
    main: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        return self.lexicon.order


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of data: what it says by field, or why it cannot be taken.

    `sheet` names the table, `row` counts from 1; `doubts` are the fields of which something is
    asked, whose values are None."""

    sheet: str
    row: int
    record: dict[str, Any] = field(default_factory=dict)
    refused: str = ""
    doubts: tuple[str, ...] = ()
    year: int | None = None  # of the table
    upto: str = ""  # the month up to which its figures count, such as 2020-05; "" untold
    heads: Mapping[str, str] = field(default_factory=dict)  # field → title of its column


@dataclass(frozen=True, slots=True)
class Going:
    """Where the rows of a list go, by whom and when; `month`: of a ledger without such a column."""

    into: str
    by: Any
    at: datetime
    month: str = ""


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list that is written whole: units, people, targets, months of money.

    `check` refuses who may not; `fates` writes the rows, or tries them; `tables` are all that
    writing touches.
    """

    ledger: LedgerKind
    check: Callable[[Any], None]
    fates: Callable[[Sequence[Entry], Going, bool], "list[Fate]"]
    tables: tuple[type[Kept], ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """Where a row went, or would go: new, changed, same, refused or asked, and why.

    `changes` are (column in words, what stood there, what the row brings).
    """

    sheet: str
    row: int
    outcome: str
    title: str = ""
    reason: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def given_back(cls, entry: Entry, reason: str = "") -> "Fate":
        """A row that is not taken."""
        return cls(entry.sheet, entry.row, "refused", "", reason or entry.refused)


def answers_from(kind: LedgerKind, maps: Sequence[str], says: Sequence[str]) -> Answers:
    """What a person said, COLUMN=… each.

    Refused: import.map, import.answer, with what may be said.
    """
    fields: dict[str, str] = {}
    for said in maps:
        column, sign, name = said.rpartition("=")
        name = name.strip()
        if not sign or not column.strip() or (name not in kind.fields and name.lower() not in NONE):
            sentence = _("--map 要写成“栏=字段”，字段是 %(fields)s 之一，或者 none：%(said)s")
            raise Refused("import.map", sentence % {"fields": "、".join(kind.fields), "said": said})
        fields[column.strip()] = "" if name.lower() in NONE else name
    answers = []
    for said in says:
        column, sign, word = said.rpartition("=")
        if not sign or not column.strip() or not ANSWER.fullmatch(word.strip()):
            sentence = _(
                "--answer 要写成“栏=答案”，答案是 dmy、mdy、元、万元、亿元或年份：%(said)s"
            )
            raise Refused("import.answer", sentence % {"said": said})
        answers.append((column.strip(), word.strip()))
    return Answers(fields, tuple(answers))


def rows_answered(says: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """What was said of columns, and what was said of rows and names: {row or name: answer}.

    ROW is 12 or SHEET!12, its answer new, skip, or the project's code or uid; a name that several
    bear is FIELD!NAME. What is neither is left among the columns, where it is refused.
    """
    columns, rows = [], {}
    for said in says:
        about, sign, answer = said.rpartition("=")
        key, answer = about.strip(), answer.strip()
        row = key.rpartition("!")[2].isdecimal() or "!" in key
        if sign and row and answer and not ANSWER.fullmatch(answer):
            rows[key] = answer
        else:
            columns.append(said)
    return columns, rows


def open_ledger(
    kind: LedgerKind,
    name: str,
    file: BinaryIO,
    answers: Answers,
    *,
    sheet: str | None = None,
    sheets: Collection[str] = (),
) -> "LedgerReading":
    """Open a ledger; go through its `rows` or `entries`, then take its `report`.

    Refused: import.unreadable, import.classified, import.sheet, each with what to do.
    """
    try:
        book = read_book(name, file)
        mark = mark_of_book(book)
    except Unreadable as trouble:
        raise Refused("import.unreadable", phrase_unreadable(trouble)) from trouble
    if mark:
        raise Refused(
            "import.classified", _("表首标有密级，已拒收，没有读。本系统不得处理涉密信息。")
        )
    names = [grid.name.strip() for grid in book.grids]
    if sheet is not None and sheet.strip() not in names:
        sentence = _("没有叫“%(sheet)s”的工作表。文件里有：%(names)s。")
        raise Refused(
            "import.sheet", sentence % {"sheet": sheet, "names": _("、").join(names) or "-"}
        )
    wanted: str | Collection[str] | None = sheet
    if sheet is None and sheets:
        wanted = sheets
    reading = Reading(book.grids, kind.lexicon, answers, file=name, wanted=wanted)
    return LedgerReading(kind, reading, book.media, book.left_out, names)


class LedgerReading:
    """A ledger on its way in: nothing of it is kept by reading it."""

    def __init__(
        self,
        kind: LedgerKind,
        reading: Reading,
        media: str,
        left_out: Sequence[str],
        names: Sequence[str],
    ) -> None:
        self._kind = kind
        self._reading = reading
        self._media = media
        self._left_out = left_out
        self._names = names

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows, a dictionary each. Refused: import.unreadable, where a file breaks late."""
        try:
            for record in self._reading.records():
                for name, value in record.items():
                    if value.__class__ is str and not value.isprintable():
                        record[name] = printable(value)
                yield record
        except Unreadable as trouble:
            raise Refused("import.unreadable", phrase_unreadable(trouble)) from trouble

    def entries(self) -> Iterator[Entry]:
        """Every row of data in the order of the file, those that cannot be taken among them.

        Refused: import.unreadable, where a file breaks late.
        """
        told: dict[int, int] = {}
        shown: Table | None = None
        heads: dict[str, str] = {}
        for record in self.rows():
            yield from self._given_back(told)
            table = self._reading.table
            if table is None:
                continue
            if table is not shown:
                shown, heads = table, _heads(table)
            row = record["source_row"]
            doubts = (table.columns[at].field for at in table.doubts(row - 1))
            names = tuple(field.name for field in doubts if field is not None)
            yield Entry(
                table.name, row, record, doubts=names, year=table.year, upto=table.upto, heads=heads
            )
        yield from self._given_back(told)

    def _given_back(self, told: dict[int, int]) -> Iterator[Entry]:
        for at, table in enumerate(self._reading.tables):
            for remark in table.refused[told.get(at, 0) :]:
                reason = phrase_refused(remark, table, self._kind.thing)
                yield Entry(table.name, remark.rows[0] + 1, refused=reason)
            told[at] = len(table.refused)

    def not_rows(self) -> dict[str, int]:
        """By table: the rows that are recognised as no row of data."""
        return {
            table.name: sum(count for _role, count in table.not_rows())
            for table in self._reading.tables
        }

    @property
    def is_clean(self) -> bool:
        """Was nothing refused, and nothing asked?"""
        return not any(table.refused or table.asked for table in self._reading.tables)

    def report(self) -> dict[str, Any]:
        """What was found, sheet by sheet: sums in 元 as text, rows as a sheet counts them."""
        warnings = [phrase_left_out(code) for code in self._left_out]
        return {
            "media": self._media,
            "sheets": [_sheet(table, self._kind) for table in self._reading.tables],
            "warnings": warnings,
        }

    def shown(self) -> dict[str, Any]:
        """The report with the rows that show how each sheet was understood, for a page."""
        report = self.report()
        for sheet, table in zip(report["sheets"], self._reading.tables, strict=True):
            known = [column for column in table.columns if column.code != "nothing"]
            for told, column in zip(sheet["columns"], known, strict=True):
                told |= {"guess": column.code, "word": column.word}
            sheet["shown"] = [[one.row + 1, one.role, list(one.cells)] for one in table.shown]
            sheet["groups"] = [[one.row + 1, len(one.path)] for one in table.categories]
            sheet["refused"] = sheet["refused"][:MOST_SHOWN]
            sheet["categories"] = sheet["categories"][:MOST_SHOWN]
            for asked in sheet["asked"]:
                asked["rows"] = asked["rows"][:MOST_SHOWN]
        report["names"] = list(self._names)
        return report


def _heads(table: Table) -> dict[str, str]:
    return {one.field.name: one.title for one in table.columns if one.field is not None}


def month_told(entry: Entry, name: str) -> str:
    """Up to which month a column counts, by its own title, else by that of its table."""
    return told_upto([entry.heads.get(name, "")], entry.year) or entry.upto


def _sheet(table: Table, kind: LedgerKind) -> dict[str, Any]:
    header = table.header
    return {
        "name": table.name,
        "transposed": table.transposed,
        "header_rows": []
        if header is None
        else [row + 1 for row in range(header[0], header[1] + 1)],
        "unit": table.unit or None,
        "year": table.year,
        "columns": [_column(column, table) for column in table.columns if column.code != "nothing"],
        "rows": table.accounts["taken"],
        "accounts": {
            "rows_in": table.rows_in,
            "taken": table.accounts["taken"],
            "refused": table.accounts["refused"],
            "not_rows": dict(table.not_rows()),
            "sentence": phrase_accounts(table, kind.thing),
        },
        "categories": [_category(category, kind.main) for category in table.categories],
        "sums": {name: as_yuan(value) for name, value in table.sums.items()},
        "refused": [
            {"row": remark.rows[0] + 1, "reason": phrase_refused(remark, table, kind.thing)}
            for remark in table.refused
        ],
        "asked": [
            {
                "question": phrase_question(question, table, kind.thing),
                "column": _title(table, question.column),
                "letter": None
                if question.column is None
                else table.columns[question.column].letter,
                "choices": list(question.choices),
                "kind": question.code,
                "rows": [row + 1 for row in question.rows[:MOST_LISTED]],
                "count": len(question.rows),
            }
            for question in table.asked.values()
        ],
        "warnings": [
            phrase_warning(remark, table, kind.thing) for remark in table.warnings.values()
        ],
    }


def _column(column: Column, table: Table) -> dict[str, Any]:
    field = column.field
    unit = None
    if field is not None and field.kind == "money":
        unit = column.unit or table.unit or None
    return {
        "letter": column.letter,
        "header_path": column.title,
        "field": field.name if field is not None else None,
        "also": field.also or None if field is not None else None,
        "known_as": column.known or None,
        "unit": unit,
        "guess_reason": phrase_column(column),
    }


def _category(category: Category, main: str) -> dict[str, Any]:
    counts, said = category.declared.counts, category.declared.sums
    by = main if main in said or not said else next(iter(said))
    count = category.count if category.count in counts else counts[0] if counts else None
    return {
        "path": "/".join(category.path),
        "row": category.row + 1,
        "declared_count": count,
        "found_count": category.count,
        "declared_sum": _yuan(said.get(by)),
        "found_sum": None if by in category.doubtful else _yuan(category.sums.get(by)),
    }


def _yuan(value: Decimal | None) -> str | None:
    return None if value is None else as_yuan(value)


def with_memory(answers: Answers, remembered: Mapping[str, str]) -> Answers:
    """What was said of earlier files, below what is said of this one."""
    return Answers(answers.maps, answers.says, remembered)


def _title(table: Table, at: int | None) -> str | None:
    if at is None:
        return None
    column = table.columns[at]
    return column.title or column.letter

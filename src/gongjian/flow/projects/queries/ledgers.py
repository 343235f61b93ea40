"""What an import of a ledger would take: its rows, and what has to be asked or given back."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from gongjian.documents import Unreadable
from gongjian.documents.grids import mark_of_book, read_book
from gongjian.engine.ledger import Answers, Category, Reading, Table, as_yuan
from gongjian.engine.ledger.columns import Column as LedgerColumn
from gongjian.flow.plan.queries import phrase_unreadable
from gongjian.flow.projects.queries.columns import FIELDS, PROJECT_COLUMNS
from gongjian.flow.projects.queries.phrases import (
    phrase_accounts,
    phrase_column,
    phrase_left_out,
    phrase_question,
    phrase_refused,
    phrase_warning,
)
from gongjian.lib.refusals import Refused

MAIN = "total_investment"
MOST_LISTED = 10_000  # rows of one question
ANSWER = re.compile(
    r"dmy|mdy|ymd|ydm|[百千]?万?元|亿元|10?月|(?:19|20)\d\d"  # not shown
)
NONE = {"", "-", "none", "无"}  # not shown


def answers_from(maps: Sequence[str], says: Sequence[str]) -> Answers:
    """What a person said on the command line, COLUMN=… each.

    Refused: import.map, import.answer, with what may be said.
    """
    fields: dict[str, str] = {}
    for said in maps:
        column, sign, name = said.rpartition("=")
        name = name.strip()
        if not sign or not column.strip() or (name not in FIELDS and name.lower() not in NONE):
            sentence = _("--map 要写成“栏=字段”，字段是 %(fields)s 之一，或者 none：%(said)s")
            raise Refused("import.map", sentence % {"fields": "、".join(FIELDS), "said": said})
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


def read_ledger(
    name: str, file: BinaryIO, answers: Answers, *, sheet: str | None = None
) -> "DryRun":
    """Open a ledger; go through its `rows`, then take its `report`.

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
    reading = Reading(book.grids, PROJECT_COLUMNS, answers, file=name, wanted=sheet)
    return DryRun(reading, book.media, book.left_out)


class DryRun:
    """A ledger on its way in: nothing of it is kept."""

    def __init__(self, reading: Reading, media: str, left_out: Sequence[str]) -> None:
        self._reading = reading
        self._media = media
        self._left_out = left_out

    def rows(self) -> Iterator[dict[str, Any]]:
        """The projects, a dictionary each. Refused: import.unreadable, where a file breaks late."""
        try:
            yield from self._reading.records()
        except Unreadable as trouble:
            raise Refused("import.unreadable", phrase_unreadable(trouble)) from trouble

    @property
    def is_clean(self) -> bool:
        """Was nothing refused, and nothing asked?"""
        return not any(table.refused or table.asked for table in self._reading.tables)

    def report(self) -> dict[str, Any]:
        """What was found, sheet by sheet: sums in 元 as text, rows as a sheet counts them."""
        warnings = [phrase_left_out(code) for code in self._left_out]
        return {
            "media": self._media,
            "sheets": [_sheet(table) for table in self._reading.tables],
            "warnings": warnings,
        }


def _sheet(table: Table) -> dict[str, Any]:
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
            "sentence": phrase_accounts(table),
        },
        "categories": [_category(category) for category in table.categories],
        "sums": {name: as_yuan(value) for name, value in table.sums.items()},
        "refused": [
            {"row": remark.rows[0] + 1, "reason": phrase_refused(remark, table)}
            for remark in table.refused
        ],
        "asked": [
            {
                "question": phrase_question(question, table),
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
        "warnings": [phrase_warning(remark, table) for remark in table.warnings.values()],
    }


def _column(column: LedgerColumn, table: Table) -> dict[str, Any]:
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


def _category(category: Category) -> dict[str, Any]:
    counts, said = category.declared.counts, category.declared.sums
    by = MAIN if MAIN in said or not said else next(iter(said))
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


def _title(table: Table, at: int | None) -> str | None:
    if at is None:
        return None
    column = table.columns[at]
    return column.title or column.letter

"""How a block that is pasted into the month sheet may be headed: our own words and the trade's."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from gongjian.engine.ledger.empty import WORDS as NOTHING
from gongjian.flow.projects.models import MonthCell
from gongjian.flow.projects.queries.columns import MONEY_COLUMNS, PROJECT_COLUMNS
from gongjian.flow.projects.queries.exports import sheet_heads

Column = MonthCell.Column
TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
OF = {Column.WORDS: "progress_text"}  # the field of a ledger of months, where it is named otherwise
UNSAID = "done_unsaid"  # 完成投资 without its definition: in the sheet what the units report


@dataclass(frozen=True, slots=True)
class PasteHeads:
    """What heads mean: (label, spellings) of each column that is filled in, in the order of the
    page; of names and codes; of what follows from the others and is left alone. `leads` may stand
    before a spelling, `tails` and `units` (as a head ends, as it is written behind a figure)
    behind it; `nothing` are the words of a cell that says nothing."""

    columns: list[tuple[str, list[str]]]
    name: list[str]
    code: list[str]
    left: list[str]
    leads: list[str]
    tails: list[str]
    units: list[tuple[str, str]]
    nothing: list[str]


def paste_heads(month: str, measure: str) -> PasteHeads:
    """The heads of a sheet of one month, or of one column of its year. No query."""
    year, number = int(month[:4]), int(month[5:])
    filled, others = sheet_heads(number, measure)
    columns = (
        [(head, _leads("months", year, n)) for n, head in enumerate(filled, start=1)]
        if measure
        else [
            (str(column.label), _once(head, str(column.label), *_spellings(column)))
            for column, head in zip(Column, filled, strict=True)
        ]
    )
    known = PROJECT_COLUMNS.by_name
    return PasteHeads(
        columns=columns,
        name=_once(*known["name"].words),
        code=_once(*known["code"].words),
        left=_once(*others, *MONEY_COLUMNS.by_name["seq"].words),
        leads=[] if measure else _leads("leads", year, number),
        tails=_once(*_spellings(Column(measure))) if measure else [],
        units=list(TABLE["units"].items()),
        nothing=sorted(NOTHING),
    )


def _spellings(column: Column) -> list[str]:
    names = [OF.get(column, column.value), *([UNSAID] if column == Column.DONE else [])]
    known = [word for name in names for word in MONEY_COLUMNS.by_name[name].words]
    return [*known, *TABLE["words"][column.value]]


def _leads(kind: str, year: int, number: int) -> list[str]:
    return [lead.format(year=year, n=number) for lead in TABLE["of_the_month"][kind]]


def _once(*words: str) -> list[str]:
    """Each word once; the name of a field, which a ledger of ours may be headed by, is none."""
    return [word for word in dict.fromkeys(words) if not word.isascii()]

"""What is said of one table of a ledger: its columns, accounts, groups, questions and warnings."""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gongjian.engine.ledger.columns import Column

MOST_LISTED = 50  # rows that one warning names; the count is always whole
NOT_ROWS = (
    "above",
    "header",
    "category",
    "total",
    "note",
    "blank",
    "numbered",
    "aside",
    "continued",
)


# What may be asked of a column that has a value for its answer.
QUESTIONS = frozenset({
    "slip", "written", "unit", "currency", "order", "short", "swapped", "tenth", "year",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said: the field of a column ("" for none), and what its values mean (dmy,
    mdy, ymd, ydm, a unit, a year). What is said of COLUMN!slip is about its rows that were asked
    back only; another question may be named like that, too. `remembered` was said of earlier files:
    it gives way, and need not be heard."""

    maps: Mapping[str, str] = field(default_factory=dict)
    says: tuple[tuple[str, str], ...] = ()
    remembered: Mapping[str, str] = field(default_factory=dict)

    def of(self, column: Column) -> tuple[str, ...]:
        """What was said of a column, but for its slips."""
        told = ((*question_of(name), said) for name, said in self.says)
        return tuple(said for name, about, said in told if about != "slip" and column.bears(name))

    def about(self, column: Column, kind: str) -> tuple[str, ...]:
        """What was said of a column in answer to one question by its name."""
        told = ((*question_of(name), said) for name, said in self.says)
        return tuple(said for name, about, said in told if about == kind and column.bears(name))

    def of_slips(self, column: Column) -> tuple[str, ...]:
        """What was said of the rows whose sum is 10,000 times off."""
        return self.about(column, "slip")


def question_of(name: str) -> tuple[str, str]:
    """The column of an answer, and the question that it is about, "" where any may be.

    >>> question_of("总投资!slip"), question_of("总投资"), question_of("注意!")
    (('总投资', 'slip'), ('总投资', ''), ('注意!', ''))
    """
    column, _, about = name.rpartition("!")
    return (column, about) if column and about in QUESTIONS else (name, "")


@dataclass(slots=True)
class Remark:
    """Something to tell about rows: a code, a column (None for the row), the rows counted from 0,
    and words that fill its sentence."""

    code: str
    column: int | None = None
    rows: list[int] = field(default_factory=list)
    count: int = 0
    params: dict[str, str] = field(default_factory=dict)

    def add(self, row: int) -> None:
        """Name one more row, or only count it where many are named."""
        self.count += 1
        if len(self.rows) < MOST_LISTED:
            self.rows.append(row)


@dataclass(slots=True)
class Question:
    """Something only a person knows: the rows it is about are written with that value empty."""

    code: str
    column: int | None
    choices: tuple[str, ...]
    rows: "array[int]" = field(default_factory=lambda: array("q"))  # may be a million
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Declared:
    """Counts and sums that a row says it has; `digits` is what the last digit of a sum is worth."""

    counts: tuple[int, ...] = ()
    sums: dict[str, Decimal] = field(default_factory=dict)
    digits: dict[str, Decimal] = field(default_factory=dict)


@dataclass(slots=True)
class Category:
    """A group of rows: what its row declares, and what stands below it."""

    row: int
    path: tuple[str, ...]
    declared: Declared = field(default_factory=Declared)
    count: int = 0
    sums: dict[str, Decimal] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)

    def add(self, sums: Mapping[str, Decimal], doubtful: set[str]) -> None:
        """Count a row below it; a doubtful field makes its sum doubtful."""
        self.count += 1
        held = self.sums
        for name, value in sums.items():
            held[name] = held[name] + value if name in held else value
        if doubtful:
            self.doubtful |= doubtful


@dataclass(slots=True)
class Total:
    """A row of totals: what it declares, and the sums it may mean."""

    row: int
    text: str
    declared: Declared
    groups: list[Category]
    first: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as the sheet has it, and what it was taken for."""

    row: int
    role: str
    cells: tuple[str, ...]


@dataclass(slots=True)
class Table:
    """One table: a sheet may hold several. Rows and columns count from 0; `sums` are in 元."""

    name: str
    first: int
    header: tuple[int, int] | None = None
    columns: list[Column] = field(default_factory=list)
    unit: str = ""
    year: int | None = None
    upto: str = ""  # the month up to which it counts, as its title says
    transposed: bool = False
    accounts: Counter[str] = field(default_factory=Counter)
    categories: list[Category] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    sums: dict[str, Decimal] = field(default_factory=dict)
    refused: list[Remark] = field(default_factory=list)
    asked: dict[tuple[str, int | None], Question] = field(default_factory=dict)
    warnings: dict[tuple[str, int | None], Remark] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)
    muted: bool = False  # while a row of totals is read, which is nobody's project

    def warn(self, code: str, column: int | None, row: int | None, **params: str) -> None:
        """Tell something of a row; the words are those of the first row it is told of."""
        if self.muted:
            return
        remark = self.warnings.setdefault((code, column), Remark(code, column, params=params))
        if row is not None:
            remark.add(row)

    def ask(
        self,
        code: str,
        column: int | None,
        choices: tuple[str, ...],
        row: int | None,
        **params: str,
    ) -> None:
        """Ask something about a row, once for all rows of a column."""
        if self.muted:
            return
        question = self.asked.setdefault(
            (code, column), Question(code, column, choices, params=params)
        )
        if len(choices) > len(question.choices):
            question.choices = choices
        if row is not None:
            question.rows.append(row)

    def doubts(self, row: int) -> list[int]:
        """The columns that something was asked of in the row read last."""
        return [
            question.column
            for question in self.asked.values()
            if question.column is not None and question.rows and question.rows[-1] == row
        ]

    @property
    def rows_in(self) -> int:
        """Every row of the table, the empty ones included."""
        return sum(self.accounts.values())

    def not_rows(self) -> Iterator[tuple[str, int]]:
        """How many rows of each role are no row of data."""
        for role in NOT_ROWS:
            if self.accounts[role]:
                yield role, self.accounts[role]

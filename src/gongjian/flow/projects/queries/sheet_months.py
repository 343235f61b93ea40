"""The rows of the month sheet: each project with its twelve months, accepted and not yet."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from gongjian.engine.standing import MONTHS, MoneyStanding, stand_at
from gongjian.engine.typed import read_typed
from gongjian.flow.projects.models import MonthCell
from gongjian.flow.projects.queries.amounts import MonthMoney
from gongjian.foundation.acceptance.rules import OPEN

Column = MonthCell.Column
NOTHING = MonthMoney(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Told:
    """A month that was sent in and does not count yet, or was returned."""

    uid: UUID
    version: int
    state: str
    money: MonthMoney
    words: str
    correction: bool
    return_reason: str


@dataclass(slots=True)
class MonthOf:
    """One month of one project; `cells` are drafts: {column: (typed, version)}, of which those of
    the columns in `refused` cannot go in as they are."""

    planned: Decimal | None = None
    money: MonthMoney = NOTHING
    words: str = ""
    key: Any = None  # of the first row that was sent in, as the database gives it
    accepted: bool = False
    told: Told | None = None
    cells: dict[str, tuple[str, int]] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()

    @property
    def uid(self) -> UUID | None:
        """The key of the first row that was sent in."""
        return None if self.key is None else uid_of(self.key)

    @property
    def is_open(self) -> bool:
        """Whether a reporter may still type: nothing was sent in, or it came back."""
        return not self.accepted and (self.told is None or self.told.state in OPEN)

    def is_unsettled(self, column: str) -> bool:
        """Whether a figure waits to be sent in, checked or accepted."""
        under_way = self.told is not None and self.told.state not in OPEN
        return column in self.cells or (under_way and column != Column.PLANNED)

    @property
    def says_anything(self) -> bool:
        """Whether sending the drafts in would say or change something."""
        blank = all(not typed.strip() for typed, _version in self.cells.values())
        return bool(self.cells) and (not blank or self.told is not None)

    def standing_value(self, column: str) -> Decimal | str | None:
        """What a cell shows without its draft: what counts, else what was sent in."""
        if column == Column.PLANNED:
            return self.planned
        source = self.told if self.told is not None and not self.accepted else self
        if column == Column.WORDS:
            return source.words
        value: Decimal | None = getattr(source.money, column)
        return value

    def would_say(self, column: str) -> Decimal | None:
        """The figure of a column if the drafts were sent in; one that is no number counts as one.

        Of a month that came back, what it said stands where nothing else is typed.
        """
        if column in self.cells:
            read = read_typed(self.cells[column][0])
            return read.yuan if read.code in ("ok", "empty") else Decimal(0)
        value = self.standing_value(column)
        return value if isinstance(value, Decimal) else None

    def reads(self, column: str) -> bool:
        """Whether the draft of a column is a figure that can go in, or nothing."""
        read = read_typed(self.cells[column][0])
        return column not in self.refused and read.code in ("ok", "empty")

    def as_told(self, column: str) -> Decimal | None:
        """The figure with what does not count yet; a draft that cannot go in changes nothing."""
        value = self.planned if column == Column.PLANNED else getattr(self.money, column)
        if self.told is not None and self.told.state not in OPEN and column != Column.PLANNED:
            value = getattr(self.told.money, column)
        if column in self.cells and column not in self.refused:
            read = read_typed(self.cells[column][0])
            return read.yuan if read.code in ("ok", "empty") else value
        return value


@dataclass(slots=True)
class SheetRow:
    """A project of the sheet with its twelve months, January first."""

    pk: int
    uid: UUID
    name: str
    filler: int | None
    township: int | None
    standing: str
    total: Decimal | None
    year_plan: Decimal | None = None
    done_before: Decimal | None = None
    months: list[MonthOf] = field(default_factory=lambda: [MonthOf() for _ in range(MONTHS)])
    under_way: bool = (
        False  # whether something of the year was sent in or typed, and does not count
    )
    stood: dict[tuple[str, int, str], MoneyStanding] = field(default_factory=dict)

    @property
    def unit(self) -> int | None:
        """The key of the unit that reports: the one named, else the township."""
        return self.filler or self.township

    def counted(self, month: int, column: str = Column.DONE) -> MoneyStanding:
        """Where the project stands by what was accepted."""
        place = ("counted", month, column)
        if place not in self.stood:
            figures = [getattr(one.money, column) for one in self.months]
            planned = [one.planned for one in self.months]
            self.stood[place] = stand_at(planned, figures, year_plan=self.year_plan, month=month)
        return self.stood[place]

    def told(self, month: int, column: str = Column.DONE) -> MoneyStanding:
        """Where it would stand if all that was sent in and typed were accepted."""
        if not self.under_way:
            return self.counted(month, column)
        place = ("told", month, column)
        if place not in self.stood:
            planned = [one.as_told(Column.PLANNED) for one in self.months]
            figures = [one.as_told(column) for one in self.months]
            self.stood[place] = stand_at(planned, figures, year_plan=self.year_plan, month=month)
        return self.stood[place]


def uid_of(value: Any) -> UUID:
    """A key as PostgreSQL gives it, and from the text that SQLite keeps."""
    return value if isinstance(value, UUID) else UUID(value)

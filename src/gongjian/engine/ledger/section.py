"""One table of a sheet while it is read: what its columns prove, what is merged into its rows."""

from array import array
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from gongjian.engine.ledger.amounts import read_amount, scale_of
from gongjian.engine.ledger.checks import Days
from gongjian.engine.ledger.columns import Told
from gongjian.engine.ledger.dates import read_date
from gongjian.engine.ledger.empty import is_empty
from gongjian.engine.ledger.heading import Merged, tidy
from gongjian.engine.ledger.roles import RowKind, Shape
from gongjian.engine.ledger.table import Table
from gongjian.lib.grids import Cell

NAN = float("nan")
LONGEST_DATE = 80
MOST_SHORTS = 100_000


@dataclass
class Dates:
    """What the values of one column prove: the order of day and month, the place of the year."""

    proofs: Counter[str] = field(default_factory=Counter)
    shorts: list[tuple[int, int, int]] = field(default_factory=list)
    days: Days = field(default_factory=Days)
    fiscal: int = 0
    tenths: int = 0  # 2020.10, which shows that 2020.1 is January


@dataclass(frozen=True, slots=True)
class Turn:
    """A row below which sums are in another unit: as written, what it multiplies by (0 where only
    a person knows), the rank of its category (-1 is none), or that the change ends there."""

    row: int
    unit: str = ""
    scale: int = 0
    rank: int = -1
    over: bool = False


@dataclass(frozen=True, slots=True)
class RowUnit:
    """The unit of one row; `scale` is 0 where it is none of money."""

    unit: str
    scale: int
    currency: str


@dataclass
class Section:
    """One table of a sheet while it is read: which rows are no data, and its columns of figures."""

    table: Table
    told: Told
    shape: Shape
    special: dict[int, RowKind] = field(default_factory=dict)
    rows: "array[int]" = field(default_factory=lambda: array("q"))
    money: "dict[int, array[float]]" = field(default_factory=dict)
    dates: dict[int, Dates] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    scales: dict[int, int] = field(default_factory=dict)
    last: int = -1
    units: tuple[str, ...] = ()
    turns: list[Turn] = field(default_factory=list)
    unit_at: int = -1  # the column that gives each row its unit

    @property
    def sheet_scale(self) -> int:
        """What the unit of the whole table multiplies by; 0 where it has none for all its rows."""
        if self.turns or self.unit_at >= 0 or len(self.units) != 1:
            return 0
        return (scale_of(self.units[0]) or (0, ""))[0]

    def turn(self, row: int) -> "Turn | None":
        """The change of unit that a row stands under; None where that of the sheet holds."""
        if not self.turns:
            return None
        at = bisect_right(self.turns, row, key=lambda turn: turn.row) - 1
        return self.turns[at] if at >= 0 and not self.turns[at].over else None

    def row_unit(self, cells: tuple[Cell, ...]) -> "RowUnit | None":
        """The unit that a column of units gives a row; None where it gives none."""
        text = tidy(cells[self.unit_at]) if 0 <= self.unit_at < len(cells) else ""
        if not text or is_empty(text):
            return None
        return RowUnit(text, *(scale_of(text) or (0, "")))

    def scale(self, at: int, row: int, cells: tuple[Cell, ...]) -> int:
        """What a sum of a row is multiplied by before it is held against its neighbours."""
        if self.unit_at >= 0 and (own := self.row_unit(cells)):
            return own.scale
        turn = self.turn(row) if self.turns else None
        return turn.scale if turn else self.scales[at]


@dataclass
class Waiting:
    """A row that may be a group: what it says its sums are, and what the rows below it make."""

    row: int
    cells: tuple[Cell, ...]
    rows: int = 0
    sums: dict[int, float] = field(default_factory=dict)

    def add(self, section: Section) -> None:
        """Count a row of data below it, with its sums."""
        self.rows += 1
        for at, values in section.money.items():
            if values[-1] == values[-1]:
                self.sums[at] = self.sums.get(at, 0.0) + values[-1]

    def is_group(self, section: Section) -> bool:
        """Do rows stand below it, and no sum of its own that they contradict?"""
        said = {
            at: size_of(cell, section.scale(at, self.row, self.cells))
            for at in section.money
            if at < len(self.cells) and (cell := self.cells[at]) is not None
        }
        known = {at: size for at, size in said.items() if size == size}
        agrees = all(abs(self.sums.get(at, 0.0) - size) <= 0.01 * abs(size)
                     for at, size in known.items())  # fmt: skip
        return self.rows > 0 and agrees


class Carried:
    """Texts of cells that are merged downwards: each row that they cover has them."""

    def __init__(self, merged: Merged, section: Section) -> None:
        self._merged = merged
        self._section = section
        self._below = (section.table.header or (-1, -1))[1]
        self._held: dict[int, tuple[int, Cell]] = {}
        self._kinds = {
            column.at: column.field.kind for column in section.told.columns if column.field
        }

    def filled(self, row: int, cells: tuple[Cell, ...]) -> tuple[tuple[Cell, ...], bool]:
        """The cells of a row with what is merged into it, and whether its name is: then it is a
        further line of the project above."""
        if not self._merged.tallest:
            return cells, False
        changed: list[Cell] | None = None
        continued = False
        for column, (last, cell) in list(self._held.items()):
            if row > last:
                del self._held[column]
            elif column >= len(cells) or cells[column] is None:
                if column == self._section.shape.key:
                    continued = True
                elif self._kinds.get(column) in ("text", "names", "date", "span"):
                    changed = changed or list(cells)
                    changed += [None] * (column + 1 - len(changed))
                    changed[column] = cell
                elif self._kinds.get(column) == "money":
                    self._section.table.warn("shared", column, row)
        for top, left, last, _ in self._merged.begins(row):
            if last > top > self._below and left < len(cells) and cells[left] is not None:
                self._held[left] = (last, cells[left])
        return (cells if changed is None else tuple(changed)), continued


def size_of(cell: Cell, scale: int) -> float:
    """A sum for the comparison with its neighbours, in 元; where nothing gives the column a unit
    as it stands, and one with its own unit is left out."""
    if isinstance(cell, float):
        return cell * (scale or 1)
    amount = read_amount(cell) if cell else None
    if amount is None or amount.code != "ok" or (amount.times and not scale):
        return NAN
    return float(amount.value) * (amount.times or scale or 1)


def prove(dates: Dates, cell: Cell, *, late: bool) -> None:
    """Keep what one cell shows of the dates of its column."""
    text = tidy(cell)
    if len(text) > LONGEST_DATE:
        return
    found = read_date(text, late=late)
    if found.code == "ok":
        if found.proof:
            dates.proofs[found.proof] += 1
        elif len(found.value) == 10 and found.value[4] == "-" and found.value[5] < "2":
            dates.days.add(found.value)
        if text.endswith(".10") and len(text) == 7:
            dates.tenths += 1
    elif found.code == "short":
        if len(dates.shorts) < MOST_SHORTS:
            a, b, c = found.numbers
            dates.shorts.append((a, b, c))
    elif found.code == "fiscal":
        dates.fiscal += 1

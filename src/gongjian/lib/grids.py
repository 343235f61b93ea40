"""A sheet as a file keeps it: rows of texts and numbers at their places, gone through as often as
wanted. A reader (documents/grids) makes it from bytes, engine/ledger reads it; neither holds a
million rows at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

Cell = str | float | None  # a float is a number without a format that would say more
Row = tuple[int, tuple[Cell, ...]]  # its place, counted from 0; rows without cells are left out
Range = tuple[int, int, int, int]  # first row, first column, last row, last column

UNCOMPUTED = "\ue000"  # a formula that was saved without its result
TOO_LONG = "\ue001"  # a text that no person typed
UNCLOSED = "\ue002"  # a quotation mark that swallowed the lines below it


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, or one table of a text. `above` are the lines that stand before a table.

    `exact` says that a text was typed as it stands: in a csv 2020.1 may be a number, once
    2020.10."""

    name: str
    rows: Iterable[Row]
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    above: tuple[str, ...] = ()
    exact: bool = True
    serials_from_1904: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of a file; `left_out` are codes of what was seen and not read."""

    grids: tuple[Grid, ...]
    media: str
    left_out: tuple[str, ...] = field(default=())

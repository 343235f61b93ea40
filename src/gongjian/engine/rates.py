"""How far something is, against what is aimed at and what is due by now: rates, gaps, ratios."""

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from gongjian.lib.rounding import rounded

Column = NDArray[np.float64]
Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]


class Comparator(IntEnum):
    """Which side of its value a target asks for; `=` is climbed to like `>=`."""

    AT_LEAST = 0
    EQUAL = 1
    AT_MOST = 2


COMPARATORS = {
    ">=": Comparator.AT_LEAST,
    "=": Comparator.EQUAL,
    "<=": Comparator.AT_MOST,
}


class Measure(IntEnum):
    """What is held against what: a way along a path, a level by itself, or done and not done."""

    PATH = 0
    LEVEL = 1
    DONE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """What is aimed at, one row an item.

    `target` and `base` are in the item's own unit (a growth rate: as a fraction, 0.062);
    `base` is where a stock stood before, 0 for what is counted from 1 January. `whole` items move
    in whole pieces. A DONE item has the target 1.
    """

    target: Column
    comparator: Codes
    measure: Codes
    base: Column
    whole: Flags

    def __post_init__(self) -> None:
        shapes = {getattr(self, name).shape for name in self.__slots__}
        if shapes != {(self.target.size,)}:
            raise ValueError(f"the columns of the aims differ in shape: {sorted(shapes)}")
        if not (np.isfinite(self.target).all() and np.isfinite(self.base).all()):
            raise ValueError("an aim has no target or no base")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The numbers behind a light. NaN where there is none to give."""

    expected: Column  # own unit
    numerator: Column  # own unit, from the base on
    denominator: Column  # own unit, from the base on
    done: Column  # numerator / denominator, never clamped at 1
    due: Column  # the share of the way that is due by now
    gap_pp: Column  # percentage points; negative is behind, whichever way the target points
    ratio: Column  # of what is due, how much is there; 1 and above is in time


def settled(values: Column) -> Column:
    """The values as they are compared with a threshold: rounded to 1e-9, so that 20/25 is 0.8."""
    return np.round(values, 9)


def footing(aims: Aims) -> Column:
    """Where each item starts from: its base, or 0 where the base has already reached the target.

    Shapes   Returns (n,).
    Units    the item's own.
    Missing  none can be: Aims refuses it.
    Errors   none.
    Source   docs/rules/trajectory.md, T-6.
    """
    climbs = aims.comparator != Comparator.AT_MOST
    no_way_left = climbs & (aims.base >= aims.target)
    return np.where(no_way_left | (aims.measure != Measure.PATH), 0.0, aims.base)


def measure(aims: Aims, actual: Column, expected: Column) -> Progress:
    """Say how far each item is, and how far behind or ahead of what is due.

    For a climb `ratio` is actual/expected. Under a limit it is 2 - actual/expected, not below 0,
    as in published scores of control-type indicators; a limit of nothing (零事故) is due whole
    from the first day, and once passed nothing of it is kept.

    Shapes   actual, expected: (n,), one row an aim. Returns columns of (n,).
    Units    actual, expected: the item's own; gap_pp: percentage points; the rest: fractions.
    Missing  NaN in actual (not reported) or expected (not due) stays NaN; so does a rate of
             nothing (0/0) and, for DONE, gap and ratio.
    Errors   ValueError where a column has another length.
    Source   docs/rules/trajectory.md, T-7 and T-8.
    """
    if not actual.shape == expected.shape == aims.target.shape:
        raise ValueError(f"{actual.shape} actual, {expected.shape} expected: {aims.target.shape}")
    base = footing(aims)
    way = aims.target - base
    level = aims.measure == Measure.LEVEL
    ahead = np.where(aims.comparator == Comparator.AT_MOST, -1, 1) * (actual - expected)
    ahead = np.where(aims.measure == Measure.DONE, np.nan, ahead)
    return Progress(
        expected=expected,
        numerator=actual - base,
        denominator=way,
        done=share_of(actual - base, way),
        due=np.where((way == 0) & ~np.isnan(expected), 1.0, share_of(expected - base, way)),
        gap_pp=settled(100 * np.where(level, ahead, share_of(ahead, np.abs(way)))),
        ratio=settled(_ratio(aims, ahead, np.abs(expected - base))),
    )


def share_of(part: Column, whole: Column) -> Column:
    """part / whole, and NaN where whole is 0."""
    share: Column = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole != 0)
    return share


def percent(numerator: Decimal | int, denominator: Decimal | int, places: int = 1) -> Decimal:
    """A rate as it is printed: in percent, rounded half up, never clamped at 100.

    Units    numerator and denominator alike; returns percent with `places` decimals.
    Missing  a rate of nothing is no rate: the caller asks for none.
    Errors   ArithmeticError where the denominator is 0.
    Source   docs/rules/trajectory.md, T-7.

    >>> percent(222, 247)
    Decimal('89.9')
    """
    exact = Decimal(100) * numerator / denominator
    return rounded(exact, places)


def _ratio(aims: Aims, ahead: Column, asked: Column) -> Column:
    ratio = 1 + share_of(ahead, asked)
    limit = aims.comparator == Comparator.AT_MOST
    ratio = np.where(limit, np.maximum(ratio, 0.0), ratio)
    passed = (asked == 0) & (ahead < 0) & (limit | (aims.measure == Measure.LEVEL))
    return np.where(passed, 0.0, ratio)

"""How much of a year's target is due by a day: the ways 序时进度 is drawn."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np

from gongjian.engine.rates import (
    Aims,
    Codes,
    Column,
    Comparator,
    Measure,
    footing,
    settled,
    share_of,
)


class Trajectory(IntEnum):
    """The shape of the way to a target."""

    LINEAR_MONTH = 0
    LINEAR_DAY = 1
    QUARTER_STEP = 2
    MONTH_PLAN = 3
    WINDOW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The way of each item. A column a shape needs may be left out where no item has that shape.

    steps: (n, 4) shares due when a quarter has closed. plan: (n, 12) planned in each month, in the
    item's own unit, and year_plan: (n,) the whole year's. first, last: (n,) months of the window,
    1 is January of the year and 13 the January after it.
    """

    shape: Codes
    steps: Column | None = None
    plan: Column | None = None
    year_plan: Column | None = None
    first: Column | None = None
    last: Column | None = None

    def __post_init__(self) -> None:
        n = self.shape.size
        wanted = {"steps": (n, 4), "plan": (n, 12)} | dict.fromkeys(
            ("year_plan", "first", "last"), (n,)
        )
        for name, shape in wanted.items():
            column = getattr(self, name)
            if column is not None and column.shape != shape:
                raise ValueError(f"{name} is {column.shape}, not {shape}")
        if self.steps is not None and (np.diff(self.steps, axis=1) < 0).any():
            raise ValueError("a quarter asks for less than the one before it")
        if self.first is not None and self.last is not None and (self.last < self.first).any():
            raise ValueError("a window closes before it opens")


def closed_month(day: date) -> int:
    """The last month of the year that is over by the end of the day; 0 in most of January."""
    last = calendar.monthrange(day.year, day.month)[1]
    return day.month if day.day == last else day.month - 1


def linear_month(day: date) -> float:
    """A twelfth for each closed month. T-1

    >>> linear_month(date(2020, 6, 30))
    0.5
    """
    return closed_month(day) / 12


def linear_day(day: date) -> float:
    """The part of the year's days that is over by the end of the day. T-2"""
    return day.timetuple().tm_yday / (366 if calendar.isleap(day.year) else 365)


def quarter_step(steps: Column, day: date) -> Column:
    """The share of the last closed quarter; nothing before the first has closed. T-3

    Shapes   steps: (n, 4). Returns (n,).
    Units    fractions of the target.
    Missing  NaN in the quarter asked for stays NaN: not due.
    Errors   none.
    Source   docs/rules/trajectory.md, T-3.
    """
    quarter = closed_month(day) // 3
    return steps[:, quarter - 1] if quarter else np.zeros(len(steps))


def month_plan(plan: Column, year_plan: Column, day: date) -> Column:
    """What the item's own plan has for the closed months, of its whole year. T-4

    Shapes   plan: (n, 12), year_plan: (n,). Returns (n,).
    Units    plan and year_plan alike; returns fractions.
    Missing  NaN in a closed month or the year, or a year plan of 0, gives NaN: not due.
    Errors   none.
    Source   docs/rules/trajectory.md, T-4.
    """
    return share_of(plan[:, : closed_month(day)].sum(axis=1), year_plan)


def window(first: Column, last: Column, day: date) -> Column:
    """Equal parts from the first to the last month of the window, NaN before it opens. T-5

    Shapes   first, last: (n,). Returns (n,).
    Units    months, 1 is January of the day's year; returns fractions.
    Missing  NaN in first or last stays NaN: not due.
    Errors   none.
    Source   docs/rules/trajectory.md, T-5.
    """
    month = closed_month(day)
    share = np.minimum((month - first + 1) / (last - first + 1), 1.0)
    return np.where(month >= first, share, np.nan)


def expected_share(paths: Paths, day: date) -> Column:
    """The share of each target that is due by the end of the day.

    Shapes   Returns (n,), one row a path.
    Units    fractions of the target; a window or a year that is over gives 1.
    Missing  NaN is not due: before a window opens, or where a plan holds nothing.
    Errors   ValueError where an item's shape needs a column that was left out.
    Source   docs/rules/trajectory.md, T-1 to T-5.
    """
    share = np.full(paths.shape.shape, np.nan)
    for shape in Trajectory:
        rows = paths.shape == shape
        if rows.any():
            share[rows] = _shares(paths, shape, day)[rows]
    return share


def expected_value(aims: Aims, share: Column) -> Column:
    """What each item should have reached, in its own unit.

    What comes in whole pieces is compared in whole pieces: 10.5 reforms by June are 10, and a
    limit of 0.8 accidents by January is 1. Both favour the unit that is judged.

    Shapes   share: (n,), one row an aim. Returns (n,).
    Units    the item's own. A LEVEL is due as it stands, whatever the share.
    Missing  NaN in share is not due and stays NaN; DONE has no expected value: NaN.
    Errors   ValueError where share has another length.
    Source   docs/rules/trajectory.md, T-6.
    """
    if share.shape != aims.target.shape:
        raise ValueError(f"{share.shape} shares for {aims.target.shape} aims")
    base = footing(aims)
    held = (base != aims.base) | (aims.measure == Measure.LEVEL)
    value = base + np.where(held, 1.0, share) * (aims.target - base)
    value = np.where(np.isnan(share) | (aims.measure == Measure.DONE), np.nan, settled(value))
    limit = aims.comparator == Comparator.AT_MOST
    return np.where(aims.whole, np.where(limit, np.ceil(value), np.floor(value)), value)


def _shares(paths: Paths, shape: Trajectory, day: date) -> Column:
    match shape:
        case Trajectory.LINEAR_MONTH:
            return np.full(paths.shape.shape, linear_month(day))
        case Trajectory.LINEAR_DAY:
            return np.full(paths.shape.shape, linear_day(day))
        case Trajectory.QUARTER_STEP:
            return quarter_step(_needed(paths.steps, "steps"), day)
        case Trajectory.MONTH_PLAN:
            year_plan = _needed(paths.year_plan, "year_plan")
            return month_plan(_needed(paths.plan, "plan"), year_plan, day)
        case Trajectory.WINDOW:
            return window(_needed(paths.first, "first"), _needed(paths.last, "last"), day)


def _needed(column: Column | None, name: str) -> Column:
    if column is None:
        raise ValueError(f"an item needs the column {name}, which was left out")
    return column

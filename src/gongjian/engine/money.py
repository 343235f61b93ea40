"""Money by month: sums, what is still to do, and the doubts a careful reader would ask back.

Months stand in the columns 0 (January) to 11; a year at a time.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from gongjian.engine.rates import settled, share_of

Grid = NDArray[np.float64]
Column = NDArray[np.float64]
Mask = NDArray[np.bool_]

MONTHS = 12
DECEMBER = 11


class Doubt(StrEnum):
    """What is odd about a figure. A doubt asks; it refuses nothing. 存疑"""

    NEGATIVE = "negative"  # less than nothing: a correction is a record of its own
    SPIKE = "spike"  # 突增: far more in a month than the plan's average
    STUCK = "stuck"  # 僵数: the same figure several months running
    TAIL = "tail"  # 翘尾: too much of the year in December
    BEFORE_START = "before-start"  # investment in a month before works began
    OVER_TOTAL = "over-total"  # more done than the whole costs
    PLAN_OVER_REST = "plan-over-rest"  # a year's plan above what is left of the whole
    PLAN_NOT_SUM = "plan-not-sum"  # the months do not add up to the year
    SCALE = "scale"  # 万/亿: ten thousand times its neighbours, or one ten-thousandth


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """A year of money, one row a project, all in 元.

    `planned` and `done` are (n, 12); `year_plan`, `total` and `done_before` (done up to the end
    of last year) are (n,). `start` is the month in which works began, 0 to 11, negative where
    they began in an earlier year, NaN where they have not begun. NaN elsewhere: not reported.
    """

    planned: Grid
    done: Grid
    year_plan: Column
    total: Column
    done_before: Column
    start: Column

    def __post_init__(self) -> None:
        n = self.total.size
        if self.planned.shape != (n, MONTHS) or self.done.shape != (n, MONTHS):
            raise ValueError("a year of money has twelve months a row")
        if {self.year_plan.shape, self.done_before.shape, self.start.shape} != {(n,)}:
            raise ValueError("the columns of the money differ in length")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From where on a figure is odd (handbook 3.6); all may be set by the place."""

    spike: float = 3.0  # times the plan's average of a month
    stuck_months: int = 3
    tail: float = 0.35  # share of the year
    over_total: float = 1.2  # times the whole
    sum_gap: float = 0.005  # share of the year's plan that rounding may eat
    scale: float = 10_000.0
    scale_within: float = 0.5  # how far from exactly ten thousand, as a share in logarithms of ten

    def __post_init__(self) -> None:
        if min(self.spike, self.tail, self.over_total, self.scale) <= 0 or self.stuck_months < 2:
            raise ValueError("a limit has to be positive, and stuck takes two months or more")


@dataclass(frozen=True, slots=True)
class Found:
    """One doubt: the row, the month (None: of the year), the figure and what it is held against."""

    doubt: Doubt
    row: int
    month: int | None
    value: float
    against: float


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSoFar:
    """Sums up to a month, one row a project, in 元; rates are fractions and never clamped."""

    done: Column
    planned: Column
    month_rate: Column = field(repr=False)  # done ÷ planned of the months so far
    year_rate: Column = field(repr=False)  # done ÷ the year's plan
    total_rate: Column = field(repr=False)  # done from the beginning ÷ the whole
    remaining: Column = field(repr=False)
    needed_a_month: Column = field(repr=False)


def year_so_far(money: Money, *, month: int) -> YearSoFar:
    """What was done and what is needed, up to and with a month.

    Shapes   money: n rows; month: 0 to 11. Returns columns of (n,).
    Units    元; rates are fractions.
    Missing  A month that was not reported adds nothing; where no month was reported, done is NaN
             and so is what follows from it. Works done before that are not known count as 0 only
             where nothing is known of them and the project began this year; else NaN.
    Errors   ValueError where there is no such month.
    Source   handbook 3.6.
    """
    if not 0 <= month < MONTHS:
        raise ValueError(f"no month {month}")
    done = _sum(money.done[:, : month + 1])
    planned = _sum(money.planned[:, : month + 1])
    fresh = np.isnan(money.done_before) & (money.start >= 0)
    before = np.where(fresh, 0.0, money.done_before)
    remaining = money.year_plan - done
    left = MONTHS - 1 - month
    return YearSoFar(
        done=done,
        planned=planned,
        month_rate=share_of(done, planned),
        year_rate=share_of(done, money.year_plan),
        total_rate=share_of(before + done, money.total),
        remaining=remaining,
        needed_a_month=remaining / left if left else np.full(done.shape, np.nan),
    )


def doubts_about(money: Money, limits: Limits) -> list[Found]:
    """Everything odd in a year of money, by row, then by month.

    Shapes   money: n rows. Returns a list of any length.
    Units    元 in value and against; for TAIL, SPIKE and SCALE what is held against is the amount
             from which the doubt begins.
    Missing  What was not reported raises no doubt.
    Errors   none.
    Source   handbook 3.6.
    """
    found = [
        *_cells(Doubt.NEGATIVE, money.done < 0, money.done, np.zeros_like(money.done)),
        *_spikes(money, limits),
        *_stuck(money, limits),
        *_before_start(money),
        *_scales(money, limits),
        *_of_the_year(money, limits),
    ]
    return sorted(found, key=lambda one: (one.row, -1 if one.month is None else one.month))


def is_scale_slip(value: float, against: float, limits: Limits | None = None) -> bool:
    """Whether a sum is about ten thousand times another, or its part: 万 for 亿, or 亿 for 万.

    Shapes   two numbers.
    Units    元, or any other, the same in both.
    Missing  NaN, and what is not above 0, is no slip.
    Errors   none.
    Source   handbook 3.6.

    >>> is_scale_slip(145_000.0, 1_350_000_000.0), is_scale_slip(1.45e9, 1.35e9)
    (True, False)
    """
    if not (value > 0 and against > 0):
        return False
    said = limits or Limits()
    step = abs(math.log10(value) - math.log10(against))
    return abs(step - math.log10(said.scale)) <= said.scale_within


def _sum(grid: Grid) -> Column:
    """Sums of rows; NaN where a row holds nothing."""
    return np.where(np.isnan(grid).all(axis=1), np.nan, np.nansum(grid, axis=1))


def _cells(doubt: Doubt, odd: Mask, value: Grid, against: Grid) -> Iterator[Found]:
    for row, month in np.argwhere(odd):
        yield Found(
            doubt, int(row), int(month), float(value[row, month]), float(against[row, month])
        )


def _rows(doubt: Doubt, odd: Mask, value: Column, against: Column) -> Iterator[Found]:
    for row in np.flatnonzero(odd):
        yield Found(doubt, int(row), None, float(value[row]), float(against[row]))


def _spikes(money: Money, limits: Limits) -> Iterator[Found]:
    average = np.broadcast_to((money.year_plan / MONTHS)[:, None], money.done.shape)
    against = limits.spike * average
    odd = (settled(money.done) > settled(against)) & (average > 0)
    return _cells(Doubt.SPIKE, odd, money.done, against)


def _stuck(money: Money, limits: Limits) -> Iterator[Found]:
    """The last month of each run of equal figures above nothing, once it is long enough."""
    same = np.zeros(money.done.shape, dtype=np.int64)
    for month in range(1, MONTHS):
        equal = (money.done[:, month] == money.done[:, month - 1]) & (money.done[:, month] > 0)
        same[:, month] = np.where(equal, same[:, month - 1] + 1, 0)
    ends = np.ones(same.shape, dtype=bool)
    ends[:, :-1] = same[:, 1:] <= same[:, :-1]
    odd = (same + 1 >= limits.stuck_months) & ends
    return _cells(Doubt.STUCK, odd, money.done, (same + 1).astype(np.float64))


def _before_start(money: Money) -> Iterator[Found]:
    months = np.arange(MONTHS)[None, :]
    begun = months >= np.where(np.isnan(money.start), MONTHS, money.start)[:, None]
    odd = (money.done > 0) & ~begun
    against = np.broadcast_to(money.start[:, None], money.done.shape)
    return _cells(Doubt.BEFORE_START, odd, money.done, against)


def _scales(money: Money, limits: Limits) -> Iterator[Found]:
    """A month about ten thousand times the median of the row's other months, or its part."""
    done = np.where(money.done > 0, money.done, np.nan)
    filled = (~np.isnan(done)).sum(axis=1)
    logs = np.log10(done)
    middle = np.full(done.shape, np.nan)
    for month in range(MONTHS):
        others = np.delete(logs, month, axis=1)
        enough = filled - ~np.isnan(logs[:, month]) >= 2
        middle[enough, month] = np.nanmedian(others[enough], axis=1)
    step = np.abs(logs - middle)
    odd = np.abs(step - np.log10(limits.scale)) <= limits.scale_within
    return _cells(Doubt.SCALE, odd, money.done, 10.0**middle)


def _of_the_year(money: Money, limits: Limits) -> Iterator[Found]:
    done, planned = _sum(money.done), _sum(money.planned)
    december = money.done[:, DECEMBER]
    against = limits.tail * done
    tail = (settled(december) > settled(against)) & (done > 0)
    yield from _rows(Doubt.TAIL, tail, december, against)
    ever = np.nansum(np.stack([money.done_before, done]), axis=0)
    most = limits.over_total * money.total
    yield from _rows(Doubt.OVER_TOTAL, settled(ever) > settled(most), ever, money.total)
    rest = money.total - money.done_before
    over = settled(money.year_plan) > settled(rest)
    yield from _rows(Doubt.PLAN_OVER_REST, over, money.year_plan, rest)
    complete = ~np.isnan(money.planned).any(axis=1)
    gap = np.abs(planned - money.year_plan)
    unequal = complete & (settled(gap) > settled(limits.sum_gap * money.year_plan))
    yield from _rows(Doubt.PLAN_NOT_SUM, unequal, planned, money.year_plan)

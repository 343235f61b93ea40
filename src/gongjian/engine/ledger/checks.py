"""What the figures of a ledger say about each other: slips of 万 for 亿, days taken for months."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

SLIP = 4.0  # powers of ten between 万 and 亿
FAR = 2.5  # powers of ten from the middle of the column
OUTSIDE = 20.0  # times beyond the neighbours
AMONG = 3.0  # times beyond them that still count as among them
LEAST_NEIGHBOURS = 4
PART_FAR = 100.0  # a part of a sum cannot be so many times the whole
SWAPPED_FROM = 30  # dates that show an order
SWAPPED_SHARE = 0.3  # of the days up to 12 that lie in January


def slips(values: "array[float]") -> np.ndarray:
    """The places of values that are 10,000 times too large or too small for their neighbours.

    Shapes: one column in one unit; places count from 0. Units: any. Missing: NaN is not reported.
    Errors: none. Source: docs/rules/ledgers.md, K-8.

    The neighbours are the values within a factor of about 300 of the median; a value is asked
    about where it lies far outside all of them (20 times) and, moved by 10,000, among them.
    """
    held = np.asarray(values, dtype=float)
    size = np.abs(held)
    known = np.isfinite(size) & (size > 0)
    if known.sum() <= LEAST_NEIGHBOURS:
        return np.array([], dtype=int)
    logs = np.full(len(held), np.nan)
    logs[known] = np.log10(size[known])
    middle = np.median(logs[known])
    near = known & (np.abs(logs - middle) < FAR)
    if near.sum() < LEAST_NEIGHBOURS or near.sum() < 0.6 * known.sum():
        return np.array([], dtype=int)
    low, high = logs[near].min(), logs[near].max()
    gap, edge = np.log10(OUTSIDE), np.log10(AMONG)
    low, high = low - edge, high + edge
    over = known & (logs > high - edge + gap) & (logs - SLIP >= low) & (logs - SLIP <= high)
    under = known & (logs < low + edge - gap) & (logs + SLIP >= low) & (logs + SLIP <= high)
    return np.flatnonzero(over | under)


def beyond(
    part: "array[float]", whole: "array[float]"
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows whose part is more than the whole: where the whole slipped, where the part did, others.

    Shapes: two columns in one unit. Units: any. Missing: NaN is not reported. Errors: none.
    Source: docs/rules/ledgers.md, K-8.
    """
    a, b = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    both = np.isfinite(a) & np.isfinite(b) & (a > 0) & (b > 0)
    far = both & (a > PART_FAR * b) & (a <= 2 * b * 10**SLIP)
    with np.errstate(divide="ignore", invalid="ignore"):
        off_a = np.abs(np.log10(a) - _middle(a))
        off_b = np.abs(np.log10(b) - _middle(b))
    whole_slipped = far & (off_b >= off_a)
    others = both & (a > b * 1.000001) & ~far
    return (
        np.flatnonzero(whole_slipped), np.flatnonzero(far & ~whole_slipped), np.flatnonzero(others)
    )  # fmt: skip


def _middle(values: np.ndarray) -> float:
    known = values[np.isfinite(values) & (values > 0)]
    return float(np.median(np.log10(known))) if len(known) else 0.0


@dataclass(slots=True)
class Days:
    """Counts of full dates of one column: how its days and months lie."""

    early: int = 0  # day ≤ 12
    early_in_january: int = 0
    early_on_first: int = 0
    late: int = 0
    late_in_january: int = 0

    def add(self, iso: str) -> None:
        """Count a day that is written in full."""
        month, day = iso[5:7], iso[8:10]
        if day <= "12":
            self.early += 1
            self.early_in_january += month == "01"
            self.early_on_first += day == "01"
        else:
            self.late += 1
            self.late_in_january += month == "01"

    @property
    def look_swapped(self) -> bool:
        """First days of a month are common, first months of a year are not: where days up to 12
        crowd in January and later days do not, an earlier import took days for months."""
        if self.early < SWAPPED_FROM or self.late < SWAPPED_FROM:
            return False
        share = self.early_in_january / self.early
        return (
            share >= SWAPPED_SHARE
            and share > 2 * self.late_in_january / self.late
            and self.early_in_january > self.early_on_first
        )


def doubles(hashes: "array[int]") -> list[tuple[int, int]]:
    """Places of values that came before, each with the place of the first."""
    held = np.asarray(hashes, dtype=np.int64)
    order = np.argsort(held, kind="stable")
    same = np.flatnonzero(held[order][1:] == held[order][:-1]) + 1
    firsts: dict[int, int] = {}
    for at in same:
        firsts.setdefault(int(held[order[at]]), int(order[at - 1]))
    return [(int(order[at]), firsts[int(held[order[at]])]) for at in same]


def order_of(proofs: Mapping[str, int]) -> str:
    """The order of day and month that a column proves; "" where it proves none or both."""
    proven = [order for order in ("dmy", "mdy") if proofs.get(order)]
    return proven[0] if len(proven) == 1 else ""


def year_place(shorts: Sequence[tuple[int, int, int]], *, first: bool = False) -> str:
    """Where the year stands in 30.06.08: last or first, as numbers above 31 prove; "" where none
    or both do. `first` says that a neighbour (26/9/1) proves it."""
    first = first or any(a > 31 for a, _, _ in shorts)
    last = any(c > 31 for _, _, c in shorts)
    return "last" if last and not first else "first" if first and not last else ""

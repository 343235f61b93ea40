"""How long things take from one stage to the next: medians that do not forget what is still open.

The median of the finished alone is too short: what takes long is not finished yet. Here an open
item counts for as long as it has waited (Kaplan and Meier 1958).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongjian.engine.rates import settled

Days = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """How long one stage took the items of a list.

    `median` is in days, None while less than half are through; `finished` and `open` are counts,
    `of_finished` is the plain median of the finished, None where none is.
    """

    finished: int
    open: int
    median: float | None
    of_finished: float | None


def interval_between(begin: Days, end: Days, *, as_of: float) -> Interval:
    """How long it takes from one day to another, over many items.

    Shapes   begin, end: (n,), days as ordinals (date.toordinal). Returns one Interval.
    Units    days; as_of is the day on which it is asked.
    Missing  NaN in begin: the item has not come so far and is left out. NaN in end, or an end
             after as_of: it is open, and has waited until as_of.
    Errors   ValueError where the columns differ in length, or an item ends before it begins.
    Source   handbook 3.2; Kaplan and Meier, J. Am. Stat. Assoc. 53 (1958), 457.
    """
    if begin.shape != end.shape:
        raise ValueError(f"{begin.shape} beginnings and {end.shape} ends")
    known = begin <= as_of
    begin, end = begin[known], end[known]
    if (end < begin).any():
        raise ValueError("an item ends before it begins")
    done = end <= as_of
    waited = np.where(done, end, as_of) - begin
    finished = int(done.sum())
    return Interval(
        finished=finished,
        open=int(done.size) - finished,
        median=_median(waited, done),
        of_finished=float(np.median(waited[done])) if finished else None,
    )


def _median(waited: Days, done: NDArray[np.bool_]) -> float | None:
    """The first day on which at most half are still under way; the mean with the next where it
    is exactly half, as of an even number of plain values."""
    moments = np.unique(waited[done])
    if not moments.size:
        return None
    at_risk = (waited[None, :] >= moments[:, None]).sum(axis=1)
    ended = ((waited[None, :] == moments[:, None]) & done[None, :]).sum(axis=1)
    under_way = settled(np.cumprod(1 - ended / at_risk))
    through = np.flatnonzero(under_way <= 0.5)
    if not through.size:
        return None
    first = int(through[0])
    if under_way[first] == 0.5 and first + 1 < moments.size:
        return float((moments[first] + moments[first + 1]) / 2)
    return float(moments[first])

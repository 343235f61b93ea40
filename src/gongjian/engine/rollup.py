"""Roll-ups: sums and counts up a tree, and the light of a unit by its counts.

Everything here adds up: tables of parts computed apart and then added are the table of the whole.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from gongjian.engine.lights import Light
from gongjian.engine.rates import Codes, Flags, settled, share_of

Rows = NDArray[np.int64]
Counts = NDArray[np.int64]
ROOT = -1
Number = TypeVar("Number", np.float64, np.int64)


def depths(parent: Rows) -> Rows:
    """How many steps each node is below its root.

    Shapes   parent: (n,), the row of each node's parent, or ROOT. Returns (n,).
    Units    steps.
    Missing  none can be.
    Errors   ValueError where a parent is no row, or a node is its own ancestor.
    Source   docs/rules/lights.md, L-6.
    """
    n = parent.size
    if n and not (parent.min() >= ROOT and parent.max() < n):
        raise ValueError("a parent is no row of the tree")
    depth = np.zeros(n, dtype=np.int64)
    above = parent.copy()
    while (below := above != ROOT).any():
        depth += below
        if depth.max() >= n:
            raise ValueError("a node is its own ancestor")
        above = np.where(below, parent[above], ROOT)
    return depth


def roll_up(own: NDArray[Number], parent: Rows) -> NDArray[Number]:
    """Add to every node all that lies below it.

    Shapes   own: (n,) or (n, k), each node's own values; parent: (n,), a row or ROOT. Returns
             the shape of own.
    Units    those of own; only values of one unit belong in one column.
    Missing  NaN adds nothing. Who must tell it from 0 rolls up ~isnan(own) beside it.
    Errors   ValueError where the columns differ in length or a node is its own ancestor.
    Source   docs/rules/lights.md, L-6.
    """
    if own.shape[:1] != parent.shape:
        raise ValueError(f"{own.shape} values for {parent.shape} parents")
    total = np.where(np.isnan(own), own.dtype.type(0), own)
    depth = depths(parent)
    for level in range(int(depth.max(initial=0)), 0, -1):
        rows = np.flatnonzero(depth == level)
        np.add.at(total, parent[rows], total[rows])
    return total


def count_lights(light: Codes, group: Rows, groups: int) -> Counts:
    """How many items of each light every group has.

    Shapes   light: (n,) of Light; group: (n,), 0 to groups - 1. Returns (groups, 4), a column a
             Light in the order of its codes.
    Units    items.
    Missing  GREY is counted in a column of its own.
    Errors   ValueError where the columns differ in length, or a light or group is unknown.
    Source   docs/rules/lights.md, L-6.
    """
    if light.shape != group.shape:
        raise ValueError(f"{light.shape} lights for {group.shape} groups")
    if light.size and not (light.min() >= 0 and light.max() < len(Light)):
        raise ValueError("a light has an unknown code")
    if group.size and not (group.min() >= 0 and group.max() < groups):
        raise ValueError("an item lies in a group that is not there")
    cell = group.astype(np.int64) * len(Light) + light
    return np.bincount(cell, minlength=groups * len(Light)).reshape(groups, len(Light))


def unit_light(counts: Counts, key_red: Flags, *, red_share: float) -> Codes:
    """The light of each unit. It is never shown without the counts it is made of.

    Shapes   counts: (g, 4) as of count_lights; key_red: (g,), whether a key item of the unit is
             red. Returns (g,) of Light.
    Units    red_share: fraction of the items that have a colour, from RulePack.unit_red_share.
    Missing  a unit whose items are all grey, or that has none, is GREY.
    Errors   ValueError where the shapes do not fit.
    Source   docs/rules/lights.md, L-7.

    >>> unit_light(np.array([[3, 1, 2, 2]]), np.array([False]), red_share=0.2)
    array([2], dtype=int8)
    """
    if counts.shape != (key_red.size, len(Light)):
        raise ValueError(f"{counts.shape} counts for {key_red.shape} units")
    red = counts[:, Light.RED].astype(np.float64)
    coloured = counts[:, 1:].sum(axis=1).astype(np.float64)
    many = settled(share_of(red, coloured)) > red_share
    light = np.select(
        [key_red | many, red > 0, coloured > 0], [Light.RED, Light.YELLOW, Light.GREEN], Light.GREY
    )
    return light.astype(np.int8)


@dataclass(frozen=True, slots=True)
class Total:
    """What parts come to, and which of them said nothing."""

    value: float
    numerator: float
    denominator: float
    missing: Flags


def total_of(values: NDArray[np.float64]) -> Total:
    """The sum of flows or of stocks of one unit.

    Shapes   values: (n,). Returns one total and the rows that were missing, (n,).
    Units    one for all; what is of another unit does not belong in the call.
    Missing  NaN is left out and named; without any number the sum is NaN, never 0.
    Errors   none.
    Source   docs/rules/plan-kinds.md, K-2.

    >>> total_of(np.array([3.0, np.nan, 4.0])).value
    7.0
    """
    missing = np.isnan(values)
    value = np.nan if missing.all() else float(np.nansum(values))
    return Total(value, np.nan, np.nan, missing)


def ratio_of_sums(numerators: NDArray[np.float64], denominators: NDArray[np.float64]) -> Total:
    """A rate of many: the sum of the numerators over that of the denominators.

    Never the mean of the rates: 1/2 and 90/100 are 91/102, not 70 %.

    Shapes   numerators, denominators: (n,). Returns one total and the rows that were missing, (n,).
    Units    a fraction; each of the two sums in one unit.
    Missing  a row counts only with both; NaN rows are named. No row, or a sum of 0 below: NaN.
    Errors   ValueError where the columns differ in length.
    Source   docs/rules/plan-kinds.md, K-3.
    """
    if numerators.shape != denominators.shape:
        raise ValueError(f"{numerators.shape} over {denominators.shape}")
    missing = np.isnan(numerators) | np.isnan(denominators)
    if missing.all():
        return Total(np.nan, np.nan, np.nan, missing)
    above, below = float(numerators[~missing].sum()), float(denominators[~missing].sum())
    return Total(above / below if below else np.nan, above, below, missing)

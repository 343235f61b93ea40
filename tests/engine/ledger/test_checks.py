"""What figures say about each other, each fast check beside its slow twin."""

import math
from array import array
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engine.ledger.checks import (
    AMONG,
    FAR,
    LEAST_NEIGHBOURS,
    OUTSIDE,
    SLIP,
    Days,
    beyond,
    doubles,
    order_of,
    slips,
    year_place,
)

NAN = float("nan")
SUMS = st.lists(st.one_of(st.just(NAN), st.just(0.0), st.floats(1e-3, 1e12)), max_size=40)


def slow_slips(values):
    """The rule as its docstring says it, a value at a time."""
    logs = {at: math.log10(abs(v)) for at, v in enumerate(values) if v == v and v != 0}
    if len(logs) <= LEAST_NEIGHBOURS:
        return []
    middle = median(logs.values())
    near = [log for log in logs.values() if abs(log - middle) < FAR]
    if len(near) < LEAST_NEIGHBOURS or len(near) < 0.6 * len(logs):
        return []
    low, high = min(near), max(near)
    gap, edge = math.log10(OUTSIDE), math.log10(AMONG)

    def among(log):
        return low - edge <= log <= high + edge

    return [
        at
        for at, log in logs.items()
        if (log > high + gap and among(log - SLIP)) or (log < low - gap and among(log + SLIP))
    ]


@given(SUMS)
def test_slips_are_those_of_the_slow_rule(values):
    assert list(slips(array("d", values))) == slow_slips(values)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ([3200, 8800, 12000, 2.6, 15500, 9700], [3]),  # 2.6亿 among 万
        ([3200, 8800, 130_000_000, 15500, 9700], [2]),  # 元 among 万
        ([3200, 8800, 12000, 60, 15500, 9700], []),  # a small project is none
        ([1, 10, 100, 1000, 10_000, 100_000], []),  # no neighbours agree
        ([3200, 2.6], []),
    ],
)
def test_a_slip_of_ten_thousand_is_told_from_a_small_project(values, wrong):
    assert list(slips(array("d", values))) == wrong


def test_a_part_far_above_its_whole_says_which_of_them_slipped():
    whole = array("d", [12000, 2.6, 15500, 9700, 8800, NAN])
    part = array("d", [4000, 9000, 60_000_000, 9800, 3000, 5])

    of_whole, of_part, more = beyond(part, whole)

    assert (list(of_whole), list(of_part), list(more)) == ([1], [2], [3])


@given(st.lists(st.integers(0, 12), max_size=60))
def test_doubles_are_those_that_came_before(values):
    first = {}
    wanted = []
    for at, value in enumerate(values):
        if value in first:
            wanted.append((at, first[value]))
        first.setdefault(value, at)

    assert sorted(doubles(array("q", values))) == wanted


def days(*dates):
    found = Days()
    for date in dates:
        found.add(date)
    return found


def test_days_that_crowd_in_january_were_months_once():
    late = [f"2011-{month:02d}-{day}" for month in range(1, 13) for day in (15, 28, 30)]
    firsts = [f"2011-{month:02d}-01" for month in range(1, 13)] * 4
    swapped = [f"{date[:5]}{date[8:]}-{date[5:7]}" for date in firsts]

    assert not days(*late, *firsts).look_swapped
    assert days(*late, *swapped).look_swapped
    assert not days(*swapped[:10]).look_swapped


@pytest.mark.parametrize(
    ("proofs", "order"),
    [({"dmy": 3}, "dmy"), ({"mdy": 1}, "mdy"), ({"dmy": 9, "mdy": 1}, ""), ({}, "")],
)
def test_a_column_proves_one_order_or_none(proofs, order):
    assert order_of(proofs) == order


@pytest.mark.parametrize(
    ("shorts", "place"),
    [([(30, 6, 8), (31, 12, 40)], "last"), ([(99, 1, 2)], "first"), ([(30, 6, 8)], ""),
     ([(40, 1, 2), (1, 2, 40)], "")],
)  # fmt: skip
def test_place_of_a_short_year_is_proven_by_numbers_no_day_has(shorts, place):
    assert year_place(shorts) == place

"""Rates: published figures computed again, and what an aim may not be."""

import math
import tomllib
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engine.rates import COMPARATORS, Aims, Measure, footing, measure, percent
from gongjian.engine.trajectory import linear_month

SPEC = tomllib.loads(
    (Path(__file__).parents[1] / "spec/trajectory.toml").read_text(encoding="utf-8")
)


def aim(target, *, comparator=">=", kind=Measure.PATH, base=0.0):
    return Aims(
        target=np.array([float(target)]),
        comparator=np.array([COMPARATORS[comparator]], dtype=np.int8),
        measure=np.array([kind], dtype=np.int8),
        base=np.array([float(base)]),
        whole=np.array([False]),
    )


@pytest.mark.parametrize("case", SPEC["gap"], ids=lambda case: case["name"])
def test_gap_is_the_published_one(case):
    year = 1.0  # the bulletins print the rate alone

    progress = measure(aim(year), np.array([case["done"]]), np.array([linear_month(case["day"])]))

    assert round(progress.gap_pp[0], 2) == case["gap_pp"]


@pytest.mark.parametrize(
    ("numerator", "denominator", "printed"),
    [
        (244, 247, "98.8"),  # 履约率
        (222, 247, "89.9"),  # 开工率（招商）
        (370, 1077, "34.4"),  # 资金到位率
        (206, 255, "80.8"),  # 开工率（重点项目）
        (122, 124, "98.4"),
        (7, 15, "46.7"),
        (129, 270, "47.8"),
        (115, 100, "115.0"),  # never clamped
        (1, 2000, "0.1"),  # 0.05 goes up
    ],
)
def test_percent_is_the_published_rate(numerator, denominator, printed):
    assert percent(numerator, denominator) == Decimal(printed)


def test_percent_of_nothing_is_refused():
    with pytest.raises(ArithmeticError):
        percent(0, 0)


def test_measure_keeps_what_is_not_reported_apart_from_nothing_done():
    aims = Aims(
        target=np.full(2, 150.0),
        comparator=np.zeros(2, dtype=np.int8),
        measure=np.zeros(2, dtype=np.int8),
        base=np.zeros(2),
        whole=np.ones(2, dtype=bool),
    )

    progress = measure(aims, np.array([math.nan, 0.0]), np.full(2, 75.0))

    np.testing.assert_array_equal(progress.done, [math.nan, 0.0])
    np.testing.assert_array_equal(progress.gap_pp, [math.nan, -50.0])
    np.testing.assert_array_equal(progress.ratio, [math.nan, 0.0])


def test_measure_never_clamps_what_was_overdone():
    progress = measure(aim(100), np.array([124.0]), np.array([100.0]))

    assert (progress.done[0], progress.gap_pp[0], progress.ratio[0]) == (1.24, 24.0, 1.24)


def test_measure_of_a_limit_keeps_nothing_once_it_is_passed_twice():
    progress = measure(aim(10, comparator="<="), np.array([21.0]), np.array([10.0]))

    assert progress.ratio.tolist() == [0.0]


def test_measure_of_done_has_no_gap():
    progress = measure(aim(1, kind=Measure.DONE), np.array([0.0]), np.array([math.nan]))

    assert np.isnan([progress.gap_pp[0], progress.ratio[0], progress.due[0]]).all()


def test_footing_of_what_has_already_arrived_is_nothing():
    bases = [footing(aim(100, base=base))[0] for base in (88, 100, 103)]

    assert bases == [88.0, 0.0, 0.0]


def slow_ratio(target, base, comparator, actual, expected):
    """What share of the way that is due was gone, one item, in words of its kind."""
    if comparator == "<=" and base <= target:
        return max(0.0, 2 - (actual - base) / (expected - base))
    if comparator != "<=" and base >= target:
        return actual / expected
    ratio = (actual - base) / (expected - base)
    return max(0.0, ratio) if comparator == "<=" else ratio


@given(
    st.integers(1, 300),
    st.integers(0, 320),
    st.sampled_from([">=", "=", "<="]),
    st.integers(0, 400),
    st.sampled_from([0.25, 0.5, 1.0]),
)
def test_measure_equals_the_slow_ratio(target, base, comparator, actual, share):
    aims = aim(target, comparator=comparator, base=base)
    start = footing(aims)[0]
    expected = start + share * (target - start)

    progress = measure(aims, np.array([float(actual)]), np.array([expected]))

    if expected != start:
        slow = slow_ratio(target, base, comparator, actual, expected)
        assert progress.ratio[0] == pytest.approx(slow, abs=2e-9)
        assert (progress.gap_pp[0] < 0) == (round(slow, 9) < 1)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"base": np.zeros(2)}, "differ in shape"),
        ({"target": np.array([math.nan])}, "no target"),
        ({"base": np.array([math.inf])}, "no base"),
    ],
)
def test_aims_refuse_what_cannot_be_aimed_at(change, why):
    columns = {
        "target": np.array([60.0]),
        "comparator": np.zeros(1, dtype=np.int8),
        "measure": np.zeros(1, dtype=np.int8),
        "base": np.zeros(1),
        "whole": np.ones(1, dtype=bool),
    }

    with pytest.raises(ValueError, match=why):
        Aims(**(columns | change))


def test_measure_refuses_columns_of_another_length():
    with pytest.raises(ValueError, match="expected"):
        measure(aim(60), np.zeros(2), np.zeros(1))

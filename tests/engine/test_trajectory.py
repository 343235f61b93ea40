"""Trajectories: the cases of the spec, mixed columns, and a slow twin."""

import calendar
import math
import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engine.rates import COMPARATORS, Aims, Measure
from gongjian.engine.trajectory import (
    Paths,
    Trajectory,
    closed_month,
    expected_share,
    expected_value,
)

SPEC = tomllib.loads(
    (Path(__file__).parents[1] / "spec/trajectory.toml").read_text(encoding="utf-8")
)
DAYS = st.dates(date(2019, 1, 1), date(2021, 12, 31))
PATHS = st.fixed_dictionaries(
    {
        "shape": st.sampled_from([shape.name for shape in Trajectory]),
        "steps": st.lists(st.floats(0, 1), min_size=4, max_size=4).map(sorted),
        "plan": st.lists(st.integers(0, 50).map(float), min_size=12, max_size=12),
        "year_plan": st.sampled_from([0.0, 100.0, 300.0]),
        "first": st.integers(1, 12),
        "length": st.integers(0, 6),
    }
)


def paths_of(cases):
    def column(name, empty):
        return np.array([case.get(name, empty) for case in cases], dtype=float)

    return Paths(
        shape=np.array([Trajectory[case["shape"]] for case in cases], dtype=np.int8),
        steps=column("steps", [math.nan] * 4),
        plan=column("plan", [math.nan] * 12),
        year_plan=column("year_plan", math.nan),
        first=column("first", math.nan),
        last=column("last", math.nan),
    )


def aims_of(case):
    return Aims(
        target=np.array([float(case["target"])]),
        comparator=np.array([COMPARATORS[case.get("comparator", ">=")]], dtype=np.int8),
        measure=np.array([Measure[case.get("measure", "PATH")]], dtype=np.int8),
        base=np.array([float(case.get("base", 0))]),
        whole=np.array([case.get("whole", False)]),
    )


@pytest.mark.parametrize("case", SPEC["share"], ids=lambda case: case["name"])
def test_expected_share_follows_the_spec(case):
    share = expected_share(paths_of([case]), case["day"])

    np.testing.assert_allclose(share, [case["share"]], rtol=0, atol=5e-10)


@pytest.mark.parametrize("case", SPEC["expected"], ids=lambda case: case["name"])
def test_expected_value_follows_the_spec(case):
    value = expected_value(aims_of(case), np.array([case["share"]]))

    np.testing.assert_array_equal(value, [float(case["expected"])])


def slow_share(case, day):
    """One item's share, month by month."""
    month = day.month
    if (day.month, day.day) not in {(m, calendar.monthrange(day.year, m)[1]) for m in range(1, 13)}:
        month -= 1
    match case["shape"]:
        case "LINEAR_MONTH":
            return month / 12
        case "LINEAR_DAY":
            return ((day - date(day.year, 1, 1)).days + 1) / (date(day.year, 12, 31).timetuple()[7])
        case "QUARTER_STEP":
            return ([0.0] * 3 + [step for step in case["steps"] for _ in range(3)])[month]
        case "MONTH_PLAN":
            planned = sum(case["plan"][:month])
            return planned / case["year_plan"] if case["year_plan"] else math.nan
        case "WINDOW":
            months = list(range(case["first"], case["first"] + case["length"] + 1))
            over = sum(1 for one in months if one <= month)
            return over / len(months) if over else math.nan


@given(st.lists(PATHS, min_size=1, max_size=6), DAYS)
def test_expected_share_equals_the_slow_share(cases, day):
    rows = [case | {"last": case["first"] + case["length"]} for case in cases]

    share = expected_share(paths_of(rows), day)

    np.testing.assert_allclose(share, [slow_share(case, day) for case in cases], atol=1e-12)


@given(st.integers(1, 5000), st.integers(1, 12))
def test_expected_value_of_whole_pieces_is_the_exact_floor(target, month):
    """A twelfth has no end in binary, yet 7/12 of 300 is 175."""
    value = expected_value(aims_of({"target": target, "whole": True}), np.array([month / 12]))

    assert value.tolist() == [target * month // 12]


def test_closed_month_counts_a_month_on_its_last_day():
    days = [date(2020, 1, 1), date(2020, 1, 31), date(2020, 2, 28), date(2021, 2, 28)]

    assert [closed_month(day) for day in days] == [0, 1, 1, 2]


def test_paths_need_only_the_columns_of_their_shapes():
    linear = Paths(shape=np.array([Trajectory.LINEAR_MONTH] * 2, dtype=np.int8))

    assert expected_share(linear, date(2020, 3, 31)).tolist() == [0.25, 0.25]


def test_paths_refuse_a_shape_whose_column_was_left_out():
    lost = Paths(shape=np.array([Trajectory.WINDOW], dtype=np.int8))

    with pytest.raises(ValueError, match="needs the column first"):
        expected_share(lost, date(2020, 3, 31))


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"steps": np.zeros((1, 3))}, "steps is"),
        ({"plan": np.zeros(12)}, "plan is"),
        ({"steps": np.array([[0.5, 0.4, 0.7, 1.0]])}, "asks for less"),
        ({"first": np.array([9.0]), "last": np.array([4.0])}, "closes before"),
    ],
)
def test_paths_refuse_columns_that_cannot_be(columns, why):
    with pytest.raises(ValueError, match=why):
        Paths(shape=np.array([Trajectory.LINEAR_MONTH], dtype=np.int8), **columns)


def test_expected_value_refuses_shares_of_another_length():
    with pytest.raises(ValueError, match="shares for"):
        expected_value(aims_of({"target": 60}), np.array([0.5, 0.5]))

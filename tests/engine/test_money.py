"""Money by month: sums that keep the unreported apart, and doubts beside their slow twins."""

import math
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engine.money import Doubt, Limits, Money, doubts_about, year_so_far

NAN = math.nan
AMOUNTS = st.integers(0, 6).map(lambda n: n * 1_000_000.0) | st.just(NAN)
LIMITS = Limits()


def money(done, *, planned=None, year_plan=NAN, total=NAN, before=NAN, start=-1.0):
    """One project's year; months that are not given were not reported."""

    def year(months):
        return np.array([[*months, *[NAN] * (12 - len(months))]])

    return Money(
        planned=year(planned or []),
        done=year(done),
        year_plan=np.array([year_plan]),
        total=np.array([total]),
        done_before=np.array([before]),
        start=np.array([start]),
    )


def kinds(year, limits=LIMITS):
    return [(found.doubt, found.month) for found in doubts_about(year, limits)]


def test_sums_up_to_a_month():
    year = money([10.0, 20.0], planned=[20.0, 20.0], year_plan=120.0, total=300.0, before=60.0)

    so_far = year_so_far(year, month=1)

    assert so_far.done.tolist() == [30.0]
    assert so_far.month_rate.tolist() == [0.75]
    assert so_far.year_rate.tolist() == [0.25]
    assert so_far.total_rate.tolist() == [0.3]
    assert so_far.remaining.tolist() == [90.0]
    assert so_far.needed_a_month.tolist() == [9.0]


def test_a_rate_above_one_is_kept():
    assert year_so_far(money([23.0], year_plan=20.0), month=0).year_rate.tolist() == [1.15]


def test_nothing_reported_is_not_nothing_done():
    so_far = year_so_far(money([], year_plan=120.0, total=300.0), month=5)

    assert np.isnan(so_far.done).all()
    assert np.isnan(so_far.year_rate).all()
    assert np.isnan(so_far.remaining).all()


def test_december_leaves_no_month_to_catch_up_in():
    assert np.isnan(year_so_far(money([1.0] * 12, year_plan=20.0), month=11).needed_a_month).all()


def test_what_was_done_before_is_unknown_unless_the_works_began_this_year():
    fresh = year_so_far(money([10.0], total=100.0, start=0.0), month=0)
    carried = year_so_far(money([10.0], total=100.0, start=-1.0), month=0)

    assert fresh.total_rate.tolist() == [0.1]
    assert np.isnan(carried.total_rate).all()


@pytest.mark.parametrize("month", [-1, 12])
def test_a_month_that_is_none_is_refused(month):
    with pytest.raises(ValueError, match="no month"):
        year_so_far(money([]), month=month)


def test_a_year_of_eleven_months_is_refused():
    with pytest.raises(ValueError, match="twelve"):
        Money(
            planned=np.zeros((1, 11)),
            done=np.zeros((1, 12)),
            year_plan=np.zeros(1),
            total=np.zeros(1),
            done_before=np.zeros(1),
            start=np.zeros(1),
        )


def test_a_spike_is_above_three_times_the_plan_and_not_at_it():
    assert kinds(money([30.0], year_plan=120.0)) == []
    assert kinds(money([30.1], year_plan=120.0)) == [(Doubt.SPIKE, 0)]


def test_a_december_tail_is_above_the_share_and_not_at_it():
    eleven = [65.0, *[NAN] * 10]

    assert kinds(money([*eleven, 35.0])) == []
    assert kinds(money([*eleven, 35.1])) == [(Doubt.TAIL, None)]


def test_three_equal_months_are_stuck_and_named_once():
    assert kinds(money([5.0, 5.0, 6.0])) == []
    assert kinds(money([5.0, 5.0, 5.0, 5.0, 6.0])) == [(Doubt.STUCK, 3)]
    assert kinds(money([0.0, 0.0, 0.0, 0.0])) == []


def test_investment_before_the_works_began():
    assert kinds(money([0.0, 3.0, 4.0], start=2.0)) == [(Doubt.BEFORE_START, 1)]
    assert kinds(money([0.0, 3.0], start=NAN)) == [(Doubt.BEFORE_START, 1)]
    assert kinds(money([2.0, 3.0], start=-1.0)) == []


def test_less_than_nothing_is_asked_back():
    assert kinds(money([-1.0])) == [(Doubt.NEGATIVE, 0)]


def test_more_done_than_a_fifth_above_the_whole():
    assert kinds(money([60.0], total=100.0, before=60.0)) == []
    assert kinds(money([60.1], total=100.0, before=60.0)) == [(Doubt.OVER_TOTAL, None)]


def test_a_plan_above_what_is_left():
    assert kinds(money([], year_plan=50.0, total=100.0, before=60.0)) == [
        (Doubt.PLAN_OVER_REST, None)
    ]


def test_months_that_do_not_add_up_to_the_year():
    exact, wrong = [10.0] * 12, [10.0] * 11 + [20.0]

    assert kinds(money([], planned=exact, year_plan=120.0)) == []
    assert kinds(money([], planned=wrong, year_plan=120.0)) == [(Doubt.PLAN_NOT_SUM, None)]
    assert kinds(money([], planned=wrong[:11], year_plan=120.0)) == []


@pytest.mark.parametrize("slip", [10_000.0, 1 / 10_000])
def test_a_slip_of_ten_thousand_is_asked_back(slip):
    months = [3_000_000.0, 2_000_000.0, 4_000_000.0 * slip, 2_500_000.0]

    found = doubts_about(money(months), LIMITS)

    assert [(one.doubt, one.month) for one in found] == [(Doubt.SCALE, 2)]
    assert found[0].against == pytest.approx(2_500_000.0)


def test_a_large_month_is_no_slip():
    assert kinds(money([3_000_000.0, 2_000_000.0, 90_000_000.0])) == []


def slow_stuck(done):
    """The last months of the runs of three or more equal figures above nothing."""
    at, ends = 0, []
    for value, run in groupby(done):
        length = len(list(run))
        at += length
        if length >= 3 and value > 0:
            ends.append(at - 1)
    return ends


@given(st.lists(AMOUNTS, min_size=12, max_size=12))
def test_stuck_equals_its_slow_twin(done):
    found = [one.month for one in doubts_about(money(done), LIMITS) if one.doubt is Doubt.STUCK]

    assert found == slow_stuck(done)


@given(st.lists(st.lists(AMOUNTS, min_size=12, max_size=12), min_size=1, max_size=4))
def test_rows_do_not_know_each_other(rows):
    n = len(rows)
    together = Money(
        planned=np.full((n, 12), NAN),
        done=np.array(rows),
        year_plan=np.full(n, 12_000_000.0),
        total=np.full(n, 20_000_000.0),
        done_before=np.zeros(n),
        start=np.full(n, 3.0),
    )

    alone = [
        (one.doubt, row, one.month)
        for row, done in enumerate(rows)
        for one in doubts_about(
            money(done, year_plan=12_000_000.0, total=20_000_000.0, before=0.0, start=3.0), LIMITS
        )
    ]

    assert [(one.doubt, one.row, one.month) for one in doubts_about(together, LIMITS)] == alone

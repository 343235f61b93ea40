"""Days from stage to stage: with everything finished the plain median, with open items longer."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engine.intervals import Interval, interval_between

AS_OF = 1000.0
NAN = math.nan


def between(*items):
    begin, end = zip(*items, strict=True)
    return interval_between(np.array(begin), np.array(end), as_of=AS_OF)


def test_the_median_of_the_finished_where_nothing_is_open():
    assert between((900.0, 910.0), (900.0, 930.0), (900.0, 990.0)) == Interval(3, 0, 30.0, 30.0)


def test_what_is_open_lengthens_the_median():
    found = between((900.0, 910.0), (900.0, 930.0), (900.0, 940.0), (910.0, NAN), (920.0, NAN))

    assert found == Interval(3, 2, 40.0, 30.0)


def test_no_median_while_less_than_half_are_through():
    assert between((900.0, 910.0), (900.0, NAN), (900.0, NAN)) == Interval(1, 2, None, 10.0)


def test_an_end_in_the_future_is_open():
    assert between((900.0, 1001.0)) == Interval(0, 1, None, None)


def test_what_has_not_begun_is_left_out():
    assert between((NAN, NAN), (1001.0, NAN), (990.0, 995.0)) == Interval(1, 0, 5.0, 5.0)


def test_an_end_before_the_beginning_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        between((900.0, 899.0))


def slow_median(items):
    """The same product over exact fractions, item by item."""
    spans = [(min(end, AS_OF) - begin, end <= AS_OF) for begin, end in items]
    share, half = Fraction(1), None
    for moment in sorted({days for days, done in spans if done}):
        if half is not None:
            return (half + moment) / 2
        at_risk = sum(days >= moment for days, _ in spans)
        ended = sum(days == moment and done for days, done in spans)
        share *= Fraction(at_risk - ended, at_risk)
        if share < Fraction(1, 2):
            return moment
        if share == Fraction(1, 2):
            half = moment
    return half


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 60) | st.none()).map(
            lambda pair: (
                AS_OF - pair[0],
                math.inf if pair[1] is None else AS_OF - pair[0] + pair[1],
            )
        ),
        min_size=1,
        max_size=12,
    )
)
def test_the_median_equals_its_slow_twin(items):
    assert between(*items).median == slow_median(items)

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.lib import rounding


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("0.125", 2, "0.13"),
        ("0.135", 2, "0.14"),
        ("-0.125", 2, "-0.13"),
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),
        ("1", 2, "1.00"),
        ("999999999999999999.985", 2, "999999999999999999.99"),
    ],
)
def test_rounded_is_half_up_and_keeps_its_places(value, places, expected):
    assert str(rounding.rounded(Decimal(value), places)) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [("140.00", "140"), ("35.90", "35.9"), ("1E+3", "1000"), ("-0.00", "0"), ("0.062", "0.062")],
)
def test_written_has_no_exponent_and_no_empty_decimals(value, text):
    assert rounding.written(Decimal(value)) == text


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**18), max_value=10**18
    )
)
def test_rounding_is_never_further_than_half_a_step(value):
    assert abs(rounding.rounded(value, 2) - value) <= Decimal("0.005")


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(rounding).failed == 0

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.lib import money


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        ("14000000000", "140亿元"),
        ("3590000000", "35.9亿元"),
        ("5621000000", "56.21亿元"),
        ("143100000000", "1431亿元"),
        ("99999999", "1亿元"),
        ("99499999", "9950万元"),
        ("36000000", "3600万元"),
        ("12345", "1.23万元"),
        ("9999.99", "1万元"),
        ("800.5", "800.5元"),
        ("0.004", "0元"),
        ("0", "0元"),
        ("-250000000", "-2.5亿元"),
        ("-0.004", "0元"),
    ],
)
def test_yuan_text_takes_the_unit_that_suits(yuan, text):
    assert money.yuan_text(Decimal(yuan)) == text


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
    assert str(money.rounded(Decimal(value), places)) == expected


def test_columns_keep_their_places():
    amount = Decimal(3590000000)

    assert (str(money.in_yi(amount)), str(money.in_wan(amount))) == ("35.90", "359000")


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**18), max_value=10**18
    )
)
def test_rounding_is_never_further_than_half_a_step(value):
    assert abs(money.rounded(value, 2) - value) <= Decimal("0.005")


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(money).failed == 0

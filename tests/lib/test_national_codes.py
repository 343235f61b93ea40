"""National codes: every single slip of a credit code is seen; sections hold their divisions."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.lib import national_codes
from gongjian.lib.national_codes import is_industry
from gongjian.lib.unit_codes import USCC, uscc_fault

REAL = ("91350100M000100Y43", "11320000MB151840XJ", "91110000802100433B")


def test_the_examples_in_the_source_are_right():
    assert doctest.testmod(national_codes).failed == 0


@pytest.mark.parametrize("code", REAL)
def test_published_codes_are_right(code):
    assert uscc_fault(code) == ""


@given(st.sampled_from(REAL), st.integers(0, 17), st.sampled_from(USCC))
def test_any_changed_letter_is_seen(code, place, letter):
    changed = code[:place] + letter + code[place + 1 :]

    assert (uscc_fault(changed) == "") == (changed == code)


@pytest.mark.parametrize(
    "code", ["", "9135", "91350100M000100Y4I", "９1350100M000100Y43", "0" * 19]
)
def test_what_has_another_shape_is_no_code(code):
    assert uscc_fault(code) == "form"


def test_each_division_belongs_to_one_section():
    sections = [
        [letter for letter in "ABCDEFGHIJKLMNOPQRST" if is_industry(f"{letter}{division:02}")]
        for division in range(1, 98)
    ]

    assert {len(found) for found in sections} == {1}
    assert not is_industry("T98")

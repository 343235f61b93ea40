from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.lib.numerals import chinese_to_int, to_decimal

ONES = "零一二三四五六七八九"


def written(number: int) -> str:
    """A whole number below 100,000,000 in Chinese, place by place: slow, obviously right."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return f"{written(high)}万{gap}{written(low) if low else ''}"
    text, zero = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if zero and text else "") + ONES[digit] + name
            zero = False
        else:
            zero = True
    return text or "零"


@given(st.integers(0, 99_999_999))
def test_chinese_to_int_reads_what_is_written(number):
    assert chinese_to_int(written(number)) == number


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("十二", 12), ("两千", 2000), ("一百零五", 105), ("〇", 0), ("二十亿", 2 * 10**9)],
)
def test_chinese_to_int_reads_spoken_forms(numeral, number):
    assert chinese_to_int(numeral) == number


@pytest.mark.parametrize("words", ["", "约", "十来", "3"])
def test_chinese_to_int_refuses_other_words(words):
    assert chinese_to_int(words) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [("1,500.5", "1500.5"), ("3.6", "3.6"), ("八点五", "8.5"), ("三十", "30")],
)
def test_to_decimal_reads_both_ways_of_writing(words, number):
    assert to_decimal(words) == Decimal(number)


@pytest.mark.parametrize("words", ["", "点五", "三点", "1.2.3", "②"])
def test_to_decimal_refuses_what_is_no_number(words):
    assert to_decimal(words) is None

from datetime import date
from decimal import Decimal

import pytest

from gongjian.engine.ledger import day_of, goal_of, shifted


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2020-06-30", date(2020, 6, 30), "day"),
        ("2020/6/30", date(2020, 6, 30), "day"),
        ("2020-06-30 00:00:00", date(2020, 6, 30), "day"),
        ("6月30日前", date(2020, 6, 30), "day"),
        ("12.31", date(2020, 12, 31), "day"),
        ("12-31", date(2020, 12, 31), "day"),
        ("2020年12月31", date(2020, 12, 31), "day"),
        ("44012", date(2020, 6, 30), "day"),
        ("6月底", date(2020, 6, 30), "month"),
        ("2020年2月底前", date(2020, 2, 29), "month"),
        ("2020-06", date(2020, 6, 30), "month"),
        ("2月下旬", date(2020, 2, 29), "ten_day"),
        ("6月上旬", date(2020, 6, 10), "ten_day"),
        ("三季度末", date(2020, 9, 30), "quarter"),
        ("2020-Q2", date(2020, 6, 30), "quarter"),
        ("上半年", date(2020, 6, 30), "half"),
        ("年底", date(2020, 12, 31), "year"),
        ("2021年", date(2021, 12, 31), "year"),
    ],
)
def test_a_day_is_understood(text, day, precision):
    assert day_of(text, 2020) == (day, precision)


@pytest.mark.parametrize(
    "text",
    [
        "2月30日", "2020-13-01", "0月", "尽快", "", "年", "6月31日", "2019年2月29日", "5季度",
        "2020.3-12", "2020年3-12", "2020/3-12", "3-12", "6月左右", "6月以后",
    ],
)  # fmt: skip
def test_no_day_is_made_of_what_is_none(text):
    assert day_of(text, 2020) is None


@pytest.mark.parametrize(
    ("text", "sign", "low", "high", "unit"),
    [
        ("140", "", "140", None, ""),
        ("≥1,000.5 亿元", ">=", "1000.5", None, "亿元"),
        ("不高于35微克/立方米", "<=", "35", None, "微克/立方米"),
        ("6%左右", "~", "6", None, "%"),
        ("达到100家以上", ">=", "100", None, "家"),
        ("-3%", "", "-3", None, "%"),
        ("6—8%", "", "6", "8", "%"),
    ],
)
def test_a_goal_is_understood(text, sign, low, high, unit):
    goal = goal_of(text)

    assert (goal.sign, goal.low, goal.unit) == (sign, Decimal(low), unit)
    assert goal.high == (Decimal(high) if high else None)


@pytest.mark.parametrize("text", ["", "若干", "100家、200个", "不低于5不超过"])
def test_no_goal_is_made_of_what_is_none(text):
    assert goal_of(text) is None


def test_a_leap_day_moves_to_the_end_of_its_month():
    assert shifted(date(2020, 2, 29), 1, ends=True) == date(2021, 2, 28)
    assert shifted(date(2019, 2, 28), 1, ends=False) == date(2020, 2, 28)
    assert shifted(date(2020, 6, 20), 1, ends=True) == date(2021, 6, 20)

from datetime import date
from decimal import Decimal

import pytest

from gongjian.engine.cascade import falls_short, is_late, is_piled_up, is_rushed


@pytest.mark.parametrize(
    ("asked", "ours", "more"),
    [("100", "105", False), ("100", "105.000001", True), (None, "9", False), ("0", "9", False)],
)
def test_piled_up_is_more_than_105_percent(asked, ours, more):
    assert is_piled_up(Decimal(asked) if asked else None, Decimal(ours)) is more


@pytest.mark.parametrize(("asked", "ours", "less"), [("60", "60", False), ("60", "59.9", True)])
def test_short_is_less_than_asked(asked, ours, less):
    assert falls_short(Decimal(asked), Decimal(ours)) is less
    assert falls_short(None, Decimal(ours)) is False


def test_late_is_after_the_day_asked():
    assert is_late(date(2020, 6, 30), date(2020, 7, 1))
    assert not is_late(date(2020, 6, 30), date(2020, 6, 30))
    assert not is_late(None, date(2020, 6, 30))


def test_rushed_asks_for_a_day_above():
    assert not is_rushed(None, date(2020, 1, 1))
    assert not is_rushed(date(2020, 12, 31), date(2020, 12, 31))

"""Where money of a year stands at a month, by the cases of the page of rules."""

import tomllib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engine.standing import MONTHS, stand_at
from gongjian.lib.rounding import rounded
from house.source import ROOT

SPEC = tomllib.loads((ROOT / "tests/spec/month_sheet.toml").read_text(encoding="utf-8"))
MONTH = st.one_of(st.none(), st.integers(0, 10**9).map(Decimal))


def known(text):
    return Decimal(text) if text else None


def printed(value):
    return None if value is None else rounded(value, 2)


@pytest.mark.parametrize("case", SPEC["stand"], ids=lambda case: case["name"])
def test_the_cases_of_the_page(case):
    planned, done = ([known(one) for one in case[name]] for name in ("planned", "done"))

    found = stand_at(planned, done, year_plan=known(case["year_plan"]), month=case["month"])

    told = (found.done, printed(found.gap), printed(found.needed), list(found.unreported))
    wanted = (
        known(case["sum"]),
        known(case["gap"]),
        known(case["needed"]),
        case.get("unreported", []),
    )
    assert told == wanted


@given(st.lists(MONTH, min_size=12, max_size=12), st.lists(MONTH, min_size=12, max_size=12),
       MONTH, st.integers(1, 12))  # fmt: skip
def test_it_is_what_a_person_reckons(planned, done, year_plan, month):
    found = stand_at(planned, done, year_plan=year_plan, month=month)

    unreported = [n for n in range(1, month + 1) if planned[n - 1] and done[n - 1] is None]
    told = [one for one in done[:month] if one is not None]
    assert list(found.unreported) == unreported
    assert found.done == (sum(told) if told else None)
    if found.needed is not None and not unreported:
        spread = found.needed * (MONTHS - month)
        assert abs(spread + sum(told) - year_plan) < Decimal("0.0001")
    if unreported:
        assert (found.gap, found.needed) == (None, None)


@pytest.mark.parametrize(("month", "planned"), [(0, 12), (13, 12), (6, 11)])
def test_a_month_that_is_none_is_an_error(month, planned):
    with pytest.raises(ValueError, match="no month"):
        stand_at([None] * planned, [None] * 12, year_plan=None, month=month)

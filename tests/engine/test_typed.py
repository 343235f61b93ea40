"""What a cell of the month sheet says."""

import tomllib
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from any_text import TEXTS
from gongjian.engine.typed import MOST, read_typed
from house.source import ROOT

SPEC = tomllib.loads((ROOT / "tests/spec/month_sheet.toml").read_text(encoding="utf-8"))


def test_sums_of_the_page_are_read():
    for case in (case for case in SPEC["cell"] if "wan" in case):
        wanted = Decimal(case["wan"]) * 10_000 if case["wan"] else None

        assert read_typed(case["typed"]).yuan == wanted, case["name"]


@given(TEXTS)
def test_whatever_is_typed_is_a_sum_or_a_code(typed):
    read = read_typed(typed)

    assert (read.yuan is not None) == (read.code == "ok")
    assert read.yuan is None or 0 <= read.yuan < MOST


@given(st.integers(0, 10**12))
def test_a_sum_written_with_separators_is_the_same(fen):
    wan = Decimal(fen) / 1_000_000

    assert read_typed(f"{wan:,f}").yuan == read_typed(f"{wan:f}").yuan == wan * 10_000

import importlib.util
from decimal import Decimal
from pathlib import Path

import pytest

from gongjian.lib.units import TABLE, dimension_of, to_base

EVALUATOR = Path("../shared/corpus/score_extraction.py")


@pytest.mark.parametrize(
    ("value", "unit", "base", "dimension"),
    [
        ("1.5", "亿元", "150000000", "CNY"),
        ("3", "万亩", "30000", "area_mu"),
        ("8", "％", "0.08", "fraction"),
        ("1", "个百分点", "0.01", "pp"),
        ("2", "万千瓦", "20000", "kW"),
        ("1300", "亿斤", "65000000", "t"),
        ("500", "公顷", "7500", "area_mu"),
        ("4.3", "億元", "430000000", "CNY"),
        ("300", "余人", "300", "count"),
        ("12", "million", "12000000", "count"),
        ("3", "£ billion", "3000000000", "GBP"),
        ("32", "微克/立方米", "32", "ug/m3"),
        ("7", "", "7", "count"),
    ],
)
def test_to_base_turns_units_into_base_units(value, unit, base, dimension):
    assert (to_base(Decimal(value), unit), dimension_of(unit)[0]) == (Decimal(base), dimension)


def test_to_base_keeps_numbers_of_any_length():
    assert to_base(Decimal("9" * 40), "万元") == Decimal("9" * 40 + "0000")


@pytest.mark.skipif(not EVALUATOR.exists(), reason="the corpus is not beside this checkout")
def test_to_base_agrees_with_the_evaluator_on_every_unit():
    spec = importlib.util.spec_from_file_location("score_extraction", EVALUATOR)
    evaluator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(evaluator)
    units = [row.rsplit(" ", 1)[0] for rows in TABLE.values() for row in rows.split(",")]
    scaled = [scale + unit for unit in units for scale in ("", "万", "亿", "百万")]

    for unit in scaled:
        value, dimension = evaluator.to_base(3, unit)
        assert dimension_of(unit)[0] == dimension, unit
        assert float(to_base(Decimal(3), unit)) == pytest.approx(value, rel=1e-9), unit

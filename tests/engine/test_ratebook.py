"""Published rates, recomputed from their two numbers; nothing is clamped or divided by 0."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gongjian.engine.ratebook import MEASURES, Quotient, quotient, rate_rule
from gongjian.engine.rates import percent

ROOT = Path(__file__).parents[2]
CASES = tomllib.loads((ROOT / "tests/spec/rates.toml").read_text(encoding="utf-8"))["rate"]
SHIPPED = tomllib.loads(
    (ROOT / "src/gongjian/flow/projects/rates.toml").read_text(encoding="utf-8")
)["rate"]
RULES = {row["code"]: rate_rule(row) for row in SHIPPED}
ONE, ZERO = Decimal(1), Decimal(0)


def columns(rule, case):
    """Projects that give the two numbers: one each for counts, a single one for money."""
    empty = {name: [] for name in MEASURES}
    if case.get("money"):
        row = {
            rule.numerator: Decimal(case["numerator"]),
            rule.denominator: Decimal(case["denominator"]),
        }
        return {name: [row.get(name)] for name in MEASURES}
    n = case["denominator"]
    return empty | {
        rule.denominator: [ONE] * n,
        rule.numerator: [ONE if at < case["numerator"] else ZERO for at in range(n)],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_published_rate_comes_out(case):
    found = quotient(RULES[case["code"]], columns(RULES[case["code"]], case))

    assert (found.numerator, found.denominator) == (case["numerator"], case["denominator"])
    printed = "" if found.rate is None else str(percent(found.numerator, found.denominator))
    assert printed == case["printed"]


def test_every_rate_the_handbook_names_is_shipped():
    assert set(RULES) == {
        "performance_rate", "establish_rate", "start_rate_signed", "start_rate_planned",
        "fund_rate", "landing_rate", "production_rate", "invest_rate", "month_plan_rate",
        "stat_rate", "on_time_completion_rate",
    }  # fmt: skip


def test_a_start_outside_the_plan_does_not_raise_the_rate_of_the_plan():
    rule = RULES["start_rate_planned"]

    found = quotient(rule, {"planned_new": [ONE, ONE, ZERO], "started": [ONE, ZERO, ONE]})

    assert found == Quotient(ONE, Decimal(2), Decimal("0.500000"), 0)


def test_a_figure_nobody_reported_adds_nothing_and_is_counted():
    rule = RULES["invest_rate"]

    found = quotient(
        rule, {"year_plan": [Decimal(10), Decimal(30)], "year_done": [Decimal(4), None]}
    )

    assert found == Quotient(Decimal(4), Decimal(40), Decimal("0.100000"), 1)


def test_a_rule_that_nobody_measures_is_refused():
    row = SHIPPED[0] | {"numerator": "visits"}

    with pytest.raises(ValueError, match="nobody measures"):
        rate_rule(row)


def test_columns_of_different_length_are_an_error():
    with pytest.raises(ValueError, match=r"shorter|longer"):
        quotient(RULES["invest_rate"], {"year_plan": [ONE], "year_done": []})


def test_every_definition_has_a_day_a_source_and_says_what_it_divides():
    for rule in RULES.values():
        assert rule.since == date(2020, 1, 1)
        assert all((rule.source, rule.numerator_words, rule.denominator_words, rule.scope))

"""Rates as a table prints them: the rate, its two numbers, what they count."""

from dataclasses import dataclass
from decimal import Decimal

from gongjian.flow.projects.queries import RateRow
from gongjian.interfaces.web.projects.money import money


@dataclass(frozen=True, slots=True)
class RateShown:
    """One rate; `numerator` and `denominator` in words, a rate of nothing is None."""

    row: RateRow
    numerator: str
    denominator: str


def rates_shown(rows: list[RateRow]) -> list[RateShown]:
    return [
        RateShown(row, number_shown(row, row.numerator), number_shown(row, row.denominator))
        for row in rows
    ]


def number_shown(row: RateRow, number: Decimal) -> str:
    """Counts as they are, sums of money with their unit; an empty sum is 0."""
    if not row.is_money:
        return f"{number:.0f}"
    return money(number) if number else "0"

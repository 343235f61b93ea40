"""Rates as published definitions: what is divided by what, over which projects, never clamped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongjian.lib.rounding import rounded

Amount = Decimal | None
Columns = Mapping[str, Sequence[Amount]]
PLACES = 6

MEASURES = {
    "signed",  # 1 where the project is signed
    "performed",  # 1 where a signed one went on: a later stage, or money arrived
    "established",
    "landed",  # established, and land or premises secured
    "started",
    "completed",
    "in_production",
    "planned_new",  # 1 where the year's plan lets it begin
    "started_over_floor",  # started, and large enough for the statistics (500 万元)
    "stat_enrolled",  # in the statistics (入统)
    "due_to_finish",  # 1 where its first planned finish lies in the year, up to the day
    "finished_in_time",  # 1 where it was completed by that date
    "year_plan",  # 元
    "year_done",
    "months_plan",  # 元, up to the last whole month
    "months_done",
    "contract_funds",  # 元, of signed projects
    "arrived",  # 元, since the contract
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRule:
    """One rate. `within`: the numerator counts only projects that stand in the denominator."""

    code: str
    name: str
    numerator: str
    denominator: str
    numerator_words: str
    denominator_words: str
    scope: str
    source: str
    since: date
    within: bool = False

    def __post_init__(self) -> None:
        if unknown := {self.numerator, self.denominator} - MEASURES:
            raise ValueError(f"{self.code}: nobody measures {sorted(unknown)}")


@dataclass(frozen=True, slots=True)
class Quotient:
    """A rate with its two numbers; `rate` is None where there is nothing to divide by.

    `unreported` are the projects that stand in the denominator and have no numerator.
    """

    numerator: Decimal
    denominator: Decimal
    rate: Decimal | None
    unreported: int


def rate_rule(row: Mapping[str, Any]) -> RateRule:
    """Make a rule of a line of TOML.

    Shapes   the fields of RateRule by name.
    Units    none.
    Missing  within is false where it is left out.
    Errors   TypeError where a key is unknown or missing; ValueError for an unknown measure.
    Source   docs/rules/rates.md, Q-1.
    """
    return RateRule(**row)


def quotient(rule: RateRule, columns: Columns) -> Quotient:
    """Reckon a rate over the projects of a list.

    Shapes   columns: one sequence a measure, one entry a project, all of one length.
    Units    counts, or 元; the rate is a fraction of six places, half up, never clamped.
    Missing  None adds nothing; where the denominator has a number and the numerator none, the
             project is counted as unreported.
    Errors   KeyError where a column is missing; ValueError where they differ in length.
    Source   docs/rules/rates.md, Q-1.
    """
    above, below = columns[rule.numerator], columns[rule.denominator]
    pairs = list(zip(above, below, strict=True))
    counted = [a for a, b in pairs if a is not None and (b or not rule.within)]
    numerator = sum(counted, Decimal(0))
    denominator = sum((b for b in below if b is not None), Decimal(0))
    return Quotient(
        numerator=numerator,
        denominator=denominator,
        rate=rounded(numerator / denominator, PLACES) if denominator else None,
        unreported=sum(1 for a, b in pairs if b and a is None),
    )

"""A rule pack: when a light turns yellow and when red, as one place published it."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from gongjian.engine.rates import Column, Flags, settled

MEASURES = {
    "days_late",  # calendar days a node is past due; negative is days left
    "behind_pp",  # percentage points behind what is due
    "ratio",  # of what is due, the share that is there
    "months_unstarted",  # months since a planned start was missed
    "months_unlisted",  # months since the start without being in the statistics (未入统)
    "missed",  # periods running without a report at the freeze, this one included
    "stuck_yellows",  # yellows running, this one included, while the gap did not narrow
    "false_claim",  # 1 where a check found the claimed state to be false
    "problem_days",  # working days a key problem is open past its committed date
}
_COMPARE: dict[str, Callable[[Column, float], Flags]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
}


@dataclass(frozen=True, slots=True)
class Bound:
    """A threshold as it is published: '>= 10', '< 0.8'."""

    sign: str
    value: float

    @classmethod
    def of(cls, text: str) -> "Bound":
        """Read a bound. ValueError where it is none."""
        found = re.fullmatch(r"(>=|>|<=|<) (-?\d+(?:\.\d+)?)", text)
        if found is None:
            raise ValueError(f"{text!r} is no bound; write it like '>= 10'")
        return cls(found[1], float(found[2]))

    def __str__(self) -> str:
        return f"{self.sign} {self.value:g}"

    def holds(self, values: Column) -> Flags:
        """Where the values, rounded to 1e-9, lie past the bound. NaN never does."""
        return _COMPARE[self.sign](settled(values), self.value)

    def is_past(self, other: "Bound") -> bool:
        """Whether everything past this bound is past the other one too."""
        if self.sign[0] != other.sign[0]:
            return False
        if self.value == other.value:
            return self.sign == other.sign or len(self.sign) == 1
        return (self.value > other.value) == (self.sign[0] == ">")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of a pack.

    Past `mark` an item is green but shown. The rule speaks from the month `from_month` on, and
    only of items of which the share `from_share` is due.
    """

    code: str
    measure: str
    red: Bound | None = None
    yellow: Bound | None = None
    mark: Bound | None = None
    from_month: int = 1
    from_share: float = 0.0

    def __post_init__(self) -> None:
        bounds = [bound for bound in (self.red, self.yellow, self.mark) if bound]
        if self.measure not in MEASURES:
            raise ValueError(f"{self.code}: nobody measures {self.measure!r}")
        if not bounds:
            raise ValueError(f"{self.code}: has no bound and can never fire")
        for severe, milder in pairwise(bounds):
            if not severe.is_past(milder):
                raise ValueError(f"{self.code}: {severe} is not past {milder}")
        if not (1 <= self.from_month <= 12 and 0 <= self.from_share <= 1):
            raise ValueError(f"{self.code}: begins outside the year or the way")


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """The rules in the order in which they are tried, and where they come from.

    Of several that fire the most severe counts, of equally severe ones the first.
    """

    name: str
    title: str
    source: str
    since: date
    rules: tuple[Rule, ...]
    due_soon_days: int = 7
    unit_red_share: float = 0.2

    def __post_init__(self) -> None:
        codes = [rule.code for rule in self.rules]
        if len(set(codes)) != len(codes):
            raise ValueError(f"{self.name}: a rule code stands twice: {codes}")
        if not any(rule.measure == "missed" for rule in self.rules):
            raise ValueError(f"{self.name}: does not say what becomes of a missing report")
        if not 0 <= self.unit_red_share < 1 or self.due_soon_days < 0:
            raise ValueError(f"{self.name}: unit_red_share or due_soon_days makes no sense")

    def fires(self, rule: int, values: Column, *, month: int, due: Column) -> "Fired":
        """Where a rule fires on its measured values, given the month and the share due.

        Shapes   values, due: (n,). Returns three columns of (n,).
        Units    values: those of the rule's measure; due: fraction of the way.
        Missing  NaN in values never fires; NaN in due fires only where the rule needs no share.
        Errors   none.
        Source   docs/rules/lights.md.
        """
        line = self.rules[rule]
        open_ = np.full(values.shape, month >= line.from_month)
        if line.from_share:
            open_ &= settled(due) >= line.from_share
        red, yellow, mark = (
            open_ & bound.holds(values) if bound else np.zeros(values.shape, dtype=bool)
            for bound in (line.red, line.yellow, line.mark)
        )
        return Fired(red=red, yellow=yellow & ~red, mark=mark & ~red & ~yellow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """Where one rule says red, yellow, or green with a mark; at most one of them an item."""

    red: Flags
    yellow: Flags
    mark: Flags


def rule_pack(table: Mapping[str, Any]) -> RulePack:
    """Make a pack of a table as it is read from TOML.

    Shapes   {name, title, source, since, due_soon_days?, unit_red_share?, rules: [{code, measure,
             red?, yellow?, mark?, from_month?, from_share?}]}
    Units    behind_pp in percentage points, ratio and the shares as fractions.
    Missing  what is left out has the default of RulePack and Rule.
    Errors   ValueError with the rule's code where the pack contradicts itself; TypeError where a
             key is unknown or missing.
    Source   docs/rules/lights.md.
    """
    return RulePack(**{**table, "rules": tuple(_rule(line) for line in table["rules"])})


def _rule(line: Mapping[str, Any]) -> Rule:
    bounds = {key: Bound.of(line[key]) for key in ("red", "yellow", "mark") if key in line}
    return Rule(**{**line, **bounds})

"""签约 → 立项 → 开工 → 到位 over a list as of a day: how many are left at each step, and why.

What a step counts and what it is divided by is said by the rate definition in force; nothing is
defined here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.engine.ratebook import Columns
from gongjian.flow.projects.models import ProjectList
from gongjian.flow.projects.queries.lists import amount_on, list_version, members_on
from gongjian.flow.projects.queries.rates import RateRow, definitions_on, rate_columns, reckoned

ZERO = Decimal(0)
MONEY = "arrived"
STEPS = (  # the measure a step counts, and the rate that says how it is defined
    ("signed", "establish_rate"),
    ("established", "establish_rate"),
    ("started", "start_rate_signed"),
    (MONEY, "fund_rate"),
)


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One step: the signed projects that are there, what they cost (元), how many have no sum.

    `rate` is that of the definition (to signed projects; of money for the last), None for the
    first; `kept` of `before` are those of the step before that went on.
    """

    code: str
    title: str
    rate: RateRow
    count: int
    amount: Decimal
    unknown: int
    kept: int
    before: int

    @property
    def is_first(self) -> bool:
        return self.code == STEPS[0][0]

    @property
    def words(self) -> str:
        """What is counted, as the definition says it."""
        if self.is_first:
            return self.rate.denominator_words
        if self.code == MONEY:
            return _("有到位资金的项目数；率的分子是%(words)s") % {
                "words": self.rate.numerator_words
            }
        return self.rate.numerator_words

    @property
    def went_on(self) -> Decimal | None:
        return Decimal(self.kept) / self.before if self.before and not self.is_first else None


def funnel(listed: ProjectList, *, as_of: date, known_at: datetime) -> list[FunnelStep]:
    """The steps of a list as of a day; empty where no definitions are published. 15 queries."""
    columns = rate_columns(listed, as_of=as_of, known_at=known_at)
    keys = list(members_on(listed, as_of).order_by("pk").values_list("pk", flat=True))
    costs, version = amount_on(keys, as_of), list_version(listed, as_of)
    rates = {one.code: reckoned(one, columns, version, as_of) for one in definitions_on(as_of)}
    if any(code not in rates for _measure, code in STEPS):
        return []
    steps: list[FunnelStep] = []
    before: set[int] = set()
    for measure, code in STEPS:
        there = _there(keys, columns, measure)
        known = [cost for key in there if (cost := costs[key]) is not None]
        steps.append(
            FunnelStep(
                code=measure,
                title=_titles()[measure],
                rate=rates[code],
                count=len(there),
                amount=sum(known, ZERO),
                unknown=len(there) - len(known),
                kept=len(before & there),
                before=len(before),
            )
        )
        before = there
    return steps


def _there(keys: Sequence[int], columns: Columns, measure: str) -> set[int]:
    """The signed projects of which a measure says something above nothing."""
    each = zip(keys, columns["signed"], columns[measure], strict=True)
    return {key for key, signed, said in each if signed and said}


def _titles() -> dict[str, str]:
    return {
        "signed": _("签约"),
        "established": _("立项"),
        "started": _("开工"),
        MONEY: _("资金到位"),
    }

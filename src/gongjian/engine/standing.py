"""Where a project's money of a year stands at a month: the gap to its plan, what is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

MONTHS = 12
ZERO = Decimal(0)
Months = Sequence[Decimal | None]


@dataclass(frozen=True, slots=True)
class MoneyStanding:
    """Sums from January on, and what follows from them; None is not known."""

    planned: Decimal | None
    done: Decimal | None
    gap: Decimal | None  # done − planned
    needed: Decimal | None  # a month, from the next one on
    unreported: tuple[int, ...]  # months 1 to 12 for which something was planned and nothing said


def stand_at(
    planned: Months, done: Months, *, year_plan: Decimal | None, month: int
) -> MoneyStanding:
    """What was planned and done up to and with a month, the gap, and the need of each month left.

    Shapes   planned, done: 12 months, January first; month: 1 to 12.
    Units    one for all of them; needed: the same, a month.
    Missing  None is not reported and never 0: while a month with a plan above 0 was not reported,
             there is neither gap nor need. After December there is no need.
    Errors   ValueError where there is no such month.
    Source   handbook 3.6; docs/rules/month-sheet.md, M-2.
    """
    if not 1 <= month <= MONTHS or len(planned) != MONTHS or len(done) != MONTHS:
        raise ValueError(f"no month {month} of a year of money")
    plans, figures = planned[:month], done[:month]
    sum_planned, sum_done = _sum(plans), _sum(figures)
    unreported = tuple(
        number
        for number, (plan, figure) in enumerate(zip(plans, figures, strict=True), start=1)
        if plan and figure is None
    )
    whole = not unreported
    gap = sum_done - sum_planned if whole and sum_done is not None and sum_planned else None
    needed = None
    if whole and year_plan is not None and month < MONTHS:
        needed = (year_plan - (sum_done or ZERO)) / (MONTHS - month)
    return MoneyStanding(sum_planned, sum_done, gap, needed, unreported)


def _sum(amounts: Months) -> Decimal | None:
    """The sum of those that are known; None where none is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if known else None

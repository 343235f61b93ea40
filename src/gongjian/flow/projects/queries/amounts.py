"""Money by month as it is known at a moment, and the sums that targets and rates take from it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from gongjian.engine.calendar import last_day
from gongjian.flow.projects.models import InvestmentMonth, MonthPlan
from gongjian.flow.projects.queries.reached import survivors
from gongjian.foundation.acceptance.models import State

ZERO = Decimal(0)
COLUMNS = ("done", "stat_done", "arrived", "early_cost")


@dataclass(frozen=True, slots=True)
class MonthMoney:
    """What stands for one project and month; None is not reported."""

    done: Decimal | None
    stat_done: Decimal | None
    arrived: Decimal | None
    early_cost: Decimal | None


Months = dict[int, dict[str, MonthMoney]]


def months_of(
    projects: Iterable[int] | None,
    *,
    known_at: datetime,
    since: str = "",
    upto: str = "9999-12",
) -> Months:
    """{project: {month: money}} of accepted rows, each with its last accepted correction.

    Of two projects found to be one, the month of the one that stayed counts; the other's only
    where that has none. Two queries.
    """
    stays = survivors()
    rows = InvestmentMonth.objects.filter(
        state=State.ACCEPTED, accepted_at__lte=known_at, month__gte=since, month__lte=upto
    )
    wanted = None if projects is None else set(projects)
    if wanted is not None:
        rows = rows.filter(project__in=wanted | {g for g, k in stays.items() if k in wanted})
    own: Months = defaultdict(dict)
    others: Months = defaultdict(dict)
    told = rows.order_by("accepted_at", "pk").values_list("project", "month", *COLUMNS)
    for project, month, *amounts in told:  # no models: a county has tens of thousands of them
        kept = stays.get(project, project)
        books = own if kept == project else others
        books[kept][month] = MonthMoney(*amounts)
    for project, months in others.items():
        own[project] = months | own[project]
    return {key: months for key, months in own.items() if wanted is None or key in wanted}


def plans_of(
    projects: Iterable[int], *, year: int, known_at: datetime
) -> dict[int, dict[str, Decimal]]:
    """{project: {month: planned}} of a year, the newest version known. One query."""
    rows = MonthPlan.objects.filter(
        project__in=list(projects), month__startswith=f"{year}-", set_at__lte=known_at
    )
    plans: dict[int, dict[str, Decimal]] = defaultdict(dict)
    told = rows.order_by("number").values_list("project", "month", "planned")
    for project, month, planned in told:
        plans[project][month] = planned
    return dict(plans)


def summed(months: dict[str, MonthMoney], column: str) -> Decimal | None:
    """The sum of a column; None where no month holds it."""
    held = [v for m in months.values() if (v := getattr(m, column)) is not None]
    return sum(held, ZERO) if held else None


def month_of(day: date) -> str:
    """The month a day lies in, as a key."""
    return f"{day:%Y-%m}"


def month_before(day: date) -> str:
    """The month before the one a day lies in: it is over, whatever the day."""
    return month_of(day.replace(day=1) - timedelta(days=1))


def last_whole_month(day: date) -> str:
    """The last month that is over: that of the day itself only on its last day."""
    key = month_of(day)
    return key if day == last_day(key) else month_before(day)

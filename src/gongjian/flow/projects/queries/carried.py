"""Projects as the page of whoever carries them lists them: how far, what is next, what it costs."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet, Sum

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import Project, Standing
from gongjian.flow.projects.queries.duplicates import GONE
from gongjian.flow.projects.queries.gantt import GanttRow, rows_on_time
from gongjian.flow.projects.queries.hints import stage_label
from gongjian.flow.projects.queries.listing import RegisterRow, of_year, rows_of

GOING = (Standing.ACTIVE, Standing.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Ahead:
    """The planned date that comes next: of which stage, as it was before, and how many days ago
    it was (below 0: still to come)."""

    label: str
    day: date
    precision: str
    first: date | None
    over: int


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """One project of somebody's: its line in the register, its dates, the next of them."""

    row: RegisterRow
    dates: GanttRow
    ahead: Ahead | None


@dataclass(frozen=True, slots=True)
class CarriedSum:
    """How many there are and what they cost together, in 元."""

    count: int
    amount: Decimal


def standing_projects(campaign: Campaign) -> QuerySet[Project]:
    """The projects of a year that stand for themselves."""
    return of_year(campaign).exclude(standing__in=GONE)


def carried_rows(
    found: QuerySet[Project],
    campaign: Campaign,
    *,
    on: date,
    known_at: datetime,
    offset: int = 0,
    limit: int | None = None,
) -> list[CarriedRow]:
    """Some of the projects, in the order they were registered. Eleven queries."""
    shown = found.select_related("township", "action").order_by("pk")
    rows = rows_of(
        shown[offset : None if limit is None else offset + limit], campaign, known_at=known_at
    )
    dates = rows_on_time({row.pk: "" for row in rows}, known_at=known_at)
    return [
        CarriedRow(row, its, _ahead(its, on) if row.standing in GOING else None)
        for row, its in zip(rows, dates, strict=True)
    ]


def carried_sum(found: QuerySet[Project]) -> CarriedSum:
    """One query."""
    whole = found.order_by().aggregate(amount=Sum("total_investment"))["amount"]
    return CarriedSum(found.count(), Decimal(whole or 0))


def _ahead(row: GanttRow, on: date) -> Ahead | None:
    found = row.ahead
    if found is None:
        return None
    stage, one = found
    assert one.day is not None  # the row only names dates that are given
    first = one.first if one.first != one.day else None
    return Ahead(stage_label(stage), one.day, one.precision, first, (on - one.day).days)

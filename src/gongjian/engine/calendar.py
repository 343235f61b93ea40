"""Working days, deadlines, and the periods in which work is reported."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Precision(StrEnum):
    """How exactly a planned date is known. Dates compare by the last day of their span."""

    DAY = "DAY"
    TEN_DAYS = "TEN_DAYS"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    HALF = "HALF"
    YEAR = "YEAR"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """Which days are worked, and when a day's deadline falls.

    `holidays` are weekdays on which nobody works, `extra_workdays` the weekend days that make up
    for them; both as the State Council publishes them for a year.
    """

    holidays: frozenset[date] = frozenset()
    extra_workdays: frozenset[date] = frozenset()
    deadline_at: time = time(18)
    zone: ZoneInfo = SHANGHAI

    def __post_init__(self) -> None:
        both = self.holidays & self.extra_workdays
        if both:
            raise ValueError(f"both holiday and workday: {sorted(both)}")
        if self.deadline_at.tzinfo is not None:
            raise ValueError("the deadline hour is local: it has no zone of its own")

    def is_workday(self, day: date) -> bool:
        """Whether people work on the day."""
        return day in self.extra_workdays or (day.weekday() < 5 and day not in self.holidays)

    def rolled(self, day: date) -> date:
        """The day, or where nobody works then, the next workday."""
        while not self.is_workday(day):
            day += DAY
        return day

    def add_workdays(self, start: date, days: int) -> date:
        """The last of so many workdays, counted from the day after `start`.

        Units    workdays; 0 is the start itself, rolled to a workday.
        Errors   ValueError where days is negative.
        Source   docs/rules/trajectory.md, T-9.
        """
        if days < 0:
            raise ValueError(f"{days} workdays lie in the past")
        day = start
        for _ in range(days):
            day = self.rolled(day + DAY)
        return self.rolled(day)

    def add_days(self, start: date, days: int) -> date:
        """The last of so many calendar days, counted from the day after `start`, then rolled.

        Units    calendar days.
        Errors   ValueError where days is negative.
        Source   docs/rules/trajectory.md, T-9.
        """
        if days < 0:
            raise ValueError(f"{days} days lie in the past")
        return self.rolled(start + days * DAY)

    def workdays_after(self, due: date, day: date) -> int:
        """How many workdays past `due` the day is: those after `due`, up to and with `day`.

        Units    workdays; 0 where the day is not past due.
        Errors   none.
        Source   docs/rules/trajectory.md, T-9.
        """
        span = range(1, (day - due).days + 1)
        return sum(self.is_workday(due + past * DAY) for past in span)

    def deadline(self, day: date) -> datetime:
        """The moment until which a thing due on the day is in time."""
        return datetime.combine(day, self.deadline_at, tzinfo=self.zone)

    def freeze(self, period: str, *, day: int = 1, at: time | None = None) -> datetime:
        """When a monthly period is frozen: on a day of the month after it, rolled to a workday.

        Units    day: of the next month, 1 to 28. at: local; the deadline hour where left out.
        Errors   ValueError where period is none, or day is not in every month.
        Source   docs/rules/trajectory.md, T-10.
        """
        if not 1 <= day <= 28:
            raise ValueError(f"not every month has a day {day}")
        due = self.rolled(first_day(shifted(period, 1)) + (day - 1) * DAY)
        return datetime.combine(due, at or self.deadline_at, tzinfo=self.zone)


def period_of(day: date) -> str:
    """The monthly period a day lies in.

    >>> period_of(date(2020, 6, 29))
    '2020-06'
    """
    return f"{day.year:04}-{day.month:02}"


def first_day(period: str) -> date:
    """The first day of a monthly period. ValueError where it is none ('2020-06' is one)."""
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", period, re.ASCII)
    if found is None:
        raise ValueError(f"{period!r} is no period; write it like '2020-06'")
    return date(int(found[1]), int(found[2]), 1)


def last_day(period: str) -> date:
    """The last day of a monthly period. ValueError where it is none."""
    return span(first_day(period), Precision.MONTH)[1]


def shifted(period: str, months: int) -> str:
    """The period so many months later, or earlier where negative. ValueError where it is none.

    >>> shifted("2020-12", 1), shifted("2020-01", -1)
    ('2021-01', '2019-12')
    """
    start = first_day(period)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return period_of(date(year, month + 1, 1))


def ten_days(day: date) -> int:
    """Which third of its month a day lies in: 1 上旬, 2 中旬, 3 下旬 (8 to 11 days)."""
    return min((day.day - 1) // 10, 2) + 1


def span(day: date, precision: Precision) -> tuple[date, date]:
    """The first and the last day of what a date of this precision means.

    Units    days, both included.
    Errors   none.
    Source   docs/rules/trajectory.md, T-10.
    """
    match precision:
        case Precision.DAY:
            return day, day
        case Precision.TEN_DAYS:
            third = ten_days(day)
            last = _month_end(day) if third == 3 else day.replace(day=10 * third)
            return day.replace(day=10 * third - 9), last
        case Precision.MONTH:
            return _months(day, 1)
        case Precision.QUARTER:
            return _months(day, 3)
        case Precision.HALF:
            return _months(day, 6)
        case Precision.YEAR:
            return _months(day, 12)


def _months(day: date, length: int) -> tuple[date, date]:
    first = (day.month - 1) // length * length + 1
    return day.replace(month=first, day=1), _month_end(date(day.year, first + length - 1, 1))


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])

"""Days where the reader lives: a moment in UTC is a date only in a place."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")


def local_day(at: datetime) -> date:
    """The day of a moment in Asia/Shanghai; naive moments are an error."""
    if at.tzinfo is None:
        raise ValueError(f"{at} names no time zone")
    return at.astimezone(LOCAL).date()


def days_past(day: date, *, on: date) -> int:
    """How many days after `day` it is; 0 until then.

    >>> days_past(date(2020, 6, 16), on=date(2020, 6, 29))
    13
    """
    return max((on - day).days, 0)


def at_local(day: date, hour: int, minute: int = 0) -> datetime:
    """The moment of a local clock on a day."""
    return datetime.combine(day, time(hour, minute), tzinfo=LOCAL)

"""Working days, deadlines and periods, over the real holidays of 2020."""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engine.calendar import (
    Precision,
    WorkCalendar,
    first_day,
    last_day,
    period_of,
    shifted,
    span,
    ten_days,
)

SPEC = tomllib.loads(
    (Path(__file__).parents[1] / "spec/trajectory.toml").read_text(encoding="utf-8")
)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def days(first, last):
    return {first + timedelta(past) for past in range((last - first).days + 1)}


# 国办发明电〔2019〕16号 and, for the longer Spring Festival, 〔2020〕1号.
YEAR_2020 = WorkCalendar(
    holidays=frozenset(
        {date(2020, 1, 1), date(2021, 1, 1)}
        | days(date(2020, 1, 24), date(2020, 2, 2))
        | days(date(2020, 4, 4), date(2020, 4, 6))
        | days(date(2020, 5, 1), date(2020, 5, 5))
        | days(date(2020, 6, 25), date(2020, 6, 27))
        | days(date(2020, 10, 1), date(2020, 10, 8))
    ),
    extra_workdays=frozenset(
        date(2020, month, day)
        for month, day in [(1, 19), (4, 26), (5, 9), (6, 28), (9, 27), (10, 10)]
    ),
)
SOME_DAYS = st.dates(date(2020, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize("case", SPEC["deadline"], ids=lambda case: case["name"])
def test_deadline_follows_the_spec(case):
    add = YEAR_2020.add_workdays if case["unit"] == "工作日" else YEAR_2020.add_days

    due = add(case["from"], case["days"])

    assert due == case["due"]
    assert YEAR_2020.deadline(due) == datetime.combine(due, time(18), tzinfo=SHANGHAI)


@pytest.mark.parametrize("case", SPEC["freeze"], ids=lambda case: case["name"])
def test_freeze_follows_the_spec(case):
    assert YEAR_2020.freeze(case["period"]) == case["at"].replace(tzinfo=SHANGHAI)


def test_freeze_may_stand_on_another_day_and_hour():
    frozen = YEAR_2020.freeze("2020-06", day=2, at=time(9))

    assert frozen == datetime(2020, 7, 2, 9, tzinfo=SHANGHAI)


@pytest.mark.parametrize("case", SPEC["ten_days"], ids=lambda case: case["name"])
def test_ten_days_follow_the_spec(case):
    assert "上中下"[ten_days(case["day"]) - 1] + "旬" == case["third"]
    assert span(case["day"], Precision.TEN_DAYS) == (case["first"], case["last"])


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        (Precision.DAY, date(2020, 5, 15), date(2020, 5, 15)),
        (Precision.TEN_DAYS, date(2020, 5, 11), date(2020, 5, 20)),
        (Precision.MONTH, date(2020, 5, 1), date(2020, 5, 31)),
        (Precision.QUARTER, date(2020, 4, 1), date(2020, 6, 30)),
        (Precision.HALF, date(2020, 1, 1), date(2020, 6, 30)),
        (Precision.YEAR, date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_span_ends_on_the_last_day_of_what_the_date_means(precision, first, last):
    assert span(date(2020, 5, 15), precision) == (first, last)


@given(SOME_DAYS, st.sampled_from(Precision))
def test_spans_lie_side_by_side(day, precision):
    first, last = span(day, precision)

    assert first <= day <= last
    assert span(first, precision) == span(last, precision) == (first, last)
    assert span(last + timedelta(1), precision)[0] == last + timedelta(1)


def test_period_has_a_first_and_a_last_day():
    assert (first_day("2020-02"), last_day("2020-02")) == (date(2020, 2, 1), date(2020, 2, 29))
    assert period_of(date(2020, 2, 29)) == "2020-02"


@pytest.mark.parametrize(
    "period", ["2020-13", "2020-6", "2020", "202006", "2020-06-01", "２０２０-06"]
)
def test_period_refuses_what_is_none(period):
    with pytest.raises(ValueError, match="is no period"):
        first_day(period)


@given(st.integers(-36, 36))
def test_shifted_goes_there_and_back(months):
    there = shifted("2020-06", months)

    assert shifted(there, -months) == "2020-06"
    if months > 0:
        assert there > "2020-06"


def slow_add_workdays(start, count):
    """Tear off calendar leaves and count those on which people work."""
    day = start
    while count:
        day += timedelta(1)
        if YEAR_2020.is_workday(day):
            count -= 1
    return day


@given(SOME_DAYS, st.integers(1, 30))
def test_add_workdays_equals_the_slow_count(start, count):
    due = YEAR_2020.add_workdays(start, count)

    assert due == slow_add_workdays(start, count)
    assert YEAR_2020.workdays_after(start, due) == count


def test_workdays_after_a_due_day_that_has_not_come_are_none():
    due = date(2020, 6, 30)

    assert [YEAR_2020.workdays_after(due, day) for day in (date(2020, 6, 1), due)] == [0, 0]
    assert YEAR_2020.workdays_after(due, date(2020, 7, 1)) == 1


def test_work_calendar_refuses_what_cannot_be():
    day = date(2020, 5, 9)

    with pytest.raises(ValueError, match="both holiday and workday"):
        WorkCalendar(holidays=frozenset({day}), extra_workdays=frozenset({day}))
    with pytest.raises(ValueError, match="zone"):
        WorkCalendar(deadline_at=time(18, tzinfo=SHANGHAI))


def test_terms_refuse_to_go_back():
    for add in (YEAR_2020.add_workdays, YEAR_2020.add_days):
        with pytest.raises(ValueError, match="past"):
            add(date(2020, 6, 1), -1)
    with pytest.raises(ValueError, match="not every month"):
        YEAR_2020.freeze("2020-01", day=30)

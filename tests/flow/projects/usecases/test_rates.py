"""Rates reckoned from the register and frozen with their numbers, definition and list."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.flow.projects.models import RateDefinition, RateResult
from gongjian.flow.projects.queries import paces, rate_columns, rate_rows
from gongjian.flow.projects.usecases import (
    Paper,
    PlannedMonths,
    YearWords,
    add_to_list,
    freeze_rates,
    keep_rates_nightly,
    plan_months,
    publish_rates,
    reckon_rates,
    register_projects,
)
from gongjian.foundation.records.models import Job
from gongjian.lib.days import LOCAL
from gongjian.lib.refusals import Refused
from small_county import BEGIN, JUNE
from small_register import wrong_rows

WAN = Decimal(10_000)
DAY = date(2020, 6, 30)
LATER = datetime(2020, 7, 2, 9, tzinfo=LOCAL)


@pytest.fixture
def halfway(register):
    """The mill has started and spent; the dairy is signed alone."""
    register.reached(register.mill, "signed", date(2020, 1, 10))
    register.reached(register.mill, "established", date(2020, 2, 9))
    register.reached(register.mill, "started", date(2020, 3, 5))
    register.reached(register.dairy, "signed", date(2020, 4, 1))
    register.paid(register.mill, "2020-04", done=3000 * WAN, arrived=6000 * WAN)
    plan_months(
        [PlannedMonths(register.mill, {"2020-04": 2000 * WAN, "2020-09": 9000 * WAN})],
        register.campaign,
        by=register.office,
        at=JUNE,
    )
    publish_rates(by=register.office, at=JUNE)
    return register


def reckoned(register, as_of=DAY, at=LATER):
    reckon_rates(register.listed, as_of=as_of, by=register.office, at=at)
    return {row.code: row for row in rate_rows(register.listed, as_of)}


def test_rates_come_with_their_two_numbers_and_the_version_of_the_list(halfway):
    rows = reckoned(halfway)

    numbers = {code: (row.numerator, row.denominator, row.rate) for code, row in rows.items()}
    assert numbers == {
        "performance_rate": (1, 2, Decimal("0.5")),
        "establish_rate": (1, 2, Decimal("0.5")),
        "start_rate_signed": (1, 2, Decimal("0.5")),
        "start_rate_planned": (1, 1, 1),
        "fund_rate": (6000 * WAN, 30000 * WAN, Decimal("0.2")),
        "landing_rate": (0, 2, 0),
        "production_rate": (0, 2, 0),
        "invest_rate": (3000 * WAN, 22000 * WAN, Decimal("0.136364")),
        "month_plan_rate": (3000 * WAN, 2000 * WAN, Decimal("1.5")),
        "stat_rate": (0, 1, 0),
        "on_time_completion_rate": (0, 0, None),
    }
    row = rows["start_rate_signed"]
    assert (row.list_name, row.list_number, row.list_day) == ("2020年县重点项目", 1, DAY)
    assert rows["fund_rate"].unreported == 1
    assert wrong_rows() == []


def test_a_result_stays_what_it_was_when_the_list_and_the_facts_move_on(halfway):
    first = reckoned(halfway)["start_rate_signed"]
    halfway.reached(halfway.dairy, "established", date(2020, 6, 20), at=LATER)

    rows = list(RateResult.objects.filter(definition__code="start_rate_signed"))
    assert [(row.numerator, row.denominator) for row in rows] == [(1, 2)]
    assert reckoned(halfway)["establish_rate"].numerator == 2  # accepted by then
    assert first.rate == Decimal("0.5")


def test_what_is_accepted_later_is_not_in_it(halfway):
    halfway.reached(halfway.dairy, "established", date(2020, 6, 20), at=LATER)

    early = reckoned(halfway, at=datetime(2020, 7, 1, 9, tzinfo=LOCAL))

    assert early["establish_rate"].numerator == 1


def test_a_definition_is_published_once_and_a_changed_one_is_a_new_version(halfway):
    assert publish_rates(by=halfway.office, at=JUNE) == []
    old = RateDefinition.objects.get(code="landing_rate")
    changed = dict(old.params, source="示例新规")
    RateDefinition.objects.filter(pk=old.pk).update(params=changed)  # as if another had shipped

    made = publish_rates(by=halfway.office, at=JUNE)

    assert [(row.code, row.number, row.valid_from) for row in made] == [
        ("landing_rate", 2, date(2020, 6, 29))
    ]


def test_only_the_office_reckons(halfway):
    with pytest.raises(Refused):
        reckon_rates(halfway.listed, as_of=DAY, by=halfway.clerk, at=LATER)


def test_a_list_with_nobody_on_it_has_no_rates_and_no_error(halfway):
    rows = reckoned(halfway, as_of=date(2020, 1, 5))

    assert {row.rate for row in rows.values()} == {None}
    assert {row.list_number for row in rows.values()} == {0}


def test_columns_take_the_same_queries_for_two_projects_and_for_twelve(halfway):
    with CaptureQueriesContext(connection) as few:
        rate_columns(halfway.listed, as_of=DAY, known_at=LATER)
    more = [(halfway.words(f"示例{n}", uscc=""), YearWords("new")) for n in range(10)]
    made = register_projects(halfway.campaign, more, by=halfway.office, at=BEGIN)
    paper = Paper("示例办发〔2020〕3号", date(2020, 5, 1))
    add_to_list(halfway.listed, made, paper, by=halfway.office, at=JUNE)

    with CaptureQueriesContext(connection) as many:
        columns = rate_columns(halfway.listed, as_of=DAY, known_at=LATER)

    assert len(columns["signed"]) == 12
    assert len(few) == len(many)


def test_paces_count_who_still_waits(halfway):
    found = {pace.code: pace for pace in paces(halfway.listed, as_of=DAY, known_at=LATER)}

    starting = found["starting"]
    assert (starting.finished, starting.open, starting.median) == (1, 0, 25.0)
    assert (found["landing"].finished, found["landing"].open, found["landing"].median) == (
        0,
        2,
        None,
    )


def test_every_night_freezes_the_day_that_is_over_once(halfway):
    publish_rates(by=halfway.office, at=JUNE)
    keep_rates_nightly(at=JUNE)
    keep_rates_nightly(at=JUNE)
    job = Job.objects.get(kind="rates.freeze")
    assert (job.key, job.run_at) == ("2020-06-29", datetime(2020, 6, 30, 0, 30, tzinfo=LOCAL))

    freeze_rates(job.key, at=LATER)
    many = RateResult.objects.count()
    freeze_rates(job.key, at=LATER)

    days = set(RateResult.objects.values_list("as_of", flat=True))
    assert days == {date(2020, 6, 29), date(2020, 6, 30), date(2020, 7, 1)}
    assert RateResult.objects.count() == many
    assert RateResult.objects.filter(by__isnull=True).count() == many
    assert Job.objects.filter(kind="rates.freeze", key="2020-07-02").exists()
    assert wrong_rows() == []

"""Months of money: two 口径, never before the start, corrected by rows, planned by versions."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from gongjian.flow.projects.models import FundingSource, InvestmentMonth, MonthPlan
from gongjian.flow.projects.queries import months_of, months_visible_to, plans_of, summed
from gongjian.flow.projects.usecases import (
    FundingWords,
    MonthWords,
    PlannedMonths,
    accept_months,
    check_months,
    correct_month,
    plan_months,
    report_month,
    return_month,
    revise_month,
    set_funding,
)
from gongjian.lib.days import LOCAL
from gongjian.lib.refusals import Refused
from small_county import JUNE
from small_register import wrong_rows

WAN = Decimal(10_000)


@pytest.fixture
def started(register):
    register.reached(register.mill, "signed", date(2020, 1, 10))
    register.reached(register.mill, "established", date(2020, 2, 1))
    register.reached(register.mill, "started", date(2020, 3, 5))
    return register


def refused(act):
    with pytest.raises(Refused) as no:
        act()
    return no.value.code


def standing(register, at=JUNE):
    return months_of([register.mill.pk], known_at=at).get(register.mill.pk, {})


def test_a_month_counts_once_accepted_in_both_ways_of_counting(started):
    row = report_month(
        started.mill,
        MonthWords("2020-04", done=900 * WAN, stat_done=700 * WAN, arrived=500 * WAN),
        by=started.clerk,
        at=JUNE,
    )
    check_months([row], by=started.head, at=JUNE)
    assert standing(started) == {}

    accept_months([row], by=started.reviewer, at=JUNE)

    money = standing(started)["2020-04"]
    assert (money.done, money.stat_done, money.arrived, money.early_cost) == (
        900 * WAN, 700 * WAN, 500 * WAN, None,
    )  # fmt: skip
    assert wrong_rows() == []


def test_no_investment_before_works_began_but_early_costs(started):
    said = MonthWords("2020-02", done=WAN)
    assert refused(lambda: report_month(started.mill, said, by=started.clerk, at=JUNE)) == (
        "money.before-start"
    )

    report_month(started.mill, MonthWords("2020-02", early_cost=WAN), by=started.clerk, at=JUNE)


def test_the_statistics_column_is_no_way_round_the_start(register):
    said = MonthWords("2020-02", stat_done=WAN)

    assert refused(lambda: report_month(register.mill, said, by=register.clerk, at=JUNE)) == (
        "money.before-start"
    )


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (MonthWords("2020-13", done=WAN), "money.month"),
        (MonthWords("2020-07", done=WAN), "money.ahead"),
        (MonthWords("二月", done=WAN), "money.month"),
        (MonthWords("2020-05"), "money.nothing"),
        (MonthWords("2020-05", done=-WAN), "money.negative"),
        (MonthWords("2020-05", done=Decimal("1e15")), "money.too-much"),
    ],
)
def test_what_is_no_month_of_money_is_refused(started, said, code):
    assert refused(lambda: report_month(started.mill, said, by=started.clerk, at=JUNE)) == code


def test_zero_is_a_report_and_nothing_is_none(started):
    started.paid(started.mill, "2020-04", done=0)

    assert standing(started)["2020-04"].done == 0
    assert summed(standing(started), "arrived") is None


def test_a_month_is_reported_once(started):
    started.paid(started.mill, "2020-04", done=1)

    said = MonthWords("2020-04", done=WAN)
    assert (
        refused(lambda: report_month(started.mill, said, by=started.clerk, at=JUNE))
        == "money.known"
    )


def test_a_correction_is_a_row_and_counts_from_its_acceptance(started):
    row = started.paid(started.mill, "2020-04", done=900 * WAN)
    later = datetime(2020, 7, 3, 9, tzinfo=LOCAL)
    assert (
        refused(
            lambda: correct_month(
                row, MonthWords("2020-04", done=WAN), "", by=started.clerk, at=later
            )
        )
        == "money.correction-no-reason"
    )

    fixed = correct_month(
        row, MonthWords("2020-05", done=300 * WAN), "凭证复核", by=started.clerk, at=later
    )
    check_months([fixed], by=started.head, at=later)
    accept_months([fixed], by=started.reviewer, at=later)

    assert standing(started)["2020-04"].done == 900 * WAN
    assert (
        standing(started, later)["2020-04"].done == 300 * WAN
    )  # of its own month, whatever is said
    assert InvestmentMonth.objects.count() == 2
    assert wrong_rows() == []


def test_returned_and_sent_again(started):
    row = report_month(started.mill, MonthWords("2020-04", done=WAN), by=started.clerk, at=JUNE)
    check_months([row], by=started.head, at=JUNE)
    return_month(row, "没有凭证", by=started.reviewer, at=JUNE)

    revise_month(
        row, MonthWords("2020-04", done=2 * WAN, doc_no="示例凭证"), by=started.clerk, at=JUNE
    )

    assert (row.state, row.done, row.doc_no) == ("filled", 2 * WAN, "示例凭证")


def test_plans_are_kept_by_version_and_what_does_not_change_makes_none(register):
    plan = lambda amount, at=JUNE: plan_months(  # noqa: E731
        [PlannedMonths(register.mill, {"2020-05": amount, "2020-06": WAN})],
        register.campaign,
        by=register.office,
        at=at,
    )
    later = datetime(2020, 7, 3, 9, tzinfo=LOCAL)
    plan(5 * WAN)
    plan(7 * WAN, later)

    assert MonthPlan.objects.count() == 3
    known = [
        plans_of([register.mill.pk], year=2020, known_at=at)[register.mill.pk]
        for at in (JUNE, later)
    ]
    assert [of["2020-05"] for of in known] == [5 * WAN, 7 * WAN]
    assert (
        refused(
            lambda: plan_months(
                [PlannedMonths(register.mill, {"2021-01": WAN})],
                register.campaign,
                by=register.office,
                at=JUNE,
            )
        )
        == "money.month"
    )


def test_funding_is_said_anew_as_a_whole(register):
    for amount in (WAN, 3 * WAN):
        set_funding(register.mill, [FundingWords("own", amount)], by=register.office, at=JUNE)

    assert [row.amount for row in FundingSource.objects.all()] == [3 * WAN]
    assert wrong_rows() == []


@pytest.mark.parametrize(
    "columns", [{"done": -1}, {"month": "2020-13"}, {"month": "20-01"}, {"month": "2020-00"}]
)
def test_the_database_refuses_what_can_never_be(started, columns):
    row = started.paid(started.mill, "2020-04", done=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        InvestmentMonth.objects.filter(pk=row.pk).update(**columns)


def test_what_is_not_checked_is_its_units_own(started):
    report_month(started.mill, MonthWords("2020-04", done=WAN), by=started.clerk, at=JUNE)

    seeing = [
        n
        for n in ("clerk", "office", "reporter", "sysadmin")
        if months_visible_to(started.people[n]).exists()
    ]

    assert seeing == ["clerk"]

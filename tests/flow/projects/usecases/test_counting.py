"""Targets counted from the register from the day their source is switched."""

from datetime import date
from decimal import Decimal

import pytest

from gongjian.flow.plan.models import TargetSource
from gongjian.flow.projects.queries import counted_figure
from gongjian.flow.projects.usecases import (
    Paper,
    YearWords,
    accept_stages,
    bundle_projects,
    check_stages,
    correct_stage,
    count_target,
    merge_duplicates,
    register_project,
    split_project,
    type_target,
)
from gongjian.lib.refusals import Refused
from small_county import BEGIN, JUNE

SWITCH = date(2020, 6, 1)
END = date(2020, 6, 30)


@pytest.fixture
def counted(register):
    count_target(
        register.signed, "stage_events", "signed", from_day=SWITCH, by=register.office, at=JUNE
    )
    return register


def figure(register, target=None, as_of=END):
    found = counted_figure(target or register.signed, as_of=as_of, known_at=JUNE)
    return None if found is None else found.value


def test_a_target_is_typed_until_the_day_and_counted_from_it(counted):
    counted.reached(counted.mill, "signed", date(2020, 2, 10))

    assert figure(counted, as_of=date(2020, 5, 31)) is None
    assert figure(counted, as_of=SWITCH) == 1
    assert figure(counted, target=counted.started) is None


def test_what_waits_or_lies_in_another_year_is_not_counted(counted):
    counted.reported(counted.mill, "signed", date(2020, 2, 10))
    counted.reached(counted.dairy, "signed", date(2019, 12, 31))

    assert figure(counted) == 0


def test_a_day_after_the_end_of_the_period_is_not_counted_in_it(counted):
    counted.reached(counted.mill, "signed", date(2020, 6, 20))

    assert [figure(counted, as_of=day) for day in (date(2020, 6, 19), date(2020, 6, 20))] == [0, 1]


def test_a_reply_to_the_feasibility_study_is_a_filing(register):
    said = register.words("示例学校", track="government", code="2020-370782-83-01-000007")
    school = register_project(register.campaign, said, by=register.office, at=BEGIN)
    count_target(
        register.signed, "stage_events", "established", from_day=SWITCH, by=register.office, at=JUNE
    )

    register.reached(school, "feasibility_approved", date(2020, 3, 1))

    assert figure(register) == 1


def test_taken_back_is_taken_out(counted):
    event = counted.reached(counted.mill, "signed", date(2020, 2, 10))
    void = correct_stage(event, "框架协议不算", day=None, by=counted.clerk, at=JUNE)
    check_stages([void], by=counted.head, at=JUNE)
    accept_stages([void], by=counted.reviewer, at=JUNE)

    assert figure(counted) == 0


def test_a_merged_twin_counts_once_a_split_by_its_parts_a_bundle_by_its_own(counted):
    counted.reached(counted.mill, "signed", date(2020, 2, 10))
    counted.reached(counted.dairy, "signed", date(2020, 2, 11))
    said = counted.words("示例纺织智能工厂（重报）")
    twin = register_project(counted.campaign, said, by=counted.office, at=BEGIN)
    counted.reached(twin, "signed", date(2020, 2, 12))
    assert figure(counted) == 3

    merge_duplicates(counted.mill, twin, "同一备案", by=counted.office, at=JUNE)
    assert figure(counted) == 2

    paper = Paper("示例办发〔2020〕9号", date(2020, 6, 29))
    parts = [(counted.words(f"示例乳品{n}区"), YearWords()) for n in "东西"]
    east, _west = split_project(counted.dairy, parts, paper, by=counted.office, at=JUNE)
    assert figure(counted) == 3

    bundle_projects(
        [counted.mill, east], counted.words("示例园"), paper, by=counted.office, at=JUNE
    )
    assert figure(counted) == 3


def test_a_stock_counts_whatever_is_there_or_beyond(register):
    TargetSource.objects.filter(target=register.signed).update(kind="stock")
    count_target(
        register.signed, "stage_events", "signed", from_day=SWITCH, by=register.office, at=JUNE
    )
    register.reached(register.mill, "signed", date(2019, 2, 10))
    register.reached(register.mill, "established", date(2019, 3, 10))

    assert figure(register) == 1


def test_money_is_summed_from_accepted_months_of_the_year(register):
    register.reached(register.mill, "signed", date(2019, 5, 1))
    register.reached(register.mill, "established", date(2019, 6, 1))
    register.reached(register.mill, "started", date(2019, 7, 1))
    for month, amount in (("2019-12", 5), ("2020-01", 7), ("2020-06", 11)):
        register.paid(register.mill, month, arrived=amount, done=1)
    count_target(
        register.signed, "project_months", "arrived", from_day=SWITCH, by=register.office, at=JUNE
    )

    assert figure(register) == Decimal(18)


@pytest.mark.parametrize(
    ("source", "counts", "day", "code"),
    [
        ("stage_events", "wedding", SWITCH, "target.counts"),
        ("project_months", "signed", SWITCH, "target.counts"),
        ("stage_events", "signed", date(2019, 12, 1), "target.source-day"),
    ],
)
def test_what_cannot_be_counted_is_refused(register, source, counts, day, code):
    with pytest.raises(Refused) as no:
        count_target(register.signed, source, counts, from_day=day, by=register.office, at=JUNE)

    assert no.value.code == code


def test_a_counted_target_is_typed_again_with_a_reason(counted):
    counted.reached(counted.mill, "signed", date(2020, 2, 10))
    back = date(2020, 6, 20)

    made = type_target(counted.signed, "口径有争议", from_day=back, by=counted.office, at=JUNE)

    assert (made.source, made.counts, made.reason) == ("reported", "", "口径有争议")
    assert figure(counted, as_of=date(2020, 6, 19)) == 1  # what was counted stays
    assert figure(counted, as_of=back) is None


@pytest.mark.parametrize(
    ("target", "reason", "day", "code"),
    [
        ("signed", " ", SWITCH, "target.no-reason"),
        ("signed", "x", date(2020, 5, 1), "target.source-day"),
        ("started", "x", SWITCH, "target.not-counted"),
    ],
)
def test_typing_again_is_refused(counted, target, reason, day, code):
    with pytest.raises(Refused) as no:
        type_target(getattr(counted, target), reason, from_day=day, by=counted.office, at=JUNE)

    assert no.value.code == code

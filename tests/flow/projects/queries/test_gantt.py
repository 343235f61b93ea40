"""The chart of time: its groups, its windows, what a row says of its dates."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.flow.duties.queries import by_lead_unit
from gongjian.flow.projects.queries import (
    Group,
    LineFilter,
    Ungrouped,
    by_action,
    by_industry,
    by_stage,
    by_township,
    count_moved,
    funnel,
    gantt_rows,
    lines_meant,
    place_rows,
)
from gongjian.flow.projects.usecases import (
    ProjectWords,
    YearWords,
    change_project,
    follow_register,
    publish_rates,
    register_projects,
)
from gongjian.lib.days import LOCAL
from small_county import BEGIN, JUNE

TODAY = JUNE.date()
JULY = datetime(2020, 7, 3, 10, tzinfo=LOCAL)


def found(register, **wanted):
    follow_register(at=JUNE)
    return lines_meant(register.campaign, LineFilter(**wanted), on=TODAY)


def many(register, count, **more):
    """So many new projects, each planned to begin a day later."""
    first = date(2020, 1, 31)
    told = [
        register.words(f"示例第{n}项目", planned_start=first + timedelta(days=n))
        for n in range(count)
    ]
    return register_projects(
        register.campaign,
        [(replace(words, **more), YearWords("new")) for words in told],
        by=register.people["office"],
        at=BEGIN,
    )


GROUPINGS = {
    "township": lambda _register: by_township(on=TODAY),
    "action": lambda register: by_action(register.campaign),
    "industry": lambda _register: by_industry(),
    "stage": lambda _register: by_stage(),
    "lead": lambda register: by_lead_unit(register.campaign, on=TODAY),
    "none": lambda _register: Ungrouped(),
}


@pytest.mark.parametrize("name", GROUPINGS)
def test_windows_of_any_grouping_hold_every_project_once(register, name):
    many(register, 7)
    many(register, 4, township=None, industry="")
    by, among = GROUPINGS[name](register), found(register)

    groups = by.heads(among)
    within = [group.key for group in groups]
    whole = gantt_rows(among, by, within=within, known_at=JULY)
    windows = [
        row
        for offset in range(0, 13, 3)
        for row in gantt_rows(among, by, within=within, known_at=JULY, offset=offset, limit=3)
    ]

    assert sum(group.count for group in groups) == 13
    assert windows == whole
    assert len({row.uid for row in whole}) == 13
    assert [row.group for row in whole] == [g.key for g in groups for _ in range(g.count)]


def test_inside_a_group_projects_stand_by_their_start_and_those_without_last(register):
    many(register, 2)
    register_projects(
        register.campaign,
        [(ProjectWords("没有日期的项目", township=register.township), YearWords("new"))],
        by=register.people["office"],
        at=BEGIN,
    )

    among = found(register)
    rows = gantt_rows(among, by_township(on=TODAY), within=["北镇"], known_at=JULY)
    plain = gantt_rows(among, Ungrouped(), known_at=JULY)

    assert [row.begin.day for row in rows] == [
        date(2020, 1, 31),
        date(2020, 2, 1),
        date(2020, 3, 31),
        date(2020, 3, 31),
        None,
    ]
    assert [row.name for row in plain[:2]] == [register.mill.name, register.dairy.name]


def test_a_window_of_one_group_leaves_the_others_out(register):
    many(register, 3, township=None)

    named = gantt_rows(found(register), by_township(on=TODAY), within=["北镇"], known_at=JULY)
    rest = gantt_rows(found(register), by_township(on=TODAY), within=[""], known_at=JULY)

    assert (len(named), len(rest)) == (2, 3)


def test_a_window_holds_a_row_at_least(register):
    many(register, 5)

    among = found(register)

    assert len(gantt_rows(among, Ungrouped(), known_at=JULY, offset=-3, limit=0)) == 1


def test_industries_are_called_by_their_division(register):
    assert by_industry().heads(found(register)) == [Group("C14", "C14 食品制造业", 2)]


def test_a_moved_date_keeps_what_it_was_at_first(register):
    mill = register.mill
    for day in (date(2020, 6, 30), date(2020, 8, 31)):
        mill.refresh_from_db()
        change_project(
            mill,
            replace(ProjectWords.of(mill), planned_start=day),
            version=mill.version,
            reason="用地未批",
            by=register.people["office"],
            at=JUNE,
        )
    register.reached(mill, "signed", date(2020, 2, 10))

    [row] = gantt_rows(found(register, state="moved"), Ungrouped(), known_at=JULY)

    assert (row.begin.day, row.begin.first, row.moved) == (date(2020, 8, 31), date(2020, 3, 31), 2)
    assert (row.finish.day, row.finish.first) == (date(2020, 12, 31), date(2020, 12, 31))
    assert row.reached == (("signed", date(2020, 2, 10)),)
    assert count_moved(found(register)) == 1


def test_what_went_on_is_between_start_and_completion(register):
    for stage, day in (("signed", 10), ("established", 11), ("started", 12)):
        register.reached(register.mill, stage, date(2020, 2, day))

    row = gantt_rows(found(register, words="纺织"), Ungrouped(), known_at=JULY)[0]

    assert (row.stage, row.went) == ("started", (date(2020, 2, 12), None))


@pytest.mark.parametrize("name", GROUPINGS)
def test_a_window_asks_as_often_for_many_rows_as_for_few(register, name):
    asked = []
    for count in (1, 30):
        many(register, count)
        by, among = GROUPINGS[name](register), found(register)
        with CaptureQueriesContext(connection) as captured:
            gantt_rows(among, by, within=["北镇", "C14", ""], known_at=JULY)
        asked.append(len(captured))

    assert asked == [4, 4]


def test_the_funnel_counts_signed_projects_at_each_step(register):
    publish_rates(by=register.people["office"], at=BEGIN)
    for project in (register.mill, register.dairy):
        register.reached(project, "signed", date(2020, 2, 10))
    register.reached(register.mill, "established", date(2020, 3, 10))

    signed, established, started, arrived = funnel(register.listed, as_of=TODAY, known_at=JULY)

    assert (signed.count, signed.amount) == (2, Decimal(500000000))
    assert (established.count, established.kept, established.before) == (1, 1, 2)
    assert established.went_on == Decimal("0.5")
    assert (established.rate.numerator, established.rate.denominator) == (1, 2)
    assert (started.count, started.went_on) == (0, Decimal(0))
    assert (arrived.count, arrived.went_on) == (0, None)


def test_there_is_no_funnel_without_definitions(register):
    assert funnel(register.listed, as_of=TODAY, known_at=JULY) == []


def test_townships_stand_in_the_office_s_order_with_their_two_numbers(register):
    publish_rates(by=register.people["office"], at=BEGIN)
    register.reached(register.mill, "signed", date(2020, 2, 10))

    [north] = place_rows(register.listed, as_of=TODAY, known_at=JULY)

    assert (north.name, north.count, north.amount) == ("北镇", 2, Decimal(500000000))
    rate = north.rates["start_rate_signed"]
    assert (rate.numerator, rate.denominator, rate.rate) == (0, 1, 0)

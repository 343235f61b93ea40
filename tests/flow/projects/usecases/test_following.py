"""The lines of the register say what the facts say, whatever was done, and follow only that."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from gongjian.flow.projects.models import ProjectSheet, RegisterLine, RegisterSum
from gongjian.flow.projects.queries import (
    LineFilter,
    line_rows,
    line_sums,
    sums_shown,
    wrong_lines,
    wrong_sums,
)
from gongjian.flow.projects.usecases import (
    ProjectWords,
    accept_stages,
    change_project,
    check_stages,
    correct_stage,
    follow_register,
    look_at_project,
    rebuild_register,
)
from gongjian.lib.days import LOCAL
from small_county import JUNE

LATER = datetime(2020, 6, 30, 9, tzinfo=LOCAL)


def line(project):
    return RegisterLine.objects.get(project=project, campaign=project.campaign)


def started(register):
    register.reached(register.mill, "signed", date(2020, 2, 10))
    register.reached(register.mill, "established", date(2020, 2, 20))
    return register.reached(register.mill, "started", date(2020, 4, 1))


def moved(register):
    words = ProjectWords.of(register.dairy)
    later = ProjectWords(**{**words.tidy(), "planned_start": date(2020, 9, 30)})
    change_project(register.dairy, later, version=1, by=register.office, at=JUNE, reason="用地未批")


ACTS = {
    "a stage": started,
    "money": lambda r: r.paid(r.dairy, "2020-05", early_cost=10_000),
    "a moved date": moved,
    "a report that waits": lambda r: r.reported(r.mill, "signed", date(2020, 2, 10)),
}


@pytest.mark.parametrize("act", ACTS)
def test_lines_followed_are_lines_made_anew(register, act):
    follow_register(at=JUNE)
    ACTS[act](register)

    follow_register(at=JUNE)

    assert wrong_lines(at=JUNE) == []
    assert not wrong_sums()
    followed = {s.project_id: (s.facts, s.waiting) for s in ProjectSheet.objects.all()}
    rebuild_register(at=JUNE)
    assert followed == {s.project_id: (s.facts, s.waiting) for s in ProjectSheet.objects.all()}


def test_only_what_was_written_of_is_renewed(register):
    follow_register(at=JUNE)
    RegisterLine.objects.update(names="|untouched|")

    register.paid(register.mill, "2020-05", early_cost=10_000)

    assert follow_register(at=JUNE) == 1
    assert line(register.dairy).names == "|untouched|"
    assert line(register.mill).names != "|untouched|"
    assert follow_register(at=JUNE) == 0


def test_a_line_says_the_stage_the_money_and_the_date_ahead(register):
    started(register)
    register.paid(register.mill, "2020-05", done=1_000_000)
    moved(register)
    follow_register(at=JUNE)

    mill, dairy = line(register.mill), line(register.dairy)
    assert (mill.stage, mill.last_month) == ("started", "2020-05")
    assert mill.year_done == Decimal(1_000_000)
    assert (mill.next_kind, mill.due) == ("planned_finish", date(2020, 12, 31))
    assert (dairy.stage, dairy.year_done, dairy.moves) == ("", None, 1)
    assert (dairy.next_old, dairy.due) == (date(2020, 3, 31), date(2020, 9, 30))


def test_a_stage_taken_back_is_gone_from_the_line(register):
    event = started(register)
    void = correct_stage(event, "核查只是平整场地", day=None, by=register.clerk, at=LATER)
    follow_register(at=LATER)
    assert line(register.mill).stage == "started"  # the correction waits

    check_stages([void], by=register.head, at=LATER)
    accept_stages([void], by=register.reviewer, at=LATER)
    follow_register(at=LATER)
    assert line(register.mill).stage == "established"


def test_rows_come_as_days_and_sums_on_either_database(register):
    started(register)
    follow_register(at=JUNE)

    rows = line_rows(register.campaign, LineFilter(words="示例"), on=JUNE.date())

    assert [(row.project__name, row.total) for row in rows] == [
        (register.mill.name, Decimal("200000000.00")),
        (register.dairy.name, Decimal("300000000.00")),
    ]
    assert rows[0].stage_day == date(2020, 4, 1)
    assert rows[0].project__uid == register.mill.uid


def test_a_look_is_of_the_visit_before(register):
    def look(at):
        return look_at_project(register.mill, by=register.office, at=at)

    morning = datetime(2020, 6, 29, 9, tzinfo=LOCAL)
    soon, noon = morning.replace(minute=10), morning.replace(hour=12)

    assert look(morning) is None
    assert look(soon) == morning
    assert look(noon) == soon
    assert look(noon.replace(minute=3)) == soon


def test_sums_are_kept_and_are_those_of_the_lines(register):
    started(register)
    register.paid(register.mill, "2020-05", done=1_000_000)
    follow_register(at=JUNE)
    campaign, on = register.mill.campaign, JUNE.date()

    kept = line_sums(campaign, LineFilter(), on=on)
    RegisterSum.objects.all().delete()

    assert kept == line_sums(campaign, LineFilter(), on=on)
    assert sum(one.count for one in kept.values()) == RegisterLine.objects.count()


def test_another_day_has_sums_of_its_own(register):
    follow_register(at=JUNE)
    later = JUNE + timedelta(days=400)
    late = line_sums(register.mill.campaign, LineFilter(), on=later.date())

    assert follow_register(at=later) == 0

    assert {one.day for one in RegisterSum.objects.all()} == {later.date()}
    assert line_sums(register.mill.campaign, LineFilter(), on=later.date()) == late


@pytest.mark.usefixtures("register")
def test_sums_that_are_not_those_of_the_lines_are_found():
    follow_register(at=JUNE)

    RegisterSum.objects.update(late_start=99)

    assert wrong_sums()


@pytest.mark.parametrize(
    ("on", "owing"), [(date(2020, 6, 29), 0), (date(2020, 6, 30), 0), (date(2020, 7, 1), 1)]
)
def test_a_month_is_owed_once_it_is_over_and_not_on_its_last_day(register, on, owing):
    """May was told of, June was not."""
    started(register)
    register.paid(register.mill, "2020-05", done=10_000)
    rebuild_register(at=datetime(on.year, on.month, on.day, 9, tzinfo=LOCAL))

    sums = sums_shown(line_sums(register.campaign, LineFilter(), on=on), "")

    assert sums.unreported == owing

"""Lists: every act by a paper, every day with acts a version, and the statement adds up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjian.flow.projects.models import ListMembership, Project
from gongjian.flow.projects.queries import (
    amount_on,
    list_version,
    members_on,
    statement,
    ways_of,
)
from gongjian.flow.projects.usecases import (
    Paper,
    ProjectWords,
    YearWords,
    add_to_list,
    bundle_projects,
    change_project,
    drop_from_list,
    make_list,
    register_project,
    rename_project,
    split_project,
)
from gongjian.lib.refusals import Refused
from small_county import BEGIN, JUNE
from small_register import PAPER, wrong_rows

YI = Decimal(100_000_000)
START = date(2020, 1, 20)


def refused(act):
    with pytest.raises(Refused) as no:
        act()
    return no.value.code


def paper(day, number="示例办发〔2020〕9号", reason="方案调整"):
    return Paper(number, day, reason)


def made(register, name, amount, at=BEGIN, **more):
    said = register.words(name, total_investment=amount, **more)
    return register_project(register.campaign, said, by=register.office, at=at)


def lines(register, since, until):
    found = statement(register.listed, since=since, until=until)
    assert found.adds_up
    return (
        (found.opening.count, found.opening.amount / YI),
        {line.code: (line.count, line.amount / YI) for line in found.lines},
        (found.closing.count, found.closing.amount / YI),
    )


def test_the_statement_of_a_year_adds_up_by_itself(register):
    plant = made(register, "示例电机厂", 4 * YI)
    add_to_list(register.listed, [plant], paper(date(2020, 3, 1)), by=register.office, at=JUNE)
    said = ProjectWords.of(register.dairy)
    grown = replace(said, total_investment=5 * YI)
    change_project(register.dairy, grown, version=1, reason="概算调整", by=register.office, at=JUNE)
    drop_from_list(register.listed, [plant], paper(date(2020, 6, 29)), by=register.office, at=JUNE)
    parts = [(register.words(f"示例纺织{n}区", total_investment=YI), YearWords()) for n in "东西中"]
    split_project(register.mill, parts, paper(date(2020, 6, 29)), by=register.office, at=JUNE)

    whole = lines(register, date(2020, 1, 1), date(2020, 6, 29))
    assert whole == (
        (0, 0),
        {"add": (3, 9), "drop": (-1, -4), "split": (2, 1), "revised": (0, 2)},
        (4, 8),
    )
    assert lines(register, START, date(2020, 3, 31)) == ((2, 5), {"add": (1, 4)}, (3, 9))
    assert wrong_rows() == []


def test_every_day_with_acts_is_a_version(register):
    days = [date(2020, 1, 19), START, date(2020, 3, 1), date(2020, 4, 1)]
    plant, mine = made(register, "示例电机厂", YI), made(register, "示例盐厂", YI)
    for project, day in ((plant, days[2]), (mine, days[2])):
        add_to_list(register.listed, [project], paper(day), by=register.office, at=JUNE)

    assert [list_version(register.listed, day).number for day in days] == [0, 1, 2, 2]
    assert [members_on(register.listed, day).count() for day in days] == [0, 2, 4, 4]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Paper("", date(2020, 3, 1), "x"), "list.no-paper"),
        (Paper("1号", date(2020, 7, 9), "x"), "list.ahead"),
        (Paper("1号", date(2020, 1, 3), "x"), "list.backwards"),
        (Paper("1号", date(2020, 3, 1), " "), "list.no-reason"),
    ],
)
def test_a_list_changes_by_a_paper_in_the_order_of_days(register, said, code):
    act = lambda: drop_from_list(  # noqa: E731
        register.listed, [register.mill], said, by=register.office, at=JUNE
    )

    assert refused(act) == code


def test_nobody_comes_in_twice_or_leaves_unseen(register):
    other = made(register, "示例电机厂", YI)
    day = paper(date(2020, 3, 1))

    assert (
        refused(
            lambda: add_to_list(register.listed, [register.mill], day, by=register.office, at=JUNE)
        )
        == "list.there"
    )
    assert (
        refused(lambda: drop_from_list(register.listed, [other], day, by=register.office, at=JUNE))
        == "list.not-there"
    )
    assert (
        refused(lambda: add_to_list(register.listed, [], day, by=register.office, at=JUNE))
        == "list.nobody"
    )
    assert (
        refused(lambda: add_to_list(register.listed, [other], day, by=register.clerk, at=JUNE))
        == "office.only"
    )
    assert (
        refused(
            lambda: make_list(
                register.campaign, "county", "2020年县重点项目", by=register.office, at=JUNE
            )
        )
        == "list.known"
    )


def test_a_name_is_kept_with_its_days(register):
    rename_project(
        register.mill, "示例纺织未来工厂项目", paper(date(2020, 3, 1)), by=register.office, at=JUNE
    )
    rename_project(
        register.mill, "示例纺织灯塔工厂项目", paper(date(2020, 5, 1)), by=register.office, at=JUNE
    )

    former = list(register.mill.former_names.values_list("name", "valid_from", "valid_to"))
    assert former == [
        ("示例纺织智能工厂项目", date(2020, 1, 2), date(2020, 3, 1)),
        ("示例纺织未来工厂项目", date(2020, 3, 1), date(2020, 5, 1)),
    ]
    assert statement(register.listed, since=START, until=date(2020, 6, 1)).renamed == (
        ("示例纺织智能工厂项目", "示例纺织未来工厂项目"),
        ("示例纺织未来工厂项目", "示例纺织灯塔工厂项目"),
    )
    assert (
        refused(
            lambda: rename_project(
                register.mill, register.mill.name, PAPER, by=register.office, at=JUNE
            )
        )
        == "list.same-name"
    )
    assert wrong_rows() == []


def test_parts_go_on_where_the_whole_was(register):
    register.reached(register.mill, "signed", date(2020, 2, 1))
    parts = [(register.words(f"示例纺织{n}区"), YearWords()) for n in "东西"]

    east, west = split_project(
        register.mill, parts, paper(date(2020, 3, 1)), by=register.office, at=JUNE
    )

    ways = ways_of([east.pk, west.pk], known_at=JUNE)
    assert {key: way["signed"].day for key, way in ways.items()} == {
        east.pk: date(2020, 2, 1), west.pk: date(2020, 2, 1),
    }  # fmt: skip
    assert register.mill.standing == "split"
    assert (
        refused(lambda: split_project(east, parts[:1], PAPER, by=register.office, at=JUNE))
        == "list.too-few"
    )


def test_a_bundle_stands_for_its_parts_on_every_list(register):
    second = make_list(
        register.campaign, "prefecture", "2020年市重点项目", by=register.office, at=JUNE
    )
    add_to_list(second, [register.mill], paper(date(2020, 2, 1)), by=register.office, at=JUNE)

    bundle = bundle_projects(
        [register.mill, register.dairy],
        register.words("示例产业园", total_investment=5 * YI, bundle=True),
        paper(date(2020, 3, 1)),
        by=register.office,
        at=JUNE,
    )

    day = date(2020, 3, 1)
    assert [set(members_on(listed, day)) for listed in (register.listed, second)] == [
        {bundle},
        {bundle},
    ]
    assert lines(register, START, day) == ((2, 5), {"bundle": (-1, 0)}, (1, 5))
    assert wrong_rows() == []


def test_what_a_project_cost_on_a_day_is_known_afterwards(register):
    said = ProjectWords.of(register.mill)
    grown = replace(said, total_investment=9 * YI)
    change_project(register.mill, grown, version=1, reason="增加设备", by=register.office, at=JUNE)

    assert [amount_on([register.mill.pk], day)[register.mill.pk] / YI for day in (
        date(2020, 6, 28), date(2020, 6, 29),
    )] == [2, 9]  # fmt: skip


ACTS = st.lists(
    st.tuples(st.sampled_from(["add", "drop", "grow", "split", "bundle"]), st.integers(0, 40)),
    max_size=7,
)


@given(ACTS, st.integers(0, 120), st.integers(0, 120))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_done_to_a_list_its_statement_adds_up(register, acts, since, until):
    with transaction.atomic():
        day = START
        for n, (act, pause) in enumerate(acts):
            day = min(date.fromordinal(day.toordinal() + pause), JUNE.date())
            _do(register, act, n, day)
        begin, end = sorted((START.toordinal() + since, START.toordinal() + until))
        found = statement(
            register.listed, since=date.fromordinal(begin), until=date.fromordinal(end)
        )
        assert found.adds_up
        transaction.set_rollback(True)


def _do(register, act, n, day):
    there = [
        row.project for row in ListMembership.objects.filter(list=register.listed, valid_to=None)
    ]
    office, at = register.office, JUNE.replace(month=day.month, day=day.day)
    if act == "add":
        new = made(register, f"示例新{n}", (n + 1) * YI, at=at)
        add_to_list(register.listed, [new], paper(day), by=office, at=at)
    elif act == "drop" and there:
        drop_from_list(register.listed, there[:1], paper(day), by=office, at=at)
    elif act == "grow" and there:
        project = Project.objects.get(pk=there[0].pk)
        said = ProjectWords.of(project)
        more = {"total_investment": (said.total_investment or 0) + n * YI + YI}
        grown = replace(said, **more)
        change_project(project, grown, version=project.version, reason="调概", by=office, at=at)
    elif act == "split" and there:
        parts = [(register.words(f"示例部{n}{m}"), YearWords()) for m in (1, 2)]
        split_project(there[0], parts, paper(day), by=office, at=at)
    elif act == "bundle" and len(there) > 1:
        said = register.words(f"示例捆{n}", total_investment=None)
        bundle_projects(there[:2], said, paper(day), by=office, at=at)

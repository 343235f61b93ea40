"""Ten at once are ten one after the other: duties, sponsors and task forces of projects."""

from datetime import date

import pytest
from django.forms.models import model_to_dict

from gongjian.flow.duties.models import Duty, Sponsorship, TaskForce, TaskForceMember
from gongjian.flow.duties.usecases import (
    Allotment,
    Assigned,
    ForceWords,
    Naming,
    assign_many,
    assign_units,
    make_force,
    make_forces,
    name_leader,
    name_leaders,
)
from gongjian.flow.projects.usecases import YearWords, register_projects
from gongjian.foundation.orgs.models import Post
from gongjian.foundation.records.models import LogEntry
from gongjian.lib.refusals import Refused
from small_county import BEGIN, JUNE
from small_register import small_register, wrong_rows

TEN = range(10)
KEYS = {"id", "uid", "project", "force"}
BASIS = "示例〔2020〕3号"


@pytest.fixture
def register(db):  # noqa: ARG001 - it writes
    return small_register()


@pytest.fixture
def posts(register):
    return [
        Post.objects.create(unit=register.office.unit, name=name, kind=Post.Kind.LEADER,
                            valid_from=date(2019, 1, 1))
        for name in ("示例副市长甲", "示例副市长乙")
    ]  # fmt: skip


def ten_projects(register, side):
    rows = [(register.words(f"示例{side}{n}"), YearWords("new")) for n in TEN]
    return register_projects(register.campaign, rows, by=register.office, at=BEGIN)


def allotments(register):
    other = register.office.unit
    return [Allotment(register.township, responsible=(other,)), Allotment(other)]


def words(register, post):
    return ForceWords("示例专班", heads=[post], units=[register.township])


def one_by_one(register, posts):
    projects = ten_projects(register, "甲")
    for at, allotment in zip((BEGIN, JUNE), allotments(register), strict=True):
        for project in projects:
            assign_units(project, allotment, basis=BASIS, by=register.office, at=at)
    for at, post in zip((BEGIN, JUNE), posts, strict=True):
        for project in projects:
            name_leader(project, post, basis=BASIS, by=register.office, at=at)
    for project in projects:
        make_force(project, words(register, posts[0]), by=register.office, at=JUNE)
    return projects


def all_at_once(register, posts):
    projects = ten_projects(register, "乙")
    for at, allotment in zip((BEGIN, JUNE), allotments(register), strict=True):
        rows = [Assigned(project, allotment, BASIS) for project in projects]
        assign_many(rows, by=register.office, at=at)
    for at, post in zip((BEGIN, JUNE), posts, strict=True):
        namings = [Naming(project, post, BASIS) for project in projects]
        name_leaders(namings, by=register.office, at=at)
    forces = [(project, words(register, posts[0])) for project in projects]
    make_forces(forces, by=register.office, at=JUNE)
    return projects


def entries(since):
    return [
        (entry.act, entry.at, entry.actor_id, entry.facts,
         [(row.table, row.deed) for row in entry.rows.order_by("pk")])
        for entry in LogEntry.objects.filter(seq__gt=since).order_by("seq")
    ]  # fmt: skip


def kept(projects):
    keys = [project.pk for project in projects]
    found = {
        model.__name__: model.objects.filter(project__in=keys).order_by("project", "pk")
        for model in (Duty, Sponsorship, TaskForce)
    }
    found["Member"] = TaskForceMember.objects.filter(force__project__in=keys).order_by("pk")
    return {name: [_columns(row) for row in rows] for name, rows in found.items()}


def _columns(row):
    return {name: value for name, value in model_to_dict(row).items() if name not in KEYS}


def test_ten_at_once_are_ten_one_after_the_other(register, posts):
    start = LogEntry.objects.count()
    single = one_by_one(register, posts)
    between = LogEntry.objects.count()
    batch = all_at_once(register, posts)

    assert kept(single) == kept(batch)
    alone, together = entries(start)[: between - start], entries(between)
    assert alone == together
    assert len(alone) == 10 + 30 + 30 + 10
    assert wrong_rows() == []


def test_one_wrong_row_stops_all(register, posts):
    projects = ten_projects(register, "丙")
    before = LogEntry.objects.count()
    right = allotments(register)[1]
    rows = [*(Assigned(p, right) for p in projects), Assigned(register.mill, Allotment(None))]

    with pytest.raises(Refused) as no:
        assign_many(rows, by=register.office, at=JUNE)

    assert no.value.code == "duty.no-lead"
    assert Duty.objects.filter(project__in=projects).count() == 0
    staff = Post(unit=register.office.unit, name="科员", kind=Post.Kind.STAFF,
                 valid_from=date(2019, 1, 1))  # fmt: skip
    with pytest.raises(Refused):
        name_leaders(
            [*(Naming(p, posts[0]) for p in projects), Naming(register.mill, staff)],
            by=register.office,
            at=JUNE,
        )
    assert LogEntry.objects.count() == before


def test_many_ask_the_database_no_more_than_few(register, posts, django_assert_max_num_queries):
    projects = ten_projects(register, "丁")
    rows = [Assigned(p, allotments(register)[0]) for p in projects]
    with django_assert_max_num_queries(22):
        assign_many(rows, by=register.office, at=JUNE)
    with django_assert_max_num_queries(16):
        name_leaders([Naming(p, posts[0]) for p in projects], by=register.office, at=JUNE)

"""Lists that no test of their room counts: as many queries for many rows as for few."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.flow.duties.models import Duty, DutyList
from gongjian.flow.duties.usecases import ForceWords, make_force, name_leader
from gongjian.flow.duties.usecases import hand_over_post as hand_over
from gongjian.flow.plan.models import PlanDocument, Task
from gongjian.flow.plan.usecases import (
    SuperiorWords,
    align,
    create_campaign,
    create_tag,
    freeze_version,
    keep_superior_task,
    propose_date,
    tag_node,
)
from gongjian.foundation.files.usecases import keep_file
from gongjian.foundation.orgs.models import Bypass, Post, Unit
from gongjian.foundation.orgs.usecases import (
    hand_over_post,
    open_post,
    register_person,
    register_units,
)
from interfaces.web.people import BACKEND
from small_county import BEGIN, JUNE


@pytest.fixture
def demo():
    """The county sets the installation up itself."""


def superiors(county, n):
    words = SuperiorWords(f"上级任务{n}", "潍坊市")
    kept = keep_superior_task(county.campaign, words, by=county.office, at=JUNE)
    align(kept, county.signed.action, by=county.office, at=JUNE)


def versions(county, n):
    freeze_version(county.campaign, f"第{n}版", by=county.office, at=JUNE + timedelta(hours=n))


def drafts(county, n):
    DutyList.objects.create(
        campaign=county.campaign, number=n + 1, state="scrapped", drafted_by=county.office,
        drafted_at=JUNE, scrapped_why="起草有误", scrapped_by=county.office, scrapped_at=JUNE,
    )  # fmt: skip


def passed(county, n):
    Bypass.objects.create(
        account=county.office, right="report.open", unit=county.units["invest"], kind="report",
        subject=uuid4(), title=f"第{n}项", reason="核对", day=JUNE.date(), at=JUNE,
    )  # fmt: skip


def task(county, n):
    """A piece of work with its lead unit."""
    made = Task.objects.create(
        action=county.task.action, seq=100 + n, title=f"任务{n}", deadline=county.task.deadline
    )
    Duty.objects.create(
        task=made, unit=county.units["invest"], role="lead", order=1, valid_from=BEGIN.date(),
        confirmed_by=county.office, confirmed_at=BEGIN,
    )  # fmt: skip
    return made


def led_task(county, n):
    """One that a leader leads by himself."""
    post = Post.objects.get(kind=Post.Kind.LEADER)
    name_leader(task(county, n), post, by=county.office, at=JUNE)


def held_post(county, n, kind=Post.Kind.STAFF):
    """A post with somebody in it."""
    post = open_post(
        county.units["invest"], f"岗位{n}", kind=kind, from_day=BEGIN.date(), by=None, at=BEGIN
    )
    person = register_person(f"人员{n}", by=None, at=BEGIN)
    hand_over_post(post, to=person, from_day=BEGIN.date(), by=None, at=BEGIN)
    return post


def leader(county, n):
    held_post(county, n, Post.Kind.LEADER)


def force(county, n):
    words = ForceWords(
        f"专班{n}",
        heads=[held_post(county, n, Post.Kind.LEADER)],
        units=[county.units["invest"], county.units["reform"]],
        liaisons=[held_post(county, n + 500)],
    )
    make_force(task(county, n), words, by=county.office, at=JUNE)


def handover(county, n):
    """Somebody takes a post over on which work hangs."""
    post = held_post(county, n, Post.Kind.LEADER)
    name_leader(task(county, n), post, by=county.office, at=JUNE)
    person = register_person(f"接任{n}", by=None, at=JUNE)
    hand_over(post, to=person, from_day=JUNE.date(), basis="纪要", by=county.office, at=JUNE)


def tag(county, n):
    made = create_tag(county.campaign, f"集群{n}", by=county.office, at=JUNE)
    tag_node(made, task(county, n), by=county.office, at=JUNE)


def change(county, n):
    moved = task(county, n)
    propose_date(
        moved, date(2020, 11, 30), "day", reason="工期", version=moved.version,
        by=county.office, at=JUNE,
    )  # fmt: skip


def unit(county, n):
    del county
    made = Unit(code=f"u{n}", name=f"第{n}局", short_name=f"{n}局", kind=Unit.Kind.DEPARTMENT)
    register_units([made], by=None, at=BEGIN)


def document(county, n):
    file = keep_file(f"方案{n}.txt", f"方案{n}".encode(), by=county.office, at=JUNE)
    PlanDocument.objects.create(
        campaign=county.campaign, title=f"方案{n}", file=file, state="review",
        uploaded_by=county.office, uploaded_at=JUNE,
    )  # fmt: skip


def year(county, n):
    """Another year, which the pages of the plan and of duties offer."""
    create_campaign("攻坚年", year=2021 + n, by=county.office, at=JUNE)


def sheet_of(county):
    del county
    return [Post.objects.filter(kind=Post.Kind.LEADER).order_by("pk").first().uid]


def action_of(county):
    return [county.task.action.uid]


LISTS = {
    "bypasses": passed,
    "coverage": task,
    "duties": task,
    "duty_lists": drafts,
    "forces": force,
    "handovers": handover,
    "leader": led_task,
    "loads": leader,
    "people": held_post,
    "plan": task,
    "plan_changes": change,
    "plan_copy": task,
    "plan_documents": document,
    "plan_superior": superiors,
    "plan_tags": tag,
    "plan_upload": document,
    "plan_versions": versions,
    "action": task,
    "units": unit,
}
OBJECTS = {"leader": sheet_of, "action": action_of}
BY_YEAR = ("duties", "coverage", "forces", "loads", "handovers", "duty_lists", "plan")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_many_rows_as_for_few(client, county, name):
    assert asked_by(client, county, name, LISTS[name], (2, 12)) == 1


@pytest.mark.parametrize("name", BY_YEAR)
def test_a_page_asks_as_often_for_many_years_as_for_two(client, county, name):
    assert asked_by(client, county, name, year, (2, 6)) == 1


def asked_by(client, county, name, add, steps):
    """How many different numbers of queries a page takes as rows are added."""
    client.force_login(county.office, backend=BACKEND)
    of = OBJECTS.get(name)
    address = reverse(name, args=of(county) if of else [])
    asked, there = set(), 0
    for many in steps:
        for n in range(there, there + many):
            add(county, n)
        there += many
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked.add(len(queries))
    return len(asked)

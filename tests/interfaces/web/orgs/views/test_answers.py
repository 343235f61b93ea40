"""The pages of a unit and of a person say what they answer for, and what is not settled."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.flow.duties.models import Duty, Opinion
from gongjian.flow.duties.queries import Allotment
from gongjian.flow.duties.usecases import (
    ForceWords,
    assign_units,
    draft_list,
    make_force,
    object_line,
    send_list,
)
from gongjian.foundation.orgs.models import Person, Post
from gongjian.foundation.orgs.usecases import (
    give_delegation,
    hand_over_post,
    open_post,
    register_person,
)
from gongjian.lib.days import LOCAL
from small_county import BACKEND, BEGIN, JUNE, small_county

pytestmark = pytest.mark.django_db
SENT = datetime(2020, 6, 29, 9, tzinfo=LOCAL)


@pytest.fixture
def county():
    return small_county()


@pytest.fixture
def page(client, county):
    def of(reader, name, uid, **given):
        client.force_login(county.people[reader], backend=BACKEND)
        return client.get(reverse(name, args=[uid]), given)

    return of


def head_of(county, unit, name, kind=Post.Kind.HEAD, account=None):
    post = open_post(
        county.units[unit], "局长", kind=kind, from_day=BEGIN.date(), by=None, at=BEGIN
    )
    somebody = register_person(name, account=account, by=None, at=BEGIN)
    hand_over_post(post, to=somebody, from_day=BEGIN.date(), by=None, at=BEGIN)
    return post, somebody


def text(answer):
    return answer.content.decode()


def test_a_unit_says_its_parts_by_role(page, county):
    unit = county.units["reform"]

    shown = page("leader", "unit", unit.uid)

    assert [(row.work.code, row.label, row.fills) for row in shown.context["parts"]] == [
        ("1-2", "责任单位", True)
    ]
    assert "牵头 0 项、责任 1 项、配合 0 项" in text(shown)


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"part": "lead"}, []),
        ({"part": "responsible"}, ["1-2"]),
        ({"q": "新开工"}, ["1-2"]),
        ({"q": "没有的"}, []),
        ({"part": "x", "page": "99"}, []),
    ],
)
def test_the_parts_are_filtered(page, county, given, codes):
    shown = page("office", "unit", county.units["reform"].uid, **given)

    assert [row.work.code for row in shown.context["parts"]] == codes


def test_an_objection_that_waits_stands_on_both_units(page, county):
    draft = draft_list(county.campaign, by=county.office, at=SENT)
    send_list(draft, version=draft.version, by=county.office, at=SENT)
    asked = Opinion.objects.get(line__target=county.started, unit=county.units["reform"])
    object_line(asked, county.units["office"], "是办公室的事", by=county.other_approver, at=SENT)

    theirs = page("leader", "unit", county.units["reform"].uid)
    named = page("leader", "unit", county.units["office"].uid)

    for shown in (theirs, named):
        assert "异议：应由攻坚办" in text(shown)
        assert "是办公室的事" in text(shown)
    assert [row.said for row in theirs.context["parts"]] == ["objected"]


def test_task_forces_stand_on_the_page_of_their_units_and_posts(page, county):
    post, somebody = head_of(county, "reform", "发改某")
    leader = Post.objects.get(unit=county.units["leaders"])
    words = ForceWords("签约专班", heads=[leader], deputies=[post], units=[county.units["reform"]])
    make_force(county.signed, words, by=county.office, at=JUNE)

    unit = page("reporter", "unit", county.units["reform"].uid)
    person = page("reporter", "person", somebody.uid)

    forces = unit.context["answers"].forces
    assert [one.places for one in forces] == [(("副组长", "局长"), ("成员单位", ""))]
    assert "签约专班" in text(person)
    assert "对发改的责任负总责" in text(person)


def test_what_hangs_on_a_leader_is_for_that_leader_and_the_office(page, county):
    somebody = Person.objects.get(account=county.leader)
    leader = Post.objects.get(unit=county.units["leaders"])
    words = ForceWords("签约专班", heads=[leader], units=[county.units["reform"]])
    make_force(county.signed, words, by=county.office, at=JUNE)

    seen = {
        reader: "签约专班" in text(page(reader, "person", somebody.uid))
        for reader in ("office", "leader", "reporter", "principal", "sysadmin")
    }

    assert seen == {
        "office": True,
        "leader": True,
        "reporter": False,
        "principal": False,
        "sysadmin": False,
    }
    assert "签约专班" not in text(page("reporter", "unit", county.units["leaders"].uid))


def test_who_acts_today_stands_on_the_page_of_a_person(page, county):
    _post, somebody = head_of(county, "invest", "投促某", account=county.approver)
    day = JUNE.date()
    end = day + timedelta(days=5)
    receiver = county.colleague
    give_delegation(receiver, since=day, until=end, reason="病假", by=county.approver, at=JUNE)

    shown = text(page("other_reporter", "person", somebody.uid))

    assert "今天由谁代办" in shown
    assert "colleague某" in shown
    assert "病假" not in shown


def test_what_is_due_is_for_the_unit_and_the_office(page, county):
    uid = county.units["invest"].uid

    due = {name: page(name, "unit", uid).context.get("due") for name in ("reporter", "office")}

    assert due["reporter"]["due"] == due["office"]["due"] == 1
    assert [work.code for work in due["office"]["missing"]] == ["1-1"]
    assert page("other_reporter", "unit", uid).context["due"] is None


def test_who_sees_no_business_sees_a_unit_without_it(page, county):
    shown = page("sysadmin", "unit", county.units["invest"].uid)

    assert "answers" not in shown.context
    assert "新签约项目" not in text(shown)
    assert "岗位和人" in text(shown)


def test_queries_do_not_grow_with_the_parts_of_a_unit(client, county):
    client.force_login(county.leader, backend=BACKEND)
    address = reverse("unit", args=[county.units["reform"].uid])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    reform = county.units["reform"]
    for subject in (county.signed, county.task):
        allotment = Allotment(lead=reform, fills=reform if subject is county.signed else None)
        assign_units(subject, allotment, by=county.office, at=JUNE)

    with CaptureQueriesContext(connection) as many:
        shown = client.get(address)

    assert len(shown.context["parts"]) == 3
    assert Duty.objects.filter(unit=reform, valid_to=None).count() == 3
    assert len(many) == len(few)

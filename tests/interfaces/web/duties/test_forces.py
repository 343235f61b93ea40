"""The form of a task force: searched as one types, one head, nothing typed is lost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.flow.duties.models import TaskForce, TaskForceMember
from gongjian.foundation.orgs.models import Person, Post
from gongjian.foundation.orgs.usecases import hand_over_post, open_post, register_person
from small_county import BACKEND, BEGIN, small_county

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return small_county(june=False)


@pytest.fixture
def posts(county):
    """局长 and 科长 of 发改, held by 章临川 and 裴若谷; the leader's post."""
    found = {"leader": Post.objects.get(unit=county.units["leaders"])}
    for name, who in (("局长", "章临川"), ("科长", "裴若谷")):
        post = open_post(
            county.units["reform"],
            name,
            kind=Post.Kind.HEAD if name == "局长" else Post.Kind.LIAISON,
            from_day=BEGIN.date(),
            by=None,
            at=BEGIN,
        )
        person = register_person(who, by=None, at=BEGIN)
        hand_over_post(post, to=person, from_day=BEGIN.date(), by=None, at=BEGIN)
        found[name] = post
    return found


@pytest.fixture
def office(client, county):
    client.force_login(county.office, backend=BACKEND)
    return client


@pytest.fixture
def address(county):
    return reverse("force_new", args=["target", county.started.uid])


def typed(county, posts, **other):
    fields = {
        "name": "开工专班",
        "head": posts["leader"].uid,
        "head_q": "",
        "deputies": posts["局长"].uid,
        "deputies_q": "",
        "units": county.units["reform"].uid,
        "units_q": "",
        "basis": "纪要第1期",
    }
    return fields | other


def listed(answer, field):
    """(what stands in the list of a field, whether it is chosen)."""
    pick = next(one for one in answer.context["picks"] if one.field == field)
    return [(row.label, row.chosen) for row in pick.choices.rows]


def test_leaders_and_the_units_of_the_work_stand_first(office, posts, address):
    page = office.get(address)

    assert listed(page, "head") == [("市领导 副市长", False)]
    assert listed(page, "units") == [("投促", False), ("发改", False)]
    assert listed(page, "deputies") == [("发改 局长", False), ("发改 科长", False)]
    assert posts


def test_without_script_the_form_comes_back_with_what_was_looked_for(
    office, county, posts, address
):
    page = office.post(address, typed(county, posts, find="liaisons", liaisons_q="prg"))

    assert page.status_code == 200
    assert listed(page, "liaisons") == [("发改 科长", False)]
    assert listed(page, "head") == [("市领导 副市长", True)]
    assert 'value="开工专班"' in page.content.decode()
    assert not TaskForce.objects.exists()


def test_two_heads_are_refused_by_name_and_nothing_is_lost(office, county, posts, address):
    heads = [posts["leader"].uid, posts["局长"].uid]

    page = office.post(address, typed(county, posts, head=heads, deputies=posts["科长"].uid))

    shown = page.content.decode()
    assert page.status_code == 409
    assert "组长只能有一位，现在选了 2 位" in shown
    assert 'value="纪要第1期"' in shown
    assert ("发改 科长", True) in listed(page, "deputies")
    assert not TaskForce.objects.exists()


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"head": []}, "还没有选组长"),
        ({"name": " "}, "请写专班名称"),
        ({"units": []}, "专班至少要有一个成员单位"),
        ({"name": "字" * 5000}, "专班名称最多 60 个字"),
    ],
)
def test_what_is_missing_is_said(office, county, posts, address, other, sentence):
    page = office.post(address, typed(county, posts, **other))

    assert page.status_code == 409
    assert sentence in page.content.decode()


def test_a_head_is_no_deputy(office, county, posts, address):
    page = office.post(address, typed(county, posts, deputies=posts["leader"].uid))

    assert page.status_code == 409
    assert "不能又是副组长" in page.content.decode()


def test_what_was_chosen_is_what_is_kept(office, county, posts, address):
    sent = office.post(address, typed(county, posts))

    assert sent.status_code == 302
    force = TaskForce.objects.get()
    page = office.get(reverse("force", args=[force.uid]))
    assert listed(page, "head") == [("市领导 副市长", True)]
    assert listed(page, "deputies")[0] == ("发改 局长", True)
    assert TaskForceMember.objects.count() == 3


@pytest.mark.parametrize(
    ("of", "words", "found"),
    [
        ("posts", "章", ["发改 局长"]),
        ("posts", "fg kz", ["发改 科长"]),
        ("people", "裴", ["裴若谷"]),
        ("units", "tc", ["投促"]),
        ("units", "没有", []),
        ("people", "\x00", None),
    ],
)
@pytest.mark.usefixtures("posts")
def test_the_list_follows_what_is_typed(office, of, words, found):
    page = office.get(reverse("pick", args=[of]), {"field": "head", "head_q": words, "one": "1"})

    rows = [row.label for row in page.context["pick"].choices.rows]
    assert page.status_code == 200
    assert found is None or rows == found


def test_what_is_chosen_stays_while_one_types_on(office, posts):
    given = {"field": "deputies", "deputies_q": "科长", "deputies": posts["局长"].uid}

    shown = office.get(reverse("pick", args=["posts"]), given).content.decode()

    assert re.findall(r'value="([^"]+)"( checked)?', shown) == [
        (str(posts["局长"].uid), " checked"),
        (str(posts["科长"].uid), ""),
    ]


@pytest.mark.parametrize(("of", "field"), [("nothing", "head"), ("posts", "a b")])
def test_there_is_no_other_list(office, of, field):
    assert office.get(reverse("pick", args=[of]), {"field": field}).status_code == 404


@pytest.mark.usefixtures("posts")
def test_queries_do_not_grow_with_the_people(office, county, address):
    office.get(address)
    with CaptureQueriesContext(connection) as few:
        office.get(address)
    for number in range(5):
        post = open_post(
            county.units["invest"],
            f"岗{number}",
            kind=Post.Kind.STAFF,
            from_day=BEGIN.date(),
            by=None,
            at=BEGIN,
        )
        person = register_person(f"人{number}", by=None, at=BEGIN)
        hand_over_post(post, to=person, from_day=BEGIN.date(), by=None, at=BEGIN)

    with CaptureQueriesContext(connection) as many:
        office.get(address)

    assert Person.objects.count() >= 5
    assert len(many) == len(few)

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.foundation.orgs.models import Bypass, Delegation, Person, PostHolding
from gongjian.foundation.orgs.usecases import hand_over_post, open_post, register_person
from gongjian.foundation.records.models import LogEntry
from interfaces.web.people import AT, a_demo, come_in
from small_county import small_county
from small_plan import a_person, some_units

DAY = date(2020, 1, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    a_demo()
    return some_units()


@pytest.fixture
def head(units):
    """甲, on the post 局长 of 市发改局."""
    person = register_person(
        "甲", mobile="13800000001", office_phone="0536-0000001", by=None, at=AT
    )
    post = open_post(units["市发改局"], "局长", kind="head", from_day=DAY, by=None, at=AT)
    hand_over_post(post, to=person, from_day=DAY, by=None, at=AT)
    return person


def door(user):
    return come_in(Client(), user)


def text(answer):
    return answer.content.decode()


def test_numbers_are_masked_wherever_somebody_stands(units, head):
    client = door(a_person("own", "unit_approver", unit=units["市发改局"], at=AT))
    pages = [
        reverse("people"),
        reverse("person", args=[head.uid]),
        reverse("unit", args=[units["市发改局"].uid]),
    ]

    for page in pages:
        shown = text(client.get(page))
        assert "138****0001" in shown
        assert "13800000001" not in shown


def test_a_colleague_is_shown_the_whole_number_and_the_log_says_so(units, head):
    colleague = a_person("own", "unit_reporter", unit=units["市发改局"], at=AT)

    answer = door(colleague).post(
        reverse("person_phone", args=[head.uid]), headers={"HX-Request": "true"}
    )

    assert "13800000001" in text(answer)
    assert "no-store" in answer["Cache-Control"]
    entry = LogEntry.objects.get(act="phone.shown")
    assert (entry.actor_id, entry.facts) == (colleague.pk, {"person": head.pk})


@pytest.mark.parametrize("role", ["unit_reporter", "campaign_office", "sys_admin", "audit_admin"])
def test_a_stranger_is_told_why_not(units, head, role):
    stranger = a_person("stranger", role, unit=units["市财政局"], at=AT)

    answer = door(stranger).post(reverse("person_phone", args=[head.uid]))

    assert answer.status_code == 409
    assert "13800000001" not in text(answer)
    assert not LogEntry.objects.filter(act="phone.shown").exists()


def test_a_post_changes_hands_on_its_page(units, head):  # noqa: ARG001
    client = door(a_person("office", "campaign_office", at=AT))
    post, other = PostHolding.objects.get().post, register_person("乙", by=None, at=AT)
    typed = {"version": post.version, "to": other.uid, "from_day": "2020-06-01", "acting": "on"}

    answer = client.post(reverse("post_hand_over", args=[post.uid]), typed)
    stale = client.post(reverse("post_hand_over", args=[post.uid]), typed)

    assert (answer.status_code, stale.status_code) == (302, 409)
    assert 'data-code="post.changed"' in text(stale)
    page = text(client.get(answer.url))
    assert "乙" in page
    assert "代管" in page


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "post.nobody"),
        ({"to": "x"}, "post.nobody"),
        ({"to": "own"}, "day.typed"),
        ({"to": "own", "from_day": "2019-01-01"}, "post.handover-early"),
        ({"to": "own", "from_day": "2020-06-01", "basis": "长" * 5000}, "words.long"),
    ],
)
def test_what_a_vandal_sends_to_a_post_is_refused(units, head, sent, code):  # noqa: ARG001
    client = door(a_person("office", "campaign_office", at=AT))
    post, other = PostHolding.objects.get().post, register_person("乙", by=None, at=AT)
    if sent.get("to") == "own":
        sent = sent | {"to": other.uid}

    answer = client.post(
        reverse("post_hand_over", args=[post.uid]), {"version": post.version} | sent
    )

    assert answer.status_code == 409
    assert f'data-code="{code}"' in text(answer)


def test_somebody_leaves_a_post_and_it_is_ended(units, head):  # noqa: ARG001
    client = door(a_person("office", "campaign_office", at=AT))
    holding = PostHolding.objects.get()
    left = {"version": holding.post.version, "on": "2020-06-29", "basis": "2号"}
    client.post(reverse("post_leave", args=[holding.uid]), left)
    holding.refresh_from_db()

    answer = client.post(
        reverse("post_end", args=[holding.post.uid]),
        {"version": holding.post.version, "on": "2020-06-29"},
    )

    assert (holding.valid_to, holding.end_basis) == (date(2020, 6, 29), "2号")
    assert "撤销" in text(door(a_person("x", "sys_admin", at=AT)).get(answer.url))


def test_a_person_is_registered_once_however_often_it_is_sent(units):  # noqa: ARG001
    client, key = door(a_person("office", "campaign_office", at=AT)), uuid4()
    typed = {"key": key, "name": "丙", "mobile": "13800000009", "account": "office"}

    client.post(reverse("person_create"), typed)
    client.post(reverse("person_create"), typed)

    made = Person.objects.get(name="丙")
    assert made.account.username == "office"
    assert "office" in text(client.get(reverse("person", args=[made.uid])))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"name": ""}, "words.missing"),
        ({"name": "丙\u202e"}, "words.unseen"),
        ({"name": "@丙"}, "words.formula"),
        ({"name": "丙", "mobile": "1"}, "person.mobile"),
        ({"name": "丙", "account": "nobody"}, "account.missing"),
    ],
)
def test_what_a_person_cannot_be_is_said_on_the_form(units, typed, code):  # noqa: ARG001
    client = door(a_person("office", "campaign_office", at=AT))

    answer = client.post(reverse("person_create"), typed)

    assert answer.status_code == 409
    assert f'data-code="{code}"' in text(answer)


def test_a_person_edited_meanwhile_shows_both(units, head):  # noqa: ARG001
    client = door(a_person("office", "campaign_office", at=AT))
    typed = {"version": 1, "name": "甲甲", "mobile": "", "office_phone": ""}
    client.post(reverse("person_edit", args=[head.uid]), typed)

    answer = client.post(reverse("person_edit", args=[head.uid]), typed | {"name": "乙"})

    assert answer.status_code == 409
    assert "甲甲" in text(answer)


def test_one_acts_for_a_colleague_until_one_goes_back(units):
    home = units["市发改局"]
    giver = a_person("giver", "unit_approver", unit=home, at=AT)
    receiver = a_person("receiver", "unit_reporter", unit=home, at=AT)
    typed = {"to": receiver.uid, "since": "2020-06-29", "until": "2020-07-02", "reason": "出差"}
    door(giver).post(reverse("delegation_give"), typed | {"key": uuid4()})
    row, client = Delegation.objects.get(), door(receiver)

    client.post(reverse("delegation_begin", args=[row.uid]))
    acting = text(client.get(reverse("own")))
    client.post(reverse("delegation_leave"))

    assert row.valid_to == date(2020, 7, 3)
    assert "（代giver某）" in acting
    assert "（代giver某）" not in text(client.get(reverse("own")))
    assert LogEntry.objects.get(act="delegation.begun").actor_id == receiver.pk


def test_acting_ends_with_the_delegation(units):
    home = units["市发改局"]
    giver = a_person("giver", "unit_approver", unit=home, at=AT)
    receiver = a_person("receiver", "unit_reporter", unit=home, at=AT)
    typed = {"to": receiver.uid, "since": "2020-06-29", "until": "2020-07-02", "reason": "出差"}
    there = door(giver)
    there.post(reverse("delegation_give"), typed)
    row, client = Delegation.objects.get(), door(receiver)
    client.post(reverse("delegation_begin", args=[row.uid]))

    there.post(reverse("delegation_end", args=[row.uid]))

    assert "（代giver某）" not in text(client.get(reverse("own")))
    assert client.post(reverse("delegation_begin", args=[row.uid])).status_code == 404


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({}, "delegation.nobody"),
        ({"to": UUID(int=1)}, "account.missing"),
        ({"to": "self"}, "delegation.self"),
    ],
)
def test_what_cannot_be_delegated_is_said_on_the_own_page(units, typed, code):
    giver = a_person("giver", "unit_approver", unit=units["市发改局"], at=AT)
    sent = {"since": "2020-06-29", "until": "2020-07-02", "reason": "出差"} | typed
    if sent.get("to") == "self":
        sent["to"] = giver.uid

    answer = door(giver).post(reverse("delegation_give"), sent)

    assert answer.status_code == 409
    assert f'data-code="{code}"' in text(answer)


def test_the_office_opens_a_draft_with_a_reason_that_its_unit_reads():
    county = small_county()
    draft, office = county.report(county.started), door(county.reviewer)
    report, past = (
        reverse("report", args=[draft.uid]),
        reverse("report_open_past", args=[draft.uid]),
    )
    unit = reverse("unit", args=[draft.unit.uid])

    closed, offered = office.get(report).status_code, past in text(office.get(unit))
    short = office.post(past, {"reason": "看看"})
    office.post(past, {"reason": "群众反映数据不实", "key": uuid4()})

    assert (closed, offered, short.status_code) == (404, True, 409)
    assert office.get(report, follow=True).status_code == 200
    assert "群众反映数据不实" in text(door(county.other_reporter).get(unit))
    assert "群众反映数据不实" in text(door(county.other_reporter).get(reverse("bypasses")))
    assert "群众反映数据不实" not in text(door(county.reporter).get(reverse("bypasses")))
    auditor = a_person("auditor", "audit_admin", at=AT)
    assert "群众反映数据不实" in text(door(auditor).get(reverse("bypasses")))
    assert Bypass.objects.count() == 1


def test_a_whole_number_is_nowhere_in_what_the_log_keeps(units, head):
    colleague = a_person("own", "unit_reporter", unit=units["市发改局"], at=AT)
    door(colleague).post(reverse("person_phone", args=[head.uid]))

    kept = " ".join(f"{e.facts} {e.actor_name}" for e in LogEntry.objects.all())

    assert not re.search(r"1380000", kept)

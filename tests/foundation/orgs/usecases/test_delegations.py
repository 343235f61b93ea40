from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from gongjian.foundation.orgs.models import Role
from gongjian.foundation.orgs.queries import account, standing_in
from gongjian.foundation.orgs.usecases import (
    create_account,
    give_delegation,
    grant_role,
    register_person,
    show_phone,
    take_back_delegation,
)
from gongjian.foundation.records.models import LogEntry
from gongjian.lib.days import LOCAL
from gongjian.lib.refusals import Refused
from small_plan import PASSWORD, a_person, some_units

AT = datetime(2020, 3, 20, 9, tzinfo=LOCAL)
TODAY = date(2020, 3, 20)
WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def people(db):  # noqa: ARG001
    units = some_units()
    home = units["市发改局"]
    return {
        "approver": a_person("approver", "unit_approver", unit=home),
        "reporter": a_person("reporter", "unit_reporter", unit=home),
        "third": a_person("third", "unit_reporter", unit=home),
        "stranger": a_person("stranger", "unit_reporter", unit=units["市财政局"]),
        "auditor": a_person("auditor", "audit_admin", unit=home),
    }


def given(giver, receiver, since=TODAY, until=WEEK, reason="外出学习", at=AT):
    return give_delegation(receiver, since=since, until=until, reason=reason, by=giver, at=at)


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **kwargs)
    return no.value.code


def acting(row, receiver, on=TODAY):
    user = account(receiver.username, on=on)
    return user if standing_in(user, row.uid, on=on) else None


def test_the_receiver_has_the_givers_roles_and_unit_while_it_runs(people):
    row = given(people["approver"], people["reporter"])

    there = acting(row, people["reporter"])

    assert (there.pk, there.roles) == (people["reporter"].pk, {"unit_approver"})
    assert there.whose_hand == people["approver"]
    assert acting(row, people["reporter"], on=WEEK) is None
    assert acting(row, people["third"]) is None


def test_what_is_done_for_another_says_so_in_the_log(people):
    row = given(people["approver"], people["reporter"])
    there = acting(row, people["reporter"])

    register_person("甲", unit=there.unit, by=there, at=AT)

    entry = LogEntry.objects.get(act="person.registered")
    assert (entry.actor_id, entry.facts) == (there.pk, {"for": people["approver"].pk})
    assert entry.actor_name == "reporter某（代approver某）"


@pytest.mark.parametrize(
    ("giver", "receiver", "typed", "code"),
    [
        ("approver", "approver", {}, "delegation.self"),
        ("approver", "stranger", {}, "delegation.other-unit"),
        ("approver", "auditor", {}, "delegation.administrator"),
        ("auditor", "approver", {}, "delegation.no-business"),
        ("approver", "reporter", {"since": date(2020, 3, 19)}, "delegation.backdated"),
        ("approver", "reporter", {"until": TODAY}, "delegation.backwards"),
        ("approver", "reporter", {"until": date(2020, 12, 31)}, "delegation.long"),
        ("approver", "reporter", {"reason": " "}, "words.missing"),
        ("approver", "reporter", {"reason": "病" * 5000}, "words.long"),
    ],
)
def test_acts_are_given_in_the_own_unit_for_a_while(people, giver, receiver, typed, code):
    assert code_of(given, people[giver], people[receiver], **typed) == code


def test_acts_are_not_given_in_a_circle(people):
    given(people["approver"], people["reporter"])
    given(people["reporter"], people["third"])

    assert code_of(given, people["third"], people["approver"]) == "delegation.circle"
    assert code_of(given, people["approver"], people["reporter"]) == "delegation.twice"
    given(people["third"], people["approver"], since=WEEK, until=WEEK + timedelta(days=1))


def test_a_delegation_is_taken_back_by_its_giver_at_once(people):
    row = given(people["approver"], people["reporter"])

    assert (
        code_of(take_back_delegation, row, by=people["reporter"], at=AT) == "delegation.not-yours"
    )
    take_back_delegation(row, by=people["approver"], at=AT)
    assert acting(row, people["reporter"]) is None
    assert code_of(take_back_delegation, row, by=people["approver"], at=AT) == "delegation.over"


def test_nobody_gives_on_what_was_given_to_them(people):
    there = acting(given(people["approver"], people["reporter"]), people["reporter"])

    assert code_of(given, there, people["third"]) == "delegation.in-person"


def test_administrators_roles_are_not_given_along(people):
    row = given(people["approver"], people["reporter"])
    for role in people["approver"].roles:
        people["approver"].grants.filter(role=role).update(valid_to=TODAY)
    grant_role(people["approver"], Role.SEC_ADMIN, by=None, at=AT)

    assert acting(row, people["reporter"]).roles == frozenset()


def test_a_closed_givers_acts_are_done_by_nobody(people):
    row = given(people["approver"], people["reporter"])
    people["approver"].is_active = False
    people["approver"].save(update_fields=["is_active"])

    assert acting(row, people["reporter"]) is None


def test_a_whole_number_is_shown_to_the_own_unit_and_each_showing_is_kept(people):
    somebody = register_person(
        "甲", mobile="13800000001", account=people["approver"], by=None, at=AT
    )

    assert show_phone(somebody, by=people["reporter"], at=AT) == "13800000001"
    assert code_of(show_phone, somebody, by=people["stranger"], at=AT) == "phone.not-yours"
    assert show_phone(somebody, shares=True, by=people["stranger"], at=AT) == "13800000001"
    shown = LogEntry.objects.filter(act="phone.shown").order_by("seq")
    assert [(e.actor_id, e.facts) for e in shown] == [
        (people["reporter"].pk, {"person": somebody.pk}),
        (people["stranger"].pk, {"person": somebody.pk}),
    ]


def test_an_unknown_delegation_gives_nothing(people):
    assert not standing_in(people["reporter"], uuid4(), on=TODAY)


def test_names_longer_than_a_log_line_are_cut_nowhere(people):
    """Two names of forty characters and the words between them fit the log."""
    long = [
        create_account(
            f"long{n}", display_name="名" * 40, password=PASSWORD, unit=people["approver"].unit,
            by=None, at=AT,
        )
        for n in (1, 2)
    ]  # fmt: skip
    for one in long:
        grant_role(one, Role.UNIT_APPROVER, by=None, at=AT)
    giver, receiver = (account(one.username, on=TODAY) for one in long)
    there = acting(given(giver, receiver), receiver)

    register_person("甲", unit=there.unit, by=there, at=AT)

    assert len(LogEntry.objects.get(act="person.registered").actor_name) == 83

"""A person confirms what the words propose, or says otherwise."""

from datetime import timedelta

import pytest

from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.queries import (
    Allotment,
    duties_over,
    proposed_duties,
    words_of,
)
from gongjian.flow.duties.usecases import adopt_plan, assign_target, confirm_duties
from gongjian.flow.plan.models import Target
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict, Refused
from small_plan import AT, a_person, a_read_plan, accept_all, an_office, some_units

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=30)


@pytest.fixture
def units():
    return some_units()


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def target(office, units):  # noqa: ARG001 - the words name units that must be known
    document = a_read_plan(office)
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)
    return Target.objects.select_related("action__campaign").get(metric="到位资金")


def test_confirm_duties_says_who_and_when(office, target):
    waiting = proposed_duties(target.action.campaign)

    count = confirm_duties(waiting, by=office, at=AT)

    assert count == len(waiting) == Duty.objects.filter(confirmed_by=office).count()
    assert proposed_duties(target.action.campaign) == []


def test_confirm_duties_twice_is_refused(office, target):
    waiting = proposed_duties(target.action.campaign)
    confirm_duties(waiting, by=office, at=AT)

    with pytest.raises(Refused) as stale:
        confirm_duties(waiting, by=office, at=AT)
    with pytest.raises(Refused) as read_again:
        confirm_duties(list(Duty.objects.all()), by=office, at=AT)

    assert (stale.value.code, read_again.value.code) == ("duty.changed", "duty.confirmed")


def test_assign_target_ends_what_was_said_before(office, target, units):
    allotment = Allotment(lead=units["市财政局"], fills=units["市民政局"])

    assign_target(target, allotment, by=office, at=LATER)

    words = words_of(duties_over(target))
    ended = Duty.objects.filter(target=target, valid_to=local_day(LATER))
    assert (words.lead, words.fills, words.responsible) == ("市财政局", "市民政局", "市民政局")
    assert {duty.unit.short_name for duty in ended} == {"市发改局", "市财政局"}


def test_assign_target_on_the_same_day_replaces(office, target, units):
    before = {duty.pk for duty in duties_over(target)}

    assign_target(
        target, Allotment(lead=units["市民政局"], fills=units["市民政局"]), by=office, at=AT
    )

    assert not Duty.objects.filter(pk__in=before).exists()
    assert words_of(duties_over(target)).lead == "市民政局"


def test_assign_target_keeps_the_order_and_a_unit_once(office, target, units):
    lead, second, third = units["市发改局"], units["市水利局"], units["市财政局"]
    allotment = Allotment(lead, lead, responsible=(second, third, lead), supporting=(second,))

    assign_target(target, allotment, by=office, at=LATER)

    words = words_of(duties_over(target))
    assert (words.lead, words.responsible, words.supporting) == (
        "市发改局",
        "市水利局、市财政局",
        "",
    )


def test_assign_target_from_a_stale_form_shows_both(office, target, units):
    seen = [duty.uid for duty in duties_over(target)]
    theirs = Allotment(lead=units["市民政局"], fills=units["市民政局"])
    assign_target(target, theirs, by=office, at=LATER, seen=seen)

    with pytest.raises(Conflict) as no:
        assign_target(
            target,
            Allotment(lead=units["市财政局"], fills=units["市财政局"]),
            by=office,
            at=LATER,
            seen=seen,
        )

    assert no.value.code == "duty.assigned"
    assert (no.value.mine["牵头单位"], no.value.theirs["牵头单位"]) == ("市财政局", "市民政局")
    assert words_of(duties_over(target)).lead == "市民政局"


def test_assign_target_is_for_the_office(target, units):
    allotment = Allotment(lead=units["市财政局"], fills=units["市财政局"])

    with pytest.raises(Refused) as no:
        assign_target(target, allotment, by=a_person("lead", "lead_unit"), at=AT)

    assert no.value.code == "office.only"

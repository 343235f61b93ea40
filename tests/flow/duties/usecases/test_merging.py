"""Two projects found to be one: who answered for the one that goes comes over; history is kept."""

from datetime import date

import pytest

from gongjian.flow.duties.models import Duty, Sponsorship, TaskForce
from gongjian.flow.duties.queries import duties_over, places_of, words_of
from gongjian.flow.duties.usecases import (
    Allotment,
    ForceWords,
    assign_units,
    make_force,
    merge_duplicates,
    name_leader,
)
from gongjian.foundation.orgs.models import Post
from small_county import BEGIN, JUNE
from small_register import small_register

REASON = "同一份备案证明"


@pytest.fixture
def register(db):  # noqa: ARG001 - it writes
    return small_register()


@pytest.fixture
def answered(register):
    """The dairy has a lead, a sponsor and a team; the mill has none of them."""
    post, office = Post.objects.get(), register.office
    allotment = Allotment(register.units["reform"], responsible=(register.township,))
    assign_units(register.dairy, allotment, by=office, at=BEGIN)
    name_leader(register.dairy, post, by=office, at=BEGIN)
    words = ForceWords("示例专班", heads=[post], units=[register.township])
    make_force(register.dairy, words, by=office, at=BEGIN)
    return register


def test_what_the_one_kept_lacks_comes_over_and_the_rest_is_history(answered):
    merge_duplicates(answered.mill, answered.dairy, REASON, by=answered.office, at=JUNE)

    words = words_of(duties_over(answered.mill))
    assert (words.lead, words.responsible) == ("发改", "北镇")
    sponsor = Sponsorship.objects.get(project=answered.mill)
    assert (sponsor.post, sponsor.valid_from) == (Post.objects.get(), date(2020, 6, 29))
    force = TaskForce.objects.get(project=answered.mill)
    assert (force.name, len(places_of(force))) == ("示例专班", 2)
    for model in (Duty, Sponsorship, TaskForce):
        left = model.objects.filter(project=answered.dairy)
        assert left.exists()
        assert not left.filter(valid_to__isnull=True).exists()


def test_what_the_one_kept_has_stays(answered):
    office, other = answered.office, answered.units["invest"]
    assign_units(answered.mill, Allotment(other), by=office, at=BEGIN)

    merge_duplicates(answered.mill, answered.dairy, REASON, by=office, at=JUNE)

    words = words_of(duties_over(answered.mill))
    assert (words.lead, words.responsible) == ("投促", "发改、北镇")


def test_two_of_which_nobody_answers_are_one(register):
    merge_duplicates(register.mill, register.dairy, REASON, by=register.office, at=JUNE)

    assert not Duty.objects.filter(project=register.mill).exists()

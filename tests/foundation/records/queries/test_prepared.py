"""A prepared question answers as its queryset does, and is worded once."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db.models import QuerySet

from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.records.queries import prepared

pytestmark = pytest.mark.django_db

DAY = date(2020, 6, 29)
WORDED = []


@prepared
def in_force_named(*, name: str, on: date) -> QuerySet[Unit]:
    WORDED.append(name)
    return Unit.objects.in_force(on).filter(short_name=name).select_related("parent")


@prepared
def codes(order: str, *, keys: Collection[int], but: UUID) -> QuerySet[Unit, tuple[str, date]]:
    rows = Unit.objects.filter(pk__in=keys).exclude(uid=but)
    return rows.order_by(order).values_list("code", "valid_from")


@prepared
def nobody(*, on: date) -> QuerySet[Unit]:
    return Unit.objects.in_force(on).filter(pk__in=[])


@pytest.fixture
def three():
    above = Unit.objects.create(code="A", short_name="发改局", valid_from=DAY)
    return [
        above,
        Unit.objects.create(code="B", short_name="发改局", parent=above, valid_from=DAY),
        Unit.objects.create(code="C", short_name="住建局", valid_from=DAY - timedelta(1)),
    ]


def test_rows_are_those_of_the_queryset_with_what_they_lead_to(three, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = sorted(in_force_named(name="发改局", on=DAY), key=lambda unit: unit.code)
        assert [unit.parent for unit in found] == [None, three[0]]

    assert found == three[:2]
    assert isinstance(found[0].uid, UUID)
    assert isinstance(found[0].valid_from, date)


def test_it_is_worded_once_and_asked_with_other_values(three):
    WORDED.clear()

    assert in_force_named(name="住建局", on=DAY) == [three[2]]
    assert in_force_named(name="住建局", on=DAY - timedelta(2)) == []
    assert in_force_named(name="发改局", on=DAY - timedelta(1)) == []

    assert len(WORDED) <= 1


def test_keys_come_in_any_number_and_a_wording_of_its_own_has_its_own_order(three):
    keys = [unit.pk for unit in three]

    assert codes("code", keys=keys, but=three[1].uid) == [
        ("A", DAY),
        ("C", DAY - timedelta(1)),
    ]
    assert [code for code, _ in codes("-code", keys=keys[:2], but=UUID(int=0))] == ["B", "A"]
    assert codes("code", keys=[], but=UUID(int=0)) == []


def test_what_can_match_nothing_is_not_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert nobody(on=DAY) == []


def test_nothing_is_no_value():
    with pytest.raises(TypeError, match="name is None"):
        in_force_named(name=None, on=DAY)


def test_nothing_among_keys_is_no_key(three):
    with pytest.raises(TypeError, match="keys holds None"):
        codes("code", keys=[three[0].pk, None], but=UUID(int=0))


@prepared
def named_since(*, name: str = "", on: date = DAY) -> QuerySet[Unit]:
    held = Unit.objects.filter(valid_from__gte=on)
    return held.filter(short_name=name)


def test_values_left_out_have_a_wording_of_their_own(three):
    assert named_since(name="住建局") == []
    assert named_since(name="住建局", on=DAY - timedelta(1)) == [three[2]]
    assert len(named_since(name="发改局")) == 2


@prepared
def fetched_besides(*, name: str) -> QuerySet[Unit]:
    return Unit.objects.filter(short_name=name).prefetch_related("children")


def test_a_question_that_would_ask_twice_is_refused():
    with pytest.raises(TypeError, match="prefetches nothing"):
        fetched_besides(name="发改局")

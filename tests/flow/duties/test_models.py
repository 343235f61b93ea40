"""What the database itself refuses of duties."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongjian.flow.duties.models import Duty
from gongjian.flow.plan.models import Target, Task
from gongjian.flow.plan.usecases import adopt_plan
from small_plan import AT, a_read_plan, accept_all, an_office, some_units

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 20)


@pytest.fixture
def units():
    return some_units()


@pytest.fixture
def target():
    office = an_office()
    document = a_read_plan(office)
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)
    return Target.objects.get(metric="到位资金")


def refused(**fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(valid_from=DAY, **fields)
    return True


def test_a_duty_has_one_subject(units, target):
    unit = units["市发改局"]

    assert refused(unit=unit, role="lead")
    assert refused(unit=unit, role="lead", target=target, action=target.action)


@pytest.mark.parametrize("subject", ["action", "target", "task"])
def test_exactly_one_unit_leads(units, target, subject):
    node = {"action": target.action, "target": target, "task": Task.objects.first()}[subject]
    Duty.objects.create(unit=units["市发改局"], role="lead", valid_from=DAY, **{subject: node})

    assert refused(unit=units["市财政局"], role="lead", **{subject: node})


def test_one_unit_fills_a_target(units, target):
    lead = units["市发改局"]
    Duty.objects.create(unit=lead, role="lead", fills=True, target=target, valid_from=DAY)

    assert refused(unit=units["市财政局"], role="responsible", fills=True, target=target)


def test_a_unit_stands_once_under_a_target_and_a_task(units, target):
    unit, task = units["市财政局"], Task.objects.first()
    Duty.objects.create(unit=unit, role="responsible", target=target, valid_from=DAY)
    Duty.objects.create(unit=unit, role="responsible", task=task, valid_from=DAY)

    assert refused(unit=unit, role="supporting", target=target)
    assert refused(unit=unit, role="supporting", task=task)


def test_a_duty_that_ended_leaves_room_for_the_next(units, target):
    old = Duty.objects.create(unit=units["市发改局"], role="lead", target=target, valid_from=DAY)
    Duty.objects.filter(pk=old.pk).update(valid_to=date(2020, 6, 1))

    Duty.objects.create(unit=units["市财政局"], role="lead", target=target, valid_from=DAY)

    assert Duty.objects.filter(target=target, role="lead", valid_to=None).count() == 1


def test_a_duty_ends_after_it_begins(units, target):
    unit = units["市发改局"]

    assert refused(unit=unit, role="lead", target=target, valid_to=date(2020, 3, 19))


def test_confirmed_goes_with_who_and_when(units, target):
    assert refused(unit=units["市发改局"], role="lead", target=target, confirmed_at=AT)

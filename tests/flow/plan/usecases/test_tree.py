"""Campaigns, definitions, kinds and leaders."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from gongjian.flow.plan.models import Target
from gongjian.flow.plan.queries import plan_actions, target_by_uid, target_terms
from gongjian.flow.plan.usecases import (
    adopt_plan,
    create_campaign,
    define_target,
    describe_target,
    register_superior_tasks,
)
from gongjian.lib.refusals import Conflict, Refused
from small_plan import AT, a_read_plan, accept_all

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 29)


@pytest.fixture
def campaign(office):
    document = a_read_plan(office)
    accept_all(document, office)
    return adopt_plan(document, by=office, at=AT).campaign


@pytest.fixture
def target(office, campaign):
    row = plan_actions(campaign, on=DAY)[0].targets[1]
    return target_by_uid(row.uid, reader=office)


def test_create_campaign_is_done_once(office):
    create_campaign("攻坚年", year=2021, by=office, at=AT)

    with pytest.raises(Refused) as no:
        create_campaign("攻坚年", year=2021, by=office, at=AT)

    assert no.value.code == "campaign.known"


def test_register_superior_tasks_keeps_their_order(office, campaign):
    tasks = register_superior_tasks(campaign, ["甲", "乙"], issuer="潍坊市", by=office, at=AT)

    assert [(task.seq, task.title, task.issuer) for task in tasks] == [
        (1, "甲", "潍坊市"),
        (2, "乙", "潍坊市"),
    ]


def test_register_superior_tasks_is_done_once(office, campaign):
    register_superior_tasks(campaign, ["甲", "乙"], issuer="潍坊市", by=office, at=AT)

    with pytest.raises(Refused) as no:
        register_superior_tasks(campaign, ["丙"], issuer="潍坊市", by=office, at=AT)

    assert no.value.code == "superior-tasks.known"
    assert [task.title for task in campaign.superior_tasks.all()] == ["甲", "乙"]


def test_define_target_ends_the_version_before(office, target):
    define_target(target, "第一版", valid_from=date(2020, 1, 1), by=office, at=AT)
    define_target(target, " 第二版 ", valid_from=date(2020, 7, 1), by=office, at=AT)

    versions = target_terms(target).definitions
    assert [(d.number, d.text, d.valid_to) for d in versions] == [
        (2, "第二版", None),
        (1, "第一版", date(2020, 7, 1)),
    ]


@pytest.mark.django_db(transaction=True)
def test_define_target_by_two_at_once_makes_two_versions(office, target):
    start = Barrier(2)

    def define(text):
        start.wait(timeout=20)
        try:
            return define_target(target, text, valid_from=DAY, by=office, at=AT).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as two:
        numbers = list(two.map(define, ["甲口径", "乙口径"]))

    assert sorted(numbers) == [1, 2]
    assert [d.number for d in target_terms(target).definitions] == [2, 1]


def test_define_target_refuses_an_empty_definition(office, target):
    with pytest.raises(Refused) as no:
        define_target(target, "  ", valid_from=DAY, by=office, at=AT)

    assert no.value.code == "definition.empty"


def test_describe_target_from_a_stale_form_shows_both(office, target):
    stock = Target.Kind.STOCK
    describe_target(target, kind=stock, base_value=Decimal(90), version=1, by=office, at=AT)

    with pytest.raises(Conflict) as no:
        describe_target(target, kind=Target.Kind.FLOW, base_value=None, version=1, by=office, at=AT)

    assert (no.value.code, no.value.theirs) == ("target.changed", {"类型": str(stock.label)})
    assert target_terms(target).values[0].base_value == 90

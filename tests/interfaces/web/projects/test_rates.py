"""Rates with their two numbers, the projects behind them, and the four 快."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.flow.projects.models import RateResult
from gongjian.flow.projects.usecases import (
    YearWords,
    add_to_list,
    publish_rates,
    register_projects,
)
from interfaces.web.people import come_in
from small_county import BEGIN
from small_register import FEBRUARY, PAPER, small_register


@pytest.fixture
def register(db):  # noqa: ARG001
    made = small_register(june=True)
    publish_rates(by=made.people["office"], at=BEGIN)
    return made


def test_every_rate_shows_its_two_numbers(office, register):
    register.reached(register.mill, "signed", date(2020, 2, 10))
    register.reached(register.mill, "established", date(2020, 3, 10))

    page = office.get("/projects/rates/").content.decode()

    assert "立项率" in page
    assert "100.0%" in page
    assert "口径第 1 版" in page
    assert "2020年县重点项目第 1 版" in page


def test_the_projects_behind_a_rate_are_one_click_away(office, register):
    register.reached(register.mill, "signed", date(2020, 2, 10))

    below = office.get("/projects/rates/establish_rate/").content.decode()
    above = office.get("/projects/rates/establish_rate/?side=above").content.decode()
    short = office.get("/projects/rates/establish_rate/?side=short").content.decode()

    assert "示例纺织智能工厂项目" in below
    assert "这一边没有项目" in above
    assert "示例纺织智能工厂项目" in short
    assert office.get("/projects/rates/none/").status_code == 404


def test_an_unreported_project_is_named(office, register):
    register.reached(register.mill, "signed", date(2020, 2, 10))

    page = office.get("/projects/rates/invest_rate/?side=unreported").content.decode()

    assert page.count("未报</td>") == 2


def test_rates_are_frozen_once_and_print_under_the_register(office, register):
    form = {
        "act": "reckon",
        "list": str(register.listed.uid),
        "on": "2020-05-31",
        "key": str(uuid4()),
    }

    answers = [office.post("/projects/rates/", form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert RateResult.objects.filter(as_of=date(2020, 5, 31)).count() == 11
    assert "截至 2020-05-31；不封顶" in office.get("/projects/").content.decode()


def test_a_unit_reads_rates_and_freezes_none(client, register):
    unit = come_in(client, register.people["clerk"])

    answer = unit.post("/projects/rates/", {"act": "publish"})

    assert "核算并留存</button>" not in unit.get("/projects/rates/").content.decode()
    assert 'data-code="office.only"' in answer.content.decode()


@pytest.mark.parametrize("day", ["昨天", "2020-13-01", "", "9999-12-31"])
def test_a_rate_takes_any_day(office, day):
    assert office.get("/projects/rates/", {"on": day}).status_code == 200


@pytest.mark.parametrize("path", ["rates/", "rates/invest_rate/", "paces/", "paces/landing/"])
@pytest.mark.parametrize("count", [0, 30])
def test_the_pages_ask_the_same_however_many_projects(office, register, path, count):
    made = register_projects(
        register.campaign,
        [(register.words(f"示例第{n}项目"), YearWords("new")) for n in range(count)],
        by=register.people["office"],
        at=BEGIN,
    )
    if made:
        add_to_list(register.listed, made, PAPER, by=register.people["office"], at=FEBRUARY)
    office.get(f"/projects/{path}")

    with CaptureQueriesContext(connection) as captured:
        office.get(f"/projects/{path}")

    assert len(captured) == COSTS[path]


COSTS = {"rates/": 21, "rates/invest_rate/": 19, "paces/": 10, "paces/landing/": 12}


def test_the_four_paces_say_how_many_cannot_be_measured(office, register):
    register.reached(register.mill, "signed", date(2020, 2, 10))
    register.reached(register.mill, "established", date(2020, 3, 10))

    page = office.get("/projects/paces/").content.decode()
    rows = office.get("/projects/paces/starting/").content.decode()

    assert "立项到开工" in page
    assert "还没走完" in rows
    assert "示例乳品冷链基地项目" in rows
    assert office.get("/projects/paces/nowhere/").status_code == 404

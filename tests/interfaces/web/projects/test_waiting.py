"""Months reported, and what waits for one account taken further together."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.flow.projects.models import InvestmentMonth, StageEvent
from gongjian.flow.projects.usecases import YearWords, register_projects
from interfaces.web.people import come_in
from small_county import BEGIN

MONTH = {"month": "2020-05", "early_cost": "12.5", "arrived": "300"}


def ticked(*rows):
    return [f"{row.uid}:{row.version}" for row in rows]


def test_a_month_goes_from_its_form_to_acceptance(client, register):
    come_in(client, register.clerk)
    answer = client.post(f"/projects/{register.mill.uid}/months/new/", MONTH)
    address = answer.headers["Location"]
    for name, act in (("head", "check"), ("reviewer", "accept")):
        come_in(client, register.people[name])
        row = InvestmentMonth.objects.get()
        assert client.post(address, {"act": act, "version": row.version}).status_code == 302

    row = InvestmentMonth.objects.get()
    assert (row.state, row.early_cost, row.arrived, row.done) == ("accepted", 125000, 3000000, None)
    come_in(client, register.clerk)
    said = {"act": "correct", "version": row.version, "early_cost": "10", "reason": "凭证复核"}
    fixed = client.post(address, said).headers["Location"]
    assert "这是一份更正" in client.get(fixed).content.decode()


def test_a_returned_month_is_mended(client, register):
    come_in(client, register.clerk)
    address = client.post(f"/projects/{register.mill.uid}/months/new/", MONTH).headers["Location"]
    come_in(client, register.head)
    client.post(address, {"act": "return", "reason": "没有凭证", "version": "2"})
    come_in(client, register.clerk)
    assert "没有凭证" in client.get(address).content.decode()

    row = InvestmentMonth.objects.get()
    said = {"act": "revise", "version": row.version, "early_cost": "8", "doc_no": "示例凭证"}
    client.post(address, said)

    row.refresh_from_db()
    assert (row.state, row.early_cost, row.doc_no) == ("filled", 80000, "示例凭证")


@pytest.mark.parametrize(
    "wrong",
    [
        {"month": "5月"},
        {"month": "2020-12"},
        {"early_cost": "", "arrived": ""},
        {"early_cost": "十二"},
        {"early_cost": "-1"},
        {"early_cost": "9" * 30},
        {"done": "5"},
    ],
)
def test_what_is_no_month_is_refused_and_stays_typed(client, register, wrong):
    come_in(client, register.clerk)

    answer = client.post(
        f"/projects/{register.mill.uid}/months/new/", MONTH | {"words": "留着"} | wrong
    )

    assert answer.status_code == 409
    assert "留着" in answer.content.decode()
    assert not InvestmentMonth.objects.exists()


def test_ticked_stages_go_on_together(client, register):
    events = [
        register.reported(project, "signed", date(2020, 2, 10))
        for project in (register.mill, register.dairy)
    ]
    come_in(client, register.head)
    page = client.get("/projects/waiting/").content.decode()
    assert "示例纺织智能工厂项目" in page

    client.post("/projects/waiting/", {"step": "check", "row": ticked(*events)})

    assert set(StageEvent.objects.values_list("state", flat=True)) == {"confirmed"}
    come_in(client, register.reviewer)
    assert "待你办" in client.get("/projects/").content.decode()


@pytest.mark.parametrize("rows", [[], ["x"], ["00000000-0000-0000-0000-000000000001:1"], ["x:y"]])
def test_what_is_not_there_moves_nothing(client, register, rows):
    event = register.reported(register.mill, "signed", date(2020, 2, 10))
    come_in(client, register.head)
    said = {"step": "check", "row": [*rows, *(ticked(event) if rows else [])]}

    answer = client.post("/projects/waiting/", said)

    event.refresh_from_db()
    assert (answer.status_code, event.state) == (409, "filled")


def test_what_moved_meanwhile_is_not_moved_twice(client, register):
    event = register.reported(register.mill, "signed", date(2020, 2, 10))
    come_in(client, register.head)

    answer = client.post("/projects/waiting/", {"step": "check", "row": [f"{event.uid}:1"]})

    event.refresh_from_db()
    assert (answer.status_code, event.state) == (409, "filled")


@pytest.mark.parametrize("name", ["leader", "reporter", "office"])
def test_nothing_waits_for_who_takes_no_step(client, register, name):
    event = register.reported(register.mill, "signed", date(2020, 2, 10))
    come_in(client, register.people[name])

    page = client.get("/projects/waiting/?step=accept&kind=months").content.decode()
    client.post("/projects/waiting/", {"step": "check", "row": ticked(event)})

    event.refresh_from_db()
    assert event.state == "filled"
    assert "示例纺织" not in page


def test_what_waits_takes_the_same_queries_for_two_and_for_twelve(client, register):
    for project in (register.mill, register.dairy):
        register.reported(project, "signed", date(2020, 2, 10))
    come_in(client, register.head)
    with CaptureQueriesContext(connection) as few:
        client.get("/projects/waiting/")
    rows = [(register.words(f"示例{n}", uscc=""), YearWords()) for n in range(10)]
    for project in register_projects(register.campaign, rows, by=register.office, at=BEGIN):
        register.reported(project, "signed", date(2020, 2, 10))

    with CaptureQueriesContext(connection) as many:
        client.get("/projects/waiting/")

    assert len(few) == len(many)

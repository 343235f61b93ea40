"""Every page and paper of the room speaks of the year that is asked for, else of today's."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from gongjian.flow.duties.models import Duty, DutyList, ListLine, Opinion
from gongjian.flow.duties.usecases import draft_list
from gongjian.flow.plan.models import Action, Task
from gongjian.flow.plan.usecases import create_campaign
from gongjian.foundation.orgs.models import Post
from small_county import BACKEND, BEGIN, JUNE, small_county

pytestmark = pytest.mark.django_db
OLD, NEW = "建立签约项目台账", "建成招商专班名册"


@pytest.fixture
def county():
    county = small_county(june=False)
    coming = create_campaign("重点工作攻坚年", year=2021, by=county.office, at=BEGIN)
    action = Action.objects.create(campaign=coming, seq=1, name="双招双引")
    task = Task.objects.create(action=action, seq=1, title=NEW, deadline=date(2021, 6, 30))
    Duty.objects.create(
        task=task, unit=county.units["invest"], role=Duty.Role.LEAD, order=1,
        valid_from=BEGIN.date(), confirmed_by=county.office, confirmed_at=BEGIN,
    )  # fmt: skip
    county.coming = coming
    county.coming_task = task
    return county


@pytest.fixture
def office(client, county):
    client.force_login(county.office, backend=BACKEND)
    return client


def page(client, name, *args, **given):
    answer = client.get(reverse(name, args=args), given)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", ["duties", "coverage"])
def test_a_list_speaks_of_the_year_that_is_asked_for(office, name):
    then, now = page(office, name, year=2021, lack="all"), page(office, name, lack="all")

    assert (NEW in then, OLD in then) == (True, False)
    assert (NEW in now, OLD in now) == (False, True)


def test_the_sheets_of_a_unit_and_a_leader_follow_the_year(office, county):
    post = Post.objects.get()

    assert NEW in page(office, "unit", county.units["invest"].uid, year=2021)
    assert NEW not in page(office, "unit", county.units["invest"].uid)
    assert "新签约项目" in page(office, "leader", post.uid)
    assert "新签约项目" not in page(office, "leader", post.uid, year=2021)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_an_export_follows_the_year(office, form):
    address = reverse("duties_file", args=[form])

    then = office.get(address, {"year": 2021, "draft": 1}).content.decode()
    now = office.get(address, {"draft": 1}).content.decode()

    assert (NEW in then, OLD in then, NEW in now) == (True, False, False)


def test_the_papers_of_a_version_are_of_its_year_and_the_way_back_too(office, county):
    draft = draft_list(county.coming, by=county.office, at=JUNE)

    shown = page(office, "duty_list", draft.uid)
    papers = re.findall(r'href="(/duties/list[^"]+)"', shown)
    ways = re.findall(r'href="(/duties/(?:versions/|coverage/|forces/|)[^"/]*)"', shown)

    assert papers
    assert all("year=2021" in address for address in papers)
    assert f"/duties/versions/?year={2021}" in ways
    json_of = reverse("duties_file", args=["json"]) + "?year=2021&draft=1"
    assert [row["title"] for row in json.loads(office.get(json_of).content)["rows"]] == [NEW]


def test_a_draft_is_begun_for_the_year_of_the_page(office):
    shown = page(office, "duty_lists", year=2021)
    assert '<input type="hidden" name="year" value="2021">' in shown

    office.post(reverse("duty_list_draft"), {"year": 2021})

    assert [one.campaign.year for one in DutyList.objects.all()] == [2021]


def test_every_tab_and_filter_keeps_the_year(office):
    for name in ("duties", "coverage", "forces", "loads", "handovers", "duty_lists"):
        shown = page(office, name, year=2021)
        tabs = re.search(
            r'<nav class="g-tabs" aria-label="责任">.*?</nav>', shown, re.DOTALL
        ).group()
        assert all("year=2021" in one for one in re.findall(r'href="([^"]+)"', tabs)), name
        for segment in re.findall(r'<div class="g-seg".*?</div>', shown, re.DOTALL):
            assert all("year=2021" in one for one in re.findall(r'href="([^"]+)"', segment)), name


def test_a_unit_asked_in_two_years_is_told_of_the_other(client, county):
    invest = county.units["invest"]
    for campaign, task in ((county.campaign, county.task), (county.coming, county.coming_task)):
        out = DutyList.objects.create(
            campaign=campaign, number=1, state="consulting", drafted_by=county.office,
            drafted_at=JUNE, sent_by=county.office, sent_at=JUNE, due_at=JUNE.replace(day=30),
        )  # fmt: skip
        line = ListLine.objects.create(list=out, task=task)
        Opinion.objects.create(
            line=line, unit=invest, role="lead", asked_at=JUNE, due_at=JUNE.replace(day=30)
        )
    client.force_login(county.approver, backend=BACKEND)

    shown = page(client, "asks", year=2020)

    assert OLD in shown
    assert NEW not in shown
    assert "2021 年的清单还有 1 项等你单位答复" in shown
    assert NEW in page(client, "asks", year=2021)


def test_a_year_that_is_none_is_told(office):
    assert office.get(reverse("duties"), {"year": "2035"}).status_code == 404

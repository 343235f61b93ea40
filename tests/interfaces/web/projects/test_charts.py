"""The chart of time, the funnel, the map of townships, and what hangs on a unit or a leader."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.flow.duties.usecases import Allotment, assign_units, name_leader
from gongjian.flow.projects.usecases import (
    YearWords,
    add_to_list,
    bring_map,
    publish_rates,
    register_projects,
)
from gongjian.foundation.orgs.models import Post
from interfaces.web.people import come_in
from small_county import BEGIN, JUNE
from small_register import FEBRUARY, PAPER

WINDOW = "/projects/gantt/rows/"


def rows(client, query=""):
    return client.get(f"{WINDOW}?{query}").json()["rows"]


def many(register, count):
    made = register_projects(
        register.campaign,
        [(register.words(f"示例第{n}项目"), YearWords("new")) for n in range(count)],
        by=register.people["office"],
        at=BEGIN,
    )
    add_to_list(register.listed, made, PAPER, by=register.people["office"], at=FEBRUARY)
    return made


def test_the_chart_has_its_table_and_begins_with_its_rows(office, register):
    register.reached(register.mill, "signed", date(2020, 2, 10))

    answer = office.get("/projects/gantt/")
    page = answer.content.decode()

    assert "示例纺织智能工厂项目" in page
    assert 'class="gt-as-chart"' in page
    assert "2020年3月底" in page
    chart = answer.context["chart"]
    assert chart["groups"] == [["北镇", "北镇", 2]]
    assert [line[1] for line in chart["first"]] == ["示例纺织智能工厂项目", "示例乳品冷链基地项目"]
    assert "style=" not in page.split("<main", 1)[1].split("</main>", 1)[0]


def test_a_window_says_days_as_numbers(office, register):
    register.reached(register.mill, "signed", date(2020, 2, 10))

    line = rows(office, "in=北镇&offset=0&limit=1")[0]

    start = [date(2020, 3, 31).toordinal(), "2020年3月底", None]
    finish = [date(2020, 12, 31).toordinal(), "2020年底", None]
    assert line == [
        str(register.mill.uid), "示例纺织智能工厂项目", "北镇", "北镇", "", "signed",
        [start, finish, None], [["signed", date(2020, 2, 10).toordinal()]], 0,
    ]  # fmt: skip


def test_a_window_obeys_the_filter_of_the_page(office, register):
    register.reached(register.mill, "signed", date(2020, 2, 10))

    assert [line[1] for line in rows(office, "q=乳品&in=北镇")] == ["示例乳品冷链基地项目"]
    assert [line[1] for line in rows(office, "stage=signed&in=北镇")] == ["示例纺织智能工厂项目"]
    assert len(rows(office, "class=new&by=stage&in=&in=signed")) == 1
    assert rows(office, "state=moved&by=none") == []
    assert rows(office, "township=南镇&by=none") == rows(office, "by=none")


@pytest.mark.parametrize(
    "query",
    [
        "offset=-1", "offset=9999999999999999999999", "offset=x&limit=y", "limit=0", "limit=10000",
        "limit=²", "by=nonsense", "in=nowhere", "stage=nowhere", "class=nowhere", "q=%00", "q=😀",
        "q=" + "长" * 2000, "&".join(f"in={n}" for n in range(500)), "state=yes", "page=-1",
        "view=nonsense&paper=a0", "in=%F0%9F%98%80&by=industry", "by=action&in=x", "by=lead&in=",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", [WINDOW, "/projects/gantt/"])
def test_bad_parameters_never_break_it(office, register, path, query):  # noqa: ARG001
    assert office.get(f"{path}?{query}").status_code == 200


def test_a_window_is_at_most_two_hundred_rows(office, register):
    many(register, 210)

    assert len(rows(office, "by=none&limit=10000")) == 200
    assert len(rows(office, "by=none&offset=200&limit=200")) == 12


def test_a_long_list_is_printed_whole_up_to_a_thousand(office, register):
    many(register, 400)
    office.get("/projects/")

    page = office.get("/projects/?township=北镇").content.decode()
    paper = office.get("/projects/?print=1").content.decode()

    assert "township=%E5%8C%97%E9%95%87&amp;print=1" in page
    assert paper.count('<tr><td class="tight no-print"') == 402
    gantt = office.get("/projects/gantt/?view=print").content.decode()
    assert gantt.count('<td data-w class="gt-n">') == 300
    assert "用页上的“打印”能打全部" in office.get("/projects/gantt/").content.decode()


def test_print_puts_the_rows_on_the_paper_asked_for(office, register):
    many(register, 50)

    page = office.get("/projects/gantt/?view=print&paper=a3").content.decode()

    assert page.count('<td data-w class="gt-n">') == 52
    assert "gt-as-a3" in page


def test_without_projects_the_chart_says_what_fills_it(office, register):
    empty = office.get("/projects/gantt/?q=没有这个").content.decode()

    assert "没有这样的项目" in empty
    assert "gt-as-chart" not in empty
    assert register.mill.name not in empty


PAGES = {
    "/projects/gantt/rows/?by=none&limit=100": 12,
    "/projects/gantt/rows/?in=北镇": 12,
    "/projects/gantt/": 20,
    "/projects/funnel/": 26,
    "/projects/townships/": 28,
}


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_ask_the_same_however_many_projects(office, register, path):
    publish_rates(by=register.people["office"], at=BEGIN)
    asked = []
    for count in (1, 30):
        many(register, count)
        office.get("/projects/")
        with CaptureQueriesContext(connection) as captured:
            assert office.get(path).status_code == 200
        asked.append(len(captured))

    assert asked[0] == asked[1] <= PAGES[path]


def test_the_funnel_leads_to_its_rows(office, register):
    publish_rates(by=register.people["office"], at=BEGIN)
    register.reached(register.mill, "signed", date(2020, 2, 10))

    page = office.get("/projects/funnel/").content.decode()

    assert "签约项目中已立项（备案、核准、可研批复）的项目数" in page
    assert "口径第 1 版" in page
    assert "/projects/rates/establish_rate/?list=" in page
    assert "0 ÷ 1" in page
    assert office.get("/projects/funnel/?on=2020-13-45&list=x").status_code == 200


def test_without_definitions_the_funnel_says_where_they_are_published(office, register):  # noqa: ARG001
    assert "去指标率发布口径" in office.get("/projects/funnel/").content.decode()


def test_the_map_shows_two_numbers_and_is_schematic(office, register):
    publish_rates(by=register.people["office"], at=BEGIN)

    page = office.get("/projects/townships/?by=start_rate_planned").content.decode()

    assert "0/1" in page
    assert "方格按单位次序排" in page
    assert office.get("/projects/townships/?by=nonsense&on=昨天").status_code == 200


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/projects/gantt/?by=zz", "分组里没有“zz”，这一条没有用上。"),
        ("/projects/gantt/?group=zz", "这里没有“group”这个条件，没有用上。"),
        ("/projects/funnel/?list=zz", "项目清单里没有“zz”，下面是"),
        ("/projects/townships/?by=zz", "没有“zz”这个指标，下面按项目数上色。"),
        ("/projects/townships/?measure=zz", "这里没有“measure”这个条件，没有用上。"),
    ],
)
def test_what_an_address_asks_wrongly_is_said(office, register, address, said):
    publish_rates(by=register.people["office"], at=BEGIN)

    assert said in office.get(address).content.decode()


def test_a_township_of_the_map_leads_to_the_projects_it_counts(office, register):
    page = office.get("/projects/townships/?on=2020-06-29").content.decode()

    address = f"/projects/lists/{register.listed.uid}/?on=2020-06-29&amp;township="
    assert f'<a href="{address}' in page  # a tile
    assert f'<a class="nm" href="{address}' in page  # a row


def test_the_review_number_stands_under_a_map_with_outlines(office, register):
    ring = [[119.0, 36.0], [119.2, 36.0], [119.2, 36.2], [119.0, 36.0]]
    told = {"properties": {"name": "北镇"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    bring_map(
        json.dumps({"features": [told]}).encode(),
        review_number="鲁SG（2020）012号",
        by=register.office,
        at=JUNE,
    )

    page = office.get("/projects/townships/").content.decode()

    assert "审图号：鲁SG（2020）012号" in page
    assert "<path" in page


def test_a_township_and_a_lead_unit_list_their_projects(client, office, register):
    invest = register.units["invest"]
    assign_units(
        register.mill, Allotment(lead=invest), basis="示例", by=register.people["office"], at=JUNE
    )

    place = office.get(f"/projects/of/unit/{register.township.uid}/").content.decode()
    lead = office.get(f"/projects/of/unit/{invest.uid}/?part=lead").content.decode()
    unit = come_in(client, register.people["clerk"])

    assert register.mill.name in place
    assert register.dairy.name in place
    assert register.mill.name in lead
    assert register.dairy.name not in lead
    assert "已过" in place
    assert unit.get(f"/projects/of/unit/{invest.uid}/?part=nonsense").status_code == 200
    assert office.get(f"/projects/of/unit/{uuid4()}/").status_code == 404


def test_a_leader_s_projects_are_for_that_leader_and_the_office(client, office, register):
    post = Post.objects.get(kind="leader")
    name_leader(register.mill, post, basis="示例", by=register.people["office"], at=JUNE)

    page = office.get(f"/projects/of/leader/{post.uid}/").content.decode()
    other = come_in(client, register.people["clerk"]).get(f"/projects/of/leader/{post.uid}/")

    assert register.mill.name in page
    assert register.dairy.name not in page
    assert 'data-code="load.own-or-office"' in other.content.decode()


def test_a_window_is_never_wider_than_two_hundred_rows(office, register):
    more = [(register.words(f"示例{n}", uscc=""), YearWords()) for n in range(205)]
    register_projects(register.campaign, more, by=register.office, at=BEGIN)

    told = office.get(WINDOW, {"by": "none", "limit": "10000"}).json()

    assert len(told["rows"]) == 200

"""The pages of projects: the list, one of them, its form, a stage reported and taken further."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.flow.duties.usecases import Allotment, assign_units, name_leader
from gongjian.flow.projects.models import DateChange, Project, ProjectLook, StageEvent
from gongjian.flow.projects.usecases import (
    Because,
    ProjectWords,
    YearWords,
    begin_checklist,
    change_project,
    register_projects,
    suspend_project,
)
from gongjian.flow.projects.usecases.facts import ToldText, keep_progress_texts
from gongjian.foundation.orgs.models import Post
from interfaces.web.people import come_in
from small_county import BEGIN, JUNE


def form(**more):
    return {
        "name": "示例电机厂项目",
        "track": "enterprise",
        "total": "6.2",
        "unit": "yi",
        "planned_start": "2020年9月底",
        **more,
    }


def stage_form(**more):
    return {"stage": "signed", "day": "2020-02-10", "no-contract": "示例1号", **more}


def test_the_list_says_how_far_each_is(office, register):
    register.reached(register.mill, "signed", date(2020, 2, 10))

    page = office.get("/projects/").content.decode()

    assert "<b>2</b> 个项目" in page
    assert "总投资 <b>5.00</b> 亿元" in page
    assert "正式签约" in page
    assert "未报" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?stage=signed", ["示例纺织智能工厂项目"]),
        ("?stage=none", ["示例乳品冷链基地项目"]),
        ("?class=continued", ["示例乳品冷链基地项目"]),
        ("?q=乳业", ["示例乳品冷链基地项目"]),
        ("?township=北镇&q=000001", ["示例纺织智能工厂项目"]),
        ("?stage=completed", []),
        ("?stage=x';--&class=%00&page=-3&q=%EF%BF%BDqqq", []),
    ],
)
def test_the_list_is_filtered(office, register, query, shown):
    register.reached(register.mill, "signed", date(2020, 2, 10))

    page = office.get(f"/projects/{query}").content.decode()

    names = ("示例纺织智能工厂项目", "示例乳品冷链基地项目")
    assert [name for name in names if name in page] == shown


def test_the_list_takes_the_same_queries_for_two_and_for_thirty(office, register):
    office.get("/projects/")  # what was written is followed once
    with CaptureQueriesContext(connection) as few:
        office.get("/projects/")
    rows = [(register.words(f"示例{n}", uscc=""), YearWords("new")) for n in range(28)]
    register_projects(register.campaign, rows, by=register.office, at=BEGIN)

    office.get("/projects/")
    with CaptureQueriesContext(connection) as many:
        page = office.get("/projects/").content.decode()

    assert "<b>30</b> 个项目" in page
    assert len(few) == len(many)


def test_a_project_shows_its_bar_its_gate_and_its_months(office, register):
    register.reached(register.mill, "signed", date(2020, 2, 10))
    register.reported(register.mill, "established", date(2020, 3, 1))
    why = Because(date(2020, 6, 1), "资金未到位")
    suspend_project(register.mill, why, by=register.office, at=JUNE)

    page = office.get(f"/projects/{register.mill.uid}/").content.decode()

    for words in (
        "进入“立项”要有",
        "备案证明或核准批复",
        "暂停",
        "资金未到位",
        "2020-02-10",
    ):
        assert words in page
    assert "待采信" not in page  # what nobody has checked is its unit's own


def test_what_waits_is_on_the_bar_of_who_may_see_it(client, register):
    register.reached(register.mill, "signed", date(2020, 2, 10))
    register.reported(register.mill, "established", date(2020, 3, 1))
    come_in(client, register.clerk)

    page = client.get(f"/projects/{register.mill.uid}/").content.decode()

    assert "2020-03-01 待采信" in page
    assert "进入“开工”要有" in page


def test_the_bar_takes_the_same_queries_however_long_the_history(office, register):
    address = f"/projects/{register.mill.uid}/"
    register.reached(register.mill, "signed", date(2020, 2, 10))
    office.get(address)
    with CaptureQueriesContext(connection) as few:
        office.get(address)
    register.reached(register.mill, "established", date(2020, 3, 1))
    register.reached(register.mill, "started", date(2020, 4, 1))
    for month in ("2020-04", "2020-05"):
        register.paid(register.mill, month, done=100)
    office.get(address)

    with CaptureQueriesContext(connection) as many:
        office.get(address)

    assert len(few) == len(many)


def test_a_project_is_registered_with_its_precision(office):
    answer = office.post("/projects/new/", form())

    made = Project.objects.get(name="示例电机厂项目")
    assert answer.status_code == 302
    assert (made.total_investment, made.planned_start, made.planned_start_precision) == (
        620000000, date(2020, 9, 30), "month",
    )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"uscc": "91350100M000100Y44"},
        {"industry": "Z9"},
        {"total": "很多"},
        {"planned_start": "第九个月"},
        {"township": "北镇"},
        {"code": "2020-370782-17-03-000001"},
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(office, wrong):
    answer = office.post("/projects/new/", form(scope="保留我", **wrong))

    assert answer.status_code == 409
    assert "保留我" in answer.content.decode()


def test_a_moved_date_asks_for_its_reason(office, register):
    address = f"/projects/{register.mill.uid}/edit/"
    page = office.get(address).content.decode()
    assert "2020年3月底" in page
    said = form(name=register.mill.name, code=register.mill.code, total="2", version="1")

    assert "要写原因" in office.post(address, said).content.decode()
    assert office.post(address, said | {"reason": "设备交付推迟"}).status_code == 302
    assert DateChange.objects.filter(project=register.mill, reason="设备交付推迟").exists()
    register.mill.refresh_from_db()
    assert register.mill.standing == "active"


def test_what_the_register_says_anew_is_a_line_of_the_history(office, register):
    address = f"/projects/{register.mill.uid}/"
    ProjectLook.objects.create(user=register.office, project=register.mill, before=BEGIN, at=BEGIN)
    said = form(
        name=register.mill.name, code=register.mill.code, total="2.5", owner="示例新公司",
        planned_start="2020年3月底", planned_finish="2020年底", version="1", reason="概算调整",
    )  # fmt: skip

    assert office.post(address + "edit/", said).status_code == 302
    page = office.get(address).content.decode()

    assert "总投资 2.00 亿元 → 2.50 亿元。理由：概算调整" in page
    assert "→ 示例新公司。理由：概算调整" in page
    news = page.split('<section class="g-msg pj-news')[1].split("</section>")[0]
    assert "总投资 2.00 亿元 → 2.50 亿元。理由：概算调整" in news
    only = office.get(address + "?only=said").content.decode()
    assert "总投资 2.00 亿元 → 2.50 亿元" in only


def test_a_total_ten_thousand_times_another_is_asked_back_once(office, register):
    address = f"/projects/{register.mill.uid}/edit/"
    said = form(
        name=register.mill.name, code=register.mill.code, total="2.1", unit="wan",
        planned_start="2020年3月底", planned_finish="2020年底", version="1", reason="概算调整",
    )  # fmt: skip

    asked = office.post(address, said)

    assert asked.status_code == 409
    page = asked.content.decode()
    assert "像是万元、亿元选错了" in page
    assert 'name="total_scale" value="21000"> 2.10 亿元' in page
    assert "就是 2.1 万元" in page
    register.mill.refresh_from_db()
    assert register.mill.total_investment == 200_000_000
    assert office.post(address, said | {"total_scale": "same"}).status_code == 302
    register.mill.refresh_from_db()
    assert register.mill.total_investment == 21_000
    back = said | {"total": "2.2", "total_scale": "", "version": "2"}
    assert office.post(address, back).status_code == 302


def test_the_other_reading_is_kept_where_it_is_chosen(office, register):
    address = f"/projects/{register.mill.uid}/edit/"
    said = form(
        name=register.mill.name, code=register.mill.code, total="2.1", unit="wan",
        planned_start="2020年3月底", planned_finish="2020年底", version="1", reason="概算调整",
    )  # fmt: skip

    assert office.post(address, said | {"total_scale": "21000"}).status_code == 302

    register.mill.refresh_from_db()
    assert register.mill.total_investment == 210_000_000


def test_two_who_edit_see_each_other(office, register):
    address = f"/projects/{register.dairy.uid}/edit/"
    said = form(name=register.dairy.name, total="3", reason="调整", version="7")

    answer = office.post(address, said)

    assert answer.status_code == 409
    assert "刚被别人改过" in answer.content.decode()


def test_a_stage_is_reported_by_its_unit_and_taken_to_acceptance(client, register):
    come_in(client, register.clerk)
    address = f"/projects/{register.mill.uid}/stages/new/"
    page = client.get(address).content.decode()
    assert "正式投资合同" in page

    answer = client.post(address, stage_form())
    event = StageEvent.objects.get()
    assert answer.headers["Location"] == f"/projects/stages/{event.uid}/"
    for name, act in (("head", "check"), ("reviewer", "accept")):
        come_in(client, register.people[name])
        event.refresh_from_db()
        done = client.post(answer.headers["Location"], {"act": act, "version": event.version})
        assert done.status_code == 302

    event.refresh_from_db()
    assert (event.state, event.level) == ("accepted", 3)
    assert "更正日期" in client.get(answer.headers["Location"]).content.decode()


def test_a_stage_takes_files_and_refuses_marked_ones(client, register):
    come_in(client, register.clerk)
    address = f"/projects/{register.mill.uid}/stages/new/"
    marked = SimpleUploadedFile("a.txt", "机密★3年\n合同".encode())
    plain = SimpleUploadedFile("合同.txt", "示例合同".encode())

    refused = client.post(address, stage_form(**{"no-contract": "", "file-contract": marked}))
    taken = client.post(address, stage_form(**{"no-contract": "", "file-contract": plain}))

    assert (refused.status_code, taken.status_code) == (409, 302)
    assert StageEvent.objects.get().evidence.get().file.name == "合同.txt"


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": ""},
        {"day": "昨天"},
        {"day": "2020-12-31"},
        {"no-contract": ""},
        {"stage": "wedding"},
        {"stage": "started"},
        {"recogniser": "投促"},
    ],
)
def test_what_is_no_stage_is_refused(client, register, wrong):
    come_in(client, register.clerk)

    said = stage_form(words="留着这句", **wrong)
    answer = client.post(f"/projects/{register.mill.uid}/stages/new/", said)

    assert answer.status_code == 409
    assert "留着这句" in answer.content.decode() or wrong.get("stage") == "wedding"
    assert not StageEvent.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"act": "accept"},
        {"act": "return", "reason": " "},
        {"act": "void", "reason": "x"},
        {"act": "burn"},
        {"act": "check", "version": "99"},
        {"act": "check", "version": "1e9"},
        {},
    ],
)
def test_a_button_that_is_not_ones_own_does_nothing(client, register, said):
    event = register.reported(register.mill, "signed", date(2020, 2, 10))
    come_in(client, register.head)

    answer = client.post(f"/projects/stages/{event.uid}/", {"version": event.version} | said)

    event.refresh_from_db()
    assert (answer.status_code, event.state) == (409, "filled")


def test_what_is_not_checked_is_not_shown_to_others(client, register):
    event = register.reported(register.mill, "signed", date(2020, 2, 10))

    seen = []
    for name in ("clerk", "head", "office", "reporter"):
        come_in(client, register.people[name])
        seen.append(client.get(f"/projects/stages/{event.uid}/").status_code)

    assert seen == [200, 200, 404, 404]


@pytest.mark.parametrize("name", ["owner", "investor", "investor_place", "site", "remark", "phase"])
def test_a_text_longer_than_is_kept_is_said_and_stays(office, name):
    answer = office.post("/projects/new/", form(**{name: "长" * 400}))

    assert 'data-code="project.too-long"' in answer.content.decode()
    assert "长" * 400 in answer.content.decode()
    assert not Project.objects.filter(name="示例电机厂项目").exists()


def test_the_same_form_registers_once(office):
    once = form(key="7f3b2b8e-0000-4000-8000-000000000001")

    answers = [office.post("/projects/new/", once) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Project.objects.filter(name="示例电机厂项目").count() == 1


def test_a_nul_is_taken_out_of_a_form(office):
    office.post("/projects/new/", form(owner="示例\0公司"))

    assert Project.objects.get(name="示例电机厂项目").owner == "示例公司"


def test_all_that_is_lacking_is_listed_and_the_rest_of_the_news_is_named(office, register):
    register.reached(register.mill, "signed", date(2020, 2, 10))
    register.reached(register.mill, "established", date(2020, 2, 20))
    begin_checklist(register.mill, by=register.people["clerk"], at=JUNE)
    address = f"/projects/{register.mill.uid}/"

    page = office.get(address).content.decode()

    told = int(re.search(r"手续还差 (\d+) 项", page)[1])
    shown = page.split('<ul class="pj-open">')[1].split("</ul>")[0]
    assert shown.count("<li>") == told > 8
    ProjectLook.objects.update(before=BEGIN, at=BEGIN)
    for number in range(7):
        words = replace(ProjectWords.of(register.mill), owner=f"示例{number}公司")
        change_project(
            register.mill, words, version=1 + number, by=register.office,
            at=JUNE,
        )  # fmt: skip
    page = office.get(address).content.decode()
    assert "你上次看是" in page
    assert "之后有 10 处变化" in page  # a list, two stages and seven owners
    assert "另有 5 处，都在“全部经过”里标着“新”" in page


def test_who_answers_leads_to_their_pages(office, register):
    invest = register.units["invest"]
    assign_units(register.mill, Allotment(lead=invest), basis="示例", by=register.office, at=JUNE)
    post = Post.objects.get(kind="leader")
    name_leader(register.mill, post, basis="示例", by=register.office, at=JUNE)

    page = office.get(f"/projects/{register.mill.uid}/").content.decode()

    assert f'href="/units/{invest.uid}/"' in page
    assert f'href="/units/{register.township.uid}/"' in page
    assert f'href="{reverse("leader", args=[post.uid])}"' in page
    assert "统计口径完成" in page


def test_a_sign_that_turns_the_text_beside_it_is_not_kept(office, register):
    address = f"/projects/{register.mill.uid}/edit/"
    said = form(
        name=register.mill.name, code=register.mill.code, total="2", version="1",
        planned_finish="2020年底", reason="设备推迟\u202ex😀", owner="示例\u200b\u2066公司",
    )  # fmt: skip

    assert office.post(address, said).status_code == 302

    register.mill.refresh_from_db()
    assert register.mill.owner == "示例公司"
    assert DateChange.objects.filter(project=register.mill).last().reason == "设备推迟x😀"


def test_what_was_kept_with_such_a_sign_stands_apart_from_its_neighbours(office, register):
    said = ProjectWords.of(register.mill)
    change_project(
        register.mill, replace(said, owner="甲\u202e乙"), version=1, by=register.office, at=JUNE
    )

    page = office.get(f"/projects/{register.mill.uid}/").content.decode()

    assert re.search("<bdi>建设单位 [^<]*甲\u202e乙</bdi>", page)


def test_how_far_the_site_is_stands_on_the_page(office, register):
    told = [
        ToldText(register.mill, date(2020, 4, 30), "基础完成"),
        ToldText(register.mill, date(2020, 5, 31), "主体封顶"),
    ]
    keep_progress_texts(told, by=register.office, at=JUNE)

    page = office.get(f"/projects/{register.mill.uid}/").content.decode()

    assert "主体封顶" in page
    assert "基础完成" not in page

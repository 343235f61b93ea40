"""The list of projects: asked for by its address, sorted, kept as a view, changed in bulk."""

from datetime import date
from uuid import uuid4

import pytest

from gongjian.flow.projects.models import BulkChange, DateChange, Project, ProjectYear, SavedView
from gongjian.flow.projects.usecases import publish_rates, rebuild_register, reckon_rates
from gongjian.foundation.records.models import LogEntry
from interfaces.web.people import come_in
from small_county import BEGIN, JUNE

MILL, DAIRY = "示例纺织智能工厂项目", "示例乳品冷链基地项目"


def names_in(page):
    """The projects of the rows, in their order."""
    found = [(page.find(f">{name}</a>"), name) for name in (MILL, DAIRY)]
    return [name for at, name in sorted(found) if at >= 0]


def listed(client, query):
    answer = client.get(f"/projects/?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("q=slfz", [MILL]),  # by the initials of its sounds
        ("q=示例 乳品", [DAIRY]),
        ("from=2.5", [DAIRY]),
        ("to=2", [MILL]),
        ("from=2&to=3", [MILL, DAIRY]),
        ("industry=C14", [MILL, DAIRY]),
        ("industry=A", []),
        ("state=late_start", [MILL, DAIRY]),
        ("state=moved", []),
        ("state=no_code", [DAIRY]),
        ("lead=没有这个单位", []),
        ("sort=-total", [DAIRY, MILL]),
        ("sort=total,-name", [MILL, DAIRY]),
    ],
)
def test_the_address_says_which_and_in_which_order(office, register, query, shown):
    Project.objects.filter(pk=register.dairy.pk).update(code="")
    rebuild_register(at=JUNE)

    assert names_in(listed(office, query)) == shown


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=-3", "总投资的范围写成不小于 0 的数字，单位亿元；“-3”没有用上。"),
        ("to=NaN", "“NaN”没有用上"),
        ("from=9&to=1", "总投资的下限比上限大，已对调。"),
        ("stage=nowhere", "阶段里没有“nowhere”"),
        ("township=%E2%80%AE%F0%9F%98%80", "属地镇街里没有“😀”"),
        ("list=1", "项目清单里没有“1”"),
        ("sponsor=2020-02-31", "包靠领导里没有“2020-02-31”"),
        ("sort=drop table", "不能按“drop table”排序"),
        ("cols=total,gone_column", "列“gone_column”已经没有了，其他列照常显示。"),
        ("page=1000000000", "没有第“1000000000”页，一共 1 页，下面是第 1 页。"),
        ("page=-1", "没有第“-1”页"),
        (f"q={'长' * 5000}", "查找的字太长"),
        ("group=zz", "这里没有“group”这个条件，没有用上。"),
    ],
)
def test_what_makes_no_sense_is_said_and_left_out(office, query, said):
    page = listed(office, query)

    assert said in page


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ED%A0%80", "q=%F0%9F%9A%80", "size=x&unit=x&dense=2&more=1", "cols=,,,"]
)
def test_strange_signs_are_looked_for_and_never_break_the_page(office, query):
    listed(office, query)


@pytest.mark.parametrize("typed", ["😀", "%25", "，", "_", "“ ”"])
def test_signs_that_mean_nothing_find_nothing_and_say_so(office, typed):
    page = listed(office, f"q={typed}")

    assert names_in(page) == []
    assert "里没有能查的字、字母或数字" in page
    assert "没有这样的项目" in page


def test_a_sum_of_what_nobody_said_is_none(office, register):
    ProjectYear.objects.all().update(plan_investment=None)
    Project.objects.all().update(total_investment=None)
    rebuild_register(at=JUNE)

    page = listed(office, "q=乳品")

    assert "总投资 —" in page
    assert "年度计划 —" in page
    ProjectYear.objects.filter(project=register.dairy).update(plan_investment=0)
    rebuild_register(at=JUNE)
    page = listed(office, "q=乳品")
    assert "年度计划 <b>0.00</b> 亿元" in page
    assert '<span class="g-none">未报</span></td>' in page


def test_a_part_of_the_list_says_which_in_words(office, register):
    query = f"township=北镇&stage=none&sort=-total,name&from=1&list={register.listed.uid}"

    page = listed(office, query)

    said = f"属地 北镇 · 阶段 未填阶段 · 项目清单 {register.listed.name} · 总投资 不低于 1 亿元"
    assert f"{said} · 按总投资从大到小、项目名称顺序" in page
    assert " · 属地" not in listed(office, "")


def test_the_rates_of_the_whole_list_are_not_on_the_paper_of_a_part(office, register):
    publish_rates(by=register.people["office"], at=BEGIN)
    reckon_rates(register.listed, as_of=date(2020, 6, 29), by=register.office, at=JUNE)

    assert 'class="pj-under"' in listed(office, "")
    part = listed(office, "q=乳品")
    assert 'class="pj-under no-print"' in part
    assert "是整份清单的，不随上面的筛选变" in part


def test_columns_units_and_density_stand_in_the_address(office):
    page = listed(office, "cols=owner&cols=total&unit=wan&dense=1&sort=total")

    assert "示例制造有限公司" in page
    assert "20,000.00" in page
    assert "牵头单位</th>" not in page
    assert 'aria-sort="ascending"' in page
    assert "?sort=-total" in page  # the same column again turns the order round


def test_the_sums_are_those_of_what_is_shown_and_nothing_reported_is_no_nought(office):
    page = listed(office, "from=2.5")

    assert "<b>1</b> 个项目" in page
    assert "总投资 <b>3.00</b> 亿元" in page
    assert '累计完成 <span class="g-none">未报</span>' in page


def test_a_view_is_kept_opened_and_taken_away(office):
    office.post(
        "/projects/views/",
        {
            "key": str(uuid4()),
            "name": "大项目",
            "query": "from=2.5&cols=total,lost",
            "share": "own",
        },
    )
    view = SavedView.objects.get()

    page = listed(office, "")
    assert ">大项目</a>" in page
    opened = listed(office, view.query)
    assert "列“lost”已经没有了" in opened
    assert names_in(opened) == [DAIRY]

    office.post(f"/projects/views/{view.uid}/", {"act": "remove", "version": "1"})
    assert ">大项目</a>" not in listed(office, "")


def test_a_view_says_what_it_shows_is_renamed_and_asks_before_it_goes(office):
    form = {"key": str(uuid4()), "name": "大项目", "query": "from=2.5&sort=-total", "share": "all"}
    office.post("/projects/views/", form)
    view = SavedView.objects.get()

    page = office.get("/projects/views/").content.decode()
    assert "总投资 不低于 2.5 亿元 · 按总投资从大到小" in page
    assert "所有人都在用它，删掉以后谁也看不到了。" in page

    said = {"act": "change", "name": "两亿五以上", "share": "all", "version": "1"}
    assert office.post(f"/projects/views/{view.uid}/", said).status_code == 302
    view.refresh_from_db()
    assert (view.name, view.query, view.share) == ("两亿五以上", "from=2.5&sort=-total", "all")


def test_only_the_office_gives_views_to_others(client, register):
    form = {"key": str(uuid4()), "name": "给大家", "query": "", "share": "all"}
    clerk = come_in(client, register.people["clerk"])
    answer = clerk.post("/projects/views/", form)

    assert answer.status_code == 409
    assert "给单位或所有人看的视图由攻坚办存" in answer.content.decode()

    come_in(client, register.office).post("/projects/views/", form | {"key": str(uuid4())})
    page = come_in(client, register.people["clerk"]).get("/projects/").content.decode()
    assert ">给大家</a>" in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": " "}, "请给视图起个名字"),
        ({"name": "长" * 21}, "视图名称最多 20 个字"),
        ({"name": "好", "share": "unit"}, "请选给哪个单位看"),
        ({"name": "好", "share": "x"}, "请选这个视图给谁看"),
    ],
)
def test_a_view_that_cannot_be_kept_says_why(office, form, said):
    answer = office.post("/projects/views/", {"query": "", "share": "own", **form})

    assert answer.status_code == 409
    assert said in answer.content.decode()


def bulk(register, **more):
    mill, dairy = (Project.objects.get(pk=one.pk) for one in (register.mill, register.dairy))
    return {
        "key": str(uuid4()),
        "with": [str(mill.uid), str(dairy.uid)],
        "seen": [f"{mill.uid}:{mill.version}", f"{dairy.uid}:{dairy.version}"],
        "field": "planned_start",
        "value": "9月底",
        "reason": "用地批复在上级",
        "confirm": "1",
        **more,
    }


def test_a_bulk_change_is_seen_before_it_is_done(office, register):
    register.reached(register.mill, "signed", date(2020, 2, 10))
    register.reached(register.mill, "established", date(2020, 2, 20))
    register.reached(register.mill, "started", date(2020, 4, 1))

    page = office.get(
        "/projects/bulk/",
        {
            "with": [register.mill.uid, register.dairy.uid],
            "field": "planned_start",
            "value": "9月底",
        },
    ).content.decode()

    assert "已经办到了，计划开工不再改，跳过" in page
    assert "记为第 1 次调整，不再算已过" in page
    assert "改 1 个，跳过 1 个" in page
    assert "填报单位：北镇" in page
    assert not BulkChange.objects.exists()


def test_a_bulk_change_is_one_act_a_project_and_one_for_all_of_them(office, register):
    answer = office.post("/projects/bulk/", bulk(register))

    assert answer.status_code == 302
    done = BulkChange.objects.get()
    assert (done.many, done.reason, done.value) == (2, "用地批复在上级", "2020年9月底")
    assert DateChange.objects.filter(reason="用地批复在上级").count() == 2
    acts = list(LogEntry.objects.order_by("-seq").values_list("act", flat=True)[:3])
    assert acts == ["project.changed-in-bulk", "project.changed", "project.changed"]


def test_a_bulk_change_leads_back_to_the_list_it_came_from_and_says_what_was_done(office, register):
    page = listed(office, "township=北镇&sort=-total")
    assert 'name="back" value="township=%E5%8C%97%E9%95%87&amp;sort=-total"' in page
    named = office.get(
        "/projects/bulk/", {"with": [register.mill.uid], "back": "township=北镇"}
    ).content.decode()
    assert register.mill.name in named
    assert 'href="/projects/?township=%E5%8C%97%E9%95%87"' in named

    answer = office.post("/projects/bulk/", bulk(register, back="township=北镇&sort=-total"))

    assert answer.url.startswith("/projects/?township=%E5%8C%97%E9%95%87&sort=-total&done=")
    said = office.get(answer.url).content.decode()
    assert "已把 2 个项目的计划开工改成“2020年9月底”。" in said
    assert "没有用上" not in said
    assert "没有用上" not in listed(office, "done=x")


def test_a_date_moved_back_that_stays_overdue_says_so(office, register):
    page = office.get(
        "/projects/bulk/",
        {"with": [register.mill.uid], "field": "planned_start", "value": "2017-01-01"},
    ).content.decode()

    assert "记为第 1 次调整，改后仍是已过" in page
    assert "只改这一栏：月计划、草稿、已采信的数、已亮的灯、留底的报送表都不跟着变" in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"reason": ""}, "请写批量改的原因"),
        ({"reason": "长" * 301}, "原因最多 300 个字"),
        ({"value": "2月31日"}, "看不懂"),
        ({"value": "2020-01-01", "field": "planned_finish"}, "会早于开工"),
        ({"with": []}, "还没有勾选项目"),
        ({"with": ["x"]}, "表单不完整"),
        ({"seen": []}, "刚被别人改过"),
    ],
)
def test_a_bulk_change_that_cannot_be_done_says_why_and_changes_nothing(
    office, register, form, said
):
    answer = office.post("/projects/bulk/", bulk(register, **form))

    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert not BulkChange.objects.exists()


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_one_page_is_taken_away(office, register, form, begins):
    answer = office.get(f"/projects/{register.mill.uid}/one-page/{form}/")

    assert answer.content.startswith(begins)
    assert LogEntry.objects.latest("seq").act == "projects.exported"


def test_one_page_is_read_before_it_is_taken(office, register):
    page = office.get(f"/projects/{register.mill.uid}/one-page/").content.decode()

    assert "一页纸 · 项目" in page
    assert "2.00 亿元" in page
    assert "电话按看的人的权限显示" in page

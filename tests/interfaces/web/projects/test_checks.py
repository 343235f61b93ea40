"""数据体检, duplicates, permits, standing, counted targets, the next year, and files."""

import csv
import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.flow.plan.models import Target, TargetSource
from gongjian.flow.plan.usecases import create_campaign
from gongjian.flow.projects.models import (
    DoubtAnswer,
    DuplicateVerdict,
    PermitItem,
    Project,
    ProjectYear,
)
from gongjian.flow.projects.queries import FIELDS, doubts_asked, ledger_objects
from gongjian.flow.projects.usecases import (
    Paper,
    YearWords,
    begin_checklist,
    register_projects,
    rename_project,
)
from gongjian.foundation.records.models import LogEntry
from gongjian.foundation.search.usecases import rebuild_search
from gongjian.interfaces.jobs.search import SOURCES
from gongjian.lib.days import local_day
from interfaces.web.people import come_in
from small_county import BEGIN, JUNE


@pytest.fixture
def clerk(client, register):
    return come_in(client, register.people["clerk"])


def stuck(register):
    """Three months that say the same."""
    register.reached(register.mill, "signed", date(2020, 1, 10))
    register.reached(register.mill, "established", date(2020, 1, 15))
    register.reached(register.mill, "started", date(2020, 2, 1))
    for month in ("2020-03", "2020-04", "2020-05"):
        register.paid(register.mill, month, done="7000000")


def answer(register, reader, **more):
    asked = doubts_asked(register.campaign, reader=reader, as_of=local_day(JUNE), known_at=JUNE)
    one = next(row for row in asked if row.code == "stuck")
    said = {"project": str(one.project_uid), "code": one.code, "month": one.month}
    return said | {"sentence": one.sentence, "reason": "按合同每月固定付款"} | more


def test_a_doubt_is_a_sentence_that_is_answered_once(clerk, register):
    stuck(register)
    form = answer(register, register.people["clerk"])

    page = clerk.get("/projects/doubts/?kind=stuck").content.decode()
    answers = [clerk.post("/projects/doubts/", form) for _ in range(2)]

    assert "到 2020-05 已连续 3 个月都报 700 万元" in page
    assert "更正这个月" in page
    assert [one.status_code for one in answers] == [302, 302]
    assert DoubtAnswer.objects.count() == 1
    assert LogEntry.objects.filter(act="doubt.answered").count() == 1
    assert "没有这样的问题" in clerk.get("/projects/doubts/?kind=stuck").content.decode()
    assert "按合同每月固定付款" in clerk.get("/projects/doubts/?state=answered").content.decode()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": " "}, "doubt.no-reason"),
        ({"sentence": "别的"}, "doubt.gone"),
        ({"project": "x"}, "form.broken"),
    ],
)
def test_an_answer_without_reason_or_question_is_refused(clerk, register, more, code):
    stuck(register)

    answered = clerk.post("/projects/doubts/", answer(register, register.people["clerk"]) | more)

    assert answered.status_code == 409
    assert f'data-code="{code}"' in answered.content.decode()


def test_a_unit_sees_its_own_doubts_and_answers_no_others(client, register):
    stuck(register)
    form = answer(register, register.office)
    other = come_in(client, register.people["reporter"])

    page = other.get("/projects/doubts/").content.decode()
    refused = other.post("/projects/doubts/", form)

    assert "示例纺织智能工厂项目" not in page
    assert 'data-code="doubt.not-yours"' in refused.content.decode()


@pytest.mark.parametrize("count", [0, 30])
def test_doubts_ask_the_same_however_many(office, register, count):
    stuck(register)
    register_projects(
        register.campaign,
        [(register.words(f"示例第{n}项目", code=f"x{n}"), YearWords()) for n in range(count)],
        by=register.people["office"],
        at=BEGIN,
    )
    office.get("/projects/doubts/")

    with CaptureQueriesContext(connection) as captured:
        office.get("/projects/doubts/")

    assert len(captured) == 15


def twins(register):
    """A second one of the mill, filed by somebody else."""
    return register_projects(
        register.campaign,
        [(register.words("示例纺织智能工厂建设项目"), YearWords("new"))],
        by=register.people["office"],
        at=BEGIN,
    )[0]


def test_two_alike_stand_side_by_side_and_are_merged_once(office, register):
    twin = twins(register)
    register.reached(twin, "signed", date(2020, 2, 10))
    pair = f"/projects/duplicates/{register.mill.uid}/{twin.uid}/"
    form = {"act": "one", "reason": "同一备案", "key": str(uuid4())}

    listed = office.get("/projects/duplicates/").content.decode()
    page = office.get(pair).content.decode()
    answers = [office.post(pair, form) for _ in range(2)]

    assert "名称相近" in listed
    assert "正式签约（2020-02-10）算给它" in page
    assert [one.status_code for one in answers] == [302, 302]
    twin.refresh_from_db()
    assert twin.standing == "merged"
    assert register.mill.name not in office.get("/projects/duplicates/").content.decode()


def test_two_that_are_not_one_are_kept_apart_with_a_reason(office, register):
    pair = f"/projects/duplicates/{register.mill.uid}/{twins(register).uid}/"

    bare = office.post(pair, {"act": "apart", "reason": ""})
    office.post(pair, {"act": "apart", "reason": "两期，各有备案"})

    assert 'data-code="duplicate.no-reason"' in bare.content.decode()
    assert DuplicateVerdict.objects.get().reason == "两期，各有备案"


def test_the_checklist_is_begun_and_kept_with_its_paper(clerk, register):
    page = f"/projects/{register.mill.uid}/permits/"
    clerk.post(page, {"act": "begin"})
    item = PermitItem.objects.filter(code="land").get()
    form = {
        "permit": str(item.uid),
        "version": "1",
        "applicable": "on",
        "applied_on": "2020-03-01",
        "done_on": "2020-04-01",
        "doc_no": "示例土字1号",
        "valid_until": "2020-07-01",
        "blocked_by": "",
    }

    saved = clerk.post(page, form | {"file": SimpleUploadedFile("证.txt", b"ok")})
    again = clerk.post(page, form | {"doc_no": "别的"})

    item.refresh_from_db()
    assert saved.status_code == 302
    assert (item.doc_no, item.file.name, item.done_on) == (
        "示例土字1号",
        "证.txt",
        date(2020, 4, 1),
    )
    assert 'data-code="permit.changed"' in again.content.decode()
    shown = clerk.get(f"/projects/{register.mill.uid}/").content.decode()
    assert "示例土字1号" in shown
    assert "办结 1 项" in shown
    assert "2020-07-01 到期" in shown


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"done_on": "2020-12-01"}, "permit.dates"),
        ({"applied_on": "2020-05-01", "done_on": "2020-04-01"}, "permit.dates"),
        ({"plan_date": "2020-02-31"}, "plan.day"),
        ({"permit": str(uuid4())}, "permit.missing"),
    ],
)
def test_impossible_days_of_a_permit_are_said(clerk, register, more, code):
    begin_checklist(register.mill, by=register.people["clerk"], at=JUNE)
    item = PermitItem.objects.filter(code="land").get()
    form = {"permit": str(item.uid), "version": "1", "applicable": "on", "doc_no": "留着"}

    answered = clerk.post(f"/projects/{register.mill.uid}/permits/", form | more)

    assert f'data-code="{code}"' in answered.content.decode()


def test_a_project_is_suspended_once_and_goes_on(office, register):
    page = f"/projects/{register.mill.uid}/standing/"
    form = {"act": "suspend", "day": "2020-06-01", "reason": "资金断了", "key": str(uuid4())}

    answers = [office.post(page, form) for _ in range(2)]
    offered = office.get(page).content.decode()
    office.post(page, form | {"act": "resume", "key": str(uuid4())})

    assert [one.status_code for one in answers] == [302, 302]
    assert "恢复推进" in offered
    register.mill.refresh_from_db()
    assert register.mill.standing == "active"
    assert register.mill.standing_changes.count() == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": ""}, "project.no-reason"),
        ({"day": "2020-06-31"}, "plan.day"),
        ({"day": "2021-01-01"}, "project.ahead"),
        ({"act": "resume"}, "project.standing"),
        ({"act": ""}, "project.no-act"),
    ],
)
def test_a_standing_without_reason_or_day_is_refused(office, register, more, code):
    form = {"act": "suspend", "day": "2020-06-01", "reason": "资金断了"} | more

    answered = office.post(f"/projects/{register.mill.uid}/standing/", form)

    assert f'data-code="{code}"' in answered.content.decode()


def test_a_target_is_switched_to_counted_stages_after_a_look(office, register):
    register.reached(register.mill, "signed", date(2020, 2, 10))
    target = Target.objects.filter(action__campaign=register.campaign, kind="flow").first()
    page = f"/projects/counting/{target.uid}/"
    form = {"choice": "stage_events:signed", "from": "2020-06-01", "key": str(uuid4())}

    seen = office.get(page, {"choice": "stage_events:signed"}).content.decode()
    answers = [office.post(page, form) for _ in range(2)]

    assert "来自 1 个项目" in seen
    assert "示例纺织智能工厂项目" in seen
    assert [one.status_code for one in answers] == [302, 302]
    assert TargetSource.objects.filter(target=target, source="stage_events").count() == 1
    assert "起由项目累计：正式签约，不用填" in office.get(page).content.decode()
    assert "看算了哪些项目" in office.get("/projects/counting/").content.decode()


def test_a_unit_sees_what_is_counted_and_switches_nothing(clerk, register):
    target = Target.objects.filter(action__campaign=register.campaign).first()
    form = {"choice": "stage_events:signed", "from": "2020-06-01"}

    answered = clerk.post(f"/projects/counting/{target.uid}/", form)

    assert 'data-code="office.only"' in answered.content.decode()
    assert clerk.get(f"/projects/counting/{target.uid}/").status_code == 200


def test_projects_are_carried_into_the_next_year_after_a_look(office, register):
    stuck(register)
    assert "还没有下一年度" in office.get("/projects/carry-over/").content.decode()
    following = create_campaign("2021年攻坚年", year=2021, by=register.people["office"], at=JUNE)
    mill = register.mill.uid
    form = {"into": str(following.uid), "row": str(mill), f"class-{mill}": "continued",
            f"plan-{mill}": "5000", "key": str(uuid4())}  # fmt: skip

    page = office.get("/projects/carry-over/").content.decode()
    answers = [office.post("/projects/carry-over/", form) for _ in range(2)]

    assert "2100 万元" in page
    assert [one.status_code for one in answers] == [302, 302]
    year = ProjectYear.objects.get(campaign=following)
    assert (year.plan_class, year.plan_investment, year.done_before) == (
        "continued", Decimal(50000000), Decimal(21000000),
    )  # fmt: skip


def test_carrying_over_refuses_a_plan_that_is_no_number(office, register):
    following = create_campaign("2021年攻坚年", year=2021, by=register.people["office"], at=JUNE)
    mill = register.mill.uid
    form = {"into": str(following.uid), "row": str(mill), f"plan-{mill}": "-5"}

    answered = office.post("/projects/carry-over/", form)

    assert 'data-code="project.sum"' in answered.content.decode()
    assert 'value="-5"' in answered.content.decode()


def test_the_register_is_taken_away_by_its_names(office, register):
    stuck(register)
    Project.objects.filter(pk=register.dairy.pk).update(remark="=cmd|' /C calc'!A0")

    told = json.loads(office.get("/projects/file/json/").content)
    mill, dairy = told["projects"]
    text = office.get("/projects/file/csv/").content
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    book = zipfile.ZipFile(io.BytesIO(office.get("/projects/file/xlsx/").content))

    assert list(mill)[: len(FIELDS)] == list(FIELDS)
    assert (mill["total_investment"], mill["year_done_investment"]) == (
        "200000000.00", "21000000.00",
    )  # fmt: skip
    assert (mill["planned_start"], mill["planned_finish"], mill["actual_start"]) == (
        "2020-03", "2020", "2020-02-01",
    )  # fmt: skip
    assert [one["stage"] for one in mill["stages"]] == ["signed", "established", "started"]
    assert dairy["year_done_investment"] is None
    assert {"as_of", "scope", "exported_by"} <= told.keys()
    assert text.startswith(b"\xef\xbb\xbf")
    assert any("'=cmd" in cell for row in rows for cell in row)
    assert "截止日期：2020-06-29" in rows[-1][0]
    assert "=cmd|" in book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert LogEntry.objects.filter(act="projects.exported").count() == 3


def test_the_export_asks_the_same_however_many(register, django_assert_num_queries):
    register_projects(
        register.campaign,
        [(register.words(f"示例第{n}项目"), YearWords()) for n in range(30)],
        by=register.people["office"],
        at=BEGIN,
    )

    with django_assert_num_queries(17):
        objects = ledger_objects(register.campaign, known_at=JUNE, answering={})

    assert len(objects) == 32


@pytest.mark.parametrize(
    "path",
    [
        "lists/", "rates/", "paces/", "doubts/", "duplicates/", "counting/", "carry-over/",
        "waiting/",
    ],
)  # fmt: skip
def test_the_tabs_stand_on_every_page(office, path):
    page = office.get(f"/projects/{path}").content.decode()

    assert all(word in page for word in ("列表", "清单", "指标率", "数据体检", "重复"))
    assert page.count('aria-current="page"') >= 1


@pytest.mark.parametrize("typed", ["\0", "\u202e反", "<b>", "长" * 5000, "👍", "'; --"])
@pytest.mark.parametrize("path", ["lists/", "doubts/", "duplicates/", "counting/"])
def test_odd_words_find_nothing_and_break_nothing(office, path, typed):
    assert office.get(f"/projects/{path}", {"q": typed, "on": typed}).status_code == 200


def test_a_project_is_found_by_name_and_former_name_by_who_may_see_it(client, register):
    paper = Paper("示例办发〔2020〕9号", date(2020, 6, 10))
    rename_project(register.mill, "示例新名项目", paper, by=register.people["office"], at=JUNE)
    rebuild_search(SOURCES)

    unit = come_in(client, register.people["clerk"])
    found = unit.get("/search/", {"q": "纺织智能"}).content.decode()
    admin = come_in(client, register.people["sysadmin"])
    hidden = admin.get("/search/", {"q": "纺织智能"}).content.decode()

    assert f"/projects/{register.mill.uid}/" in found
    assert f"/projects/{register.mill.uid}/" not in hidden


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_doubts_and_rates_are_taken_away(office, register, form):
    stuck(register)
    office.post("/projects/rates/", {"act": "publish", "key": str(uuid4())})

    asked = office.get(f"/projects/doubts/file/{form}/")
    reckoned = office.get(f"/projects/rates/file/{form}/")

    assert (asked.status_code, reckoned.status_code) == (200, 200)
    if form == "json":
        codes = {one["label"] for one in json.loads(asked.content)["doubts"]}
        assert "僵数" in codes
        assert len(json.loads(reckoned.content)["rates"]) == 11
    assert LogEntry.objects.filter(act="projects.exported").count() == 2

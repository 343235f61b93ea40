"""The official lists: as of a day, changed by a paper, the statement of what changed."""

import json
from datetime import date
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.documents import read_document
from gongjian.flow.projects.models import ListChange, ListMembership, Project, ProjectList
from gongjian.flow.projects.queries import statement
from gongjian.flow.projects.usecases import Paper, YearWords, drop_from_list, register_projects
from gongjian.foundation.records.models import LogEntry
from interfaces.web.people import come_in
from small_county import BEGIN, JUNE


def words_of(content):
    """All texts of a workbook."""
    return ZipFile(BytesIO(content)).read("xl/sharedStrings.xml").decode()


def address(register, *rest):
    return "/".join(["/projects/lists", str(register.listed.uid), *rest, ""])


def change(**more):
    return {
        "act": "drop",
        "step": "do",
        "doc_no": "示例办发〔2020〕9号",
        "day": "2020-06-10",
        "reason": "投资方退出",
        "key": str(uuid4()),
        **more,
    }


def test_the_lists_say_their_version_and_paper(office):
    page = office.get("/projects/lists/").content.decode()

    assert "2020年县重点项目" in page
    assert "第 1 版" in page
    assert "示例办发〔2020〕1号" in page
    assert "5.00 亿元" in page


def test_a_list_is_shown_as_of_a_day(office, register):
    drop_from_list(
        register.listed,
        [register.dairy],
        Paper("示例办发〔2020〕9号", date(2020, 6, 10), "投资方退出"),
        by=register.people["office"],
        at=JUNE,
    )

    before = office.get(address(register), {"on": "2020-06-01"}).content.decode()
    after = office.get(address(register), {"on": "2020-06-20"}).content.decode()

    assert "示例乳品冷链基地项目</a></td>" in before
    assert "这是 2020-06-01 的清单" in before
    assert "示例乳品冷链基地项目</a></td>" not in after
    assert "1 个项目 · 总投资 2.00 亿元" in after


def test_a_day_that_is_none_is_said(office, register):
    page = office.get(address(register), {"on": "2020-02-31"}).content.decode()

    assert "日期“2020-02-31”看不懂" in page


def test_the_list_prints_its_rates_under_itself(office, register):
    office.post("/projects/rates/", {"act": "publish", "key": str(uuid4())})

    page = office.get(address(register)).content.decode()

    assert "适用的指标率：2020年县重点项目第 1 版" in page
    assert "投资完成率" in page


@pytest.mark.parametrize("count", [0, 30])
def test_a_list_asks_the_same_however_long_it_is(office, register, count):
    made = register_projects(
        register.campaign,
        [(register.words(f"示例第{n}项目"), YearWords()) for n in range(count)],
        by=register.people["office"],
        at=BEGIN,
    )
    if made:
        rows = [str(one.uid) for one in made]
        office.post(address(register, "change"), change(act="add", row=rows))
    office.get(address(register))

    with CaptureQueriesContext(
        connection,
    ) as captured:
        office.get(address(register))

    assert len(captured) == 37


def test_leaving_a_list_is_looked_at_before_it_is_done(office, register):
    row = str(register.dairy.uid)

    page = office.post(address(register, "change"), change(step="see", row=row))

    assert "清单由 2 个、5.00 亿元 变为 <b>1 个、2.00 亿元</b>" in page.content.decode()
    assert ListChange.objects.count() == 1


def test_the_same_form_changes_a_list_once(office, register):
    form = change(row=str(register.dairy.uid))

    answers = [office.post(address(register, "change"), form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert ListMembership.objects.filter(valid_to__isnull=True).count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"doc_no": " "}, "list.no-paper"),
        ({"reason": ""}, "list.no-reason"),
        ({"day": "2020-02-31"}, "plan.day"),
        ({"day": ""}, "form.no-day"),
        ({"day": "2021-01-01"}, "list.ahead"),
        ({"row": []}, "list.nobody"),
        ({"row": ["x"]}, "form.broken"),
    ],
)
def test_a_change_that_lacks_something_keeps_what_was_typed(office, register, more, code):
    form = change(**({"row": [str(register.dairy.uid)]} | more))

    answer = office.post(address(register, "change"), form)

    assert answer.status_code == 409
    assert f'data-code="{code}"' in answer.content.decode()
    if code != "form.broken":
        assert 'value="示例办发〔2020〕9号"' in answer.content.decode() or code == "list.no-paper"


def test_names_and_codes_are_pasted_and_those_nobody_bears_come_back(office, register):
    lines = "示例乳品冷链基地项目\n2020-370782-17-03-000001\n没有这个项目\n"

    page = office.post(address(register, "change"), change(step="see", lines=lines))

    assert "调出 2 个项目，还没有办" in page.content.decode()
    assert "没有这个项目</textarea>" in page.content.decode()


def test_a_project_is_renamed_split_and_bundled_by_paper(office, register):
    office.post(
        address(register, "change"),
        change(act="rename", row=str(register.mill.uid), name="示例新纺织项目"),
    )
    office.post(
        address(register, "change"),
        change(
            act="split",
            row=str(register.dairy.uid),
            **{
                "part-name": ["示例乳品一期", "示例乳品二期", ""],
                "part-code": ["", "", ""],
                "part-total": ["10000", "20000", ""],
                "part-plan": ["", "", ""],
            },
        ),
    )
    parts = Project.objects.filter(name__startswith="示例乳品", standing="active").order_by("pk")
    rows = [str(one.uid) for one in parts]
    answer = office.post(
        address(register, "change"),
        change(act="bundle", row=rows, name="示例乳品捆"),
    )

    assert answer.status_code == 302
    bundle = Project.objects.get(name="示例乳品捆")
    assert (bundle.bundle, bundle.total_investment) == (True, 300000000)
    found = statement(register.listed, since=date(2020, 1, 20), until=date(2020, 6, 30))
    assert found.adds_up
    assert found.closing.count == 2


def test_only_the_office_changes_a_list(client, register):
    unit = come_in(client, register.people["clerk"])

    answer = unit.post(address(register, "change"), change())

    assert 'data-code="office.only"' in answer.content.decode()
    assert "调整清单" not in unit.get(address(register)).content.decode()


def test_a_list_is_set_up_once(office):
    form = {"kind": "reserve", "name": "储备项目", "key": str(uuid4())}

    answers = [office.post("/projects/lists/", form) for _ in range(2)]
    again = office.post("/projects/lists/", form | {"key": str(uuid4())})

    assert [answer.status_code for answer in answers] == [302, 302]
    assert ProjectList.objects.filter(name="储备项目").count() == 1
    assert 'data-code="list.known"' in again.content.decode()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": " "}, "list.no-name"),
        ({"name": "长" * 61}, "list.too-long"),
        ({"kind": "x"}, "list.kind"),
    ],
)
def test_a_list_without_a_kind_or_name_is_refused(office, more, code):
    answer = office.post("/projects/lists/", {"kind": "reserve", "name": "储备项目"} | more)

    assert f'data-code="{code}"' in answer.content.decode()


def test_the_statement_adds_up_and_is_taken_away(office, register):
    office.post(address(register, "change"), change(row=str(register.dairy.uid)))

    page = office.get(address(register, "statement")).content.decode()
    word = office.get(address(register, "statement", "docx"))
    sheet = office.get(address(register, "statement", "xlsx"))

    assert "共 2 个项目、总投资 5.00 亿元；到 2020-06-29，共 1 个项目、总投资 2.00 亿元" in page
    assert "投资方退出" in page
    text = read_document("a.docx", word.content).text
    assert "共 1 个项目、总投资 2.00 亿元" in text
    cells = words_of(sheet.content)
    assert "示例办发〔2020〕9号" in cells
    assert "导出人：" in cells
    assert "截止日期：2020-06-29" in cells


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_a_list_is_taken_away_and_the_log_knows(office, register, form):
    answer = office.get(address(register, "file", form))

    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    entry = LogEntry.objects.filter(act="projects.exported").get()
    assert (entry.facts["form"], entry.facts["rows"]) == (form, 2)


def test_a_list_is_taken_away_without_a_formula(office, register):
    Project.objects.filter(pk=register.mill.pk).update(name="=1+1")

    text = office.get(address(register, "file", "csv")).content.decode("utf-8-sig")
    told = json.loads(office.get(address(register, "file", "json")).content)

    assert "'=1+1" in text
    assert told["projects"][0]["name"] == "=1+1"
    assert "清单第 1 版" in told["scope"]


def test_a_form_nobody_writes_is_absent(office, register):
    assert office.get(address(register, "file", "exe")).status_code == 404


def test_what_was_split_is_shown_only_when_asked_and_counts_once(office, register):
    office.post(
        address(register, "change"),
        change(
            act="split",
            row=str(register.dairy.uid),
            **{
                "part-name": ["示例乳品一期", "示例乳品二期"],
                "part-code": ["", ""],
                "part-total": ["10000", "20000"],
                "part-plan": ["", ""],
            },
        ),
    )

    whole = office.get("/projects/").content.decode()
    gone = office.get("/projects/?stage=gone").content.decode()

    assert "<b>3</b> 个项目" in whole
    assert "总投资 <b>5.00</b> 亿元" in whole
    assert "示例乳品冷链基地项目</a>" not in whole
    assert "已拆分、已并入" in whole
    assert "示例乳品冷链基地项目</a>" in gone


def test_a_look_at_an_act_keeps_nothing_and_refuses_as_the_act(office, register):
    form = change(
        act="split",
        step="see",
        row=str(register.dairy.uid),
        **{
            "part-name": ["示例一期", "示例二期"],
            "part-code": [register.mill.code, ""],
            "part-total": ["1", "2"],
            "part-plan": ["", ""],
        },
    )

    refused = office.post(address(register, "change"), form)
    seen = office.post(address(register, "change"), form | {"part-code": ["", ""]})

    assert 'data-code="project.known"' in refused.content.decode()
    assert "清单由 2 个、5.00 亿元 变为 <b>3 个、2.00 亿元</b>" in seen.content.decode()
    assert Project.objects.count() == 2
    assert LogEntry.objects.filter(act="project.split").count() == 0


def test_a_list_bears_the_name_of_the_day(office, register):
    office.post(
        address(register, "change"),
        change(act="rename", row=str(register.mill.uid), name="示例新纺织项目"),
    )

    before = office.get(address(register), {"on": "2020-06-01"}).content.decode()
    after = office.get(address(register)).content.decode()

    assert "示例纺织智能工厂项目</a>" in before
    assert "示例新纺织项目</a>" in after

"""报表 and 上级来表 in a browser's requests: tables out, long exports, a superior's table."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongjian.documents.grids import read_book
from gongjian.flow.projects.models import ExportRun, SentTable, SuperiorSheet
from gongjian.flow.projects.usecases import ProjectWords, change_project
from gongjian.foundation.records.models import Job, LogEntry
from gongjian.interfaces.jobs.worker import do_due
from gongjian.interfaces.web.projects.views import exports
from interfaces.web.people import come_in
from small_county import BEGIN
from superior_sheets import empty_sheet


@pytest.mark.parametrize("form", ["xlsx", "docx"])
@pytest.mark.parametrize("layout", ["ledger", "sponsors", "permits", "started", "finished"])
def test_official_tables_are_taken_away_and_noted(office, layout, form):
    answer = office.get(f"/projects/papers/{layout}/{form}/", {"township": "北镇", "unit": "yi"})

    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    entry = LogEntry.objects.get(act="projects.exported")
    assert entry.facts["form"] == f"{layout}.{form}"


def test_the_columns_of_an_address_are_those_of_the_file(office):
    address = {"cols": "total,nothing,standing"}
    rows = office.get("/projects/file/csv/", address).content.decode("utf-8-sig").splitlines()

    assert rows[0] == "序号,项目名称,项目代码,总投资（万元）,状态"
    assert rows[1].split(",")[1:] == [
        "示例纺织智能工厂项目",
        "2020-370782-17-03-000001",
        "20000",
        "推进中",
    ]


@pytest.mark.parametrize(
    "path",
    [
        "papers/ledger/csv/",
        "papers/none/xlsx/",
        "papers/sheet/xlsx/",  # the month sheet is no layout
        "papers/sheet/xlsx/?cols=name,code",
        "papers/ledger/xlsx/?unit=banana",
        "file/docx/",
        "file/oc4ids/?q=没有这样的项目",  # its schema asks for one at least
    ],
)
def test_a_file_that_cannot_be_made_is_told(office, path):
    assert office.get(f"/projects/{path}").status_code == 404


def test_an_unknown_snapshot_is_told(office):
    answer = office.get("/projects/file/xlsx/", {"snapshot": "S-1999-01"})

    assert answer.status_code == 404
    assert "没有快照 S-1999-01" in answer.content.decode()


def test_a_long_list_is_written_by_the_worker(office, client, register, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 1)

    begun = office.get("/projects/file/xlsx/", {"columns": "name"})
    again = office.get("/projects/file/xlsx/", {"columns": "name"})
    waiting = office.get(begun.url).content.decode()
    do_due()
    written = office.get(begun.url).content.decode()
    file = office.get(f"{begun.url}file/")
    stranger = come_in(client, register.people["clerk"]).get(begun.url)

    assert (begun.status_code, again.url) == (302, begun.url)
    assert "0 / 2 行" in waiting
    assert "2 行" in written
    assert file.content.startswith(b"PK")
    assert stranger.status_code == 404
    assert ExportRun.objects.get().state == "done"
    assert LogEntry.objects.filter(act="projects.exported").count() == 1


def test_a_long_list_whose_job_gave_up_says_so_and_is_asked_for_again(office, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    begun = office.get("/projects/file/xlsx/")
    Job.objects.update(state=Job.State.DEAD)

    stopped = office.get(begun.url).content.decode()
    listed = office.get("/projects/papers/").content.decode()
    again = office.get("/projects/file/xlsx/")

    assert "写到一半停下了" in stopped
    assert 'hx-trigger="every 2s"' not in stopped
    assert "没有生成" in listed
    assert again.url != begun.url
    do_due()
    assert [run.state for run in ExportRun.objects.order_by("pk")] == ["broken", "done"]


def test_projects_without_a_number_are_numbered_as_they_stand(office):
    lines = office.get("/projects/file/csv/", {"cols": "seq,name"}).content.decode().splitlines()

    assert [line.split(",")[0] for line in lines[1:3]] == ["1", "2"]


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("funnel", "环节"),
        ("townships", "北镇"),
        ("pace/?code=landing", "示例纺织智能工厂项目"),
        ("duplicates", "哪里像"),
    ],
)
def test_charts_and_working_lists_are_taken_away_as_tables(office, what, form, said):
    what, _sign, query = what.partition("/?")

    answer = office.get(f"/projects/tables/{what}/{form}/?{query}")

    assert answer.status_code == 200
    if form != "xlsx":
        told = answer.content.decode("utf-8-sig")
        assert said in told or form == "json"
        assert "截止日期" in told or "as_of" in told
        assert "口径版本" in told or "definitions" in told
    assert LogEntry.objects.filter(act="projects.exported").count() == 1


def test_what_waits_for_a_step_is_taken_away_by_whose_step_it_is(client, register):
    register.reported(register.mill, "signed", date(2020, 2, 10))

    head = come_in(client, register.people["head"])
    lines = head.get("/projects/tables/waiting/csv/").content.decode().splitlines()

    assert lines[1].startswith("示例纺织智能工厂项目")
    assert come_in(client, register.people["leader"]).get(
        "/projects/tables/waiting/csv/").status_code == 404  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["none/xlsx/", "funnel/docx/", "pace/csv/", "pace/csv/?code=zz"],
)
def test_a_chart_that_is_none_is_no_file(office, path):
    assert office.get(f"/projects/tables/{path}").status_code == 404


def test_pairs_that_look_like_one_are_for_who_keeps_the_register(client, register):
    reader = come_in(client, register.people["leader"])

    assert reader.get("/projects/tables/duplicates/csv/").status_code in (403, 409)


def test_the_chart_of_time_and_the_permits_of_one_project_are_taken_away(office, register):
    chart = office.get("/projects/file/csv/?table=gantt&q=乳品").content.decode().splitlines()
    one = office.get(f"/projects/papers/permits/xlsx/?project={register.mill.uid}")
    odd = office.get("/projects/papers/permits/xlsx/?project=zz")
    none = office.get(f"/projects/papers/permits/xlsx/?project={uuid4()}")

    assert "实际开工" in chart[0]
    assert "示例乳品冷链基地项目" in chart[1]
    assert "按筛选导出" in chart[-1]
    assert (one.status_code, none.status_code, odd.status_code) == (200, 404, 404)


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("townships", "tables/townships/xlsx"),
        ("gantt", "table=gantt"),
        ("paces/landing", "tables/pace/xlsx"),
    ],
)
def test_every_chart_leads_to_its_file(office, page, link):
    assert link in office.get(f"/projects/{page}/").content.decode()


def upload(client, content, name="附件1.xlsx", key=None):
    file = SimpleUploadedFile(name, content)
    return client.post("/projects/superior/", {"file": file, "key": str(key or uuid4())})


def send(client, page, filling=None):
    """记为已报, of the filling that the page shows."""
    shown = re.search('name="filling" value="([0-9a-f]*)"', client.get(page).content.decode())
    form = {"act": "send", "key": str(uuid4()), "filling": filling or shown[1]}
    return client.post(page, form)


def test_a_table_is_brought_filled_and_sent(office):
    page = upload(office, empty_sheet()).url

    shown = office.get(page).content.decode()
    form = {"version": "1", "rows": "listed", "to": "示例市发改委", "title": "月报",
            "sheet": "附件1 进度月报", "column": ["J"], "field": ["stage_label"],
            "was": ["progress_text"]}  # fmt: skip
    said = office.post(page, form)
    filled = office.get(f"{page}file/")
    sent = send(office, page)
    listed = office.get("/projects/superior/").content.decode()

    assert "示例纺织智能工厂项目" in shown
    assert "统计口径的数，系统只读不填" in shown
    assert (said.status_code, sent.status_code) == (302, 302)
    rows = dict(read_book("x.xlsx", io.BytesIO(filled.content)).grids[0].rows)
    assert rows[3][1] == "示例纺织智能工厂项目"
    assert "示例纺织智能工厂项目" in office.get(sent.url).content.decode()
    assert office.get(f"{sent.url}file/").content.startswith(b"PK")
    assert "示例市发改委" in listed
    assert "无更正" in listed
    acts = LogEntry.objects.filter(act__startswith="sheet.").values_list("act", flat=True)
    assert sorted(acts) == [
        "sheet.brought", "sheet.changed", "sheet.filled", "sheet.sent",
    ]  # fmt: skip


def test_a_table_that_changed_since_its_page_was_opened_is_not_recorded(office):
    page = upload(office, empty_sheet()).url
    form = {"version": "1", "rows": "listed", "to": "上级", "sheet": "附件1 进度月报"}
    office.post(page, form)
    shown = re.search('name="filling" value="([0-9a-f]+)"', office.get(page).content.decode())[1]
    office.post(page, {**form, "version": "2", "q": "纺织"})

    answer = send(office, page, filling=shown)
    office.get(f"{page}file/")
    again = send(office, page)

    assert answer.status_code == 409
    assert 'data-code="sheet.other-now"' in answer.content.decode()
    assert again.status_code == 302
    assert len(SentTable.objects.get().rows) == 1


def test_the_same_form_sent_twice_brings_one_table(office):
    key = uuid4()

    first, second = (upload(office, empty_sheet(), key=key) for _ in range(2))

    assert first.url == second.url
    assert SuperiorSheet.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("表.xlsx", b"PK\x03\x04broken", "sheet.unreadable"),
        ("表.csv", "甲,乙\n".encode(), "sheet.no-header"),
        ("表.txt", "机密★\n项目名称,总投资\n".encode(), "sheet.classified"),
        ("表.exe", b"MZ", "file.kind"),
    ],
)
def test_a_file_that_cannot_be_filled_is_told_why(office, name, content, said):
    answer = upload(office, content, name)

    assert answer.status_code == 409
    assert f'data-code="{said}"' in answer.content.decode()
    assert not SuperiorSheet.objects.exists()


def test_a_form_without_a_file_is_told(office):
    assert 'data-code="sheet.no-file"' in office.post("/projects/superior/").content.decode()


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"version": "9", "rows": "listed"}, "sheet.changed"),
        ({"version": "1", "rows": "odd"}, "sheet.rows"),
        ({"version": "1", "rows": "listed", "to": "长" * 61}, "sheet.too-long"),
        ({"version": "1", "rows": "listed", "column": "B", "field": "x\0", "was": "name"},
         "sheet.map"),
        ({"act": "send"}, "sheet.no-receiver"),
    ],
)  # fmt: skip
def test_an_odd_form_is_told_and_changes_nothing(office, form, code):
    page = upload(office, empty_sheet()).url

    answer = office.post(page, form)

    assert answer.status_code == 409
    assert f'data-code="{code}"' in answer.content.decode()
    assert SuperiorSheet.objects.get().version == 1
    assert not SentTable.objects.exists()


def test_a_snapshot_that_is_gone_is_told(office):
    page = upload(office, empty_sheet()).url
    SuperiorSheet.objects.update(snapshot="S-1999-01")

    answer = office.get(page)

    assert answer.status_code == 409
    assert "没有快照 S-1999-01" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_whatever_its_length(office, rows, django_assert_max_num_queries):
    page = upload(office, empty_sheet()).url
    office.post(page, {"version": "1", "rows": "listed", "to": "上级", "sheet": "附件1 进度月报"})
    for _ in range(rows):
        send(office, page)

    with django_assert_max_num_queries(45) as asked:
        office.get("/projects/superior/")

    COUNTS[rows] = len(asked.captured_queries)
    assert len(set(COUNTS.values())) == 1


COUNTS: dict[int, int] = {}


def test_a_file_of_the_list_has_the_next_date_as_the_list_shows_it(office, register):
    register.reached(register.mill, "signed", date(2020, 1, 10))
    change_project(
        register.mill,
        replace(ProjectWords.of(register.mill), planned_start=date(2020, 5, 31),
                planned_start_precision="month"),
        version=register.mill.version, reason="示例", by=register.office, at=BEGIN,
    )  # fmt: skip

    answer = office.get("/projects/file/csv/", {"cols": "township,next", "sort": "-name"})

    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    told = {row[1]: row[-1] for row in rows[1:3]}
    assert rows[0] == ["序号", "项目名称", "项目代码", "属地镇街", "下一节点"]
    assert told[register.mill.name] == "开工 2020-05 已过"


def test_official_tables_keep_every_filter_of_the_list(office):
    page = office.get("/projects/papers/", {"q": "纺织", "township": "北镇"}).content.decode()
    listed = office.get("/projects/", {"q": "纺织"}).content.decode()

    assert '<input type="hidden" name="q" value="纺织">' in page
    assert page.count('name="township"') == 1
    assert f'href="/projects/papers/?{urlencode({"q": "纺织"})}"' in listed

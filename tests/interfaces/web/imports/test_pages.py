"""The wizard of an import: each of its states, who may come in, and what is thrown at it."""

import io
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.flow.projects.models import MonthPlan, Project
from gongjian.flow.projects.usecases import bring_project_ledger, import_projects
from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.records.models import ImportRun, Job
from gongjian.interfaces.jobs.worker import do_due
from interfaces.web.people import come_in
from ledger_books import book, row
from small_county import JUNE
from small_register import small_register

UNPROVEN = ["03/04/2020", "05/06/2020"]  # day or month first?


@pytest.fixture
def register(db):  # noqa: ARG001 - it writes
    return small_register(june=True)


@pytest.fixture
def office(client, register):
    return come_in(client, register.office)


def sent(client, content, name="台账.xlsx", **more):
    file = SimpleUploadedFile(name, content)
    return client.post("/imports/", {"file": file, **more})


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def latest():
    return ImportRun.objects.order_by("-pk").first()


def addresses(run):
    return f"/imports/{run.uid}/", f"/imports/{run.uid}/rows/"


def test_a_file_is_read_tried_written_and_taken_back(office):
    assert "还没有导入过" in shown(office, "/imports/")

    answer = sent(office, book(row(1, "甲项目"), row(2, ""), row(3, "乙项目")))

    run = latest()
    page, rows = addresses(run)
    assert answer["Location"] == page
    reading = shown(office, page)
    assert "表头在第 3 行" in reading
    assert "试运行 2 行" in reading
    assert office.post(page, {"version": run.version})["Location"] == rows
    trial = shown(office, rows)
    assert "尚未写入" in trial
    assert "写入 2 行，留下 1 行" in trial
    assert Project.objects.count() == 2

    started = office.post(f"{page}start/", {"version": run.version})
    assert started["Location"] == page
    assert "正在写入" in shown(office, page)
    do_due(lambda: JUNE)
    assert office.get(page)["Location"] == rows
    result = shown(office, rows)
    assert "已写入 2 行" in result
    assert "3 行 ＝ 数据" not in result
    assert "6 行 ＝ 数据 <b>3</b>" in result
    assert Project.objects.count() == 4

    run.refresh_from_db()
    office.post(f"{page}undo/", {"version": run.version})
    assert "正在撤销" in shown(office, page)
    do_due(lambda: JUNE)
    assert "已撤销 2 行" in shown(office, rows)
    assert Project.objects.count() == 2
    assert "已撤销" in shown(office, "/imports/")


def test_a_list_that_was_touched_is_not_asked_to_go_and_says_what_was(office):
    text = "2020年7月投资计划\n单位：万元\n项目代码,计划投资\n2020-370782-17-03-000001,500\n"
    sent(office, text.encode(), name="计划.csv", kind="money")
    run = latest()
    page, rows = addresses(run)
    office.post(f"{page}start/", {"version": run.version})
    do_due(lambda: JUNE)
    run.refresh_from_db()
    MonthPlan.objects.update(planned=7)

    refused = office.post(f"{page}undo/", {"version": run.version})

    assert refused.status_code == 409
    assert "导入以后又改过：“示例纺织智能工厂项目 2020-07”" in refused.content.decode()
    run.refresh_from_db()
    assert run.state == "done"
    assert "撤销这次导入" in shown(office, rows)


def test_changed_values_stand_beside_the_old_ones(office):
    sent(office, book(row(1, "示例纺织智能工厂项目", "2020-370782-17-03-000001", total=21000)))

    trial = shown(office, addresses(latest())[1] + "?outcome=changed")

    assert '<del class="g-old">20000 万元</del>' in trial
    assert "<b>21000 万元</b>" in trial
    assert "按项目代码认出" in trial


def test_all_questions_are_on_one_screen_and_an_answer_can_be_taken_back(office):
    lines = [row(n, f"第{n}项目", start=day) for n, day in enumerate(UNPROVEN, start=1)]
    sent(office, book(*lines, unit=""))
    run = latest()
    page, rows = addresses(run)

    reading = shown(office, page)
    assert "先写日还是先写月" in reading
    assert reading.count("没有写单位") == 2
    assert "第 4 行 03/04/2020 → 2020年4月3日" in reading
    assert " checked" not in reading
    assert "2 行有值待答" in shown(office, rows)

    said = {"version": run.version, "ask": ["计划开工时间", "总投资", "年度计划投资"],
            "kind-0": "order", "said-0": "dmy", "kind-1": "unit", "said-1": "万元",
            "kind-2": "unit", "said-2": "万元"}  # fmt: skip
    asked = [(q["kind"], q["letter"]) for q in run.report["sheets"][0]["asked"]]
    assert len(asked) == 3
    office.post(page, said)

    run.refresh_from_db()
    assert run.totals["doubtful"] == 0
    assert run.preview[0]["new"]["planned_start"] == "2020-04-03 day"
    assert "你答过的" in shown(office, page)
    office.post(page, {"version": run.version, "forget": "计划开工时间"})
    assert "先写日还是先写月" in shown(office, page)


def test_an_answer_about_a_slip_is_about_its_rows_and_says_so(office):
    sums = (0.35, 3000, 2500, 4100, 2200, 1800)
    lines = [row(n, f"第{n}项目", total=sum, plan="") for n, sum in enumerate(sums, start=1)]
    sent(office, book(*lines, unit=""))
    run = latest()
    page, _rows = addresses(run)

    asked = run.report["sheets"][0]["asked"]
    assert [(q["kind"], q["letter"]) for q in asked] == [("slip", "G"), ("unit", "G")]
    reading = shown(office, page)
    assert "第 4 行改按亿元记" in reading
    assert "第 4 行 0.35 → 0.35 亿元" in reading

    said = {"version": run.version, "ask": ["总投资", "总投资"], "kind-0": "slip",
            "said-0": "亿元", "kind-1": "unit", "said-1": "万元"}  # fmt: skip
    office.post(page, said)

    run.refresh_from_db()
    totals = [one["new"]["total_investment"] for one in run.preview]
    assert totals[:2] == ["35000000.00", "30000000.00"]
    assert "差一万倍的行按亿元" in shown(office, page)
    office.post(page, {"version": run.version, "forget": "总投资!slip"})
    run.refresh_from_db()
    assert dict(run.says) == {"总投资!unit": "万元"}


def test_a_column_is_what_a_person_says_it_is(office):
    head = ["序号", "名头", "备注"]
    sent(office, book([1, "甲项目", ""], head=head))
    run = latest()
    page, _rows = addresses(run)
    assert "项目名称是哪一栏" in shown(office, page)
    assert run.totals["asked"] == 1

    columns = {"column": ["序号", "名头", "备注"], "was": ["seq", "", "remark"],
               "field": ["seq", "name", "remark"]}  # fmt: skip
    office.post(page, {"version": run.version, **columns})

    run.refresh_from_db()
    assert run.totals["new"] == 1
    assert "你指定的" in shown(office, page)


def test_a_row_that_could_be_two_is_asked_beside_its_candidates(office, register):
    sent(office, book(row(1, "示例纺织智能工厂项目", "2020-370782-17-03-000099"), row(2, "乙项目")))
    run = latest()
    _page, rows = addresses(run)

    trial = shown(office, rows)
    assert "就是“示例纺织智能工厂项目”" in trial
    answered = office.post(
        rows, {"version": run.version, "key-0": "台账!4", "row-0": str(register.mill.uid)}
    )

    assert answered["Location"] == rows
    run.refresh_from_db()
    assert (run.totals["changed"], run.totals["asked"]) == (1, 0)


def test_rows_given_back_come_as_they_were_and_are_taken_when_corrected(office):
    lines = [
        ["一、产业项目（3个）", "", "", "", "", "", 9],
        row(1, "甲项目"),
        row(2, "乙项目", start="2020年2月30日"),
        row(3, ""),
    ]
    sent(office, book(*lines))
    page, rows = addresses(latest())

    file = office.get(f"{page}left/")
    packed = zipfile.ZipFile(io.BytesIO(file.content))
    texts = packed.read("xl/sharedStrings.xml").decode()

    assert "原因" in texts
    assert "没有这一天" in texts
    assert "甲项目" not in texts
    corrected = io.BytesIO()
    with zipfile.ZipFile(corrected, "w") as out:
        for name in packed.namelist():
            content = packed.read(name)
            if name == "xl/sharedStrings.xml":
                content = content.replace("2月30日".encode(), "3月30日".encode())
            out.writestr(name, content)
    sent(office, corrected.getvalue(), name="改好.xlsx")
    again = latest()
    assert (again.totals["new"], again.totals["refused"]) == (1, 1)
    assert again.preview[0]["new"]["category"] == "industry"
    assert "退回" in shown(office, rows)


def test_a_run_that_stopped_says_why_and_goes_on(office):
    sent(office, book(row(1, "甲项目")))
    run = latest()
    page, _rows = addresses(run)
    office.post(f"{page}start/", {"version": run.version})
    Job.objects.filter(key=str(run.uid)).update(state="dead", reason="worker lost")

    stopped = shown(office, page)
    assert "中途停下了" in stopped
    assert "接着办" in stopped
    office.post(f"{page}resume/")
    do_due(lambda: JUNE)

    run.refresh_from_db()
    assert (run.state, Project.objects.count()) == ("done", 3)


def test_a_form_sent_twice_does_once(office):
    key = "3f0d7cf4-0e4f-4bb4-9be2-7c1a51b1f1a1"
    content = book(row(1, "甲项目"))
    first = sent(office, content, key=key)
    second = sent(office, content, key=key)
    run = latest()
    page, _rows = addresses(run)
    for _press in range(2):
        office.post(f"{page}start/", {"version": run.version, "key": run.uid})
    do_due(lambda: JUNE)

    assert first["Location"] == second["Location"]
    assert ImportRun.objects.count() == 1
    assert Project.objects.count() == 3


def test_a_page_that_is_out_of_date_writes_nothing(office):
    sent(office, book(row(1, "甲项目")))
    run = latest()
    page, rows = addresses(run)
    office.post(page, {"version": run.version, "column": "备注", "was": "remark", "field": ""})

    stale = office.post(f"{page}start/", {"version": run.version})
    late = office.post(page, {"version": run.version, "column": "序号", "was": "seq", "field": ""})

    assert (stale.status_code, late.status_code) == (409, 409)
    assert "刚被别人改过" in stale.content.decode()
    assert Job.objects.filter(kind__startswith="import.write").count() == 0
    assert rows


def test_a_large_file_is_read_in_the_background(office, settings):
    settings.LARGEST_UPLOAD = 50_000_000
    lines = ["序号,项目名称,备注", *(f"{n},第{n}项目,{'长' * 200}" for n in range(3000))]
    sent(office, "\n".join(lines).encode(), name="大台账.csv")
    page, rows = addresses(latest())

    assert "正在读" in shown(office, page)
    assert office.get(rows)["Location"] == page
    do_due(lambda: JUNE)
    assert "试运行 3000 行" in shown(office, page)


def encrypted():
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    )


def wide():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        page = made.add_worksheet()
        for at in range(16_384):
            page.write(0, at, f"第{at}栏")
            page.write(1, at, at)
    return stream.getvalue()


HOSTILE = {
    "a text that says it is xlsx": ("台账.xlsx", "随便写的几句话".encode()),
    "nothing": ("台账.xlsx", b""),
    "half a book": ("台账.xlsx", book(row(1, "甲"))[:900]),
    "encrypted": ("台账.xlsx", encrypted()),
    "a picture": ("台账.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 99),
    "a program": ("台账.exe", b"MZ"),
    "no name": ("", b"x"),
    "secret": ("台账.csv", "机密★5年\n序号,项目名称\n1,甲\n".encode()),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_ledger_is_refused_unkept_with_a_sentence(office, name):
    answer = sent(office, HOSTILE[name][1], name=HOSTILE[name][0] or "x")

    page = answer.content.decode()
    if answer.status_code == 302:  # a text is a csv of one column: it is read, and nothing found
        reading = shown(office, answer["Location"])
        assert "没有找到" in reading
        return
    assert answer.status_code == 409
    assert 'data-code="' in page
    assert ImportRun.objects.count() == 0
    assert StoredFile.objects.filter(name__startswith="台账").count() == 0


@pytest.mark.parametrize(
    "content",
    [
        wide(),
        ("序号,项目名称,备注\n1,甲项目," + "长" * 3_400_000 + "\n").encode(),
        "序号,项目名称\n1,甲\x00项\u202e目\n2,😀工程\n3,-5\n".encode(),
        b"\xff\xfe" + "序号\t项目名称\n1\t甲项目\n".encode("utf-16-le"),
        '[{"项目名称": "甲\\ud800项目", "总投资（万元）": "1e999"}]'.encode(),
    ],
    ids=["16384 columns", "a cell of 10 MB", "unseen signs", "utf-16", "half a letter"],
)
def test_odd_files_are_read_or_refused_and_never_break(office, content):
    answer = sent(office, content, name="台账.xlsx" if content[:2] == b"PK" else "台账.csv")

    assert answer.status_code in (302, 409)
    if answer.status_code == 302:
        do_due(lambda: JUNE)
        run = latest()
        page, rows = addresses(run)
        assert office.get(page).status_code in (200, 302)
        assert office.get(rows).status_code in (200, 302)
        if run.state == "read" and run.totals["new"]:
            office.post(f"{page}start/", {"version": run.version})
            do_due(lambda: JUNE)
            run.refresh_from_db()
            assert run.state == "done"
            assert office.get(rows).status_code == 200
            assert office.get(f"{page}left/").status_code == 200


@pytest.mark.parametrize(
    "said",
    [
        {"column": "序号", "was": "seq", "field": "no-such-field"},
        {"ask": "总投资", "kind-0": "year", "said-0": "去年"},
        {"ask": "总投资", "kind-0": "year", "said-0": "²⁰²⁰"},
        {"ask": "总投资", "kind-0": "unit", "said-0": "斤"},
        {"ask": "总投资", "kind-0": "doubled", "said-0": "Z", "choices-0": "A,B"},
        {"sheets": "1"},
        {"version": "x"},
    ],
)
def test_a_form_that_makes_no_sense_is_answered_with_a_sentence(office, said):
    sent(office, book(row(1, "甲项目")))
    run = latest()
    page, _rows = addresses(run)

    answer = office.post(page, {"version": run.version, **said})

    assert answer.status_code in (302, 409)
    if answer.status_code == 409:
        assert 'data-code="' in answer.content.decode()
    run.refresh_from_db()
    assert run.state == "read"


@pytest.mark.parametrize("query", ["?page=-1&outcome=x", "?q=%00%27;--", "?q=第&left=1&page=9"])
def test_filters_take_anything(office, query):
    sent(office, book(row(1, "甲项目")))
    run = latest()
    page, rows = addresses(run)
    assert office.get(rows + query).status_code == 200
    office.post(f"{page}start/", {"version": run.version})
    do_due(lambda: JUNE)

    assert office.get(rows + query).status_code == 200


@pytest.mark.parametrize("who", ["clerk", "head", "reviewer"])
def test_nobody_but_the_office_sees_a_ledger_of_projects(client, register, who):
    run = bring_project_ledger(
        register.campaign, "台账.xlsx", book(row(1, "甲")), by=register.office, at=JUNE
    )
    come_in(client, register.people[who])

    mine = client.get("/imports/")
    assert (mine.status_code == 200) == (who in ("clerk", "head"))  # of months, and of people
    assert "台账.xlsx" not in mine.content.decode()
    for address in (*addresses(run), f"/imports/{run.uid}/left/"):
        assert client.get(address).status_code in (403, 404)
    assert "导入台账" not in client.get("/projects/").content.decode()


@pytest.mark.parametrize(
    ("query", "there"),
    [("?q=台账", True), ("?q=别的", False), ("?state=read", True), ("?state=done", False),
     ("?state=x&q=%00", True), ("?page=99", True)],
)  # fmt: skip
def test_the_history_is_filtered(office, query, there):
    sent(office, book(row(1, "甲项目")))

    assert ("台账.xlsx" in shown(office, f"/imports/{query}")) == there


def test_the_list_of_projects_leads_here(office):
    assert "导入台账" in shown(office, "/projects/")


def test_pages_take_the_same_queries_however_long_the_file(office, register):
    def asked(n):
        content = book(*(row(at, f"第{n}批{at}项目") for at in range(1, n + 1)))
        run = bring_project_ledger(
            register.campaign, f"{n}.xlsx", content, by=register.office, at=JUNE
        )
        page, rows = addresses(run)
        counts = []
        for address in (page, rows, "/imports/"):
            with CaptureQueriesContext(connection) as found:
                shown(office, address)
            counts.append(len(found))
        office.post(f"{page}start/", {"version": run.version})
        import_projects(str(run.uid), at=JUNE)
        with CaptureQueriesContext(connection) as found:
            shown(office, rows)
        return [*counts, len(found)]

    assert asked(2) == asked(60)

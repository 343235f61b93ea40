"""The month sheet in a browser: its page, its pieces of cells, what goes in, what is accepted."""

import json
import re
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.documents.grids.xlsx import read_xlsx_grids
from gongjian.documents.unreadable import Limits
from gongjian.flow.duties.queries import answering_for_projects
from gongjian.flow.projects.models import (
    DoubtAnswer,
    ExportRun,
    InvestmentMonth,
    MonthCell,
    MonthPlan,
)
from gongjian.flow.projects.usecases import (
    PlannedMonths,
    YearWords,
    follow_register,
    plan_months,
    register_projects,
    write_export,
)
from gongjian.foundation.records.models import LogEntry
from interfaces.web.people import come_in
from small_county import BEGIN, JUNE

VIEWS = "gongjian.interfaces.web.projects.views"

CELLS, SHEET, SEND = "/projects/sheet/cells/", "/projects/sheet/", "/projects/sheet/send/"
MONTH = "2020-06"


@pytest.fixture
def started(register):
    for project in (register.mill, register.dairy):
        register.reached(project, "signed", date(2020, 1, 10))
        register.reached(project, "established", date(2020, 1, 12))
        register.reached(project, "started", date(2020, 1, 15))
    return register


def named(project, column="done", *, month=MONTH, version=0):
    return f"{project.uid}:{month}:{column}:{version}"


def sent(client, *cells, key=None, page=(), query=""):
    said = {"key": str(key or uuid4()), "cells": list(cells), "page": [str(p.uid) for p in page]}
    return client.post(CELLS + query, json.dumps(said), content_type="application/json")


def test_a_piece_of_cells_is_kept_and_answered_each_for_itself(client, started):
    come_in(client, started.clerk)
    cells = [[named(started.mill), "1,200"], [named(started.dairy), "十二"],
             [named(started.dairy, "planned"), "5"]]  # fmt: skip

    answer = sent(client, *cells, page=[started.mill]).json()

    kept, wrong, refused = answer["cells"]
    assert (kept["name"], kept["fault"]) == (named(started.mill, version=1), "")
    assert "不是数" in wrong["fault"]
    assert (refused["code"], MonthCell.objects.count()) == ("office.only", 2)
    assert "+1,200" in answer["rows"][str(started.mill.uid)]["sum"]
    assert answer["sums"]["done"] == "1,200"


def test_a_piece_that_comes_twice_is_done_once(client, started):
    come_in(client, started.clerk)
    key = uuid4()
    for typed in ("500", "501"):  # the answer was lost, and the page lost its memory too
        sent(client, [named(started.mill), typed], key=key)

    assert MonthCell.objects.get().typed == "500"


def test_two_people_are_shown_both_values(client, started):
    come_in(client, started.clerk)
    sent(client, [named(started.mill), "500"])

    [met] = sent(client, [named(started.mill), "600"]).json()["cells"]

    assert met["theirs"] == "500"
    assert "clerk某" in met["met"]


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "{}", "null", '{"key": 1, "cells": [["x", "1"]], "page": []}',
        '{"key": "k", "cells": 5, "page": []}', '{"key": "k", "cells": [[1, 2]], "page": []}',
        '{"key": "k", "cells": [], "page": ["x"]}',
        '{"key": "k", "cells": [["a:b:c:d", "1"]], "page": []}',
        json.dumps({"key": "k", "cells": [["x", "1"]] * 501, "page": []}),
        "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_piece_is_a_sentence(client, started, body):
    come_in(client, started.clerk)

    answer = client.post(CELLS, body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (409, "form.broken")


@pytest.mark.parametrize(
    "typed", ["字" * 5000, "😀", "\u202eabc\u202c", "\0x", "\ud800", "9" * 400]
)
@pytest.mark.parametrize("column", ["done", "words"])
def test_odd_texts_are_kept_or_a_sentence(client, started, column, typed):
    come_in(client, started.clerk)

    answer = sent(client, [named(started.mill, column), typed])

    assert answer.status_code == 200
    assert MonthCell.objects.get().typed == typed.replace("\0", "").replace("\ud800", "?")
    assert client.get(SHEET).status_code == 200
    assert client.get(f"{SEND}?month={MONTH}").status_code == 200


def test_ten_thousand_cells_come_in_in_pieces(client, started):
    rows = [(started.words(f"示例{n}", uscc=""), YearWords()) for n in range(100)]
    projects = register_projects(started.campaign, rows, by=started.office, at=BEGIN)
    columns = ("done", "stat_done", "arrived", "early_cost")
    cells = [[named(one, column), "1"] for one in projects for column in columns]
    come_in(client, started.clerk)

    for at in range(0, len(cells), 200):
        assert sent(client, *cells[at : at + 200]).status_code == 200

    assert MonthCell.objects.count() == 400
    lines = client.get(f"/projects/sheet/lines/?month={MONTH}").json()["lines"]
    assert len(lines) == 102


def test_without_scripts_a_page_keeps_its_cells(client, started):
    come_in(client, started.clerk)
    typed = {"act": "keep", named(started.mill): "300", named(started.mill, "words"): "封\r\n顶",
             named(started.dairy): ""}  # fmt: skip

    assert client.post(f"{SHEET}?month={MONTH}", typed).status_code == 302

    assert dict(MonthCell.objects.values_list("column", "typed")) == {
        "done": "300", "words": "封\n顶"
    }  # fmt: skip
    again = client.post(f"{SHEET}?month={MONTH}", {"act": "keep", named(started.mill): "301"})
    assert again.status_code == 409
    assert "clerk某刚填的是“300”" in again.content.decode()


def test_a_month_is_looked_at_sent_and_accepted_in_the_sheet(client, started):
    for month in ("2020-02", "2020-03", "2020-04"):
        started.paid(started.mill, month, done=11_000_000)
    come_in(client, started.clerk)
    sent(client, [named(started.mill), "0.11"], [named(started.dairy), "200"])
    page = client.get(f"{SEND}?month={MONTH}").content.decode()
    said = {"key": str(uuid4()), "seen": re.search(r'name="seen" value="(\w+)"', page)[1]}
    assert "差一万倍" in page

    refused = client.post(f"{SEND}?month={MONTH}", said)
    assert (refused.status_code, InvestmentMonth.objects.filter(month=MONTH).count()) == (409, 0)
    said |= {f"why:{started.mill.uid}:done": "停工后零星支出"}
    for _twice in range(2):
        assert client.post(f"{SEND}?month={MONTH}", said).status_code == 302

    assert DoubtAnswer.objects.get().reason == "停工后零星支出"
    for name, state in (("head", "confirmed"), ("reviewer", "accepted")):
        come_in(client, started.people[name])
        page = client.get(f"{SHEET}?month={MONTH}&waiting=1").content.decode()
        assert "停工后零星支出" in page
        ticks = re.findall(r'name="row" form="step" value="([^"]+)"', page)
        client.post(f"{SHEET}?month={MONTH}", {"act": "step", "row": ticks})
        states = InvestmentMonth.objects.filter(month=MONTH).values_list("state", flat=True)
        assert list(states) == [state, state]


def test_a_frozen_month_is_read_only_and_says_why(client, started):
    come_in(client, started.clerk)

    page = client.get(f"{SHEET}?month=2020-05").content.decode()

    assert "已在 2020-06-01 18:00 冻结" in page
    assert "<input name=" not in page.split("<tbody>")[1]
    assert "months/new/?month=2020-05" in page


@pytest.mark.parametrize(
    "query",
    [
        "month=5月", "month=2020-13", "month=1999-01", "month=%00", "page=99", "page=x", "list=x",
        "view=year&col=x", "stage=none", "stage=x", "class=x", "unit=x", "q=%F0%9F%98%80",
        "whose=x", "waiting=1", "view=year&col=planned", "township=" + "x" * 5000,
    ],
)  # fmt: skip
def test_odd_addresses_are_pages(client, started, query):
    for who in ("clerk", "office", "leader", "reviewer"):
        come_in(client, started.people[who])

        assert client.get(f"{SHEET}?{query}").status_code == 200, who
        assert client.get(f"/projects/sheet/lines/?{query}").status_code == 200, who


def test_drafts_stay_in_their_unit(client, started):
    come_in(client, started.clerk)
    sent(client, [named(started.mill), "4321"])

    for who in ("office", "reviewer", "leader", "reporter"):
        come_in(client, started.people[who])
        assert "4321" not in client.get(f"{SHEET}?whose=all").content.decode(), who
    come_in(client, started.clerk)
    assert "4321" in client.get(SHEET).content.decode()


def test_who_only_reads_sends_nothing(client, started):
    for who in ("leader", "head"):
        come_in(client, started.people[who])

        assert sent(client, [named(started.mill), "1"]).status_code in (403, 409)
        assert client.get(SEND).status_code == 403
    assert not MonthCell.objects.exists()


@pytest.mark.parametrize(("who", "most"), [("office", 12), ("clerk", 13)])
def test_the_page_asks_as_often_for_many_as_for_two(client, started, who, most):
    come_in(client, started.people[who])
    client.get(SHEET)
    with CaptureQueriesContext(connection) as few:
        client.get(SHEET)
    rows = [(started.words(f"示例{n}", uscc=""), YearWords()) for n in range(60)]
    register_projects(started.campaign, rows, by=started.office, at=BEGIN)
    follow_register(at=JUNE)

    with CaptureQueriesContext(connection) as many:
        page = client.get(SHEET).content.decode()

    assert page.count("<tr data-p=") == 40
    assert len(few) == len(many) <= most


def test_names_of_people_are_text_and_nothing_else(client, started):
    rows = [(started.words("示例<script>alert(1)</script>", uscc=""), YearWords())]
    [odd] = register_projects(started.campaign, rows, by=started.office, at=BEGIN)
    come_in(client, started.clerk)
    answer = sent(client, [named(odd, "words"), '"><b>x</b>'], [named(odd), "<i>1</i>"])

    page = client.get(SHEET).content.decode()
    preview = client.get(f"{SEND}?month={MONTH}").content.decode()

    assert "<script>alert" not in page + preview
    assert "<b>x</b>" not in page + preview
    assert "<i>1</i>" not in page + preview + answer.json()["cells"][1]["say"]


def test_the_sheet_is_taken_as_excel_with_what_waits_and_its_footing(client, started):
    started.paid(started.mill, "2020-05", done=11_000_000)
    come_in(client, started.clerk)
    sent(client, [named(started.mill), "1200"], [named(started.dairy), "=1+1"])

    answer = client.get(f"/projects/sheet/file/xlsx/?month={MONTH}")

    [grid] = read_xlsx_grids(answer.content, Limits()).grids
    rows = [cells for _place, cells in grid.rows]
    heads, named_rows = rows[2], {cells[0]: cells for cells in rows}
    mill, dairy = named_rows[started.mill.name], named_rows[started.dairy.name]
    done = heads.index("完成（调度口径）")
    assert "单位：万元" in rows[1]
    assert heads[:7] == ("项目名称", "计划", "完成（调度口径）", "完成（统计口径）", "到位资金",
                         "前期费用", "形象进度")  # fmt: skip
    assert (mill[done], dairy[done]) == (1200, "=1+1")
    assert mill[heads.index("1—6月完成（调度口径）")] == 1100
    assert mill[heads.index("未采信的")] == 1200
    assert named_rows["合计"][done] == 1200
    for word in ("截止日期：2020-", "实时", "口径版本", "导出人", "按筛选导出"):
        assert word in rows[-1][0]
    book = zipfile.ZipFile(BytesIO(answer.content))
    assert "_xlnm.Print_Titles" in book.read("xl/workbook.xml").decode()
    assert 'orientation="landscape"' in book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    note = LogEntry.objects.filter(act="projects.exported").last()
    assert (note.facts["form"], note.facts["rows"]) == ("sheet.xlsx", 2)


def test_a_long_sheet_is_written_by_the_worker_as_its_reader_sees_it(client, started, monkeypatch):
    monkeypatch.setattr(f"{VIEWS}.sheet_exports.AT_ONCE", 1)
    come_in(client, started.clerk)
    sent(client, [named(started.mill), "1200"])

    answer = client.get(f"/projects/sheet/file/csv/?month={MONTH}&whose=all&view=year&col=done")

    run = ExportRun.objects.get()
    assert answer.url == f"/projects/exports/{run.uid}/"
    assert "正在写" not in client.get(answer.url).content.decode()
    ExportRun.objects.update(reached=1)
    assert "正在写" in client.get(answer.url).content.decode()
    write_export(str(run.uid), answering_for_projects, at=JUNE)
    run.refresh_from_db()
    assert "调度表 2020-06" in client.get(answer.url).content.decode()
    told = client.get(f"/projects/exports/{run.uid}/file/").content.decode()
    assert "6月" in told.splitlines()[0]
    assert "1200" in told
    assert (run.total, run.reached, run.name) == (2, 2, "2020年完成（调度）分月表.csv")


def test_the_sheet_is_taken_away_for_other_programs(client, started):
    come_in(client, started.clerk)

    told = client.get("/projects/sheet/file/json/").json()

    assert told["rows"][0]["name"] == started.mill.name
    assert {"as_of", "basis", "definitions", "exported_by"} <= told.keys()


@pytest.mark.parametrize("form", ["docx", "exe"])
def test_there_is_no_such_file_of_the_sheet(client, started, form):
    come_in(client, started.clerk)

    assert client.get(f"/projects/sheet/file/{form}/").status_code == 404


def test_a_figure_that_stands_already_is_no_draft(client, started):
    plan = PlannedMonths(started.mill, {MONTH: Decimal(12_345_678)})
    plan_months([plan], started.campaign, by=started.office, at=BEGIN)
    started.paid(started.mill, "2020-05", done=11_000_000)
    come_in(client, started.clerk)
    [told] = sent(client, [named(started.mill, month="2020-05"), "1,100.00"]).json()["cells"]
    assert (told["name"], told["fault"]) == (named(started.mill, month="2020-05"), "")
    [no] = sent(client, [named(started.mill, month="2020-05"), "1,101"]).json()["cells"]
    assert no["code"] == "cell.closed"
    come_in(client, started.office)

    sent(client, [named(started.mill, "planned"), "1,234.57"])

    assert not MonthCell.objects.exists()


def test_a_plan_that_stands_is_changed_with_a_reason(client, started):
    plan = PlannedMonths(started.mill, {MONTH: Decimal(10_000_000)})
    plan_months([plan], started.campaign, by=started.office, at=BEGIN)
    come_in(client, started.office)
    sent(client, [named(started.mill, "planned"), "1500"], [named(started.dairy, "planned"), "9"])
    page = client.get(f"{SEND}?month={MONTH}").content.decode()
    given = {"key": str(uuid4()), "seen": re.search(r'name="seen" value="(\w+)"', page)[1]}
    assert "有 <b>1</b> 个已定的计划数要改" in page

    refused = client.post(f"{SEND}?month={MONTH}", given)
    done = client.post(f"{SEND}?month={MONTH}", given | {"moved": "用地批复推迟"})

    assert (refused.status_code, done.status_code) == (409, 302)
    assert "写一句为什么改" in refused.content.decode()
    assert list(MonthPlan.objects.values_list("planned", "reason").order_by("pk")) == [
        (Decimal(10_000_000), ""), (Decimal(15_000_000), "用地批复推迟"), (Decimal(90_000), "")
    ]  # fmt: skip
    shown = client.get(f"/projects/{started.mill.uid}/").content.decode()
    assert "6月 1000 → 1500 万元（用地批复推迟）" in shown

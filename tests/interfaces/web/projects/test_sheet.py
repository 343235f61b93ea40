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
    "typed", ["字" * 5000, "😀", "👩‍🌾", "\u202eabc\u202c", "\0x", "a\ud800", "9" * 400]
)
@pytest.mark.parametrize("column", ["done", "words"])
def test_odd_texts_are_kept_or_a_sentence(client, started, column, typed):
    come_in(client, started.clerk)

    answer = sent(client, [named(started.mill, column), typed])

    assert answer.status_code == 200
    unseen = dict.fromkeys(map(ord, "\0\u202e\u202c\ud800"))
    assert MonthCell.objects.get().typed == typed.translate(unseen)
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


def fresh(register, name="示例未开工"):
    [project] = register_projects(
        register.campaign, [(register.words(name, uscc=""), YearWords())], by=register.office,
        at=BEGIN,
    )  # fmt: skip
    return project


def meant(page):
    """{spelling: column} of what the page says its columns may be headed by."""
    said = json.loads(re.search(r'id="ms-heads" type="application/json">(.*?)</script>', page)[1])
    return said, {word: label for label, words in said["columns"] for word in words}


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("完成（调度）", "完成（调度）"), ("完成（调度口径）", "完成（调度）"),
        ("本月完成", "完成（调度）"), ("完成投资", "完成（调度）"), ("完成", "完成（调度）"),
        ("完成（统计）", "完成（统计）"), ("统计完成", "完成（统计）"),
        ("入统投资", "完成（统计）"),
        ("到位", "到位资金"), ("本月到位资金", "到位资金"), ("本月计划投资", "本月计划"),
        ("计划", "本月计划"), ("前期费用", "前期费用"), ("形象进度", "形象进度"),
        ("累计完成", None), ("总投资", None), ("年度计划投资", None), ("完成率", None),
    ],
)  # fmt: skip
def test_the_page_says_which_heads_mean_which_column(client, started, head, column):
    come_in(client, started.clerk)

    said, words = meant(client.get(f"{SHEET}?month={MONTH}").content.decode())

    assert words.get(head) == column
    assert {"6月", "本月", "当月", "2020年6月"} <= set(said["leads"])
    assert {"上月完成", "缺口", "1—6月完成（调度口径）", "序号"} <= set(said["left"])
    assert "项目名称" in said["name"]
    assert "项目代码" in said["code"]


def test_a_sheet_of_the_year_is_headed_by_its_months(client, started):
    come_in(client, started.clerk)

    said, words = meant(client.get(f"{SHEET}?month={MONTH}&view=year&col=done").content.decode())

    assert (words["6月"], words["2020年6月"], words["12月份"]) == ("6月", "6月", "12月")
    assert "完成投资" in said["tails"]


def test_what_stands_in_the_fields_of_other_pages_is_told(client, started):
    started.paid(started.dairy, MONTH, done=11_000_000)
    come_in(client, started.clerk)
    sent(client, [named(started.mill), "1,200"])

    def asked(body):
        return client.post(f"/projects/sheet/lines/?month={MONTH}", body, "application/json")

    keys = [str(started.mill.uid), str(started.dairy.uid)]
    shown = asked(json.dumps({"projects": keys})).json()["shown"]

    assert shown[keys[0]] == {
        f"{MONTH}:done": "1,200", f"{MONTH}:stat_done": "", f"{MONTH}:arrived": "",
        f"{MONTH}:early_cost": "", f"{MONTH}:words": "",
    }  # fmt: skip
    assert shown[keys[1]] == {}  # nobody may type there
    for broken in ("", "[]", '{"projects": [1]}', '{"projects": ["x"]}', "null"):
        assert (asked(broken).status_code, asked(broken).json()["code"]) == (409, "form.broken")


def test_a_draft_that_cannot_go_in_counts_nowhere(client, started):
    new = fresh(started)
    come_in(client, started.clerk)

    answer = sent(client, [named(new), "1200"], page=[new]).json()

    assert "还没有开工" in answer["cells"][0]["fault"]
    assert "1,200" not in answer["rows"][str(new.uid)]["sum"]
    assert (answer["sums"]["done"], answer["sums"]["sum"]) == ("", "")
    taken = client.get(f"/projects/sheet/file/csv/?month={MONTH}").content.decode("utf-8-sig")
    heads, *rows = [line.split(",") for line in taken.splitlines()]
    [row] = [row for row in rows if row[0] == new.name]
    assert (row[heads.index("完成（调度口径）")], row[heads.index("未采信的")]) == ("1200", "")


def test_a_figure_that_holds_what_is_not_accepted_is_marked(client, started):
    plan = PlannedMonths(started.mill, {MONTH: Decimal(10_000_000)})
    plan_months([plan], started.campaign, by=started.office, at=BEGIN)
    come_in(client, started.clerk)
    sent(client, [named(started.mill), "761"])

    page = client.get(f"{SHEET}?month={MONTH}").content.decode()

    assert '<i class="ms-more ms-with" title="含未采信的数"><b>−239</b></i>' in page
    assert "这两栏把草稿和已报送未采信的也算进去，含这样的数带 ＊" in page


def test_the_time_of_a_saved_draft_is_the_server_s(client, started):
    come_in(client, started.clerk)

    assert re.fullmatch(r"\d\d:\d\d", sent(client, [named(started.mill), "1"]).json()["at"])


def seen_in(page):
    return re.search(r'name="seen" value="(\w+)"', page)[1]


def test_only_what_the_sheet_was_narrowed_to_is_sent(client, started):
    come_in(client, started.clerk)
    sent(client, [named(started.mill), "300"], [named(started.dairy), "200"])
    narrow = f"?month={MONTH}&q={started.mill.name}"
    sheet = client.get(SHEET + narrow).content.decode()
    [send] = re.findall(r'href="(/projects/sheet/send/[^"]+)"', sheet)
    send = send.replace("&amp;", "&")

    page, whole = (client.get(one).content.decode() for one in (send, send + "&scope=all"))

    assert "只报送这次筛选的 1 个" in page
    assert "全部草稿 2 个" in page
    assert "将报送 <b>1</b> 个项目的 <b>1</b> 格" in page
    assert started.dairy.name not in page
    assert "将报送 <b>2</b> 个项目的 <b>2</b> 格" in whole
    mixed = client.post(send, {"key": str(uuid4()), "seen": seen_in(whole)})
    assert mixed.status_code == 409
    done = client.post(send, {"key": str(uuid4()), "seen": seen_in(page)})
    assert "q=" in done.url
    assert InvestmentMonth.objects.filter(month=MONTH).get().project == started.mill
    assert MonthCell.objects.get().project == started.dairy
    assert "这次筛选里没有草稿" in client.get(send).content.decode()


def test_without_a_filter_all_drafts_are_sent_and_no_choice_is_offered(client, started):
    come_in(client, started.clerk)
    sent(client, [named(started.mill), "300"])

    page = client.get(f"{SEND}?month={MONTH}&whose=own").content.decode()

    assert "全部草稿" not in page
    assert "将报送 <b>1</b> 个" in page


def test_what_is_not_sent_stands_apart_below(client, started):
    new = fresh(started)
    come_in(client, started.clerk)
    sent(client, [named(new), "1200"], [named(started.mill), "300"])

    page = client.get(f"{SEND}?month={MONTH}").content.decode()

    goes, _title, stays = page.partition("这次不送的 1 个项目")
    assert started.mill.name in goes
    assert new.name not in goes
    assert new.name in stays
    assert "还没有开工" in stays


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("list=zz", "没有“zz”这份清单"), ("view=zz", "没有“zz”这种看法"),
        ("view=year&col=zz", "没有“zz”这一栏"), ("whose=zz", "“zz”不是本单位，也不是全部"),
        ("page=99999", "没有第 99999 页，下面是第 1 页"), ("page=x", "没有第 x 页"),
        ("month=zz", "月份“zz”看不懂"),
    ],
)  # fmt: skip
def test_what_of_an_address_is_not_known_is_said(client, started, query, said):
    come_in(client, started.clerk)

    page = client.get(f"{SHEET}?{query}").content.decode()

    assert said in page
    assert "=zz" not in page  # nor is it carried on


def test_a_plain_address_says_nothing(client, started):
    come_in(client, started.clerk)

    page = client.get(f"{SHEET}?month={MONTH}&view=year&col=done&whose=all&page=1&list=")

    assert page.context["wrong"] == []


def test_the_keys_of_the_sheet_are_on_the_page_of_keys(client, started):
    come_in(client, started.clerk)

    page = client.get("/keys/").content.decode()

    assert "向下填" in page
    assert "到下一个空格" in page

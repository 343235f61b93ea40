"""A text, a PDF and a workbook in the review: each finding is seen where it stands."""

import re
from html import unescape

import pytest
from django.urls import reverse

from documents.pdf_parts import column, pdf
from documents.workbook_parts import workbook
from gongjian.flow.plan.queries import candidate_rows
from small_plan import PLAN, SECOND, a_person, a_read_plan

pytestmark = pytest.mark.django_db
BACKEND = "gongjian.interfaces.web.sessions.Accounts"
SWAP = {"HX-Request": "true"}


def division(book, page):
    """A division of tasks: a title, a header of two rows, a category, merged units."""
    merged = book.add_format()
    page.merge_range("A1:F1", "任务责任分解表", merged)
    for area, title in (("A2:A3", "序号"), ("B2:B3", "工作任务"), ("E2:E3", "完成时限")):
        page.merge_range(area, title, merged)
    page.merge_range("C2:D2", "责任分工", merged)
    page.write_row("C3", ["牵头单位", "配合单位"])
    page.merge_range("A4:F4", "一、突破大项目", merged)
    page.write_row("A5", [1, "完成到位资金140亿元以上"])
    page.write_row("A6", [2, "新签约项目１５０个以上"])
    page.merge_range("C5:C6", "市发改局", merged)
    for row in (4, 5):
        page.write(row, 4, "2020年9月底前")


division.title = "分解表"
PAGES = [["\u3000\u3000" + line for line in part.splitlines()] for part in PLAN.split("（二）")]
FILES = {
    "plan.txt": lambda: PLAN.encode(),
    "plan.pdf": lambda: pdf(*(column(lines, size=10, step=24) for lines in PAGES)),
    "plan.xlsx": lambda: workbook(division),
}


@pytest.fixture
def plan(office, request):
    return a_read_plan(office, FILES[request.param](), request.param)


def every(*names):
    return pytest.mark.parametrize("plan", names, indirect=True)


def shown(client, document, **query):
    address = reverse("plan_review", args=[document.uid], query=query or None)
    return client.get(address).content.decode()


def lit(page):
    """The text of the open finding in the document, and the id of where it begins."""
    paper = page.split('data-pane="doc"')[1].split('class="rv-list"')[0]
    hits = list(re.finditer(r'<a class="[^"]* on"[^>]*>(.*?)</a>', paper))
    holders = re.findall(r'<(?:p|td|th)[^>]* id="(p[\d-]+)"', paper[: hits[0].start()])
    texts = (re.sub(r"<sup>.*?</sup>", "", hit[1]) for hit in hits)
    return unescape("".join(texts)), holders[-1]


@every(*FILES)
def test_every_finding_is_lit_word_for_word_where_it_stands(client, plan):
    rows = candidate_rows(plan)

    for row in rows:
        page = shown(client, plan, c=row.seq)
        text, holder = lit(page)
        spot = row.spot
        place = f"p{spot.block}-{spot.row}-{spot.column}" if spot.cell else f"p{spot.block}"
        assert (text, holder) == (re.sub(r"[\t\n]", "", row.evidence), place)
        assert page.count(f'id="s{row.seq}"') == 1
        assert f">{row.where}</a>" in page
    assert len(rows) >= 3


@every("plan.xlsx")
def test_a_sheet_is_a_table_with_its_letters_and_its_merged_cells(client, plan):
    page = shown(client, plan)

    assert "工作表“分解表”" in page
    assert '<th scope="col">E</th>' in page
    assert '<td id="p1-1-1" data-at="0" colspan="5">任务责任分解表</td>' in page
    assert re.search(
        r'<th scope="colgroup" id="p1-2-3" data-at="\d+" colspan="2">责任分工</th>', page
    )
    assert re.search(r'<th scope="col" id="p1-2-1" data-at="\d+" rowspan="2">序号</th>', page)
    assert re.search(r'<td id="p1-5-3" data-at="\d+" rowspan="2">.*?市发改局', page)
    assert "1 张表 · 识别出" in page


@every("plan.xlsx")
def test_another_spelling_is_offered_beside_what_is_written(client, plan):
    rows = {row.evidence: row for row in candidate_rows(plan) if row.kind == "target"}

    wide = shown(client, plan, c=rows["新签约项目１５０个以上"].seq)
    plain = shown(client, plan, c=rows["完成到位资金140亿元以上"].seq)

    assert "规范写法：新签约项目150个以上" in wide
    assert "<mark>新签约项目１５０个以上</mark>" in wide
    assert "规范写法" not in plain


@every("plan.pdf")
def test_a_pdf_shows_where_its_pages_begin(client, plan):
    page = shown(client, plan)

    assert page.count('<div class="rv-pg">') == 2
    assert '<div class="rv-pg">第 2 页</div>' in page
    assert "第 2 页 第 " in page


@every("plan.txt")
def test_a_text_has_no_pages(client, plan):
    page = shown(client, plan)

    assert 'class="rv-pg"' not in page
    assert '<span class="cand-w">第 4 段</span>' in page


def untaken(document, **query):
    return reverse("plan_untaken", args=[document.uid], query=query or None)


@every("plan.xlsx")
def test_the_numbers_in_no_target_are_read_when_they_are_asked_for(client, plan):
    page = shown(client, plan)
    part = client.get(untaken(plan), headers=SWAP).content.decode()
    whole = client.get(untaken(plan)).content.decode()

    assert f'hx-get="{untaken(plan)}"' in page
    assert "不在任何目标里" not in page
    assert "<html" not in part
    assert "<summary>是日期、年份或钟点。 <b>2</b></summary>" in part
    assert 'data-show="p1-5-5"' in part
    assert part.strip() in whole


def test_many_numbers_of_one_reason_are_listed_page_by_page(client, office):
    text = PLAN + "".join(f"\n于2020年{n % 12 + 1}月召开会议。" for n in range(60))
    document = a_read_plan(office, text)

    first = client.get(untaken(document)).content.decode()
    second = client.get(untaken(document, code="date", page=2)).content.decode()

    assert untaken(document, code="date") in first
    assert first.count("召开会议") <= 20
    assert 'rel="prev"' in second
    assert second.count("<mark>") > 20


def test_the_numbers_are_for_those_who_may_see_the_plan(client, office):
    document = a_read_plan(office)
    client.force_login(a_person("reporter", "unit_reporter"), backend=BACKEND)

    assert client.get(untaken(document)).status_code == 404


def test_a_long_sheet_asks_no_more_than_a_short_text(client, office, django_assert_max_num_queries):
    small = a_read_plan(office, SECOND, "second.txt")
    large = a_read_plan(office, workbook(division), "plan.xlsx", small.campaign)
    for document in (small, large):  # the browser has its token, the server the two texts
        shown(client, document)
    with django_assert_max_num_queries(50) as one:
        shown(client, small)
    with django_assert_max_num_queries(len(one)):
        shown(client, large)

    with django_assert_max_num_queries(50) as listed:
        client.get(untaken(small))
    with django_assert_max_num_queries(len(listed)):
        client.get(untaken(large))

"""The pages of the bulletins: the list, the paper with the lineage of each figure, its file."""

import json
import re
from html import unescape
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from flow.bulletins.county import local, until
from gongjian.flow.bulletins.models import Bulletin
from gongjian.flow.bulletins.queries import bulletin_rows
from gongjian.foundation.files.queries import bytes_of
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.records.usecases import move_clock
from gongjian.interfaces.cli.demo.command import NOW
from interfaces.web.people import come_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_county")]

JULY_2 = local(2020, 7, 2, 9)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture
def office(client):
    return come_in(client, account("office", on=NOW.date()))


def page(answer):
    return answer.content.decode()


def words(html):
    return re.sub(r"\s+", " ", unescape(TAGS.sub(" ", html)))


def figures(html):
    """Text and address of every figure of the paper."""
    links = re.findall(r'<a class="fg([^"]*)" href="([^"]+)"[^>]*>([^<]+)', html)
    return [(classes, unescape(address), unescape(text)) for classes, address, text in links]


def newest():
    return Bulletin.objects.latest("pk")


def write(client, period="2020-06", key=None):
    form = {"period": period, "key": key or uuid4()}
    return client.post(reverse("bulletin_write"), form)


def test_list_shows_what_was_written_newest_first(office):
    answer = office.get(reverse("bulletins"))

    assert answer.status_code == 200
    assert re.findall(r"<td>(第 \d 期)</td>", page(answer)) == [
        f"第 {n} 期" for n in (5, 4, 3, 2, 1)
    ]
    assert re.findall(r'<option value="([^"]+)"( selected)?', page(answer)) == [
        ("2020-06", " selected"),
        *((f"2020-0{n}", "") for n in (5, 4, 3, 2, 1)),
    ]
    assert "写进展情况通报" in page(answer)


def test_list_asks_the_database_the_same_whatever_its_length(office):
    spent = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            office.get(reverse("bulletins"))
        spent.append(len(queries))
        write(office)
        write(office)

    assert spent[0] == spent[1]


def test_writing_leads_to_the_paper_that_says_it_is_a_draft(office):
    answer = write(office)

    kept = newest()
    assert (answer.status_code, answer.url) == (302, reverse("bulletin", args=[kept.uid]))
    shown = page(office.get(answer.url))
    assert "代拟稿，数字为实时，冻结后重新生成" in shown
    assert f"代拟稿 · 实时 · 引用 {len(kept.figures)} 个数字" in shown
    assert "数字还是实时的，冻结后请重新生成" in shown


def test_a_double_click_writes_one_bulletin(office):
    key = uuid4()

    first, second = write(office, key=key), write(office, key=key)

    assert first.url == second.url
    assert len(bulletin_rows()) == 6


def test_two_pages_write_two_bulletins(office):
    assert write(office).url != write(office).url

    assert len(bulletin_rows()) == 7


def test_writing_after_the_freeze_names_the_snapshot_and_takes_a_number(office):
    until(JULY_2)
    move_clock(JULY_2, by=account("office", on=NOW.date()), at=NOW)

    shown = page(office.get(write(office).url))

    assert newest().number == 6
    assert "快照 S-2020-06 · 引用" in shown
    assert "代拟稿" not in shown
    assert "第 6 期" in page(office.get(reverse("bulletins")))


@pytest.mark.parametrize(
    ("period", "sentence"),
    [("2020-13", "没有 2020-13 期。"), ("", "没有  期。")],
)
def test_writing_about_no_period_is_refused_on_the_list(office, period, sentence):
    answer = write(office, period=period)

    assert answer.status_code == 409
    assert sentence in page(answer)
    assert len(bulletin_rows()) == 5


@pytest.mark.parametrize("key", ["", "not a key"])
def test_writing_without_its_key_leads_back_to_the_list(office, key):
    answer = office.post(reverse("bulletin_write"), {"period": "2020-06", "key": key})

    assert (answer.status_code, answer.url) == (302, reverse("bulletins"))
    assert len(bulletin_rows()) == 5


@pytest.mark.parametrize("username", ["office.review", "leader1", "principal", "invest.fill"])
def test_who_is_not_the_office_reads_and_does_not_write(client, username):
    come_in(client, account(username, on=NOW.date()))

    listed, written = client.get(reverse("bulletins")), write(client)

    assert listed.status_code == 200
    assert "这件事由攻坚办办理。你的账号不是攻坚办账号。" in page(listed)
    assert '<button class="btn btn-primary" type="submit">' not in page(listed)
    assert written.status_code == 409
    assert "这件事由攻坚办办理。你的账号不是攻坚办账号。" in page(written)
    assert len(bulletin_rows()) == 5


@pytest.mark.parametrize("username", ["sysadmin", "secadmin", "auditadmin"])
def test_administrators_are_turned_away_in_words(client, username):
    come_in(client, account(username, on=NOW.date()))
    uid = bulletin_rows()[0].uid

    answers = [
        client.get(reverse("bulletins")),
        write(client),
        *(client.get(reverse(name, args=[uid]))
          for name in ("bulletin", "bulletin_file", "bulletin_figures")),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [403, 409, 403, 403, 403]
    assert "这件事由攻坚办办理" in page(answers.pop(1))
    for answer in answers:
        assert "管理员看不到业务数据" in page(answer)
        assert "新签约项目" not in page(answer)


def test_the_paper_marks_every_figure_with_its_lineage(office):
    kept = Bulletin.objects.get(number=5)
    address = reverse("bulletin", args=[kept.uid])

    shown = figures(page(office.get(address)))

    assert len(shown) == len(kept.figures)
    assert [link for _classes, link, _text in shown] == [
        f"{address}?figure={fact['id']}" for fact in kept.figures
    ]
    for (_classes, _link, text), fact in zip(shown, kept.figures, strict=True):
        assert fact["figure"] in text


def a_figure(kept, how):
    return next(
        fact
        for fact in kept.figures
        if fact["target"] == "新签约项目" and fact["how"].startswith(how)
    )


def test_a_figure_leads_to_its_report_its_reviewer_and_its_evidence(office):
    kept = Bulletin.objects.get(number=5)
    fact = a_figure(kept, "5 月底累计")
    address = f"{reverse('bulletin', args=[kept.uid])}?figure={fact['id']}"

    whole, part = office.get(address), office.get(address, headers={"HX-Request": "true"})

    assert page(part).startswith('<aside class="bl-r" id="lineage"')
    assert "<html" not in page(part)
    said = words(page(part))
    assert "新签约项目 51 个" in said
    for expected in ("报告期 2020-05", "依据 快照 S-2020-05", "核实级别 V3", fact["reviewer"]):
        assert expected in said
    assert all(line.split(" sha256:")[0] in said for line in fact["evidence"])
    assert reverse("report_check", args=[fact["report"]]) in page(part)
    assert reverse("target", args=[fact["target_uid"]]) in page(part)
    assert [text for classes, _link, text in figures(page(whole)) if " on" in classes] == ["51个"]
    assert office.get(reverse("report_check", args=[fact["report"]])).status_code == 200
    assert office.get(reverse("target", args=[fact["target_uid"]])).status_code == 200


def test_a_figure_of_the_plan_says_what_it_was_made_from(office):
    kept = Bulletin.objects.get(number=5)
    fact = a_figure(kept, "年度目标值")

    said = words(page(office.get(f"{reverse('bulletin', args=[kept.uid])}?figure={fact['id']}")))

    assert "年度目标值，方案原文：" in said
    assert "采信人" not in said


@pytest.mark.parametrize("figure", ["", "f0", "f99999", "<script>"])
def test_no_figure_shows_how_to_choose_one(office, figure):
    kept = Bulletin.objects.get(number=5)

    answer = office.get(f"{reverse('bulletin', args=[kept.uid])}?figure={quote(figure)}")

    assert answer.status_code == 200
    assert "还没有点数字" in page(answer)
    assert "<script>" not in page(answer)


def test_an_unknown_bulletin_is_missing(office):
    for name in ("bulletin", "bulletin_file", "bulletin_figures"):
        answer = office.get(reverse(name, args=[uuid4()]))
        assert answer.status_code == 404
        assert "没有这期通报。" in page(answer)


def test_the_file_is_saved_and_never_shown_in_place(office):
    kept = Bulletin.objects.get(number=5)

    answer = office.get(reverse("bulletin_file", args=[kept.uid]))

    assert answer.content == bytes_of(kept.file)
    assert answer["Content-Type"] == WORD
    assert answer["Content-Disposition"] == (
        f"attachment; filename*=utf-8''{quote(kept.title + '.docx')}"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_the_list_of_figures_is_saved_as_json(office):
    kept = Bulletin.objects.get(number=5)

    answer = office.get(reverse("bulletin_figures", args=[kept.uid]))

    assert json.loads(answer.content) == kept.figures
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_writing_needs_a_form(office):
    assert office.get(reverse("bulletin_write")).status_code == 405

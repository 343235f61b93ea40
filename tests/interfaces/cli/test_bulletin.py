"""`gongjian bulletin`: the paper, and the list of where each of its numbers comes from."""

import datetime as dt
import json
import re
import zipfile

import pytest
from lxml import etree

from gongjian.flow.plan.models import Target
from gongjian.flow.progress.models import Report
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.records.usecases import move_clock
from gongjian.interfaces.cli import bulletin
from gongjian.interfaces.cli.demo.command import NOW
from gongjian.interfaces.jobs.worker import do_due
from gongjian.lib.days import LOCAL
from interfaces.cli.commands import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_county")]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FACT = {"id", "figure", "unit", "target", "period", "level", "report", "evidence", "reviewer",
        "how", "target_uid"}  # fmt: skip
NUMBER = re.compile(r"\d+(?:\.\d+)?")
# What is a number and no figure: days, months, periods, and the formula of 序时.
NO_FIGURE = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}月\d{1,2}日 \d{2}:\d{2}|1—\d{1,2} ?月|\d{1,2}月[底期]"
    r"|S-\d{4}-\d{2}|\d{4}-\d{2} ?期|\d{1,2}÷12"
)
TWIPS = {"top": 37, "bottom": 35, "left": 28, "right": 26}


@pytest.fixture
def written(tmp_path):
    """Writes the bulletin of a period: its printed line, its paper, its facts."""

    def write(period):
        paper, facts = tmp_path / f"{period}.docx", tmp_path / f"{period}.json"
        ended = run(bulletin, "--period", period, "--out", paper, "--facts", facts)
        assert (ended.code, ended.err) == (0, "")
        return ended.out.strip(), paper, json.loads(facts.read_text(encoding="utf-8"))

    return write


def pass_the_freeze():
    """The office moves the clock, and what falls due is done."""
    to = dt.datetime(2020, 7, 2, 9, tzinfo=LOCAL)
    move_clock(to, by=account("office", on=NOW.date()), at=NOW)
    do_due(lambda: to)


def body(paper):
    with zipfile.ZipFile(paper) as package:
        return etree.fromstring(package.read("word/document.xml"))


def text(paper):
    return "\n".join("".join(p.itertext()) for p in body(paper).iter(f"{W}p"))


def figures(paper):
    """(id of its fact, text) of every figure of the paper, and the rest of the text."""
    marked, rest, inside = [], [], None
    for node in body(paper).iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t", f"{W}p"):
        if node.tag == f"{W}bookmarkStart":
            inside = node.get(f"{W}name").removeprefix("fig_").partition("__")[0]
        elif node.tag == f"{W}bookmarkEnd":
            inside = None
        elif node.tag == f"{W}p":
            rest.append("\n")
        elif inside:
            marked.append((inside, node.text))
        else:
            rest.append(node.text)
    return marked, "".join(rest)


def test_bulletin_before_the_freeze_is_a_draft_on_live_numbers(written):
    line, paper, facts = written("2020-06")

    assert line == (
        "关于1—6月份全市重点工作攻坚进展情况的通报"
        f"（实时数据，截至 6月29日 10:00，2020-06 期尚未冻结），{len(facts)} 个数字"
    )
    assert text(paper).startswith("代拟稿 · 实时\n")
    assert "2020年6月29日" in text(paper)


def test_bulletin_after_the_freeze_names_its_snapshot(written):
    pass_the_freeze()

    line, paper, _facts = written("2020-06")

    assert "（数据取自快照 S-2020-06，7月1日 18:00 冻结）" in line
    assert "代拟稿" not in text(paper)
    assert "实时" not in text(paper)
    assert text(paper).count("数据取自快照 S-2020-06") == 2


def test_bulletin_of_an_earlier_period_is_that_of_its_snapshot(written):
    _line, paper, facts = written("2020-05")

    assert "快照 S-2020-05，6月1日 18:00 冻结" in text(paper)
    assert "新签约项目51个，完成年度目标150个的34.0%" in text(paper)
    assert {fact["period"] for fact in facts} == {"2020-05", "2020"}


@pytest.mark.parametrize("period", ["2020-06", "2020-05", "2020-02"])
def test_bulletin_holds_no_number_without_its_fact(written, period):
    _line, paper, facts = written(period)
    marked, rest = figures(paper)
    by_id = {fact["id"]: fact for fact in facts}
    codes = re.compile("|".join(rf"^{target.action.seq}-{target.seq}$" for target in
                                Target.objects.select_related("action")), re.MULTILINE)  # fmt: skip

    assert NUMBER.findall(codes.sub("", NO_FIGURE.sub("", rest))) == []
    assert {name for name, _printed in marked} == set(by_id)
    for name, printed in marked:
        assert NUMBER.findall(printed) == [by_id[name]["figure"]], printed


def test_bulletin_after_the_freeze_holds_no_number_without_its_fact(written):
    pass_the_freeze()

    test_bulletin_holds_no_number_without_its_fact(written, "2020-06")


def test_bulletin_facts_lead_to_the_accepted_report(written):
    _line, _paper, facts = written("2020-06")

    assert {key for fact in facts for key in fact} == FACT
    assert [fact["id"] for fact in facts] == [f"f{n}" for n in range(1, len(facts) + 1)]
    from_reports = [fact for fact in facts if fact["report"]]
    assert len(from_reports) > 50
    for fact in from_reports:
        report = Report.objects.get(uid=fact["report"])
        assert (report.state, report.period.key) == (State.ACCEPTED, fact["period"])
        assert fact["level"] == "V3"
        assert fact["reviewer"] == report.accepted_by.display_name
        assert len(fact["evidence"]) == report.evidence.count() > 0
        digest = fact["evidence"][0].partition("sha256:")[2]
        assert StoredFile.objects.filter(sha256=digest).exists()


def test_bulletin_facts_of_new_contracts_are_the_report_and_the_plan(written):
    _line, _paper, facts = written("2020-06")

    of_target = [fact for fact in facts if fact["target"] == "新签约项目"]
    target = Target.objects.get(metric="新签约项目")
    said = {(f["figure"], f["unit"], f["period"], bool(f["report"])) for f in of_target}
    assert {fact["target_uid"] for fact in of_target if fact["target_uid"]} == {str(target.uid)}
    assert said == {
        ("58", "个", "2020-06", True),
        ("150", "个", "2020", False),
        ("75", "个", "2020-06", False),
        ("38.7", "%", "2020-06", True),
        ("11.3", "个百分点", "2020-06", True),
        ("3", "", "2020-06", True),
    }


def test_bulletin_of_a_snapshot_is_the_same_byte_for_byte(written):
    _line, paper, facts = written("2020-05")
    content, said = paper.read_bytes(), text(paper)

    assert (written("2020-05")[1].read_bytes(), written("2020-05")[2]) == (content, facts)
    pass_the_freeze()
    later = written("2020-05")
    assert (text(later[1]), later[2]) == (said, facts)


def test_bulletin_stands_on_the_official_page(written):
    _line, paper, _facts = written("2020-06")

    section = next(body(paper).iter(f"{W}sectPr"))
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    millimetres = {side: round(int(margins.get(f"{W}{side}")) / 1440 * 25.4) for side in TWIPS}
    assert millimetres == TWIPS
    pitch = int(section.find(f"{W}docGrid").get(f"{W}linePitch"))
    height = 16838 - int(margins.get(f"{W}top")) - int(margins.get(f"{W}bottom"))
    assert height // pitch == 22


@pytest.mark.parametrize("period", ["2020-13", "2021-01", "June"])
def test_bulletin_of_no_period_says_so(tmp_path, period):
    ended = run(bulletin, "--period", period, "--out", tmp_path / "o.docx")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"没有 {period} 期。")
    assert not (tmp_path / "o.docx").exists()


def test_bulletin_that_cannot_be_kept_says_why():
    ended = run(bulletin, "--period", "2020-06", "--out", "no/such/folder/o.docx")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("写不了 no/such/folder/o.docx：")

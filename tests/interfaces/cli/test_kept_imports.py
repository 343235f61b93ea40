"""`gongjian import projects FILE --by …`: a ledger written, and tried against what is kept."""

import json

import pytest

from gongjian.flow.projects.models import Project
from gongjian.interfaces.cli import imports
from interfaces.cli.commands import run
from small_register import small_register

LEDGER = """2020年重点项目表,,,,
,,,单位：万元,
序号,项目名称,建设地点,总投资,计划竣工时间
一、产业项目（2个）,,,,
1,一号厂房,北镇,3000,2021年5月
2,二号厂房,北镇,200,2021.6
3,待定,北镇,50,2021.7
,合计,,3250,
"""


pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def register(db):  # noqa: ARG001 - it writes
    return small_register()


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, encoding="gb18030")
    return path


def test_a_trial_with_a_database_says_what_is_new_changed_and_the_same(ledger):
    ended = run(imports, "projects", str(ledger), "--dry-run", "--json")

    sheet = ended.json["sheets"][0]
    assert ended.code == 3
    assert (sheet["new"], sheet["changed"], sheet["same"], sheet["rows_in"]) == (2, 0, 0, 8)
    assert [row["row"] for row in sheet["refused"]] == [7]
    assert ended.json["totals"]["not_rows"] == 5
    assert Project.objects.count() == 2


def test_a_ledger_is_written_and_again_changes_nothing(ledger):
    first = run(imports, "projects", str(ledger), "--by", "office", "--json")
    again = run(imports, "projects", str(ledger), "--by", "office", "--json")

    assert (first.code, again.code) == (3, 3)
    assert first.json["totals"]["new"] == 2
    assert (again.json["totals"]["new"], again.json["totals"]["same"]) == (0, 2)
    assert Project.objects.count() == 4
    totals = again.json["totals"]
    went = ("new", "changed", "same", "refused", "asked", "not_rows")
    assert totals["rows_in"] == sum(totals[name] for name in went)


def test_what_it_says_is_a_sum_that_a_person_can_check(ledger):
    ended = run(imports, "projects", str(ledger), "--by", "office")

    assert "8 行 ＝ 新增 2 ＋ 有变化 0 ＋ 无变化 0 ＋ 退回 1 ＋ 待答 0 ＋ 不是行 5" in ended.out
    assert "已写入" in ended.out


def test_a_clean_ledger_ends_with_nought(ledger):
    ledger.write_text(LEDGER.replace("3,待定,北镇,50,2021.7\n", ""), encoding="utf-8")

    assert run(imports, "projects", str(ledger), "--by", "office").code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "--by"),
        (("--by", "nobody-at-all"), 2, "没有账号"),
        (("--by", "clerk"), 2, "攻坚办"),
    ],
)
def test_who_may_not_import_is_told_so(ledger, words, code, said):
    ended = run(imports, "projects", str(ledger), *words)

    assert (ended.code, Project.objects.count()) == (code, 2)
    assert said in ended.err


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"\x89PNG\r\n"])
def test_an_unreadable_file_ends_with_two(ledger, content):
    ledger.write_bytes(content)

    assert run(imports, "projects", str(ledger), "--by", "office").code == 2


def test_rows_of_a_trial_are_written_out(ledger, tmp_path):
    out = tmp_path / "rows.jsonl"

    run(imports, "projects", str(ledger), "--dry-run", "--rows", str(out))

    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["name"] for row in rows] == ["一号厂房", "二号厂房"]

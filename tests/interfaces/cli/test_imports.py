"""`gongjian import … --dry-run`: a ledger tried on a machine where nothing is installed yet."""

import json

import pytest

from gongjian.interfaces.cli import imports
from interfaces.cli.commands import gongjian, run

LEDGER = """2025年重点项目表
单位：万元
序号,项目名称,总投资,计划竣工时间,备注
一、基础设施,2个,300,,
1,一号路,100,03/04/2026,
2,二号桥,200,2026年5月,★
3,待定,50,2026.6,
,合计,351,,
"""
KEYS = {"name", "header_rows", "unit", "columns", "rows", "categories", "sums", "refused", "asked",
        "warnings"}  # fmt: skip
FIELDS = {"seq", "name", "code", "owner", "uscc", "township", "scope", "nature", "industry",
          "total_investment", "year_plan_investment", "year_done_investment", "planned_start",
          "planned_finish", "actual_start", "actual_finish", "lead_unit", "responsible_units",
          "sponsor", "progress_text", "remark", "source_row", "category"}  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_is_installed(monkeypatch):
    monkeypatch.setattr(imports, "is_set_up", lambda: False)


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, encoding="gb18030")
    return path


def tried(ledger, *words):
    return run(imports, "projects", str(ledger), "--dry-run", *words)


def test_import_needs_no_home_and_says_everything_in_json(ledger, tmp_path):
    home, out = tmp_path / "no" / "home", tmp_path / "rows.jsonl"

    ended = gongjian("import", "projects", ledger, "--dry-run", "--json", "--rows", out, home=home)

    assert not home.parent.exists()
    assert (ended.code, ended.err) == (3, "")
    sheet = ended.json["sheets"][0]
    assert set(sheet) >= KEYS
    assert (sheet["header_rows"], sheet["unit"], sheet["rows"]) == ([3], "万元", 2)
    assert sheet["columns"][2]["field"] == "total_investment"
    assert sheet["categories"][0]["declared_count"] == sheet["categories"][0]["found_count"] == 2
    assert sheet["sums"] == {"total_investment": "3000000.00"}
    assert [refused["row"] for refused in sheet["refused"]] == [7]
    assert [(q["column"], q["choices"], q["rows"]) for q in sheet["asked"]] == [
        ("计划竣工时间", ["dmy", "mdy"], [5])
    ]
    assert any("351 万元" in warning and "300 万元" in warning for warning in sheet["warnings"])
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert all(set(row) == FIELDS for row in rows)
    assert [(r["source_row"], r["name"], r["planned_finish"]) for r in rows] == [
        (5, "一号路", None), (6, "二号桥", "2026-05"),
    ]  # fmt: skip


def test_answers_of_a_person_settle_what_was_asked(ledger, tmp_path):
    out = tmp_path / "rows.jsonl"

    ended = tried(ledger, "--answer", "计划竣工时间=mdy", "--answer", "C=亿元", "--rows", str(out))

    first = json.loads(out.read_text(encoding="utf-8").splitlines()[0])
    assert (first["planned_finish"], first["total_investment"]) == ("2026-03-04", "10000000000.00")
    assert "要问" not in ended.out


def test_map_takes_a_column_by_title_letter_or_path(ledger, tmp_path):
    out = tmp_path / "rows.jsonl"

    tried(ledger, "--map", "备注=progress_text", "--map", "D=none", "--rows", str(out))

    second = json.loads(out.read_text(encoding="utf-8").splitlines()[1])
    assert second["progress_text"] == "★"
    assert (second["remark"], second["planned_finish"]) == (None, None)


def test_ledger_without_doubt_ends_with_0(tmp_path):
    path = tmp_path / "好.csv"
    path.write_text("序号,项目名称,总投资（万元）\n1,甲,5\n", encoding="utf-8")

    ended = tried(path)

    assert (ended.code, ended.err) == (0, "")
    assert "项目 1，退回 0" in ended.out


def test_report_for_a_person_names_rows_reasons_and_questions(ledger):
    ended = tried(ledger)

    assert ended.code == 3
    for words in ("表头在第 3 行", "C  总投资 → total_investment（万元）", "退回：第 7 行",
                  "要问：", "分类 基础设施：写 2 个，数到 2 个"):  # fmt: skip
        assert words in ended.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--map", "备注"], "--map"),
        (["--map", "备注=colour"], "--map"),
        (["--answer", "C=many"], "--answer"),
        (["--sheet", "没有"], "没有叫“没有”的工作表"),
    ],
)
def test_what_cannot_be_said_is_explained(ledger, words, said):
    ended = tried(ledger, *words)

    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_column_that_is_not_there_is_said(ledger):
    assert "没有叫“造价”的栏" in tried(ledger, "--map", "造价=remark").out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"PK\x03\x04 torn", "文件坏了"),
        ("a.csv", b"", "空的"),
        ("a.json", b"[" * 100_000, "嵌套层数太多"),
        ("a.html", "<html><body><p>没有表的网页</p></body></html>".encode(), "没有表格"),
        ("a.csv", "机密★5年\n序号,项目名称\n1,甲\n".encode(), "密级"),
    ],
)
def test_unreadable_file_ends_with_2_and_one_sentence(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)

    ended = tried(path)

    assert (ended.code, ended.out, said in ended.err) == (2, "", True)


def test_missing_file_ends_with_2(tmp_path):
    assert tried(tmp_path / "nothing.csv").code == 2


def test_import_without_dry_run_is_not_there_yet(ledger):
    ended = run(imports, "projects", str(ledger))

    assert (ended.code, "--dry-run" in ended.err) == (2, True)


def test_sums_are_printed_to_the_last_digit(tmp_path):
    path = tmp_path / "t.csv"
    rows = "".join(f"{n},第{n}项目,9007199254740993.07\n" for n in (1, 2))
    path.write_text(f"序号,项目名称,总投资（元）\n{rows}", encoding="utf-8")

    ended = tried(path)

    assert "18,014,398,509,481,986.14 元" in ended.out
    assert "一万亿元以上" in ended.out


def test_a_ledger_without_a_project_says_so_and_ends_with_3(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("序号,项目名称,总投资（万元）\n,合计,300\n", encoding="utf-8")

    ended = tried(path)

    assert ended.code == 3
    assert "这张表有 2 行，一个项目也没有取到" in ended.out


def test_each_question_of_a_column_has_its_own_answer(tmp_path):
    path = tmp_path / "t.csv"
    sums = [*range(100, 106), "100元", "$100"]
    rows = "".join(f"{n},第{n}项目,{said}\n" for n, said in enumerate(sums, 1))
    path.write_text(f"序号,项目名称,总投资（万元）\n{rows}", encoding="utf-8")

    plain = tried(path, "--answer", "C=万元")
    told = tried(path, "--answer", "C!written=元", "--answer", "C!currency=万元")

    assert plain.code == 3
    assert "照写的 100元 记答元，其实是 100万元 就答万元" in plain.out
    assert "答的单位没有用在外币上；要用请写成“栏!currency=单位”" in plain.out
    assert told.code == 0
    assert "没有换算" in told.out

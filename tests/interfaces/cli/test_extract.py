"""`gongjian extract`: what a plan file gives, on a machine where nothing is installed yet."""

import io
import json
import zipfile
from pathlib import Path

import pytest

import gongjian.interfaces.cli.demo as demo
from documents.hostile_files import CASES
from gongjian.documents import read_document
from gongjian.interfaces.cli import extract
from interfaces.cli.commands import Ended, gongjian, run

PLANS = Path(demo.__file__).parent
COMMON = {"evidence", "plain", "span", "sentence", "place", "section", "confidence", "reason"}
ACTION = {"name", "number", *COMMON}
TARGET = {"metric", "qualifier", "comparator", "direction", "value", "value_max", "unit",
          "value_base", "deadline", "number", "action", *COMMON}  # fmt: skip
TASK = {"text", "lead", "support", "deadline", "action", *COMMON}
KINDS = ("campaign", "actions", "targets", "tasks", "milestones")
SENTENCE = "全年新签约项目150个以上，新开工项目60个以上。\n"


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """The example plan in its three formats."""
    folder = tmp_path_factory.mktemp("plans")
    text = read_document("plan.docx", (PLANS / "plan.docx").read_bytes()).text
    (folder / "plan.txt").write_text(text, encoding="gb18030")
    return [PLANS / "plan.docx", PLANS / "plan.html", folder / "plan.txt"]


@pytest.fixture
def nowhere(tmp_path):
    """A home that does not exist, and must not come to exist."""
    home = tmp_path / "no" / "home"
    yield home
    assert not home.parent.exists()


@pytest.fixture(scope="module")
def read(plans, tmp_path_factory):
    """The three files read by one process, without a home."""
    home = tmp_path_factory.mktemp("none") / "no" / "home"
    yield gongjian("extract", *plans, "--format", "json", home=home)
    assert not home.parent.exists()


def test_extract_prints_a_list_with_one_object_a_file_and_nothing_else(read, plans):
    ended = read

    assert (ended.code, ended.err) == (0, "")
    assert [item["file"] for item in ended.json] == [str(path) for path in plans]
    for item in ended.json:
        assert set(item) - {"left_out"} == {"id", "file", "text", *KINDS}
        assert (len(item["actions"]), len(item["targets"])) == (15, 16)
        assert {key for target in item["targets"] for key in target} == TARGET
        assert {key for task in item["tasks"] for key in task} == TASK
        assert {key for action in item["actions"] for key in action} == ACTION


def test_extract_names_the_place_of_every_finding_in_the_text_it_prints(read):
    items = read.json

    findings = [
        (item["text"], found)
        for item in items
        for kind in ("actions", "targets", "tasks")
        for found in item[kind]
    ]
    assert len(findings) > 200
    for text, found in findings:
        start, end = found["span"]
        assert text[start:end] == found["evidence"]
        assert 0 <= found["confidence"] <= 1
        assert found["reason"]


def test_extract_says_what_it_did_not_read(tmp_path):
    page = tmp_path / "plan.html"
    page.write_text(f"<html><body><nav><a href='/'>首页</a></nav><p>{SENTENCE}</p></body></html>")

    assert "没有读的内容：网页的导航和页脚" in gongjian("extract", page, home=tmp_path).out


def test_extract_shows_a_person_a_table(plans):
    ended = run(extract, plans[0])

    assert ended.code == 0
    assert ended.lines[0] == f"# {plans[0]}"
    assert ended.lines[1].startswith("行动 15，目标 16，任务 ")
    assert "   6  高质量“双招双引”" in ended.lines
    assert any(line.startswith("  新签约项目  >=150个  2020  0.") for line in ended.lines)


def test_extract_writes_to_a_file_and_then_says_nothing(plans, tmp_path):
    ended = run(extract, plans[1], "--format", "json", "--out", tmp_path / "o")

    assert ended == Ended(0, "")
    assert len(json.loads((tmp_path / "o").read_text(encoding="utf-8"))[0]["targets"]) == 16


def test_extract_writes_a_workbook_with_a_sheet_a_kind(plans, tmp_path):
    ended = run(extract, plans[0], "--format", "xlsx", "--out", tmp_path / "o.xlsx")

    assert ended == Ended(0, "")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "o.xlsx").read_bytes())) as book:
        names = book.read("xl/workbook.xml").decode()
        words = book.read("xl/sharedStrings.xml").decode()
    assert all(f'name="{sheet}"' in names for sheet in ("行动", "目标", "任务"))
    assert "新签约项目" in words


@pytest.fixture
def bad_files(tmp_path):
    """Files of every bad kind; each with what is said of it."""
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "bytes.txt").write_bytes(b"\x00\x01\x02\x03")
    (tmp_path / "folder").mkdir()
    secret = f"机密★1年\n\n关于项目的通知\n{SENTENCE}"
    (tmp_path / "secret.txt").write_text(secret, encoding="utf-8")
    names = ("scan.pdf", "broken.docx", "empty.txt", "bytes.txt", "folder", "secret.txt", "gone")
    return [tmp_path / name for name in names]


def test_extract_says_a_sentence_a_bad_file_and_still_prints_the_good_ones(
    nowhere, bad_files, tmp_path
):
    good = tmp_path / "good.txt"
    good.write_text(SENTENCE, encoding="utf-8")

    ended = gongjian("extract", *bad_files, good, "--format", "json", home=nowhere)

    assert ended.code == 2
    assert [Path(item["file"]).name for item in ended.json] == ["good.txt"]
    assert [target["value"] for target in ended.json[0]["targets"]] == [150, 60]
    said = dict(line.split(": ", 1) for line in ended.err.splitlines())
    assert list(said) == [str(path) for path in bad_files]
    assert all(said.values())
    assert said[str(tmp_path / "secret.txt")] == (
        "文件首页标有密级，已拒收，内容和文件名都没有保存。本系统不得处理涉密信息。"
    )


def test_extract_of_files_made_to_harm_says_a_sentence_each(nowhere, tmp_path):
    refused = {}
    for number, (name, made, outcomes) in enumerate(CASES.values()):
        if "read" not in outcomes:
            path = tmp_path / f"{number}-{name}"
            path.write_bytes(made())
            refused[str(path)] = outcomes

    ended = gongjian("extract", *refused, PLANS / "plan.html", "--format", "json", home=nowhere)

    assert ended.code == 2
    assert [Path(item["file"]).name for item in ended.json] == ["plan.html"]
    said = dict(line.split(": ", 1) for line in ended.err.splitlines())
    assert list(said) == list(refused)
    assert all(sentence.endswith("。") for sentence in said.values())


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_extract_of_a_device_without_end_ends():
    ended = run(extract, "/dev/zero")

    assert (ended.code, ended.out) == (2, "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "请给出要读的文件"),
        (("plan.docx", "--format", "xlsx"), "xlsx 要用 --out"),
        (("plan.docx", "--out", "no/such/folder/o.json"), "写不了 no/such/folder/o.json"),
        (("--jsonl", "gone.jsonl", "o.jsonl"), "读不了 gone.jsonl"),
    ],
)
def test_extract_that_cannot_be_done_says_why(words, said):
    words = [PLANS / word if word == "plan.docx" else word for word in words]

    ended = run(extract, *words)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(said)


def test_extract_answers_texts_line_by_line_with_places_in_the_very_text(nowhere, tmp_path):
    texts = {
        "a": f"\ufeff{SENTENCE}",
        "b": "没有数的一句话。",
        "c": f"😀\r\n\t{SENTENCE}",
        "7": "\ud800",
    }
    lines = [json.dumps({"id": key, "text": text, "more": 1}) for key, text in texts.items()]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join([*lines[:2], "", *lines[2:]]) + "\n", encoding="utf-8-sig")

    ended = gongjian("extract", "--jsonl", source, target, home=nowhere)

    assert (ended.code, ended.out, ended.err) == (0, "", "")
    answers = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == list(texts)
    assert all(set(answer) == {"id", *KINDS} for answer in answers)
    assert [len(answer["targets"]) for answer in answers] == [2, 0, 2, 0]
    for answer in answers:
        for found in answer["targets"]:
            start, end = found["span"]
            assert texts[answer["id"]][start:end] == found["evidence"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"id": 1, "text": "x"}\nnot json\n', "第 2 行不是带 id 和 text 的 JSON 对象。"),
        (b'{"id": 1}\n', "第 1 行"),
        (b'{"id": 1, "text": 5}\n', "第 1 行"),
        (b"[1]\n", "第 1 行"),
        (b"\xff\xfe\x00", "不是 UTF-8 文本。"),
    ],
)
def test_extract_of_bad_lines_names_the_line_and_writes_nothing(tmp_path, content, said):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(content)

    ended = run(extract, "--jsonl", source, target)

    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert not target.exists()

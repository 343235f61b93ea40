"""What an office program makes of a plan must give the same findings as the plan itself."""

import json
import shutil
import subprocess
import time
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from gongjian.documents import read_document
from gongjian.engine.extract import as_record, read_plan
from gongjian.lib.pages import Table

SOFFICE = shutil.which("soffice")
ROOT = Path(__file__).parents[3]
PLAN = ROOT / "src/gongjian/interfaces/cli/demo/plan.docx"
CORPUS = ROOT.parent / "shared/corpus/extraction_dev.jsonl"

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="soffice is not installed")


@pytest.fixture
def as_pdf(tmp_path):
    """Saves a python-docx document and has the office program make a PDF of it."""

    def convert(document) -> bytes:
        set_ragged(document)
        document.save(tmp_path / "plan.docx")
        home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
        subprocess.run(
            [SOFFICE, "--headless", home, "--convert-to", "pdf", "--outdir", tmp_path,
             tmp_path / "plan.docx"],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return (tmp_path / "plan.pdf").read_bytes()

    return convert


def set_ragged(document) -> None:
    """Where it spreads a line, this office program loses punctuation at its end from the PDF."""
    for root in (document.element, document.styles.element):
        for side in root.iter(qn("w:jc")):
            if side.get(qn("w:val")) == "both":
                side.set(qn("w:val"), "left")


def in_chinese() -> docx.document.Document:
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.size = Pt(16)
    return document


def add(document, line: str) -> None:
    paragraph = document.add_paragraph(line)
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.paragraph_format.space_after = Pt(0)


def findings(document) -> dict[str, list[dict]]:
    """What was found, without the places, which differ from file to file."""
    record = as_record(read_plan(document), document)
    return {kind: bare(record[kind]) for kind in record}


PLACES = ("start", "end", "span", "spans", "number", "sentence", "place")


def bare(value):
    """Without offsets, and without the blanks that a layout may add or lose."""
    if isinstance(value, dict):
        return {key: bare(held) for key, held in value.items() if key not in PLACES}
    if isinstance(value, list):
        return [bare(held) for held in value]
    return "".join(value.split()) if isinstance(value, str) else value


def test_demo_plan_gives_the_same_as_its_word_file(as_pdf):
    content = as_pdf(docx.Document(PLAN))

    assert findings(read_document("plan.pdf", content)) == findings(
        read_document("plan.docx", PLAN.read_bytes())
    )


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not beside the project")
def test_interview_gives_the_same_as_its_text(as_pdf):
    records = map(json.loads, CORPUS.read_text().splitlines())
    text = next(r["text"] for r in records if r["id"] == "zhucheng-2020-interview")
    document = in_chinese()
    for line in text.splitlines():
        if line.strip():
            add(document, line.strip())

    content = as_pdf(document)

    assert findings(read_document("a.pdf", content)) == findings(
        read_document("a.txt", text.encode())
    )


def test_long_report_and_long_table_are_read_whole_and_soon(as_pdf):
    lines = [
        f"第{number}项，" + "坚持稳中求进工作总基调，推动高质量发展取得新成效，" * (number % 9 + 1)
        + f"完成投资{number}亿元。"
        for number in range(1, 320)
    ]  # fmt: skip
    rows = [
        [str(number), f"新开工第{number}批重点项目{number * 3}个以上，完成投资{number}亿元",
         "市发展改革委", "市财政局、市住房城乡建设局", f"2026年{number % 12 + 1}月底前"]
        for number in range(1, 301)
    ]  # fmt: skip
    document = in_chinese()
    for line in lines:
        add(document, line)
    table = document.add_table(rows=0, cols=5, style="Table Grid")
    for row in [["序号", "任务", "牵头单位", "责任单位", "完成时限"], *rows]:
        for cell, words, width in zip(table.add_row().cells, row, [1, 6, 3, 4, 2], strict=True):
            cell.text = words
            cell.width = Cm(width)
    content = as_pdf(document)

    started = time.monotonic()
    read = read_document("a.pdf", content)
    spent = time.monotonic() - started

    assert spent < 2
    assert sum(map(len, lines)) > 40_000
    assert [read.text[block.start : block.end] for block in read.blocks[:-1]] == lines
    found = read.blocks[-1]
    assert isinstance(found, Table)
    held = [read.text[cell.start : cell.end] for cell in found.cells]
    assert [held[at : at + 5] for at in range(5, len(held), 5)] == rows

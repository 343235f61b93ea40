"""Tables: the cases of tests/spec/extract_tables.toml, and workbooks as offices send them."""

import csv
import io
import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.utility import xl_rowcol_to_cell

from documents.workbook_parts import OFFICE, converted, workbook
from engine.extract import workbooks
from gongjian.documents import read_document
from gongjian.engine.extract import read_plan
from gongjian.lib.pages import Cell, Document, Table

CASES = tomllib.loads(Path("tests/spec/extract_tables.toml").read_text("utf-8"))["case"]
CORPUS = Path("../shared/corpus/extraction_dev.jsonl")


def table_of(rows):
    """The document of one table; < and ^ are covered by the cell on the left and above."""
    grid = [[word.strip() for word in row.split("|")] for row in rows]
    text, cells = "", []
    for row, words in enumerate(grid):
        for column, word in enumerate(words):
            if word not in ("<", "^"):
                down = next(
                    (
                        n
                        for n, below in enumerate(grid[row + 1 :])
                        if column >= len(below) or below[column] != "^"
                    ),
                    len(grid) - row - 1,
                )
                across = next(
                    (n for n, right in enumerate(words[column + 1 :]) if right != "<"),
                    len(words) - column - 1,
                )
                if word:
                    cells.append(
                        Cell(len(text), len(text) + len(word), row, column, down + 1, across + 1)
                    )
                text += word
            text += "\t" if column + 1 < len(words) else "\n"
    return Document(text=text, blocks=(Table(0, len(text), tuple(cells)),))  # fmt: skip


def line(*parts):
    return " | ".join(parts).strip()


def tasks_as_written(findings):
    return [
        line(task.text, "、".join(task.lead), "、".join(task.support), task.deadline or "")
        .replace("  ", " ") for task in findings.tasks
    ]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_table_follows_the_spec(case):
    findings = read_plan(table_of(case["rows"]))

    targets = [
        line(t.metric, t.comparator, f"{t.value.normalize():f}", t.unit, t.deadline or "")
        for t in findings.targets
    ]
    assert tasks_as_written(findings) == [one.replace("  ", " ") for one in case.get("tasks", [])]
    assert targets == case.get("targets", [])
    assert [action.name for action in findings.actions] == case.get("actions", [])
    if "milestones" in case:
        assert [f"{one.date} {one.text}" for one in findings.milestones] == case["milestones"]


def address(document, offset):
    spot = document.spot(offset)
    return xl_rowcol_to_cell(spot.row - 1, spot.column - 1)


def targets_at(document, findings):
    """Each target with the cell in which its number stands."""
    return [
        (t.metric, t.comparator, str(t.value), t.unit, t.deadline, address(document, t.end - 1))
        for t in findings.targets
    ]


def read(content):
    document = read_document("分解.xlsx", content)
    findings = read_plan(document)
    for found in (*findings.actions, *findings.targets, *findings.tasks, *findings.milestones):
        assert document.text[found.start : found.end] == found.evidence
    return document, findings


def test_division_of_tasks_is_read_row_by_row():
    document, findings = read(workbooks.division())

    assert targets_at(document, findings) == workbooks.DIVISION_TARGETS
    assert [
        (t.text, t.lead, t.support, t.deadline, t.section, address(document, t.start))
        for t in findings.tasks
    ] == workbooks.DIVISION_TASKS
    assert [action.name for action in findings.actions] == workbooks.DIVISION_ACTIONS
    assert [findings.actions[task.action].name for task in findings.tasks] == [
        "招商引资", "招商引资", "城乡建设", "城乡建设",
    ]  # fmt: skip
    assert document.spot(findings.tasks[0].start).sheet == "责任分解"


def test_matters_of_livelihood_are_read_row_by_row():
    document, findings = read(workbooks.livelihood())

    assert targets_at(document, findings) == workbooks.LIVELIHOOD_TARGETS
    assert [
        (t.text, t.lead, t.support, t.deadline, t.action) for t in findings.tasks
    ] == workbooks.LIVELIHOOD_TASKS
    assert [action.name for action in findings.actions] == workbooks.LIVELIHOOD_ACTIONS
    assert findings.milestones == ()  # the tasks have the dates


def test_indicators_are_read_by_their_year_columns():
    document, findings = read(workbooks.indicators())

    assert targets_at(document, findings) == workbooks.INDICATOR_TARGETS
    assert [(t.text, t.lead, t.deadline) for t in findings.tasks] == workbooks.INDICATOR_TASKS


@pytest.mark.skipif(OFFICE is None, reason="makes its files with LibreOffice")
@pytest.mark.parametrize("suffix", ["xls", "xlsx"])
def test_workbook_saved_by_another_program_says_the_same(suffix, tmp_path):
    content = workbooks.division()
    other = converted(content, suffix, tmp_path)

    document, findings = read(other)

    assert targets_at(document, findings) == workbooks.DIVISION_TARGETS
    assert tasks_as_written(findings) == tasks_as_written(read(content)[1])


def csv_of(rows):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


def test_two_sheets_have_the_years_of_their_own_titles():
    def sheet(year):
        return [[f"{year}年重点任务"], ["任务", "责任单位"], ["新建公园3座", "县住建局"]]

    document, findings = read(workbook(sheet(2024), sheet(2025)))

    assert [task.deadline for task in findings.tasks] == ["2024", "2025"]
    assert [document.spot(task.start).sheet for task in findings.tasks] == ["表1", "表2"]


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not part of the product")
def test_interview_reads_the_same_in_every_format():
    texts = map(json.loads, CORPUS.read_text("utf-8").splitlines())
    text = next(one["text"] for one in texts if one["id"] == "zhucheng-2020-interview")
    rows = [[paragraph] for paragraph in text.split("\n")]
    plain = read_plan(read_document("访谈.txt", text.encode()))

    files = {"a.xlsx": workbook(rows), "a.csv": csv_of(rows).encode("gb18030")}
    for name, content in files.items():
        found = read_plan(read_document(name, content))

        assert len(found.targets) == len(plain.targets) == 16
        assert [a.name for a in found.actions] == [a.name for a in plain.actions]
        assert sum(a.number is not None for a in found.actions) == 15
        assert [(t.metric, t.value, t.unit, t.deadline) for t in found.targets] == [
            (t.metric, t.value, t.unit, t.deadline) for t in plain.targets
        ]


WORDS = st.sampled_from([
    "", "<", "^", "序号", "任务", "牵头单位", "配合单位", "完成时限", "2024年", "2025年", "目标值",
    "现状", "一、产业", "（一）招商", "合计", "注：略", "1", "120", "5%", "≥6.5", "新建公园12座",
    "县住建局", "6月底前",
    "2025-06-30", "单位：万元", "附件1", "指标（万吨）", "增长5%，达到30亿元",
])  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=6), max_size=9))
def test_any_table_gives_findings_that_stand_where_they_say(rows):
    document = table_of([" | ".join(words) for words in rows])

    findings = read_plan(document)

    for found in (*findings.actions, *findings.targets, *findings.tasks, *findings.milestones):
        assert document.text[found.start : found.end] == found.evidence != ""
        assert document.spot(found.start) is not None
    assert all(task.text for task in findings.tasks)

"""The cases of tests/spec/ledger_*.toml, and the page that shows them."""

import io
import json
import random
import re

import pytest
import xlsxwriter

from bench import headers
from gongjian.flow.projects.queries import PROJECT_COLUMNS, answers_from, read_ledger
from scripts import ledgers_page

VALUES = ledgers_page.spec("values")
ASKED, REFUSED, TOLD, EMPTY, COMMA = "要问", "退回", "空，并说明", "空", "，并说明"


def tell(name, content):
    run = read_ledger(name, io.BytesIO(content), answers_from([], []))
    rows = list(run.rows())
    return rows, run.report()["sheets"][0]


def one_cell(head, written):
    """A sheet of one column beside the name, as a csv of the year 2025."""
    lines = [["2025年"], ["序号", "项目名称", head], ["1", "甲", written]]
    text = "\n".join(
        ",".join(json.dumps(cell, ensure_ascii=False) for cell in row) for row in lines
    )
    return tell("表.csv", text.encode())


@pytest.mark.parametrize(
    ("head", "field", "written", "kept"),
    [
        (head, field, *case)
        for head, field, name in (
            ("计划开工时间", "planned_start", "dates"),
            ("总投资（万元）", "total_investment", "amounts"),
        )
        for case in ledgers_page.lines(VALUES[name])
    ],
)
def test_cell_is_kept_asked_refused_or_said_to_be_empty(head, field, written, kept):
    rows, sheet = one_cell(head, written)

    said = " ".join(sheet["warnings"])
    if kept == ASKED:
        assert [question["rows"] for question in sheet["asked"]] == [[3]]
    else:
        assert sheet["asked"] == []
    assert [refused["row"] for refused in sheet["refused"]] == ([3] if kept == REFUSED else [])
    kept, comma, _ = kept.partition(COMMA) if kept != TOLD else (kept, "", "")
    assert ("3" in said) == (bool(comma) or kept == TOLD or "-" in kept[:1])
    if kept != REFUSED:
        wanted = None if kept in (ASKED, TOLD, EMPTY) else kept
        assert [row[field] for row in rows] == [wanted]


@pytest.mark.parametrize(("written", "kept"), ledgers_page.lines(VALUES["spans"]))
def test_from_to_is_a_start_and_a_finish(written, kept):
    rows, sheet = one_cell("建设起止年限", written)

    start, finish = (None, None) if kept == TOLD else kept.split()
    assert (rows[0]["planned_start"], rows[0]["planned_finish"]) == (start, finish)
    assert bool(sheet["warnings"]) == (kept == TOLD)


@pytest.mark.parametrize("case", ledgers_page.spec("rows")["case"], ids=lambda case: case["name"])
def test_each_row_of_a_sheet_is_told(case):
    rows, sheet = tell("表.xlsx", drawn(case["sheet"]))

    roles = {"表头以上": "above", "表头": "header", "分类": "category", "合计": "total",
             "注释": "note", "空行": "blank", "只有序号": "numbered",
             "续行": "continued"}  # fmt: skip
    said = case["roles"]
    assert [row["source_row"] for row in rows] == [n for n, r in enumerate(said, 1) if r == "项目"]
    assert [r["row"] for r in sheet["refused"]] == [n for n, r in enumerate(said, 1) if r == "退回"]
    counted = {code: sum(r.split()[0] == name for r in said) for name, code in roles.items()}
    assert sheet["accounts"]["not_rows"] == {code: n for code, n in counted.items() if n}
    paths = [r.split(" ", 1)[1] for r in said if r.startswith("分类")]
    assert [group["path"] for group in sheet["categories"]] == paths


def drawn(sheet):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet("表")
    for row, line in enumerate(sheet.strip("\n").splitlines()):
        cells = [cell.strip() for cell in line.split("|")]
        for column, text in enumerate(cells):
            if not text or text == "<":
                continue
            wide = 1
            while column + wide < len(cells) and cells[column + wide] == "<":
                wide += 1
            number = text.replace(".", "", 1).isdecimal()
            if wide > 1:
                page.merge_range(row, column, row, column + wide - 1, text)
            else:
                page.write(row, column, float(text) if number else text)
    book.close()
    return stream.getvalue()


def test_unit_in_the_title_of_one_column_is_not_that_of_another():
    text = "序号,项目名称,总投资（亿元）,年度计划投资\n1,甲,2,5000\n2,乙,0,0\n"

    rows, sheet = tell("表.csv", text.encode())

    assert [question["column"] for question in sheet["asked"]] == ["年度计划投资"]
    assert [question["rows"] for question in sheet["asked"]] == [[2]]
    assert [row["year_plan_investment"] for row in rows] == [None, "0.00"]
    assert [row["total_investment"] for row in rows] == ["200000000.00", "0.00"]


@pytest.mark.parametrize("name", ["seen", "titles"])
def test_titles_of_columns_head_the_fields_that_a_clerk_would_say(name):
    wrong = {
        "|".join(path): found
        for path, fields in ledgers_page.titles(name)
        if (found := field_of(PROJECT_COLUMNS, path)) not in fields
    }

    assert len(wrong) <= 0.02 * len(ledgers_page.titles(name)), wrong


@pytest.mark.parametrize("seed", range(5))
def test_half_of_the_titles_seen_are_told_by_the_words_of_the_other_half(seed):
    assert headers.held_out(ledgers_page.titles("seen"), seed) >= 0.85


def field_of(lexicon, path):
    match = lexicon.match(path)
    return match.field.name if match is not None and match.field.kept else "-"


@pytest.mark.parametrize("seed", range(5))
def test_titles_are_told_when_half_of_the_words_are_not_in_the_dictionary(seed):
    pick = random.Random(seed)
    words = [
        (field, word) for field in PROJECT_COLUMNS.fields for word in field.words if field.kept
    ]
    pick.shuffle(words)
    held_out = words[: len(words) // 2]
    lexicon = PROJECT_COLUMNS.without({word for _, word in held_out})

    right = sum(field_of(lexicon, (word,)) == field.name for field, word in held_out)

    assert right >= 0.85 * len(held_out)


def test_page_of_ledgers_is_current():
    text = ledgers_page.PAGE.read_text(encoding="utf-8")

    assert text == ledgers_page.page_as_it_should_be(), "run: python scripts/ledgers_page.py"
    assert set(re.findall(r"<!-- examples: (\S+) -->", text)) == set(ledgers_page.EXAMPLES)


def test_every_rule_of_ledgers_that_code_names_stands_on_its_page():
    page = ledgers_page.PAGE.read_text(encoding="utf-8")
    sources = (ledgers_page.ROOT / "src/gongjian").rglob("*.py")
    named = re.compile(r"docs/rules/ledgers\.md, (K-\d+)")

    found = {rule for path in sources for rule in named.findall(path.read_text(encoding="utf-8"))}

    assert len(found) >= 5
    assert [rule for rule in sorted(found) if f"## {rule} " not in page] == []

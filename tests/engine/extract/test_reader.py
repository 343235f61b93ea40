"""What holds for every text, whatever stands in it."""

import itertools
import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from any_text import TEXTS
from bench.extract import text_of
from gongjian.engine.extract import as_record, read_plan
from gongjian.engine.extract import findings as findings_module
from gongjian.engine.extract.clauses import clauses, sentences
from gongjian.engine.extract.view import normalise
from gongjian.lib.pages import Cell, Document, Paragraph, Table

CORPUS = Path("../shared/corpus/extraction_dev.jsonl")


def every_finding(findings):
    return itertools.chain(findings.actions, findings.targets, findings.tasks, findings.milestones)


def check(document, findings):
    """Each finding stands where it says, in words that are there."""
    for finding in every_finding(findings):
        assert document.text[finding.start : finding.end] == finding.evidence != ""
        assert 0 <= finding.confidence <= 1
    for target in findings.targets:
        assert target.metric.strip()
        assert target.action is None or 0 <= target.action < len(findings.actions)
    json.dumps(as_record(findings, document), ensure_ascii=False, allow_nan=False)


@settings(max_examples=600)
@given(TEXTS)
@example("、\r\r”0%")
@example("新建0%新建0%")
def test_read_plan_stands_by_its_evidence_on_any_text(text):
    document = Document.from_text(text)

    check(document, read_plan(document))


@settings(max_examples=100)
@given(
    st.lists(
        st.lists(
            TEXTS.map(lambda t: t.replace("\n", " ").replace("\t", " ")), min_size=1, max_size=5
        ),
        max_size=6,
    )
)
def test_read_plan_stands_by_its_evidence_in_any_table(rows):
    document = table_of(rows)

    check(document, read_plan(document))


def table_of(rows):
    cells, text = [], ""
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            cells.append(Cell(len(text), len(text) + len(words), number, column))
            text += words + ("\t" if column + 1 < len(row) else "\n")
    blocks = (Table(0, len(text), tuple(cells)),) if rows else ()
    return Document(text=text, blocks=blocks)


def test_read_plan_reads_a_merged_cell_for_each_of_its_rows():
    rows = ["2024年重点任务", "任务", "牵头单位", "新建公园12座", "县住建局", "改造老旧小区8个"]
    starts = [sum(len(word) + 1 for word in rows[:place]) for place in range(len(rows))]
    text = "\n".join(rows)
    spans = [(start, start + len(word)) for start, word in zip(starts, rows, strict=True)]
    table = Table(spans[1][0], len(text), (
        Cell(*spans[1], 0, 0), Cell(*spans[2], 0, 1),
        Cell(*spans[3], 1, 0), Cell(*spans[4], 1, 1, row_span=2), Cell(*spans[5], 2, 0),
    ))  # fmt: skip
    document = Document(text=text, blocks=(Paragraph(*spans[0]), table))

    tasks = read_plan(document).tasks

    assert [(task.text, task.lead, task.deadline) for task in tasks] == [
        ("新建公园12座", ("县住建局",), "2024"),
        ("改造老旧小区8个", ("县住建局",), "2024"),
    ]


FOLDED = st.one_of(
    st.characters(), st.sampled_from("\u3000\xa0\u2003，：；（）－％１Ａ億實<>&;,.\n")
)


@given(st.text(alphabet=FOLDED, max_size=300))
def test_normalise_keeps_every_offset(text):
    assert len(normalise(text)) == len(text)


def slow_sentences(view):
    """Character by character: a sentence ends at 。！？； outside brackets and quotes."""
    ends = {"。", "！", "？", "；", ";", "!", "?"}
    begin, found = 0, []
    for place, character in enumerate(view):
        if character in ends:
            if begin < place:
                found.append((begin, place))
            begin = place + 1
    return found + ([(begin, len(view))] if begin < len(view) else [])


@given(st.text(alphabet="甲乙，。；！？、", max_size=60))
def test_sentences_agree_with_a_slow_reading(view):
    commas_only = [(a, b) for a, b in slow_sentences(view) if view[a:b].strip("，")]

    assert list(sentences(view, 0, len(view))) == commas_only


@given(st.text(alphabet="甲乙丙，。；（）“”", max_size=60))
def test_clauses_cover_the_text_in_order(view):
    found = list(clauses(view, 0, len(view)))

    assert all(one.start < one.end for one in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(c.sentence[0] <= c.start and c.end <= c.sentence[1] for c in found)


def test_read_plan_shows_the_shortest_clause_as_evidence():
    text = (
        "2020年要点\n年内新签约项目150个以上、新立项项目100个以上，"
        "筛选确定总投资1431亿元的300个重大项目；实施20项年度改革事项。"
    )

    targets = read_plan(Document.from_text(text)).targets

    assert [target.evidence for target in targets] == [
        "年内新签约项目150个以上",
        "新立项项目100个以上",
        "总投资1431亿元的300个重大项目",
        "总投资1431亿元的300个重大项目",
        "实施20项年度改革事项",
    ]


def test_read_plan_gives_a_reason_and_its_doubts():
    text = "2020年要点\n财政收入、税收收入均增长5%。"

    targets = read_plan(Document.from_text(text)).targets

    assert [(t.reason.code, dict(t.reason.params)["doubts"]) for t in targets] == [
        ("target.growth", "shared"),
        ("target.growth", "shared"),
    ]
    assert {t.confidence for t in targets} == {0.9}


def test_every_reason_code_stands_in_the_table():
    folder = Path("src/gongjian/engine/extract")
    code = re.compile(r'"((?:action|target|task|milestone)\.[a-z-]+)"')
    table = re.compile(r"^    ((?:action|target|task|milestone)\.[a-z-]+) ", re.MULTILINE)

    used = {name for path in folder.glob("*.py") for name in code.findall(path.read_text("utf-8"))}

    assert used == set(table.findall(findings_module.__doc__))


def test_read_plan_says_the_same_twice():
    document = Document.from_text(text_of(20_000))

    assert read_plan(document) == read_plan(document)


@pytest.mark.parametrize(
    "piece",
    [
        "力争新建公园12座，",
        "由5到",
        "2020年",
        "1,111",
        "“",
        "（",
        "由5",
        "2020年至",
        "实施",
        "1.",
        "牵头单位：",
        "、",
    ],
)
def test_read_plan_takes_time_in_proportion_to_its_text(piece, counted_steps):
    """No absolute time: the steps of the interpreter for four times the text, on one long line."""
    short, long = (counted_steps(piece * times) for times in (300, 1200))

    assert long < 6 * short + 20_000


@pytest.fixture
def counted_steps():
    def steps(text):
        count = 0

        def tracer(*_):
            nonlocal count
            count += 1
            return tracer

        document = Document.from_text(text)
        before = sys.gettrace()
        sys.settrace(tracer)
        try:
            read_plan(document)
        finally:
            sys.settrace(before)
        return count

    return steps


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not beside this checkout")
def test_read_plan_reads_the_interview_without_a_fault():
    gold = next(
        json.loads(line) for line in CORPUS.read_text("utf-8").splitlines() if "zhucheng" in line
    )

    findings = read_plan(Document.from_text(gold["text"]))

    optional = {name.strip("“”") for name in gold["actions_optional"]}
    listed = [action.name for action in findings.actions if action.reason.code == "action.listed"]
    others = {a.name for a in findings.actions if a.reason.code != "action.listed"}
    assert listed == gold["actions"]
    assert {name.strip("“”") for name in others} <= optional
    assert [
        (t.metric, t.comparator, float(t.value), t.unit, t.deadline) for t in findings.targets
    ] == [
        (t["metric"], t["comparator"], t["value"], t["unit"], t["deadline"])
        for t in gold["targets"]
    ]

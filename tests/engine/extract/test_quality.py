"""How well plans are read stays what it is: our own texts, the corpus, and how sure we are."""

import importlib.util
import json

import pytest

from bench import quality
from bench.__main__ import main
from bench.scoring import Count, Score, Share, last_day, mark

CORPUS_THERE = pytest.mark.skipif(not quality.CORPUS.exists(), reason="the corpus is not here")
EVALUATOR = quality.CORPUS.with_name("score_extraction.py")

TEXT = "今年新建公园12座以上，培训5000人次。2023年新建公园9座。开展安居行动。（牵头单位：县住建局）"
LABEL = {
    "id": "t",
    "text": TEXT,
    "targets": [
        {"metric": "公园", "comparator": ">=", "value": 12, "unit": "座", "deadline": "2024",
         "evidence": "新建公园12座以上"},
        {"metric": "培训", "comparator": "=", "value": 0.5, "unit": "万人次", "deadline": "2024",
         "evidence": "培训5000人次"},
    ],
    "targets_optional": [],
    "actions": ["安居行动"],
    "tasks": [{"text": "开展安居行动", "lead": ["县住建局"], "deadline": None}],
    "non_targets": ["2023年新建公园9座"],
}  # fmt: skip
FOUND = {
    "targets": [
        {"metric": "公园", "comparator": ">=", "value": 12, "unit": "座", "deadline": "2024-12-31",
         "evidence": "新建公园12座以上", "confidence": 0.95},
        {"metric": "培训", "comparator": "=", "value": 5000, "unit": "人次", "deadline": "2025",
         "evidence": "培训5000人次", "confidence": 0.8},
    ],
    "actions": [{"name": "安居行动", "confidence": 0.9}],
    "tasks": [{"text": "开展安居行动", "lead": ["县住建局"], "deadline": None, "confidence": 0.9}],
}  # fmt: skip


@pytest.fixture(scope="module")
def own():
    return quality.own_readings()


@pytest.fixture(scope="module")
def corpus():
    return quality.corpus_readings()


def test_mark_counts_what_agrees():
    marked = mark(LABEL, FOUND)

    assert marked.score == Score(
        quantities=Count(2, 2, 2), targets=Count(2, 2, 2), actions=Count(1, 1, 1),
        tasks=Count(1, 1, 1), deadlines=Share(1, 2), directions=Share(0, 0), leads=Share(1, 1),
        task_deadlines=Share(1, 1), alarms=Share(0, 1),
    )  # fmt: skip
    assert [(one.kind, one.wanted, one.found) for one in marked.misses] == [
        ("deadline", "2024", "2025")
    ]
    assert all(one.right for one in marked.judged)


def test_mark_counts_a_label_once_and_a_result_taken_for_a_target_as_a_false_alarm():
    park = FOUND["targets"][0]
    past = park | {"comparator": "=", "value": 9, "evidence": "2023年新建公园9座"}

    marked = mark(LABEL, FOUND | {"targets": [park, park, past]})

    assert marked.score.targets == Count(1, 3, 2)
    assert marked.score.alarms == Share(1, 1)
    assert [one.kind for one in marked.misses] == ["lost", "extra", "alarm"]


def test_mark_takes_what_is_optional_for_neither_hit_nor_miss():
    first, second = LABEL["targets"]
    label = LABEL | {"targets": [first], "targets_optional": [second]}

    with_it, without = mark(label, FOUND), mark(label, FOUND | {"targets": FOUND["targets"][:1]})

    assert with_it.score.targets == without.score.targets == Count(1, 1, 1)
    assert [one.right for one in with_it.judged if one.kind == "target"] == [True, True]


def test_mark_leaves_out_what_is_not_labelled():
    label = LABEL | {"labelled": {"targets": False, "actions": False, "tasks": False}}

    assert mark(label, FOUND).score == Score()


@pytest.mark.parametrize(
    ("written", "day"),
    [("2024", "2024-12-31"), ("2024-H1", "2024-06-30"), ("2024-Q3", "2024-09-30"),
     ("2024-02", "2024-02-29"), ("2024-02-10", "2024-02-10"), ("annual", "annual"), (None, None),
     ("2024-13", "2024-13")],
)  # fmt: skip
def test_last_day_is_the_end_of_the_period(written, day):
    assert last_day(written) == day


def test_own_texts_are_read_as_well_as_they_were(own):
    score = quality.score_of(own)

    assert len(own) == 94
    assert score.targets.f1 >= 0.93
    assert score.actions.f1 >= 0.88
    assert score.tasks.f1 >= 0.93
    assert score.deadlines.rate >= 0.95
    assert score.leads.rate >= 0.97
    assert score.alarms.rate <= 0.02


def test_findings_said_to_be_sure_are_right(own):
    for kinds in (("target",), ()):
        judged = quality.judged_in(own, *kinds)
        sure = [one.right for one in judged if one.confidence >= quality.SURE]

        assert len(sure) / len(judged) >= 0.65
        assert sum(sure) / len(sure) >= 0.96


def test_surer_findings_are_right_more_often(own):
    bands = quality.sureness(quality.judged_in(own, "target"), (0.0, 0.7, 0.9, 0.95))

    rates = [band.right / band.found for band in bands]
    assert rates == sorted(rates)


@CORPUS_THERE
def test_the_corpus_is_read_as_well_as_the_issue_asks_or_better(corpus):
    score = quality.score_of(corpus)

    assert score.targets.f1 >= 0.95
    assert score.actions.f1 >= 0.95
    assert score.tasks.f1 >= 0.95
    assert score.deadlines.rate >= 0.95
    assert score.leads.rate >= 0.95
    assert score.alarms.rate <= 0.03


@CORPUS_THERE
def test_the_interview_of_zhucheng_is_read_without_a_fault(corpus):
    marked = next(one.marked for one in corpus if one.label["id"].startswith("zhucheng"))

    assert marked.misses == ()


@CORPUS_THERE
def test_our_marks_are_those_of_the_evaluator_of_the_corpus(own, corpus):
    spec = importlib.util.spec_from_file_location("score_extraction", EVALUATOR)
    evaluator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(evaluator)

    for readings in (own, corpus):
        records = [{"id": one.label["id"]} | dict(one.record) for one in readings]
        theirs = evaluator.score([one.label for one in readings], records)
        ours = quality.score_of(readings)
        counts = {
            "quantity": ours.quantities, "target": ours.targets, "action": ours.actions,
            "task": ours.tasks,
        }  # fmt: skip
        for name, count in counts.items():
            assert count == Count(*(theirs[name][key] for key in ("tp", "pred", "gold"))), name
        shares = {
            "deadline": ours.deadlines, "direction": ours.directions, "lead": ours.leads,
            "task_deadline": ours.task_deadlines,
        }  # fmt: skip
        for name, share in shares.items():
            assert share == Share(theirs[name]["right"], theirs[name]["of"]), name
        alarms = theirs["false_alarms"]
        assert ours.alarms == Share(alarms["count"], alarms["non_targets"])


def test_bench_gives_the_figures_of_a_tier_as_json(capsys):
    assert main(["quality", "--tier", "sets", "--json", "--misses"]) == 0

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    figures = [line for line in lines if "metric" in line]
    assert {line["tier"] for line in figures} == {f"group-{name}" for name in "abcdef"}
    assert all(line["runs"] == 1 and line["bench"] == "quality" for line in figures)
    assert any("miss" in line for line in lines)


def test_bench_names_the_tiers_it_has(capsys):
    with pytest.raises(SystemExit):
        main(["quality", "--tier", "large"])

    assert "own, sets, genres, corpus" in capsys.readouterr().err

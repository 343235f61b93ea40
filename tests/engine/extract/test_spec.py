"""The cases of tests/spec/extract_*.toml: each reader by itself, in users' words."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from gongjian.engine.extract import FoundTarget, read_plan
from gongjian.engine.extract.deadlines import Frame, periods
from gongjian.engine.extract.duties import duty_of
from gongjian.engine.extract.quantities import quantities
from gongjian.engine.extract.view import normalise
from gongjian.lib.pages import Document
from gongjian.lib.units import to_base


def cases(name: str) -> list[dict]:
    return tomllib.loads(Path(f"tests/spec/extract_{name}.toml").read_text("utf-8"))["case"]


def name_of(case: dict) -> str:
    return case.get("name") or case["text"]


def frame(case: dict) -> Frame:
    year = case.get("year") or None
    return Frame(year, year, stated=year is not None, written=year)


def row(target: FoundTarget) -> str:
    parts = (target.metric, target.comparator, target.direction or "-",
             f"{target.value.normalize():f}", target.unit)  # fmt: skip
    return " | ".join(parts)


@pytest.mark.parametrize("case", cases("quantities"), ids=name_of)
def test_quantities_follow_the_spec(case):
    view = normalise(case["text"])

    found = [(q.value, q.high, q.unit) for q in quantities(view, 0, len(view)) if not q.bare]

    if "value" not in case:
        assert found == []
        return
    high = Decimal(case["high"]) if "high" in case else None
    assert found == [(Decimal(case["value"]), high, case["unit"])]
    assert to_base(found[0][0], found[0][2]) == Decimal(case["base"])


@pytest.mark.parametrize("case", cases("metrics"), ids=name_of)
def test_targets_of_a_sentence_follow_the_spec(case):
    found = [row(target) for target in read_plan(Document.from_text(case["text"])).targets]

    wanted = case["targets"]
    assert len(found) == len(wanted), found
    for want in wanted:
        metric, _, rest = want.partition(" | ")
        assert any(metric in one and one.endswith(f" | {rest}") for one in found), (want, found)


@pytest.mark.parametrize("case", cases("past"), ids=name_of)
def test_past_results_follow_the_spec(case):
    found = [f"{t.value:f}" for t in read_plan(Document.from_text(case["text"])).targets]

    if "only" in case:
        assert found == case["only"]
    else:
        assert (found == []) is case["past"]


@pytest.mark.parametrize("case", cases("deadlines"), ids=name_of)
def test_deadlines_follow_the_spec(case):
    view = normalise(case["text"])

    found = next(periods(view, 0, len(view), frame(case)))

    assert (found.deadline or "", found.precision) == (case["deadline"], case["precision"])


@pytest.mark.parametrize("case", cases("duties"), ids=name_of)
def test_duties_follow_the_spec(case):
    text = case["text"]
    view = normalise(text)

    duty = duty_of(view, text, 0, len(view), first_leads=case.get("first_leads", False))

    found = (list(duty.lead), list(duty.support)) if duty else (None, None)
    assert found == (case.get("lead"), case.get("support"))


@pytest.mark.parametrize("case", cases("actions"), ids=name_of)
def test_actions_follow_the_spec(case):
    found = read_plan(Document.from_text(case["text"])).actions

    assert [action.name for action in found] == case["actions"]


@pytest.mark.parametrize("case", cases("milestones"), ids=lambda case: case["text"])
def test_milestones_follow_the_spec(case):
    text = f"诸城市{case.get('year', 2020)}年工作要点\n{case['text']}"

    found = read_plan(Document.from_text(text)).milestones

    wanted = [(case["work"], case["date"], case["precision"])] if "date" in case else []
    assert [(one.text, one.date, one.precision) for one in found] == wanted


@pytest.mark.parametrize("case", cases("campaigns"), ids=name_of)
def test_the_name_of_a_plan_follows_the_spec(case):
    found = read_plan(Document.from_text(case["text"])).campaign

    named = (found.name, found.first_year, found.last_year) if found else (None, None, None)
    assert named == (case.get("campaign"), case.get("first_year"), case.get("last_year"))

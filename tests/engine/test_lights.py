"""Lights: the cases of the spec, every pack as it is shipped, and a slow twin."""

import math
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engine.lights import Grey, Items, Judged, Light, judge, made_good
from gongjian.engine.packs import RulePack, rule_pack
from gongjian.engine.rates import COMPARATORS, Aims, Comparator, Measure

ROOT = Path(__file__).parents[2]
PACKS = {
    path.stem: rule_pack(tomllib.loads(path.read_text(encoding="utf-8")))
    for path in (ROOT / "src/gongjian/flow/judgement").glob("*.toml")
}
SPEC = tomllib.loads((ROOT / "tests/spec/lights.toml").read_text(encoding="utf-8"))
FACTS = ("days_late", "months_unstarted", "months_unlisted", "missed", "yellows_before")
FACTS += ("gap_before", "problem_days", "false_claim", "suspended", "not_applicable")


def items_of(case):
    aims = Aims(
        target=np.array([float(case["target"])]),
        comparator=np.array([COMPARATORS[case.get("comparator", ">=")]], dtype=np.int8),
        measure=np.array([Measure[case.get("measure", "PATH")]], dtype=np.int8),
        base=np.array([float(case.get("base", 0))]),
        whole=np.array([case.get("whole", True)]),
    )
    facts = {name: np.array([case[name]]) for name in FACTS if name in case}
    return Items(
        aims=aims,
        actual=np.array([float(case.get("actual", math.nan))]),
        share=np.array([case.get("share", case["month"] / 12)]),
        **facts,
    )


def judged(case) -> Judged:
    pack = PACKS[case.get("pack", "zhucheng_default")]
    return judge(items_of(case), pack, month=case["month"], frozen=case.get("frozen", True))


@pytest.mark.parametrize("case", SPEC["case"], ids=lambda case: case["name"])
def test_judge_follows_the_spec(case):
    finding = judged(case).finding(0)

    said = (finding.light.name, finding.rule, finding.grey.name)
    flags = (finding.unreported, finding.due_soon, finding.marked)
    assert said == (case["light"], case.get("rule"), case.get("grey", "NONE"))
    assert flags == tuple(case.get(flag, False) for flag in ("unreported", "due_soon", "marked"))
    for name, places in (("expected", 4), ("gap_pp", 2), ("ratio", 3)):
        if name in case:
            assert round(getattr(finding, name), places) == case[name], name


def test_finding_holds_every_number_of_the_sentence():
    finding = judged({"month": 6, "target": 150, "actual": 58}).finding(0)

    assert (finding.measured, finding.value, finding.bound) == ("behind_pp", 11.333333333, ">= 10")
    assert (finding.numerator, finding.denominator, finding.done) == (58, 150, 58 / 150)


def test_finding_of_an_unreported_item_has_no_numbers():
    finding = judged({"month": 6, "target": 150, "missed": 2}).finding(0)

    assert (finding.actual, finding.done, finding.gap_pp, finding.ratio) == (None,) * 4
    assert (finding.expected, finding.value, finding.bound) == (75, 2, ">= 2")


@pytest.mark.parametrize("case", SPEC["made_good"], ids=lambda case: case["name"])
def test_made_good_follows_the_spec(case):
    first = np.array([Light[case["first"]]], dtype=np.int8)

    light, filled = made_good(
        first, np.array([float(case["cumulative"])]), np.array([float(case["period_target"])])
    )

    assert (Light(light[0]).name, bool(filled[0])) == (case["light"], case["made_good"])


def test_made_good_refuses_columns_of_different_length():
    with pytest.raises(ValueError, match="differ"):
        made_good(np.array([1], dtype=np.int8), np.array([1.0, 2.0]), np.array([1.0]))


def test_judge_refuses_a_month_outside_the_year():
    case = {"month": 6, "target": 60, "actual": 30}

    with pytest.raises(ValueError, match="13 is no month"):
        judge(items_of(case), PACKS["zhucheng_default"], month=13, frozen=True)


def test_items_refuse_a_column_of_another_length():
    aims = items_of({"month": 6, "target": 60}).aims

    with pytest.raises(ValueError, match="actual"):
        Items(aims=aims, actual=np.zeros(2), share=np.zeros(1))


def test_judge_takes_no_item_at_all():
    none = np.zeros(0)
    codes = none.astype(np.int8)
    aims = Aims(target=none, comparator=codes, measure=codes, base=none, whole=none.astype(bool))

    lights = judge(
        Items(aims=aims, actual=none, share=none), PACKS["wuhan"], month=6, frozen=True
    ).light

    assert lights.tolist() == []


CASES = st.fixed_dictionaries(
    {
        "target": st.sampled_from([60, 100, 140, 150, 300]),
        "comparator": st.sampled_from([">=", "=", "<="]),
    },
    optional={
        "actual": st.integers(0, 320),
        "share": st.sampled_from([math.nan, 0.05, 0.25, 0.5, 0.75, 1.0]),
        "days_late": st.sampled_from([-8, -7, 0, 1, 15, 16]),
        "missed": st.integers(1, 3),
        "yellows_before": st.integers(0, 2),
        "gap_before": st.sampled_from([-30.0, -20.0, -12.0, -10.0, 0.0]),
        "false_claim": st.booleans(),
        "problem_days": st.sampled_from([0, 1, 10, 11]),
        "suspended": st.booleans(),
    },
)


def slow_light(case, month, *, frozen):
    """One item by the default pack, written out as the rules are spoken."""
    share, target = case.get("share", month / 12), case["target"]
    reported = "actual" in case
    not_due = math.isnan(share)
    if case.get("suspended"):
        return Light.GREY, None
    if not reported and not frozen:
        return (Light.RED, "R7") if case.get("false_claim") else (Light.GREY, None)

    said = []
    late = case.get("days_late", 0)
    if late >= 1:
        said.append((Light.RED if late > 15 else Light.YELLOW, "R1"))
    if reported and not not_due:
        limit = case["comparator"] == "<="
        rounded = math.ceil if limit else math.floor
        expected = rounded(round(share * target, 9))
        short = case["actual"] - expected if limit else expected - case["actual"]
        behind, ratio = 100 * short / target, max(0, 1 - short / expected)
        if month >= 3 and round(behind, 9) >= 10:
            said.append((Light.RED if round(behind, 9) > 30 else Light.YELLOW, "R2"))
        if round(expected / target, 9) >= 0.05 and round(ratio, 9) < 0.8:
            said.append((Light.RED if round(ratio, 9) < 0.6 else Light.YELLOW, "R2b"))
    if not reported and not not_due:
        said.append((Light.RED if case.get("missed", 1) >= 2 else Light.YELLOW, "R5"))
    yellow = said and min(said)[0] == Light.YELLOW
    if yellow and reported and not not_due and "gap_before" in case:
        stuck = -round(behind, 9) <= case["gap_before"]
        if stuck and case.get("yellows_before", 0) >= 1:
            said.append((Light.RED, "R6"))
    if case.get("false_claim"):
        said.append((Light.RED, "R7"))
    if case.get("problem_days", 0) >= 1:
        said.append((Light.RED if case["problem_days"] > 10 else Light.YELLOW, "R8"))
    worst = min((light for light, _ in said), default=Light.GREEN)
    first = next((rule for light, rule in said if light == worst), None)
    if worst == Light.GREEN and not_due:
        return Light.GREY, None
    return worst, first


@given(CASES, st.integers(1, 12), st.booleans())
def test_judge_equals_the_slow_light(case, month, frozen):
    finding = judged(case | {"month": month, "frozen": frozen}).finding(0)

    assert (finding.light, finding.rule) == slow_light(case, month, frozen=frozen)


@given(st.lists(CASES, min_size=1, max_size=8))
def test_judge_of_many_is_the_judgement_of_each(cases):
    """No item's light depends on its neighbours: shards of a county judge as the county does."""
    single = [items_of(case | {"month": 6}) for case in cases]
    facts = {
        name: np.concatenate([one.fact(name) for one in single])
        for name in FACTS
        if name not in ("false_claim", "suspended", "not_applicable")
    }
    flags = {
        name: np.concatenate([one.flag(name) for one in single])
        for name in ("false_claim", "suspended", "not_applicable")
    }
    aims = Aims(
        **{
            name: np.concatenate([getattr(one.aims, name) for one in single])
            for name in ("target", "comparator", "measure", "base", "whole")
        }
    )
    actual = np.concatenate([one.actual for one in single])
    share = np.concatenate([one.share for one in single])
    pack: RulePack = PACKS["zhucheng_default"]

    together = judge(
        Items(aims=aims, actual=actual, share=share, **facts, **flags),
        pack,
        month=6,
        frozen=True,
    )

    apart = [judge(one, pack, month=6, frozen=True).finding(0) for one in single]
    assert [together.finding(row) for row in range(len(cases))] == apart


def test_grey_stands_only_where_nothing_can_be_said():
    rows = [case for case in SPEC["case"] if case["light"] == "GREY"]

    assert {Grey[case["grey"]] for case in rows} == set(Grey) - {Grey.NONE}
    assert all(not case.get("frozen", True) for case in rows if case["grey"] == "NOT_REPORTED")


def test_comparators_are_the_three_signs():
    assert list(COMPARATORS.values()) == list(Comparator)

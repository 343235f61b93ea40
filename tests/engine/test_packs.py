"""Rule packs: what they say, and what they refuse to be born as."""

import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from gongjian.engine.packs import MEASURES, Bound, Rule, RulePack, rule_pack

FILES = sorted((Path(__file__).parents[2] / "src/gongjian/flow/judgement").glob("*.toml"))
MISSED = {"code": "R5", "measure": "missed", "yellow": ">= 1"}


def table(*rules, **change):
    return {
        "name": "try",
        "title": "试用",
        "source": "测试",
        "since": date(2020, 1, 1),
        "rules": [*rules, MISSED],
    } | change


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_pack_is_named_like_its_file(path):
    assert rule_pack(tomllib.loads(path.read_text(encoding="utf-8"))).name == path.stem


def test_default_pack_holds_the_published_thresholds():
    path = next(path for path in FILES if path.stem == "zhucheng_default")

    pack = rule_pack(tomllib.loads(path.read_text(encoding="utf-8")))

    said = {rule.code: (str(rule.yellow or ""), str(rule.red or "")) for rule in pack.rules}
    assert said == {
        "R1": (">= 1", "> 15"),
        "R2": (">= 10", "> 30"),
        "R2b": ("< 0.8", "< 0.6"),
        "R3": (">= 1", ">= 3"),
        "R4": (">= 1", ">= 2"),
        "R5": (">= 1", ">= 2"),
        "R6": ("", ">= 2"),
        "R7": ("", ">= 1"),
        "R8": (">= 1", "> 10"),
    }
    assert {rule.measure for rule in pack.rules} == MEASURES


def test_bound_compares_what_is_rounded():
    almost = np.array([0.8 - 1e-12, 0.8 - 2e-9, 0.8, np.nan])

    assert Bound.of("< 0.8").holds(almost).tolist() == [False, True, False, False]


@pytest.mark.parametrize(
    ("severe", "milder", "is_past"),
    [
        ("> 30", ">= 10", True),
        ("> 10", ">= 10", True),
        (">= 10", ">= 10", True),
        (">= 10", "> 10", False),
        (">= 5", ">= 10", False),
        ("< 0.6", "< 0.8", True),
        ("< 0.8", "<= 0.8", True),
        ("<= 0.8", "< 0.8", False),
        ("< 0.9", "< 0.8", False),
        ("< 5", ">= 10", False),
    ],
)
def test_bound_is_past_another_one_where_it_lies_within_it(severe, milder, is_past):
    assert Bound.of(severe).is_past(Bound.of(milder)) is is_past


@pytest.mark.parametrize("text", ["10", ">=10", "=> 10", ">= ten", ">= 1e3", ""])
def test_bound_refuses_what_is_none(text):
    with pytest.raises(ValueError, match="is no bound"):
        Bound.of(text)


@pytest.mark.parametrize(
    ("rules", "change", "why"),
    [
        ([{"code": "A", "measure": "mood", "red": "> 1"}], {}, "nobody measures"),
        ([{"code": "A", "measure": "ratio"}], {}, "can never fire"),
        ([{"code": "A", "measure": "ratio", "red": "< 0.9", "yellow": "< 0.8"}], {}, "not past"),
        ([{"code": "A", "measure": "ratio", "red": "< 1", "from_month": 13}], {}, "outside"),
        ([{"code": "A", "measure": "ratio", "red": "< 1", "from_share": 2}], {}, "outside"),
        ([{"code": "R5", "measure": "ratio", "red": "< 1"}], {}, "stands twice"),
        ([], {"rules": []}, "missing report"),
        ([], {"unit_red_share": 1}, "makes no sense"),
        ([], {"due_soon_days": -1}, "makes no sense"),
    ],
)
def test_rule_pack_refuses_what_contradicts_itself(rules, change, why):
    with pytest.raises(ValueError, match=why):
        rule_pack(table(*rules, **change))


def test_rule_pack_refuses_an_unknown_key():
    with pytest.raises(TypeError, match="colour"):
        rule_pack(table(colour="blue"))


def test_fires_says_at_most_one_thing_an_item():
    pack: RulePack = rule_pack(
        table(
            {"code": "A", "measure": "behind_pp", "mark": "> 0", "yellow": ">= 10", "red": "> 30"}
        )
    )
    values = np.array([0.0, 5.0, 10.0, 30.0, 31.0, np.nan])

    fired = pack.fires(0, values, month=1, due=values)

    assert fired.mark.tolist() == [False, True, False, False, False, False]
    assert fired.yellow.tolist() == [False, False, True, True, False, False]
    assert fired.red.tolist() == [False, False, False, False, True, False]


def test_rule_says_its_defaults():
    rule = Rule(code="A", measure="ratio", red=Bound("<", 0.6))

    assert (rule.from_month, rule.from_share, rule.yellow, rule.mark) == (1, 0.0, None, None)

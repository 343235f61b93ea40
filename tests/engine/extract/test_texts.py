"""Whole texts of our own, labelled before the rules saw them: every finding, nothing else."""

import tomllib
from pathlib import Path

import pytest

from gongjian.engine.extract import FoundTarget, FoundTask, read_plan
from gongjian.lib.pages import Document

TEXTS = tomllib.loads(Path("tests/spec/extract_texts.toml").read_text("utf-8"))["text"]


def row(target: FoundTarget) -> str:
    parts = (
        target.metric, target.comparator, target.direction or "-", f"{target.value.normalize():f}",
        target.unit.strip(), target.deadline or "-",
    )  # fmt: skip
    return " | ".join(parts)


def same_target(found: str, wanted: str) -> bool:
    found_metric, *found_rest = found.split(" | ")
    wanted_metric, *wanted_rest = (part.strip() for part in wanted.split("|"))
    return wanted_metric in found_metric and found_rest == wanted_rest


def task_row(task: FoundTask) -> str:
    parts = (task.text, "、".join(task.lead), "、".join(task.support), task.deadline or "-")
    return " | ".join(parts)


def unmatched(found: list[str], wanted: list[str], optional: list[str]) -> tuple[list, list]:
    left = list(found)
    missing = []
    for want in wanted:
        hit = next((one for one in left if same_target(one, want)), None)
        if hit is None:
            missing.append(want)
        else:
            left.remove(hit)
    extra = [one for one in left if not any(same_target(one, want) for want in optional)]
    return missing, extra


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case["id"])
def test_read_plan_finds_the_targets_of_a_text(case):
    findings = read_plan(Document.from_text(case["text"]))

    rows = [row(target) for target in findings.targets]

    assert unmatched(rows, case["targets"], case.get("optional", [])) == ([], [])


@pytest.mark.parametrize(
    "case", [case for case in TEXTS if "actions" in case], ids=lambda case: case["id"]
)
def test_read_plan_finds_the_actions_of_a_text(case):
    findings = read_plan(Document.from_text(case["text"]))

    assert sorted(action.name for action in findings.actions) == sorted(case["actions"])


@pytest.mark.parametrize(
    "case", [case for case in TEXTS if "tasks" in case], ids=lambda case: case["id"]
)
def test_read_plan_finds_the_tasks_of_a_text(case):
    findings = read_plan(Document.from_text(case["text"]))

    wanted = [" | ".join(part.strip() for part in task.split("|")) for task in case["tasks"]]
    assert [task_row(task) for task in findings.tasks] == wanted

"""The example plan of the product, in the official style, read from both its formats."""

from pathlib import Path

import pytest

from gongjian.documents import read_document
from gongjian.engine.extract import read_plan

FOLDER = Path("src/gongjian/interfaces/cli/demo")


@pytest.mark.parametrize("name", ["plan.docx", "plan.html"])
def test_read_plan_reads_the_example_plan(name):
    document = read_document(name, (FOLDER / name).read_bytes())

    findings = read_plan(document)

    goals = [task for task in findings.tasks if task.text.startswith("年度目标")]
    assert [action.number for action in findings.actions] == list(range(1, 16))
    assert len(findings.targets) == 16
    assert {target.deadline for target in findings.targets} == {"2020"}
    assert [task.action for task in goals] == [0, 1, 2, 4, 5, 12, 14]
    assert len(findings.tasks) - len(goals) == 44
    assert all(len(task.lead) == 1 for task in findings.tasks)
    assert all(task.deadline and task.action is not None for task in findings.tasks)
    assert all(one.action is not None for one in findings.milestones)
    assert len(findings.milestones) == 25

"""Writes the demo county's example plan as Word and as a web page.

    python scripts/demo_plan.py            plan.docx and plan.html beside plan.toml
    python scripts/demo_plan.py --text     the words alone, on stdout

Both files are kept in the repository, so that the demo needs nothing but to read them.
"""

import argparse
import datetime as dt
import sys
import tomllib
from calendar import monthrange
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

DEMO = Path(__file__).resolve().parent.parent / "src/gongjian/interfaces/cli/demo"
ORDINALS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
            "十一", "十二", "十三", "十四", "十五")  # fmt: skip

Kind = Literal["title", "state", "addressee", "chapter", "section", "body", "signed", "foot"]


class Words(NamedTuple):
    """One paragraph of the plan: what it is, and its text."""

    kind: Kind
    text: str


def plan_words(plan: dict[str, Any], names: dict[str, str]) -> Iterator[Words]:
    """The plan from its title to its foot, without the annex.

    Shapes: `plan` is plan.toml as read; `names` gives the printed name of a unit or group code.
    Missing: a task without supporting units prints no 配合单位.
    Errors: KeyError names a code that the county does not have.
    """
    yield Words("title", plan["title"])
    yield Words("state", f"（{plan['state']}）")
    yield Words("addressee", f"{plan['addressee']}：")
    yield Words("body", plan["opening"])
    for part in plan["part"]:
        yield Words("chapter", part["heading"])
        for text in part["paragraphs"]:
            yield Words("body", text)
        if part.get("actions"):
            for action in plan["action"]:
                yield from _action_words(action, names)
    yield Words("body", f"附件：{plan['annex']['title']}")
    yield Words("signed", plan["issuer"])
    yield Words("signed", f"{plan['date'].year}年{plan['date'].month}月{plan['date'].day}日")
    yield Words("foot", plan["foot"])


def _action_words(action: dict[str, Any], names: dict[str, str]) -> Iterator[Words]:
    yield Words("section", f"（{ORDINALS[action['number']]}）{action['name']}")
    yield Words("body", f"{action['goal']}（牵头单位：{names[action['lead']]}）")
    for number, task in enumerate(action["task"], start=1):
        yield Words("body", f"{number}. {_task_text(task, names)}")


def _task_text(task: dict[str, Any], names: dict[str, str]) -> str:
    nodes = "，".join(f"{_by(node['date'])}{node['text']}" for node in task["milestones"])
    duties = [f"牵头单位：{names[task['lead']]}"]
    for word, key in (("责任单位", "responsible"), ("配合单位", "supporting")):
        if task[key]:
            duties.append(f"{word}：{'、'.join(names[code] for code in task[key])}")
    duties.append(f"完成时限：{task['due'].year}年{_by(task['due'])}")
    return (
        f"{task['title']}。{task['measures']}"
        + (f"节点：{nodes}。" if nodes else "")
        + f"（{'；'.join(duties)}）"
    )


def _by(day: dt.date) -> str:
    """The words for a last day: 6月底前 for the last of June, 6月15日前 for another day."""
    last = monthrange(day.year, day.month)[1]
    return f"{day.month}月底前" if day.day == last else f"{day.month}月{day.day}日前"


def printed_names(county: dict[str, Any]) -> dict[str, str]:
    """Code → the name a plan prints in brackets, for units and groups."""
    units = {unit["code"]: unit["short"] for unit in county["unit"]}
    return units | {group["code"]: group["name"] for group in county["group"]}


def read_toml(name: str) -> dict[str, Any]:
    """One data file of the demo."""
    return tomllib.loads((DEMO / name).read_text(encoding="utf-8"))


def plan_text(plan: dict[str, Any], names: dict[str, str]) -> str:
    """The whole plan as lines, the annex with its cells between tabs."""
    annex = plan["annex"]
    rows = "\n".join("\t".join(row) for row in [annex["head"], *annex["rows"]])
    lines = [words.text for words in plan_words(plan, names)]
    return "\n".join([*lines, "附件", annex["title"], rows, annex["note"]]) + "\n"


def main() -> None:
    """Reads the arguments and writes what they ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", action="store_true")
    parser.parse_args()
    sys.stdout.write(plan_text(read_toml("plan.toml"), printed_names(read_toml("county.toml"))))


if __name__ == "__main__":
    main()

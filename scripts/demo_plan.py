"""Writes the demo county's example plan as Word and as a web page: plan.docx and plan.html.

    python scripts/demo_plan.py

Both files stand beside plan.toml and are kept in the repository: the demo only reads them.
"""

import sys
import tomllib
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gongjian.documents.official import (
    AttachmentHeading,
    Block,
    Column,
    Heading,
    OfficialDocument,
    Paragraph,
    Signature,
    TableBlock,
    write_html,
    write_official,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
WIDTHS = (1, 3, 6)  # shares of the annex's columns
DEMO = Path(__file__).resolve().parent.parent / "src/gongjian/interfaces/cli/demo"
ORDINALS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
            "十一", "十二", "十三", "十四", "十五")  # fmt: skip


def official_plan(plan: dict[str, Any], names: dict[str, str]) -> OfficialDocument:
    """The plan as an official document.

    Shapes: `plan` is plan.toml as read; `names` gives the printed name of a unit or group code.
    Missing: a task without supporting units prints no 配合单位.
    Errors: KeyError names a code that the county does not have.
    """
    blocks: list[Block] = [Paragraph(plan["opening"])]
    for part in plan["part"]:
        blocks.append(Heading(part["heading"], 1))
        blocks += [Paragraph(text) for text in part["paragraphs"]]
        if part.get("actions"):
            for action in plan["action"]:
                blocks += _action_blocks(action, names)
    blocks += _annex_blocks(plan["annex"])
    day = plan["date"]
    return OfficialDocument(
        title=plan["title"],
        addressee=plan["addressee"],
        blocks=tuple(blocks),
        attachments=(plan["annex"]["title"],),
        signature=Signature(plan["issuer"], f"{day.year}年{day.month}月{day.day}日"),
        notes=plan["foot"],
    )


def _annex_blocks(annex: dict[str, Any]) -> Iterator[Block]:
    heads = zip(annex["head"], WIDTHS, strict=True)
    yield AttachmentHeading("附件", annex["title"])
    yield TableBlock(
        columns=tuple(Column(head, width, "left") for head, width in heads),
        rows=tuple(map(tuple, annex["rows"])),
        note=annex["note"],
        points=12,
    )


def _action_blocks(action: dict[str, Any], names: dict[str, str]) -> Iterator[Block]:
    yield Heading(f"（{ORDINALS[action['number']]}）{action['name']}", 2)
    named = f"（牵头单位：{names[action['lead']]}）" if action["targets"] else ""
    yield Paragraph(f"{action['goal']}{named}")
    for number, task in enumerate(action["task"], start=1):
        yield Paragraph(f"{number}. {_task_text(task, names)}")


def _task_text(task: dict[str, Any], names: dict[str, str]) -> str:
    duties = [f"牵头单位：{names[task['lead']]}"]
    for word, key in (("责任单位", "responsible"), ("配合单位", "supporting")):
        if task[key]:
            duties.append(f"{word}：{'、'.join(names[code] for code in task[key])}")
    duties.append(f"完成时限：{task['due'].year}年{_by(task['due'])}")
    nodes = (f"{_by(node['date'])}{node['text']}" for node in task["milestones"])
    work = "，".join([task["title"], task["measures"], *nodes])
    return f"{work}（{'；'.join(duties)}）。"


def _by(day: date) -> str:
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


def main() -> None:
    """Writes both files."""
    plan, names = read_toml("plan.toml"), printed_names(read_toml("county.toml"))
    document = official_plan(plan, names)
    written = {
        "plan.docx": write_official(document, at=datetime.combine(plan["date"], time(9), SHANGHAI)),
        "plan.html": write_html(document),
    }
    for name, content in written.items():
        (DEMO / name).write_bytes(content)
        sys.stdout.write(f"{DEMO / name}\n")


if __name__ == "__main__":
    main()

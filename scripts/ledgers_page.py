"""Write the made parts of docs/rules/ledgers.md: its examples, from tests/spec/ledger_*.toml.

Run it after changing a rule of reading ledgers or its cases. The page keeps its sentences; what
stands between `<!-- examples: NAME -->` and `<!-- end -->` is written here.
"""

import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/rules/ledgers.md"
SPECS = ROOT / "tests/spec"
BLOCK = re.compile(r"(<!-- examples: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
FIELDS = {
    "seq": "序号", "name": "项目名称", "code": "项目代码", "uscc": "统一社会信用代码",
    "owner": "建设单位",
    "township": "属地", "scope": "建设内容", "nature": "建设性质", "industry": "行业",
    "category": "类别",
    "total_investment": "总投资", "year_plan_investment": "年度计划投资",
    "year_done_investment": "年度完成投资", "planned_start": "计划开工",
    "planned_finish": "计划竣工",
    "actual_start": "实际开工", "actual_finish": "实际竣工", "lead_unit": "牵头单位",
    "responsible_units": "责任单位", "sponsor": "包靠领导", "progress_text": "形象进度",
    "remark": "备注",
    "-": "登记册没有的",
}  # fmt: skip


def page_as_it_should_be() -> str:
    """The page with its made parts written anew."""
    return BLOCK.sub(
        lambda found: found[1] + _rows(*EXAMPLES[found[2]]()) + found[3],
        PAGE.read_text(encoding="utf-8"),
    )


def spec(name: str) -> dict[str, Any]:
    return tomllib.loads((SPECS / f"ledger_{name}.toml").read_text(encoding="utf-8"))


def lines(text: str) -> list[list[str]]:
    """The cases of a block: two sides of a bar."""
    return [[part.strip() for part in line.split(" | ")] for line in text.strip().splitlines()]


def titles(name: str = "titles") -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each title of a list of the spec, as a path, with the fields that are right."""
    found = []
    for line in spec("headers")[name].strip().splitlines():
        title, _, fields = line.rpartition(" ")
        found.append((tuple(title.split("|")), tuple(fields.split("|"))))
    return found


Table = tuple[list[str], list[list[str]]]


def _values(name: str) -> Table:
    return ["单元格里写的", "记成"], [
        [written, f"`{value}`{comma}{told}" if value.isascii() else kept]
        for written, kept in lines(spec("values")[name])
        for value, comma, told in [kept.partition("，")]
    ]


def _titles() -> Table:
    grouped: dict[str, list[str]] = {}
    for path, fields in [*titles("seen"), *titles()]:
        grouped.setdefault(fields[0], []).append("／".join(path))
    return ["字段", "这样写的表头"], [
        [f"{FIELDS[field]} `{field}`" if field != "-" else FIELDS[field], "、".join(words)]
        for field, words in grouped.items()
    ]


def _sheets() -> Table:
    rows = []
    for case in spec("rows")["case"]:
        cells = case["sheet"].strip("\n").splitlines()
        told = [f"{row.strip()} → {role}" for row, role in zip(cells, case["roles"], strict=True)]
        rows.append([case["name"], "\n".join(told)])
    return ["情形", "一行一行看（∣ 隔开各栏，< 是横着合并的格）"], rows


EXAMPLES: dict[str, Callable[[], Table]] = {
    "dates": lambda: _values("dates"), "amounts": lambda: _values("amounts"),
    "spans": lambda: _values("spans"), "titles": _titles, "rows": _sheets,
}  # fmt: skip


def _rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    table = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in table)


def _cell(text: str) -> str:
    return text.replace("|", "∣").strip().replace("\n", "<br>")


if __name__ == "__main__":
    PAGE.write_text(page_as_it_should_be(), encoding="utf-8")

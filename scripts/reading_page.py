"""Write the made parts of docs/rules/reading.md and reading-misses.md.

Run it after changing a rule of reading, its cases (tests/spec/extract_*.toml) or a labelled text.
A page keeps its sentences; what stands between `<!-- examples: NAME -->`, `<!-- figures: NAME -->`
or `<!-- misses -->` and `<!-- end -->` is written here: from the cases, and by reading our own
texts with the rules of today.
"""

import ast
import itertools
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the benches are beside the package, not in it

from bench import quality  # noqa: E402
from bench.scoring import Count, Judged, Share  # noqa: E402
from gongjian.engine.extract.confidence import DOUBTS, FOUND  # noqa: E402

PAGES = (ROOT / "docs/rules/reading.md", ROOT / "docs/rules/reading-misses.md")
SPECS = ROOT / "tests/spec"
PHRASES = ROOT / "src/gongjian/flow/plan/queries/phrases.py"
BLOCK = re.compile(
    r"(<!-- (examples|figures|misses)(?:: (\S+))? -->\n).*?(<!-- end -->)", re.DOTALL
)
BANDS = (0.0, 0.7, 0.8, 0.9, 0.95)
GENRES = {
    "action-plan": "行动方案", "budget-plan": "预算计划（英文）", "glossary": "名词解释",
    "statistics": "运行情况", "delivery-plan": "交付计划（英文）", "editorial": "社论",
    "five-year-plan": "五年规划", "gov-work-report": "政府工作报告", "interview": "访谈",
    "investment-plan": "投资计划", "kpi-table": "指标表", "minsheng-list": "民生实事",
    "news": "新闻", "notice": "通知", "opinion": "实施意见", "past-review": "工作总结",
    "plan-report": "计划报告", "progress-bulletin": "进展通报",
    "responsibility-letter": "责任书", "speech": "讲话", "statistics-bulletin": "统计公报",
    "task-breakdown": "分工方案", "task-list": "任务清单", "work-plan": "工作要点",
}  # fmt: skip
KINDS = {"lost": "没有读到，或者读错", "alarm": "误报", "extra": "多读", "deadline": "时限"}
FOUND_AS = {
    "target.level": "指标要达到的数", "target.growth": "指标要增长或下降的幅度",
    "target.amount": "要完成的工作量", "target.total": "清单的总数",
    "target.name": "名称里的数字词（双千亿）", "target.cell": "表格单元格里的数",
}  # fmt: skip
DOUBTED = {
    "frame": "标题讲的是原则、组织、保障", "carried": "指标名称在前面的分句里",
    "words": "名称两头有不像名称的词（是、截至、有望）", "english": "英文句子",
    "brief": "名称只有一两个字",
    "long": "名称过长", "work": "名称以动词结尾（改造、投入）", "shared": "一个数由几个指标共用",
    "silent": "没有“达到”“以上”，前面也没有“新建”一类的词", "year": "年份不在句子里",
    "numeral": "数字是汉字写的", "dealt": "几个数依次分给几个指标",
    "no-marker": "没有“以上”一类的词",
}  # fmt: skip
PRECISIONS = {
    "day": "日", "ten_day": "旬", "month": "月", "quarter": "季", "half": "半年", "year": "年",
}  # fmt: skip
Case = dict[str, Any]


def page_as_it_should_be(path: Path, readings: Sequence[quality.Reading]) -> str:
    """The page with its made parts written anew."""

    def made(found: re.Match[str]) -> str:
        kind, name = found[2], found[3]
        if kind == "examples":
            text = _rows(*EXAMPLES[name]())
        elif kind == "figures":
            text = FIGURES[name](readings)
        else:
            text = _misses(readings)
        return found[1] + text + found[4]

    return BLOCK.sub(made, path.read_text(encoding="utf-8"))


# Examples


def _cases(name: str) -> list[Case]:
    return tomllib.loads((SPECS / f"extract_{name}.toml").read_text(encoding="utf-8"))["case"]


Table = tuple[list[str], list[list[str]]]


def _numbers() -> Table:
    rows = [
        [case["text"], case["value"] + (f"—{case['high']}" if "high" in case else ""),
         case["unit"], case["base"]]
        for case in _cases("quantities") if "value" in case
    ]  # fmt: skip
    return ["原文", "数", "单位", "基本单位的数"], rows


def _no_numbers() -> Table:
    words = [case["text"] for case in _cases("quantities") if "value" not in case]
    return ["不是数量的"], [["、".join(f"“{word.strip('“”')}”" for word in words)]]


def _targets(*, english: bool) -> Table:
    rows = [
        [case["text"], _lines(case["targets"])]
        for case in _cases("metrics")
        if case["targets"] and case["text"][:40].isascii() is english
    ]
    return ["原文", "指标 ∣ 比较符 ∣ 方向 ∣ 数 ∣ 单位"], rows


def _deadlines() -> Table:
    rows = [
        [case["text"], str(case.get("year") or "—"), case["deadline"] or "不取",
         PRECISIONS[case["precision"]]]
        for case in _cases("deadlines")
    ]  # fmt: skip
    return ["原文", "规划年份", "时限", "精度"], rows


def _milestones() -> Table:
    rows = [
        [case["text"], case.get("date", "没有节点"), PRECISIONS.get(case.get("precision", ""), "")]
        for case in _cases("milestones")
    ]
    return ["原文", "最后一天", "精度"], rows


def _past() -> Table:
    rows = [
        [case["text"], f"只取 {'、'.join(case['only'])}" if "only" in case
         else "结果，不取" if case["past"] else "要求，取"]
        for case in _cases("past")
    ]  # fmt: skip
    rows += [[case["text"], "不取"] for case in _cases("metrics") if not case["targets"]]
    return ["原文", "取不取"], rows


def _actions() -> Table:
    rows = [[case["name"], case["text"], _lines(case["actions"])] for case in _cases("actions")]
    return ["情形", "原文", "行动"], rows


def _duties() -> Table:
    rows = [
        [case["text"], "、".join(case.get("lead", [])), "、".join(case.get("support", []))]
        for case in _cases("duties")
    ]
    return ["原文", "牵头", "配合"], rows


def _tables() -> Table:
    rows = [
        [case["name"], _lines(case["rows"]), _lines(case.get("tasks", [])),
         _lines(case.get("targets", [])), _lines(case.get("actions", []))]
        for case in _cases("tables")
    ]  # fmt: skip
    return ["情形", "表（∣ 隔开各栏，< ^ 是合并的格）", "任务", "目标", "行动"], rows


def _untaken() -> Table:
    rows = [[case["text"], _lines(case["untaken"])] for case in _cases("untaken")]
    return ["原文", "没有采用的数 ∣ 代码"], rows


def _codes() -> Table:
    """The codes with their sentences, read out of the module that phrases them."""
    tree = ast.parse(PHRASES.read_text(encoding="utf-8"))
    function = next(
        node for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == "phrase_untaken"
    )  # fmt: skip
    table = next(node for node in ast.walk(function) if isinstance(node, ast.Dict))
    rows = [
        [f"`{key.value}`", value.args[0].value]
        for key, value in zip(table.keys, table.values, strict=True)
        if isinstance(key, ast.Constant)
        and isinstance(value, ast.Call)
        and isinstance(value.args[0], ast.Constant)
    ]
    return ["代码", "页面上说的话"], [[str(cell) for cell in row] for row in rows]


def _campaigns() -> Table:
    rows = [
        [case["name"], case["text"], case.get("campaign", "读不出"),
         "—".join(dict.fromkeys(str(case[k]) for k in ("first_year", "last_year") if k in case))]
        for case in _cases("campaigns")
    ]  # fmt: skip
    return ["情形", "原文", "名称", "年份"], rows


def _priced(prices: dict[str, float], names: dict[str, str]) -> list[list[str]]:
    ordered = sorted(prices.items(), key=lambda item: -item[1])
    return [[names[code], f"`{code}`", f"{price:g}"] for code, price in ordered]


EXAMPLES: dict[str, Callable[[], Table]] = {
    "numbers": _numbers, "no-numbers": _no_numbers,
    "targets": lambda: _targets(english=False), "english": lambda: _targets(english=True),
    "deadlines": _deadlines, "milestones": _milestones, "past": _past, "actions": _actions,
    "duties": _duties, "tables": _tables, "untaken": _untaken, "codes": _codes,
    "campaigns": _campaigns,
    "starts": lambda: (["怎样找到", "代码", "起点"], _priced(FOUND, FOUND_AS)),
    "doubts": lambda: (["疑点", "代码", "减"], _priced(DOUBTS, DOUBTED)),
}  # fmt: skip


# Figures


def _scores(readings: Sequence[quality.Reading]) -> str:
    groups = [(f"{name} 组", part) for name, part in quality.by(readings, "group").items()]
    return _score_table("文本", [*groups, ("全部", list(readings))])


def _by_genre(readings: Sequence[quality.Reading]) -> str:
    groups = quality.by(readings, "genre").items()
    return _score_table("文体", [(GENRES.get(name, name), part) for name, part in groups])


def _score_table(head: str, groups: Sequence[tuple[str, Sequence[quality.Reading]]]) -> str:
    rows = []
    for name, readings in groups:
        score = quality.score_of(readings)
        alarms = score.alarms
        rows.append([
            name, str(len(readings)), _f1(score.targets), _f1(score.actions), _f1(score.tasks),
            _rate(score.deadlines), _rate(score.leads), f"{alarms.right}/{alarms.of}",
        ])  # fmt: skip
    return _rows([head, "篇", "目标", "行动", "任务", "时限", "牵头单位", "误报"], rows)


def _f1(count: Count) -> str:
    return f"{count.f1:.3f}" if count.wanted or count.found else "—"


def _rate(share: Share) -> str:
    return f"{share.rate:.3f}" if share.of else "—"


def _sureness(readings: Sequence[quality.Reading]) -> str:
    rows = []
    for name, kinds in (("目标", ("target",)), ("目标、行动、任务", ())):
        judged = quality.judged_in(readings, *kinds)
        rows += [[name, *row] for row in _bands(judged)]
    return _rows(["哪些", "把握", "条", "占全部", "对的"], rows)


def _bands(judged: Sequence[Judged]) -> Iterator[list[str]]:
    names = [f"{low:g}—{high:g}" for low, high in itertools.pairwise(BANDS)]
    names = [f"{BANDS[1]:g} 以下", *names[1:], f"{BANDS[-1]:g} 以上"]
    bands = quality.sureness(judged, BANDS)
    sure = quality.sureness(judged, (0.0, quality.SURE))[1]
    for name, band in [*zip(names, bands, strict=True), ("**0.9 以上合计**", sure)]:
        share = band.found / len(judged)
        right = f"{band.right / band.found:.1%}" if band.found else "—"
        yield [name, str(band.found), f"{share:.1%}", right]


FIGURES = {"scores": _scores, "genres": _by_genre, "sureness": _sureness}


# Misses


def _misses(readings: Sequence[quality.Reading]) -> str:
    listed = tomllib.loads((quality.TEXTS / "misses.toml").read_text(encoding="utf-8"))["miss"]
    by_id = {one.label["id"]: one for one in readings}
    return "".join(
        _miss(number, entry, by_id[entry["text"]]) for number, entry in enumerate(listed, 1)
    )


def _miss(number: int, entry: Case, reading: quality.Reading) -> str:
    """One listed miss: its words, what was wanted and what today's rules find there."""
    evidence, text = entry["evidence"], reading.label["text"]
    found = [
        one for one in reading.marked.misses
        if one.evidence in evidence or evidence in one.evidence
    ]  # fmt: skip
    start = text.find(evidence)
    before = text[max(0, start - 60) : start].rsplit("\n", 1)[-1]
    after = text[start + len(evidence) : start + len(evidence) + 20].split("\n", 1)[0]
    said = "".join(
        f"- {KINDS.get(one.kind, one.kind)}：应当 {_code(one.wanted)}；读成 {_code(one.found)}\n"
        for one in found
    )
    quote = f"> {before}**{evidence}**{after}".replace("|", "∣")
    return (
        f"## {number}. {reading.label['title']}\n\n{quote}\n\n"
        f"{said or '- 今天已经读对。' + chr(10)}- 为什么：{entry['why']}\n\n"
    )


def _code(said: str) -> str:
    return f"`{said}`" if said else "什么也没有"


# Tables


def _rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    """A cell may hold neither the bar that ends it nor a line's end."""
    return text.replace("|", "∣").strip().replace("\n", "<br>")


def _lines(items: Sequence[str]) -> str:
    return "\n".join(items)


if __name__ == "__main__":
    read = quality.own_readings()
    for page in PAGES:
        page.write_text(page_as_it_should_be(page, read), encoding="utf-8")

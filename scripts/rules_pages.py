"""Write the tables of docs/rules from the rule packs and the spec cases.

Run it after changing either. A page keeps its sentences; what stands between
`<!-- table: NAME -->` and `<!-- end -->` is written here. NAME is `pack STEM` for a rule pack,
`register stages|permits|rates` for a table of the projects' register, or `FILE KIND` for the cases
of a spec file.
"""

import math
import re
import tomllib
from datetime import date, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs/rules").glob("*.md"))
PACKS = ROOT / "src/gongjian/flow/judgement"
REGISTER = ROOT / "src/gongjian/flow/projects"
SPECS = ROOT / "tests/spec"
BLOCK = re.compile(r"(<!-- table: (\S+) (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)

MEASURES = {
    "days_late": "节点逾期（天）",
    "behind_pp": "落后序时（百分点）",
    "ratio": "完成数与应完成数之比",
    "months_unstarted": "未按计划开工（月）",
    "months_unlisted": "开工后未入统（月）",
    "missed": "连续未报（期）",
    "stuck_yellows": "连续黄灯且差距未缩小（期）",
    "false_claim": "核查不实",
    "problem_days": "重点问题超过承诺期限（工作日）",
}
WORDS = {
    "GREY": "未亮灯",
    "RED": "■ 红",
    "YELLOW": "▲ 黄",
    "GREEN": "● 绿",
    "NOT_REPORTED": "冻结前未报",
    "NOT_DUE": "未到期",
    "SUSPENDED": "暂缓",
    "NOT_APPLICABLE": "不适用",
    "LINEAR_MONTH": "按月",
    "LINEAR_DAY": "按日",
    "QUARTER_STEP": "按季",
    "MONTH_PLAN": "按月计划",
    "WINDOW": "按时段",
    "PATH": "按进度",
    "LEVEL": "按水平",
    "DONE": "办成与否",
}
COLUMNS = {
    "case": {
        "name": "情形",
        "month": "月",
        "target": "目标",
        "actual": "实际",
        "expected": "应完成",
        "gap_pp": "差距",
        "ratio": "比例",
        "light": "灯",
        "rule": "触发",
        "grey": "未亮灯原因",
    },
    "made_good": {
        "name": "情形",
        "first": "当时",
        "cumulative": "现在累计",
        "period_target": "当期应完成",
        "light": "现在",
        "made_good": "补齐",
    },
    "unit": {
        "name": "情形",
        "green": "绿",
        "yellow": "黄",
        "red": "红",
        "grey": "未亮灯",
        "light": "单位灯",
    },
    "share": {"name": "情形", "shape": "方式", "day": "截至", "share": "应完成全年的"},
    "expected": {
        "name": "情形",
        "target": "目标",
        "base": "起点",
        "share": "应完成全年的",
        "expected": "应完成",
    },
    "gap": {"name": "出处", "day": "截至", "done": "完成率", "gap_pp": "差距（百分点）"},
    "deadline": {"name": "情形", "from": "发出", "days": "天数", "unit": "算法", "due": "到期"},
    "freeze": {"name": "情形", "period": "报告期", "at": "冻结"},
    "rate": {
        "name": "出处",
        "numerator": "分子",
        "denominator": "分母",
        "printed": "我们印（%）",
        "told": "当地印",
    },
    "cell": {"name": "情形", "typed": "所填", "wan": "读成（万元）", "code": "不收"},
    "stand": {
        "name": "情形",
        "month": "到几月",
        "year_plan": "年计划",
        "sum": "累计完成",
        "gap": "缺口",
        "needed": "以后每月需",
    },
    "ten_days": {"name": "情形", "day": "日期", "third": "旬", "last": "末日"},
}


def page_as_it_should_be(path: Path) -> str:
    """The page with its tables written anew."""
    text = path.read_text(encoding="utf-8")
    return BLOCK.sub(lambda found: found[1] + _table(found[2], found[3]) + found[4], text)


def _table(source: str, kind: str) -> str:
    if source == "register":
        table = tomllib.loads((REGISTER / f"{kind}.toml").read_text(encoding="utf-8"))
        return {"stages": _gates, "permits": _permits, "rates": _rates}[kind](table)
    if source == "pack":
        return _pack_table(tomllib.loads((PACKS / f"{kind}.toml").read_text(encoding="utf-8")))
    cases = tomllib.loads((SPECS / f"{source}.toml").read_text(encoding="utf-8"))[kind]
    columns = COLUMNS[kind]
    return _rows(
        list(columns.values()), [[_said(case.get(key)) for key in columns] for case in cases]
    )


def _pack_table(pack: dict) -> str:
    rows = [
        [
            rule["code"],
            MEASURES[rule["measure"]],
            *(_bound(rule.get(light, "")) for light in ("yellow", "red", "mark")),
            _when(rule),
        ]
        for rule in pack["rules"]
    ]
    head = f"{pack['title']}。来源：{pack['source']}。自 {pack['since']} 起。\n\n"
    return head + _rows(["规则", "看什么", "黄灯", "红灯", "绿灯加标记", "何时用"], rows)


TRACKS = {"enterprise": "企业", "government": "政府"}
FIELDS = {
    "code": "项目代码",
    "owner": "建设单位",
    "uscc": "信用代码",
    "investor": "投资方",
    "township": "属地镇街",
    "industry": "行业",
    "total_investment": "总投资",
    "contract_funds": "合同引资额",
    "planned_finish": "计划竣工",
}


def _gates(table: dict) -> str:
    proofs, titles = table["proofs"], {row["code"]: row["title"] for row in table["stage"]}
    rows = [
        [
            row["title"],
            "、".join(TRACKS[track] for track in row["tracks"]),
            "；".join("或".join(proofs[code] for code in g) for g in row.get("proofs", [])),
            "、".join(FIELDS[name] for name in row.get("fields", [])),
            row.get("recogniser", ""),
            _remarks(row, titles),
        ]
        for row in table["stage"]
    ]
    head = f"{table['title']}。来源：{table['source']}。自 {table['since']} 起。\n\n"
    return head + _rows(["阶段", "轨道", "材料", "要填好", "谁认定", "说明"], rows)


def _remarks(row: dict, titles: dict) -> str:
    said = []
    if row.get("optional"):
        said.append("可以跳过。")
    if row.get("promoted"):
        said.append("只要求双招双引项目。")
    if "counts_as" in row:
        said.append(f"目标按“{titles[row['counts_as']]}”计数。")
    return "".join([*said, row.get("trap", "")])


def _permits(table: dict) -> str:
    rows = [
        [
            row["name"],
            row["department"],
            "、".join(TRACKS[track] for track in row["tracks"]),
            str(row["days"]),
            str(row.get("valid_years", "")),
            "是" if row.get("applicable", True) else "按需",
        ]
        for row in table["item"]
    ]
    return _rows(["手续", "部门", "轨道", "常见用时（工作日）", "有效期（年）", "默认适用"], rows)


def _rates(table: dict) -> str:
    rows = [
        [
            row["name"],
            row["numerator_words"],
            row["denominator_words"],
            row["scope"],
            row["source"],
            row["since"].isoformat(),
        ]
        for row in table["rate"]
    ]
    return _rows(["比率", "分子", "分母", "范围", "来源", "起用"], rows)


def _bound(text: str) -> str:
    return text.replace(">=", "≥").replace("<=", "≤")


def _when(rule: dict) -> str:
    month = f"{rule['from_month']} 月起" if "from_month" in rule else ""
    share = f"应完成不少于 {rule['from_share']:.0%}" if "from_share" in rule else ""
    return "，".join(part for part in (month, share) if part)


def _rows(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _said(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case float() if math.isnan(value):
            return "无"
        case int() | float():
            return f"{value:.10g}"
    return WORDS.get(str(value), str(value))


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(page_as_it_should_be(page), encoding="utf-8")

"""The columns of a plan's tables: the words that name them, and which of them hold targets."""

import re
from dataclasses import replace

from gongjian.engine.extract.deadlines import Frame
from gongjian.engine.extract.words import any_of, either
from gongjian.engine.ledger import Header, HeaderColumn, ValueRule, Vocabulary

BODIES = either(
    "局 委 办 院 厅 部 会 中心 公司 集团 镇 街道 乡 区 县 市 政府 站 所 处 队 银行 学校 法院 园 联"
)
ORGANISATIONS = re.compile(rf"{BODIES}(?:$|[、，,；;（(])")
PLAN_COLUMNS = Vocabulary(
    titles=(
        ("number", any_of(r"^(?:序号|编号|No\.?)$")),
        ("lead", any_of("(?:牵头|主办|主责)(?:单位|部门|股室|科室|处室)", "^(?:牵头|主办)$")),
        ("sole", any_of(
            "(?:责任|负责|承办|实施|落实|完成)(?:单位|部门|主体|股室|科室|处室)", "责任分工",
        )),
        ("support", any_of(
            "(?:配合|协办|协同|参与|参加)(?:单位|部门|股室|科室|处室)", "^(?:配合|协办)$",
        )),
        ("when", any_of("时限|完成时间|进度(?:要求|安排)|期限|时间节点")),
        ("person", any_of("责任人|领导|联系人|负责人")),
        ("unit", any_of("^(?:计量)?单位$")),
        ("past", any_of(
            "实际|实绩|上年|去年|基期|基数|基准|现状|同期|已完成|完成(?:值|数|情况|率|额|量)|进展|得分|自评",
            "权重|分值|备注|属性",
        )),
        ("growth", any_of("年均(?:增长|增速|递增|增幅)")),
        ("stage", any_of(
            "[一二三四1-4]季度", "[上下]半年", r"^(?:\d{4}年)?\d{1,2}(?:-\d{1,2})?月",
        )),
        ("amount", any_of("投资|资金|金额|预算|概算")),
        ("value", any_of(
            "^.{0,12}年(?:度)?(?:目标|计划|任务)", "^(?:目标|计划|任务)(?:值|数|量)$", "年度目标值",
            r"^(?:19|20)\d\d年?$", "^数量$",
        )),
        ("class", any_of("类别|领域|板块")),
        ("work", any_of("任务|内容|目标|举措|措施|事项|要点|做法")),
        ("name", any_of("项目|名称|指标|工作")),
    ),
    by_values=(
        ValueRule("unit", ORGANISATIONS, "sole"),
        ValueRule("", re.compile(r"^\d{1,4}$"), "number", 0.9),
    ),
)  # fmt: skip
ASSIGNING = {"lead", "sole", "support"}
NO_TARGET = {
    "number", "lead", "sole", "support", "when", "person", "unit", "past", "stage", "amount",
    "class",
}  # fmt: skip
AHEAD = re.compile("目标|计划|任务|预期")
BASELINE_GAP = 3  # years: 2020年 beside 2025年 is where a plan starts from, beside 2021年 its first


def assigns(header: Header) -> bool:
    """Does a table say which unit does what?"""
    return bool(ASSIGNING.intersection(header.kinds))


def is_division(header: Header) -> bool:
    """Are its rows tasks: does it say which unit does what, or when?"""
    return assigns(header) or "when" in header.kinds


def dated(header: Header, frame: Frame) -> Header:
    """The header with the columns of past years marked: a year before the plan, before the first
    year called a goal, or long before the next year."""
    years = [column.year for column in header.columns if column.kind == "value" and column.year]
    goals = [
        column.year
        for column in header.columns
        if column.year and column.kind == "value" and AHEAD.search(column.title)
    ]
    first = min(goals, default=frame.first or 0)
    if not goals and len(years) > 1 and years[1] - years[0] >= BASELINE_GAP:
        first = max(first, years[0] + 1)
    return replace(header, columns=tuple(_past(column, first) for column in header.columns))


def _past(column: HeaderColumn, first: int) -> HeaderColumn:
    if column.kind == "value" and column.year and column.year < first:
        return replace(column, kind="past")
    return column

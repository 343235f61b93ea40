"""How fast a plan is read: MB a second, its growth, its price in plain regular expressions."""

import importlib.util
import json
import math
import random
import re
from collections.abc import Iterator
from functools import partial

from bench.measuring import Measured, checksum, measured, seconds_of
from gongjian.engine.extract import as_record, read_plan
from gongjian.lib.pages import Document

TIERS = {"small": 10_000, "medium": 100_000, "large": 1_000_000, "huge": 10_000_000}  # bytes, UTF-8
PLAIN = re.compile(r"\d[\d,.]*\s*(?:%|万亿元|亿元|万元|万[个户亩吨人]|[个家项座所条处户亩吨人])")
RUNS = {"small": 7, "medium": 5, "large": 3, "huge": 1}
OTHER = "jionlp"  # another reader of quantities, beside ours where somebody has installed it
WORDS = {
    "place": "东岭 西河 南桥 北塘 清源 石门 龙泉 凤凰 白云 青山 长乐 平湖 安丰 太和 永昌",
    "noun": "高新技术企业 口袋公园 停车泊位 农村公路 高标准农田 老旧小区 养老床位 幼儿园学位 充电桩"
    " 示范基地 重点项目 就业岗位 技改项目 冷链仓库 污水管网 公交线路 体育场地 产业基金",
    "verb": "新增 新建 改造 建成 培育 引进 完成 打造 实施 推广",
    "unit": "个 家 座 公里 万亩 亿元 万人次 张 条 套",
    "rate": "地区生产总值 固定资产投资 社会消费品零售总额 工业增加值 进出口总额 财政收入",
    "office": "发改局 工信局 住建局 教体局 商务局 民政局 交通局 水利局",
}
SENTENCES = (
    "坚持问题导向，围绕{place}{noun}的短板弱项，完善工作机制，压实各方责任，提高群众满意度。",
    "{verb}{place}{noun}{many}{unit}以上，{verb}{noun}{some}{unit}。",
    "{place}{rate}增长{rise}%左右，{noun}覆盖率达到{share}%。",
    "推进{place}{noun}建设，{month}月底前完成方案（牵头单位：{place}{office}；责任单位：{office}）。",
    "去年，{place}{noun}同比增长{rise}%，累计完成{some}个。",
)


def text_of(size: int, seed: int = 20260101) -> str:
    """A plan of about `size` bytes whose sentences do not repeat."""
    pick = random.Random(seed)
    parts = ["2026年重点工作攻坚方案\n"]
    length, section = 0, 0
    while length < size:
        if len(parts) % 12 == 1:
            section += 1
            name = _filled("{place}{noun}提升行动", pick)
            line = f"（{_chinese(section % 99 + 1)}）{name}\n"
        else:
            line = _sentence(pick)
        parts.append(line)
        length += len(line.encode())
    return "".join(parts)


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones else "")


def _sentence(pick: random.Random) -> str:
    return "".join(_filled(pick.choice(SENTENCES), pick) for _ in range(2)) + "\n"


def _filled(sentence: str, pick: random.Random) -> str:
    """The sentence with a fresh word or number at each of its places."""

    def word(found: re.Match[str]) -> str:
        name = found[1]
        if name in WORDS:
            return pick.choice(WORDS[name].split())
        low, high = {"many": (2, 9000), "some": (2, 900), "share": (50, 99), "month": (1, 12)}.get(
            name, (1, 11)
        )
        return str(pick.randint(low, high))

    return re.sub(r"\{(\w+)\}", word, sentence)


def run(only: str | None) -> Iterator[Measured]:
    """MB a second for each tier, the ratio to one plain regular expression, and the exponent."""
    medians: dict[int, float] = {}
    for tier in [only] if only else list(TIERS):
        text = text_of(TIERS[tier])
        document = Document.from_text(text)
        size = len(text.encode())
        found = json.dumps(as_record(read_plan(document), document), ensure_ascii=False)
        taken = seconds_of(partial(read_plan, document), RUNS[tier])
        plain = seconds_of(partial(PLAIN.findall, text), RUNS[tier] * 3)
        base = max(min(plain), 1e-6)
        medians[size] = sorted(taken)[len(taken) // 2]
        same = {"bench": "extract", "tier": tier, "checksum": checksum(found)}
        yield measured("speed", [size / 1e6 / one for one in taken], unit="MB/s", **same)
        yield measured("to-plain-regex", [one / base for one in taken], unit="x", **same)
        if tier in ("small", "medium") and importlib.util.find_spec(OTHER):
            other = seconds_of(partial(importlib.import_module(OTHER).extract_money, text), 1)
            yield measured("to-jionlp", [one / min(other) for one in taken], unit="x", **same)
    if len(medians) > 1:
        yield measured("exponent", [_exponent(medians)], bench="extract", tier="all", unit="1")


def _exponent(medians: dict[int, float]) -> float:
    """The slope of seconds over bytes, both in logarithms: 1 is linear."""
    sizes = sorted(medians)
    small, large = sizes[0], sizes[-1]
    return math.log(medians[large] / medians[small]) / math.log(large / small)

"""The numbers of a clause with the words around them; thresholds stay inside their nouns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongjian.engine.extract.clauses import Clause
from gongjian.engine.extract.comparators import limit_after
from gongjian.engine.extract.findings import Direction
from gongjian.engine.extract.quantities import Quantity

BETWEEN = re.compile(r"[、和与及，至 ]*")
FROM = re.compile(r"[由从自](?:[^，。到至]{0,8})$")
ARRIVES = re.compile(r"^[^，。]{0,10}(?:到|至|为)")
STOPS = re.compile("[，、；。）和与及]")
AFTER_A_UNIT = re.compile(r"\d$|[里亩个家座所条处米套户人次台辆部]$")
OPENERS = re.compile("[（“‘：）]")
LEVEL = re.compile(
    r"(?:[达提降增][高升到至]+|达到?|超过|突破|不低于|不少于|控制在|稳定在|保持在|(?:系数|指数)为)$"
)
ARRIVED = re.compile("[到至为达于过]$")
YEARISH = re.compile(r"(?:19|20)\d\d")
OVER = re.compile(r"(?:[过超]|不低于|达到|达)$")
BEFORE = 160  # characters: the words around a number that can speak of it
OPENED = (("（", "）"), ("“", "”"), ("‘", "’"))
OF_PAST = re.compile(r"(?:上年|去年|同期|(?:19|20)\d\d年(?:为|完成|实际|底))")
ATTRIBUTIVE = re.compile(
    r"的(?!目标|任务|水平|增速|增长|速度|标准|要求|预期|规模|增幅|指标|(?:\d|"
    r"[一二三四五六七八九十两]+[个家项]))"
)
OBJECT = re.compile(
    r"(?!、)[一-鿿“”、]{0,10}?(?:项目|企业|工程|单位|主体|园区|产业|集群|欠款|账款|贷款|合同|采购|商户|法人|市场|街区|"
    r"小区|河流|水库|村庄|大户|基地|地块|林地|船舶|机组|道路|管网)"
)


@dataclass(slots=True)
class Part:
    """A quantity in its clause: the words before it and after it, the marker after it, and the
    words of the bracket it stands in."""

    quantity: Quantity
    left: str
    right: str
    begin: int
    end: int
    limit: Direction | None
    inside: str = ""


def parts_of(view: str, clause: Clause, own: list[Quantity], passed: dict[int, str]) -> list[Part]:
    """The quantities that can be targets; a threshold stays inside its metric.

    What is left out is noted in `passed`: where the number starts, and why not."""
    kept: list[Quantity] = []
    for number, quantity in enumerate(own):
        following = own[number + 1].start if number + 1 < len(own) else clause.end
        if _baseline(view, quantity, following, clause):
            passed[quantity.start] = "baseline"
        elif why := _threshold(view, quantity, following, clause, last=number + 1 == len(own)):
            passed[quantity.start] = why
        else:
            kept.append(quantity)
    parts: list[Part] = []
    begin = clause.start
    signs = OPENERS.search(view, clause.start, clause.end) is not None
    for number, quantity in enumerate(kept):
        stop = kept[number + 1].start if number + 1 < len(kept) else clause.end
        limit, taken = limit_after(view[quantity.end : stop])
        end = quantity.end + taken
        begin = max(begin, quantity.start - BEFORE)
        left = view[begin : quantity.start]
        left, offset = _open(left) if signs else (left, 0)
        parts.append(
            Part(
                quantity,
                left,
                _shut(view[end : min(stop, end + BEFORE)]),
                begin + offset,
                end,
                limit,
                _bracket(view, quantity, clause) if signs else "",
            )
        )
        begin = end
    return parts


def _open(left: str) -> tuple[str, int]:
    """What stands before a number, inside its own bracket or quote if one is open."""
    for opened, closed in OPENED:
        place = left.rfind(opened)
        if place >= 0 and closed not in left[place:]:
            return left[place + 1 :], place + 1
    place = left.rfind("：") + 1
    return left[place:], place


def _bracket(view: str, quantity: Quantity, clause: Clause) -> str:
    """The words of the bracket around a number, or nothing."""
    begin = view.rfind("（", max(clause.start, quantity.start - BEFORE), quantity.start)
    if begin < 0 or "）" in view[begin : quantity.start]:
        return ""
    end = view.find("）", quantity.end, clause.end)
    words = view[begin + 1 : end] if end >= 0 else ""
    measured = AFTER_A_UNIT.search(view[max(clause.start, begin - 2) : begin])
    return "" if measured and not OF_PAST.match(words) else words


def _shut(right: str) -> str:
    place = right.find("）")
    return right[:place] if place >= 0 and "（" not in right[:place] else right


def _baseline(view: str, quantity: Quantity, following: int, clause: Clause) -> bool:
    """Is the number where it comes from: 由38%提高到45%?"""
    left = view[max(clause.start, quantity.start - BEFORE) : quantity.start]
    right = view[quantity.end : min(following, quantity.end + BEFORE)]
    return FROM.search(left) is not None and ARRIVES.search(right) is not None


def _threshold(view: str, quantity: Quantity, following: int, clause: Clause, *, last: bool) -> str:
    """Why a number is a part of a noun (20亿元以上项目, 总投资5亿元的项目), or nothing."""
    right = view[quantity.end : min(following, quantity.end + BEFORE)]
    limit, taken = limit_after(right)
    rest = right[taken:]
    if quantity.share or quantity.kind != "number" or (not last and rest == "的"):
        return ""
    if ATTRIBUTIVE.match(rest):
        if limit and not last:
            return "threshold"
        return "" if quantity.counted else "threshold" if limit else "attributive"
    whole = not STOPS.search(rest) if quantity.counted else not rest
    if limit and not last and whole and (rest or not quantity.counted):
        return "threshold"
    left = view[max(clause.start, quantity.start - BEFORE) : quantity.start]
    over = limit is not None or OVER.search(left[-4:]) is not None
    return "threshold" if over and not quantity.counted and OBJECT.match(rest) else ""


def groups_of(view: str, parts: list[Part]) -> Iterator[list[Part]]:
    """Numbers with nothing but signs between them belong together: 4.5%、5.5%左右."""
    group: list[Part] = []
    for part in parts:
        apart = part.quantity.kind == "double"
        if group and (apart or not BETWEEN.fullmatch(view[group[-1].end : part.quantity.start])):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def with_units(group: list[Part]) -> list[Part]:
    """A unit at the end goes to every number of the group; a lone number without unit is none."""
    unit = group[-1].quantity.unit
    given = group if not unit else [
        replace(part, quantity=replace(part.quantity, unit=unit)) if part.quantity.bare else part
        for part in group
    ]  # fmt: skip
    kept = [part for part in given if not part.quantity.bare or part.quantity.kind == "twin"]
    return kept or [part for part in given if _bare_level(part)]


def _bare_level(part: Part) -> bool:
    if part.right or YEARISH.fullmatch(str(part.quantity.value)):
        return False
    fraction = part.quantity.value != part.quantity.value.to_integral_value()
    return LEVEL.search(part.left) is not None or (
        fraction and bool(part.limit or ARRIVED.search(part.left))
    )

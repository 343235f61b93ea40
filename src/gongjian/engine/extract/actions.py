"""The action reader: members of enumerated lists, headings of work sections, named campaigns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongjian.engine.extract.clauses import clauses, sentences
from gongjian.engine.extract.guards import guarded
from gongjian.engine.extract.outline import LEAD_RANK, SILENT, Place, key_of
from gongjian.engine.extract.survey import Survey
from gongjian.engine.extract.tense import tense_of
from gongjian.engine.extract.words import either
from gongjian.lib.numerals import to_decimal

KIND = (
    r"(?:攻坚|重点|专项|重大|主要)*(?:行动|任务|工程|计划|专项|举措|活动|战役|重点工作|"
    r"攻坚战|攻坚|硬仗|战|工作)"
)
CLOSES = re.compile(
    rf"(?P<etc>等)?(?P<count>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?:个|项|"
    rf"大|场)[^，。；、“”]{{0,6}}?{KIND}"
)
VERB = either(
    "实施 开展 推进 深化 启动 组织 打好 打响 打赢 举办 推动 抓好 深入实施 深入开展 扎实开展 "
    "聚焦 部署 组织开展 组织实施 统筹推进 全面推进 抓实 做好 完成 落实 围绕"
)
LIST_VERB = re.compile(rf"{VERB}(?:好|了)?")
CAMPAIGN_VERB = re.compile(
    rf"{either('实施 开展 推进 深化 启动 组织 打好 打响 打赢 举办 推动 抓好 掀起')}(?:好|了)?"
)
SUFFIX = either(
    "行动 攻坚战 攻坚年 攻坚 活动 专项整治 大会战 攻坚行动 专项行动 提升年 工程 计划 保卫战 "
    "歼灭战 大比武 竞赛 会战"
)
CAMPAIGN = re.compile(
    rf"(?P<name>[^，。；、：“”（）\d]{{0,18}}“[^”\n]{{1,18}}?{SUFFIX}”|(?:[^，。；、：“”（）\d]{{0,18}}“[^”\n]{{1,18}}”|"
    rf"[^，。；、：“”（）]{{0,22}}?)[^，。；、：“”（）]{{0,12}}?{SUFFIX})(?![一-鿿]*方案|"
    rf"(?!和)[一-鿿])"
)
VAGUE = re.compile(
    r"^(?:[各这该此本一项]|专题|有关|相关|系列|专项|重点|重大|主题|社会|经济|日常|群众性|等|国家|"
    r"省级?|市级?|工作|任务|项目)*(?:行动|攻坚战|攻坚年|年活动|活动|工程|计划|竞赛|专项行动|"
    r"攻坚行动|重点工程|建设工程)$|"
    r"^[一二三四五六七八九十]大|等(?:系列|各类)?(?:活动|工程|行动|计划)$|工作计划$|年度计划$|项目$"
)
NUMBERED = re.compile(r"\d|[一二三四五六七八九十]+[个项场大]")
ORDINAL = re.compile(r"第[一二三四五六七八九十]，(?P<name>[^；。]{4,60})")
HEAD_VERB = re.compile(
    "^(?:更|抓|[促稳扩强兴治惠][一-鿿]{2}$|扩大|促进|推动|推进|加强|加快|强化|深化|优化|提升|提高|完善|健全|培育|发展|建设|"
    "构建|打造|实施|做好|做强|做优|做大|抓好|抓实"
    "|落实|保障|改善|稳定|稳住|守住|守牢|防范|支持|积极|全面|大力|着力|持续|深入|扎实|突出|"
    "坚持|激发|壮大|增强|拓展|统筹|严格|切实|开展"
    "|振兴|繁荣|巩固|筑牢|坚决|全力|狠抓|聚力|聚焦|创新|引进|纵深|塑造|厚植|办好|兜牢|畅通|建强|聚焦|锻造|擦亮|补齐|提振|守好|抓紧|打通|深耕|培优|盘活|"
    "释放|挖掘|夯实|推行|规范|整治|打好|打赢)"
)
POINT_ENDS = re.compile("(?:项目|工程|行动|计划)$")
POINT = re.compile(
    r"[^，；。：]{0,12}：?(?P<number>[一二三四五六七八九])是(?P<name>[^，；。、]{5,20})(?=[，；]|$)"
)
SHORT = re.compile("[抓促稳扩强兴治惠][一-鿿]{2}")  # 抓项目, 稳增长
SHORTEST = 4  # characters: 项目、招商、环境三场硬仗 names no actions
ITEM_RANK = 5  # 1. and below
MAY_NAME = guarded(
    "[一二三四五六七八九]是|"
    rf"等[\d一二三四五六七八九十]|[\d一二三四五六七八九十][个项大场][^，。；、“”]{{0,6}}?{KIND}"
    rf"|第[一二三四五六七八九十]，|{SUFFIX}"
)
QUOTE = re.compile(r"“[^”\n]{0,40}”")


@dataclass(slots=True)
class ActionDraft:
    """An action as read: its name's span, what it governs, and how it was found."""

    span: tuple[int, int]
    scope: tuple[int, int]
    number: int | None
    code: str
    params: tuple[tuple[str, str], ...]
    confidence: float


def actions_in(survey: Survey) -> Iterator[tuple[Place, ActionDraft]]:
    """The actions of a document, in order.

    Shapes: the places of the outline. Units: none. Missing: headings of goals, principles and
    past years are left out. Errors: none. Source: docs/rules/reading.md, R-7.
    """
    view, frame = survey.view, survey.frame
    scopes = _scopes(survey.places)
    for index, place in enumerate(survey.places):
        if place.key in SILENT:
            continue
        if not survey.reports and (draft := _heading(view, place, scopes[index])):
            yield place, draft
        if len(place.line.cells) > 1 or not MAY_NAME.search(view, place.body, place.line.end):
            continue
        for begin, end in sentences(view, place.body, place.line.end):
            if not MAY_NAME.search(view, begin, end) or tense_of(view[begin:end], frame).past:
                continue
            found = list(_listed(view, begin, end)) + list(_ordinals(view, begin, end))
            found += list(_points(view, begin, end))
            found += list(_campaigns(view, begin, end)) if not found else []
            for draft in found:
                yield place, draft


def _scopes(places: tuple[Place, ...]) -> list[tuple[int, int]]:
    """What each place governs: up to the next heading of its depth or a higher one."""
    end = places[-1].line.end if places else 0
    scopes: list[tuple[int, int]] = [(0, 0)] * len(places)
    closing: list[tuple[int, int]] = []
    for index in range(len(places) - 1, -1, -1):
        place = places[index]
        if not place.rank:
            continue
        while closing and closing[-1][0] > place.rank:
            closing.pop()
        scopes[index] = (place.line.start, closing[-1][1] if closing else end)
        if closing and closing[-1][0] == place.rank:
            closing.pop()
        closing.append((place.rank, place.line.start))
    return scopes


def _heading(view: str, place: Place, scope: tuple[int, int]) -> ActionDraft | None:
    """The heading of a work section, or the short first sentence of a paragraph."""
    if place.title is None or place.kind == "caption" or place.key in ("goal", "frame"):
        return None
    start, end = place.title
    name = re.sub(r"（[^（）]*）$", "", view[start:end]).rstrip("。；： ")
    if place.rank >= ITEM_RANK and _is_task(view, place):
        return None
    silent = key_of(name) if place.key != "plan" or key_of(name) != "guard" else ""
    if view[place.line.end - 1] == "；" or silent:
        return None
    if len(name) < SHORTEST and not SHORT.fullmatch(name):
        return None
    if place.rank == LEAD_RANK and not HEAD_VERB.match(name):
        return None
    number = _number(place.number)
    lead = place.kind == "lead"
    confidence = (0.75 if place.rank == LEAD_RANK else 0.9) - 0.3 * (place.key == "guard")
    params: tuple[tuple[str, str], ...] = (("number", place.number.strip()),)
    if place.key == "guard":
        params += (("doubts", "section"),)
    code = "action.lead" if lead else "action.heading"
    return ActionDraft(
        (start, start + len(name)), scope, number, code, params, round(confidence, 2)
    )


def _is_task(view: str, place: Place) -> bool:
    """A numbered line with nothing behind its title but the units that do it."""
    title_end = place.title[1] if place.title else place.body
    rest = view[title_end : place.line.end].strip("。 ")
    return rest.startswith("（") and rest.endswith("）")


def _number(mark: str) -> int | None:
    found = re.search(r"\d+|[一二三四五六七八九十]+", mark)
    value = to_decimal(found[0]) if found else None
    return int(value) if value is not None else None


def _listed(view: str, begin: int, end: int) -> Iterator[ActionDraft]:
    """实施A、B、C等15个攻坚行动."""
    for clause in clauses(view, begin, end):
        closes = CLOSES.search(view, clause.start, clause.end)
        if closes is None:
            continue
        quoted = [quote.span() for quote in QUOTE.finditer(view, clause.start, closes.start())]
        verb = next(
            (found for found in LIST_VERB.finditer(view, clause.start, closes.start())
             if not any(a < found.start() < b for a, b in quoted)), None,
        )  # fmt: skip
        start = verb.end() if verb else clause.start
        members = list(_members(view, start, closes.start(), quoted))
        count = to_decimal(closes["count"])
        agrees = count == len(members)
        named = agrees and all(last - first >= SHORTEST for first, last in members)
        if len(members) < 2 or not (named or closes["etc"]):
            continue
        code = "action.listed" if agrees else "action.listed-other"
        for position, span in enumerate(members, 1):
            params = (
                (("count", closes["count"]), ("position", str(position)))
                if agrees
                else (("listed", str(len(members))), ("counted", closes["count"]))
            )
            yield ActionDraft(span, span, position, code, params, 0.97 if agrees else 0.7)


def _members(
    view: str, start: int, end: int, quoted: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """The members of a list: split at 、 outside quotes, and between two quotes that touch."""
    begin = start
    for place in range(start, end):
        inside = any(a < place < b - 1 for a, b in quoted)
        if inside:
            continue
        if view[place] == "、":
            yield begin, place
            begin = place + 1
        elif view[place] == "“" and place > begin and view[place - 1] == "”":
            yield begin, place
            begin = place
    if begin < end:
        yield begin, end


def _points(view: str, begin: int, end: int) -> Iterator[ActionDraft]:
    """一是加快补齐防洪短板，…；二是…: the points of a sentence that lists works."""
    found = POINT.match(view, begin, end)
    if found and (HEAD_VERB.match(found["name"]) or POINT_ENDS.search(found["name"])):
        number = _number(found["number"])
        params = (("ordinal", found["number"]),)
        yield ActionDraft(found.span("name"), (begin, end), number, "action.ordinal", params, 0.7)


def _ordinals(view: str, begin: int, end: int) -> Iterator[ActionDraft]:
    found = ORDINAL.match(view, begin, end) or (
        ORDINAL.search(view, begin, end) if view[begin:end].count("第") == 1 else None
    )
    if found:
        number = _number(found[0][1:3])
        params = (("ordinal", str(number or "")),)
        span = found.span("name")
        yield ActionDraft(span, (begin, end), number, "action.ordinal", params, 0.8)


def _campaigns(view: str, begin: int, end: int) -> Iterator[ActionDraft]:
    """开展提振消费专项行动; each member of a list of them."""
    for clause in clauses(view, begin, end):
        taken = clause.start
        for verb in CAMPAIGN_VERB.finditer(view, clause.start, clause.end):
            if verb.start() < taken:
                continue
            place = verb.end()
            while found := CAMPAIGN.match(view, place, clause.end):
                again = CAMPAIGN_VERB.match(found["name"])
                span = (found.start() + (again.end() if again else 0), found.end())
                name = view[slice(*span)]
                if (
                    not VAGUE.search(name)
                    and not NUMBERED.match(name)
                    and not re.search("实施|开展", name)
                ):
                    params = (("verb", verb[0]),)
                    sure = 0.7 if name.endswith(("工程", "计划", "活动")) else 0.85
                    yield ActionDraft(span, (begin, end), None, "action.named", params, sure)
                place = taken = found.end()
                if place < clause.end and view[place] in "、和与及":
                    place += 1
                else:
                    break

"""The outline: which line is a heading, what stands below it, and in what key it speaks.

The key of a section: `plan` (the usual), `goal` (目标, 指标), `frame` (总体要求, 基本原则), `guard`
(保障, 组织), `container` (重点任务: its parts are plan), `past` (回顾, 成效), `glossary` (名词解释)
`rule` (第五条), `total` (合计) or `furniture` (推荐阅读).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongjian.engine.extract.lines import Line
from gongjian.engine.extract.words import UNIT, any_of

CHINESE = "一二三四五六七八九十"
NUMBER = re.compile(
    rf"(?P<r1>第[{CHINESE}]+(?:章|篇|部分))[ 、：]*"
    rf"|(?P<r2>第[{CHINESE}]+节|[壹贰貳叁參肆伍陆陸柒捌玖拾]{{1,2}}(?=、))[ 、：]*"
    rf"|(?P<r3>[{CHINESE}]{{1,3}})、 *|(?P<r4>（[{CHINESE}]{{1,3}}）)、? *"
    r"|(?P<r5>\d{1,3}|[A-H](?=\. [A-Z])|\d\d(?= [\u4e00-\u9fff“]))"
    r"(?:[.．、](?!\d)|(?<=\d\d) (?!\d)|\.(?=(?:19|20)\d\d年)) *"
    r"|(?P<r6>（\d{1,2}）|\d{1,2}）) *"
    r"|(?P<r7>[①-⑳]) *"
)
BRACKET_ENDS, STOP = re.compile(r"（[^（）]*）$"), re.compile("[。；]")
INNER = 4  # （一） and below: 强化要素保障 among the tasks is work, not the closing section
LEAD_RANK, MARK_RANK = 8, 2
SILENT = ("glossary", "past", "furniture", "rule", "total")  # sections and rows that hold no plan
MEASURED = re.compile(rf"\d[\d.,]* ?(?:%|[万亿]|{UNIT})")
ARTICLE = re.compile(rf"第[{CHINESE}百]{{1,5}}条")
DEFINES = re.compile(
    r"[■●◆▍]? ?(?:注|备注|说明|名词(?:解释|注释)|(?:相关)?链接|小贴士|"
    r"[^，。：]{0,12}(?:算法|计算方法|计算公式|计分办法|评分标准))："
)
LEAD = re.compile(
    r"[—●•▪■◆▲]+ ?(?P<dashed>[\u4e00-\u9fff“”]{3,14})[。：]|"
    r"(?![一二三四五六七八九]是)[\u4e00-\u9fff“”]{4,14}。"
)
SPACED = re.compile(r"([^，。；：、\d（） ]{4,16}) +(?=[一-鿿])")
TITLE_STOP = re.compile(r"[。：]|(?<=[a-z])\.(?= [A-Z])")
DUTY = re.compile(r"牵头|责任单位|负责|配合单位|：")
KEYS = {
    "furniture": any_of(
        "^(?:推荐|相关|延伸|热门)(?:阅读|链接|新闻|文章|报道)", "^(?:上|下)一篇", "^分享到",
        "^友情链接", "^网站地图", "^热点(?:新闻|推荐)", "^(?:往期|更多)(?:回顾|推荐|新闻)$",
        "^猜你喜欢",
    ),
    "glossary": any_of("名词(?:解释|注释|释义|说明)", "有关(?:词语|名词)", "术语", "注释$"),
    "past": any_of(
        "回顾", "成效", "成绩", "工作总结", "(?:完成|进展|执行|落实)情况", "取得的", "工作情况$",
        "成就$", "成就和",
        "^过去[一五]年", "上半年工作", "发展基础", "现状",
    ),
    "goal": any_of("(?:目标|指标)(?:要求|值)?$", "^(?:主要|发展|工作|总体|预期)目标"),
    "frame": any_of(
        "总体要求", "指导思想", "基本原则", "总体思路", "工作原则", "工作要求$", "重要意义",
        "适用范围", "背景", "一式[两二三四五六]份", "^附件", "有关说明", "^说明", "^前言", "^附则",
        "存在(?:的)?(?:主要)?问题$", "^(?:总体|基本|有关)情况$",
    ),
    "container": any_of(
        "^(?:\\d{4}年)?(?:目标和)?(?:重点|主要|重要|攻坚|工作)+(?:任务|工作|措施|事项|行动|内容|举措|"
        "项目)*$", "^重点任务",
        "^(?:重点)?攻坚行动$", "工作(?:安排|打算|计划|思路)$", "^下一步",
    ),
    "guard": any_of(
        "保障(?:措施|机制)$", "^(?:组织|制度|政策|工作|服务|法治)*保障$",
        "组织(?:实施|领导|保障)", "^实施步骤", "^进度安排", "^时间安排", "督导考核",
        "^(?:强化|加强|完善|健全).{0,6}(?:组织领导|保障)",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A line and where it stands. `title` is its heading part (start, end), `body` what is left.

    `above` are the headings above it, `number` its own number, `rank` the heading's depth (0 for
    text that is no heading), `key` the key of the section it stands in or opens."""

    line: Line
    body: int
    title: tuple[int, int] | None
    above: tuple[str, ...]
    key: str
    rank: int = 0
    number: str = ""
    kind: str = "text"


def outline(lines: tuple[Line, ...], view: str) -> Iterator[Place]:
    """Each line with its section. A heading closes the sections of its own depth and below.

    Shapes: one Place a line. Units: none. Missing: a text without headings is one section.
    Errors: none. Source: docs/rules/reading.md, R-1.
    """
    open_: list[tuple[int, str, str]] = []
    base = "plan"
    for index, line in enumerate(lines):
        place = _place(line, view, first=index == 0)
        if place.title:
            while open_ and open_[-1][0] >= place.rank:
                open_.pop()
        elif (ends := _ends_the_plan(view, line)) is not None:
            base = ends
            open_.clear()
        inherited = open_[-1][2] if open_ else base
        title = view[slice(*place.title)] if place.title else ""
        key = (key_of(title) if title else "") or inherited
        if key == "guard" and place.rank >= INNER and inherited == "plan":
            key = "plan"
        if DEFINES.match(view, line.start, min(line.end, line.start + 24)):
            key = "glossary"
        if ARTICLE.match(view, line.start):
            key = "rule"
        above = tuple(entry[1] for entry in open_)
        yield Place(line, place.body, place.title, above, key, place.rank, place.number, place.kind)
        if title:
            open_.append((place.rank, title, "plan" if key == "container" else key))


def _ends_the_plan(view: str, line: Line) -> str | None:
    """A short line that opens page furniture or a glossary, for all that follows."""
    if line.cells or line.end - line.start > 30:
        return None
    key = key_of(view[line.start : line.end])
    return key if key in ("furniture", "glossary") else None


def key_of(title: str) -> str:
    """The key that a heading sets, or nothing."""
    bare = BRACKET_ENDS.sub("", title.strip("。：； "))
    return next((key for key, words in KEYS.items() if words.search(bare)), "")


def _place(line: Line, view: str, *, first: bool) -> Place:
    empty = Place(line, line.start, None, (), "")
    if line.cells and len(line.cells) > 1:
        return empty
    number = NUMBER.match(view, line.start, line.end)
    if number is None:
        return _unnumbered(line, view, first=first)
    start, rank = number.end(), int(str(number.lastgroup)[1:])
    mark = number[number.lastgroup or 0]
    end = _title_end(view, start, line.end)
    if end is None:
        return Place(line, start, None, (), "", 0, mark)
    kind = "heading" if end >= line.end - 1 else "lead"
    return Place(line, _after(end, line.end), (start, end), (), "", rank, mark, kind)


def _title_end(view: str, start: int, end: int) -> int | None:
    """Where the title of a numbered line ends: the whole line, or its short first sentence."""
    whole = view[start:end].rstrip("。；：:")
    if len(whole) <= 48 and not STOP.search(whole) and _is_title(whole):
        return start + len(whole)
    spaced = SPACED.match(view, start, end)
    if spaced and _is_title(spaced[1]):
        return spaced.end(1)
    stop = TITLE_STOP.search(view[start : min(end, start + 36)])
    if stop and stop.start() >= 2 and _is_title(view[start : start + stop.start()]):
        return start + stop.start()
    return None


def _is_title(text: str) -> bool:
    bare = BRACKET_ENDS.sub("", text)
    return bool(bare) and not MEASURED.search(bare) and not DUTY.search(text)


def _after(title_end: int, end: int) -> int:
    return min(title_end + 1, end) if title_end < end else end


def _unnumbered(line: Line, view: str, *, first: bool) -> Place:
    text = view[line.start : line.end]
    if line.mark and not first and _is_title(text) and len(text) <= 48:
        whole = line.start + len(text.rstrip("。："))
        return Place(
            line, line.end, (line.start, whole), (), "", MARK_RANK + line.mark, "", "heading"
        )
    if not first and 2 <= len(text) <= 12 and re.fullmatch(r"[\u4e00-\u9fff]+", text):
        return Place(line, line.end, (line.start, line.end), (), "", MARK_RANK, "", "caption")
    lead = LEAD.match(text)
    if lead and len(text) > 2 * lead.end() + 10:
        begin = lead.start("dashed") if lead["dashed"] else 0
        return Place(
            line,
            line.start + lead.end(),
            (line.start + begin, line.start + lead.end() - 1),
            (),
            "",
            LEAD_RANK,
            "",
            "lead",
        )
    return Place(line, line.start, None, (), "")

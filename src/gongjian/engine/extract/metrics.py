"""The metric finder: the noun phrase that a number measures, before it or after it."""

import re
from dataclasses import dataclass

from gongjian.engine.extract.guards import guarded
from gongjian.engine.extract.words import STRIP, WORK, either
from gongjian.lib.numerals import chinese_to_int

YEAR = r"(?:19|20)\d\d"
WHEN = (
    rf"(?:(?:到|至|在)?(?:{YEAR}年?[-—~至到])?{YEAR}年(?:度)?(?:\d{{1,2}}月)?(?:底|末|"
    rf"初)?(?:以?前|内|起)?(?!签约|[^，。]{{0,4}}的)|\d{{1,2}}月(?:\d{{1,2}}日)?(?:底|末|"
    rf"份)?(?:以?前|起)?"
    r"|(?:到|至)?(?:去年|上年|年度?内|今年|明年|全年|本年度?|当年|年底|年末|上半年|下半年|"
    r"[一二三四]季度)(?:以?前|内)?|每年"
    r"|(?:力争)?(?:用|未来|今后)?[\d一二三四五两]{1,2}年(?:左右)?(?:内|时间)|"
    r"“?十[二三四五六]五”?(?:时期|期间|末|期末)|到时|届时)"
)
ADVERB = either(
    "力争 确保 努力 争取 计划 预计 预期 着力 大力 全力 加快 积极 全面 深入 扎实 持续 继续 "
    "进一步 同时 稳步"
    " 有序 统筹 切实 不断 再 共 率先 优先 首批 先行 基本 同步 分批 累计 总计 合计 重点 集中 "
    "高质量 高标准 高水平 要 将 拟 "
    "并 还 也 力促 保持 坚决 切实 逐步 整体 分批"
)
OPENER = re.compile(
    rf"^(?:[，、：；。 “‘]*(?:{WHEN}|比如|例如|上述|以上|(?:{ADVERB})+(?={WORK}|$)|"
    rf"[一-鿿]{{2,8}}?[区县市省国州](?:将|要)(?={WORK})|力争|确保|努力|"
    rf"争取(?!到)|一定(?!比例)|预期|"
    rf"预计|计划(?=\S{{2}})|其中|同时|以及|主要(?:预期)?目标(?:是|为)?"
    r"|(?:我们|我[国省市县区]|全[国省市县区]|各地)?(?:提出|确定|明确|安排)(?:了)?|"
    r"[一二三四五六七八九]是|具体(?:是|为)|(?:目标|包括)(?:是|为)?[：，]?|使|让|实现(?!率|度|"
    r"程度)|完成(?!率|度|时)|推动(?=\S{3})|促进(?=\S{3})|保持|将(?!军)|和(?!谐)|与(?!会)|"
    r"及(?!时)|并(?!网|联)|或|在(?=\S{3})|确定(?:了)?))"
)
VERBS = re.compile(
    rf"^(?:全[市县省区国]|我[市县省区]|各地|累计|重点|大力|集中|跟踪|共|再|计划|"
    rf"新(?={STRIP}))?{STRIP}(?:(?:、|和|并|与|及)?{STRIP})*(?!率|度|量|额|数|面积|比例|总|"
    rf"强度|用地|水平|周期|时限|指数|成本|程度|进度|能力)"
)
SCOPE = re.compile(r"(?:全[国省市县区镇]|我[省市县区]|各地)(?=[^，。社]{3})")
SCOPE_ALONE = re.compile("(?:为|对|在)?(?:全[国省市县区镇]|我[省市县区]|各地)")
PREPOSITION = re.compile(
    rf"^(?:为|对|向|在|通过|围绕|依托|按照|支持|以|给|针对|面向|利用|全[市县省区]|"
    rf"各[市县区镇乡]+).{{1,40}}?({STRIP})(?=\S{{3}})(?!率|度|量|额|面积)"
)
WORK_BEGINS = re.compile(WORK)
WORK_ENDS = guarded(rf"{WORK}(?:了)?$")
INDUSTRIES = re.compile(r"第?([一二三])、?([一二三])、?(三)?次?产业?(.*)")
LONGEST_WORK = 8  # characters of the longest verb of work, 了 included
ENDS_IN_STRIP = guarded(r"(?:新增|增加|建成|新建|完成|推广|引进|发放)$")
BARE_WORK = re.compile(
    either(
        "签约 新签约 开工 新开工 竣工 投产 达产 建成 完成 落地 入库 整改 办结 化解 更新 "
        "改造 摘牌 销号 完工 建设 新建 基本建成 主体完工 竣工验收 建成投用 改造提升 改扩建 改建 "
        "建 新改建 再改造 再新建 再建 净增 再净增 新增 "
        "提质改造 更新改造 续建 复工 新签约 储备 投用 达标 验收"
    )
)
AT_A_DATE = guarded(rf"(?<=..)(?:[于在到]?(?:{YEAR}|1[01]\d)年底?|于)$")
FROM = re.compile("[由从自]")
BASELINE = re.compile(r"[由从自][^，。由从自]{0,8}\d[\d.,]*[^，。\d]{0,6}$")
COMPARED = guarded(
    rf"(?:，)?(?:比|较|与|同)(?:上年|去年|前年|上年度|同期|上年同期|20\d\d年|{YEAR}年(?:底|"
    rf"末)?|全[国省市]|“?十[二三四]五”?末?)(?:同期|底|末|相比|水平|"
    rf"增加值)?(?:平均水平)?(?:相比)?(?:增加|减少|提高|增长|成长|新增|多|少)?$|同比$|年均$|，$"
)
TAIL = guarded(
    rf"(?:[、，。：； ]|和|与|及|以及|并|同时|等|的|免费|力争|确保|目标|(?<=[、和与及并]){WORK}|"
    rf"(?<=[、和与及并]){STRIP})$"
)
SUMMED = re.compile(r"([^“、]+(?:、[^“、]+)+)(?=“([两三四五六七八九十]))")
NO_NOUN = re.compile(r"[、，和与的（]|(?:新|大)?(?:台阶|大关|关口|目标|水平|规模|高地|行列|门槛)")
NOUN_END = guarded(
    r"[，。；：！？\n]|（(?![^（）]{1,10}）[一-鿿])|(?<![^（）])）|(?<=..)(?:进行|开展|用于|"
    r"支持|来[一-鿿]{1,2}(?:进行|开展)|促进|推动|"
    r"带动|达到|覆盖|纳入|大关|参加|作为|全部|均|分别|投入使用|竣工|完工|建成|投产|入库|"
    r"开工|，)"
)
HEADS = re.compile(r"、|(?<!参)(?:以及|和(?!谐|平)|与(?!会)|及(?!时|其))")

KIND = re.compile(
    either(
        "城镇 农村 城市 城乡 国家 国家级 省级 市级 县级 区级 进口 出口 男性 女性 新建 续建 "
        "规上 限上 ",
        "第一产业 第二产业 第三产业 陆路 水路 境内 境外 国内 入境",
    )
)
COMMON_NOUN = guarded(
    r"(?:(?:常住)?居民)?(?:人均)?(?:可支配)?收入$|(?:示范)?基地$|(?:总)?增加值$|"
    r"(?:总)?产[值量]$|(?:播种|种植|建筑)?面积$"
    r"|企业$|园区$|投资$|消费$|用户$|人才$|项目$|人数$|人次$|比例$|比重$|[一-鿿]{0,2}率$|"
    r"总额$|总量$|车站$|学校$|医院$|站点$"
)


@dataclass(slots=True)
class Metric:
    """A noun phrase and the words of scope and work left out of it."""

    name: str
    qualifier: str = ""


def ends_in_work(text: str) -> bool:
    """Is the last word before a number a verb of work?"""
    return WORK_ENDS.search(text, max(0, len(text) - LONGEST_WORK)) is not None


def is_bare_work(text: str) -> bool:
    """Is there nothing but a verb of work: 新开工, 竣工?"""
    return BARE_WORK.fullmatch(strip_openers(text)) is not None


def begins_with_work(text: str) -> bool:
    """Does an order stand before the noun: 新建学校?"""
    bare = strip_openers(text)
    found = VERBS.match(bare) or WORK_BEGINS.match(bare)
    return found is not None and len(bare) - found.end() >= 2


def strip_openers(text: str) -> str:
    """Without the time, the adverbs and the announcing words at its head."""
    while found := OPENER.match(text):
        if found.end() == 0:
            break
        text = text[found.end() :]
    return text.strip(" ，、：；。")


def is_scope(text: str) -> bool:
    """Is it nothing but a place: 全区, 为全市?"""
    return SCOPE_ALONE.fullmatch(text) is not None


def before(rest: str) -> Metric:
    """The metric in the words before a number, once the link is off.

    >>> before("年内新建公园")
    Metric(name='公园', qualifier='新建')
    """
    text = _without_base(rest.strip(" ，：；。"))
    while (shorter := COMPARED.sub("", text)) != text:
        text = shorter
    text = strip_openers(text)
    where = SCOPE.match(text)
    if where:
        found = _named(strip_openers(text[where.end() :]))
        return Metric(found.name, f"{where[0]}{found.qualifier}")
    return _named(AT_A_DATE.sub("", text))


def _without_base(text: str) -> str:
    return BASELINE.sub("", text) if FROM.search(text) else text


def _named(text: str) -> Metric:
    if found := PREPOSITION.match(text):
        verb, name = found[1], text[found.end(1) :]
        return Metric(tidy(name), verb)
    if (found := VERBS.match(text)) and len(text) - found.end() >= 2:
        return Metric(tidy(text[found.end() :]), found[0])
    if (found := ENDS_IN_STRIP.search(text)) and found.start() >= 3:
        return Metric(tidy(text[: found.start()]), found[0])
    return Metric(tidy(text))


def after(right: str) -> str:
    """The noun phrase that begins right after a number, or nothing."""
    if NO_NOUN.match(right):
        return ""
    end = NOUN_END.search(right)
    noun = right[: end.start()] if end else right
    while (shorter := TAIL.sub("", noun)) != noun:
        noun = shorter
    noun = _without_summed(noun)
    if len(noun) > 24 and "的" in noun[4:]:
        noun = noun[noun.rindex("的") + 1 :] or noun
    return tidy(noun)


def _without_summed(noun: str) -> str:
    """Without a list that a quoted sum takes up: 生产园区、生活社区、生态景区“三区”… → “三区”…"""
    found = SUMMED.match(noun)
    if found and found[1].count("、") + 1 == chinese_to_int(found[2]):
        return noun[found.end(1) :]
    return noun


def tidy(name: str) -> str:
    """Without loose signs at the ends and without an unclosed bracket or quote."""
    name = name.strip(" ，、：；。的")
    for opened, closed in ("（）", "“”"):
        if name.count(opened) != name.count(closed):
            name = name.replace(opened, "").replace(closed, "")
    return name


def heads(name: str) -> list[str]:
    """The heads of a list, the part they share restored: 城镇和农村居民收入 → 城镇居民收入, …

    >>> heads("一二三产增加值")
    ['第一产业增加值', '第二产业增加值', '第三产业增加值']
    """
    if found := INDUSTRIES.match(name):
        return [f"第{number}产业{found[4]}" for number in found.groups()[:3] if number]
    parts = [part for part in HEADS.split(name) if part]
    if len(parts) < 2:
        return parts
    shared = _shared(parts)
    return [part + shared for part in parts[:-1]] + parts[-1:]


def _shared(parts: list[str]) -> str:
    """The part of the last head that the others leave out, or nothing."""
    last = parts[-1]
    if any(COMMON_NOUN.search(part) for part in parts[:-1]):
        return ""
    if found := KIND.match(last):
        return last[found.end() :] if all(KIND.fullmatch(part) for part in parts[:-1]) else ""
    common = COMMON_NOUN.search(last)
    return common[0] if common and common.start() > 0 else ""

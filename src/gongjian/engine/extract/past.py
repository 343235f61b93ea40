"""The past-result filter: what reports, compares or describes is no target."""

import re
from dataclasses import dataclass

from gongjian.engine.extract.deadlines import Frame
from gongjian.engine.extract.words import either

RESULT = re.compile(
    r"同比|环比|(?<![比较与])去年(?!同)|上年同期|截[至止]|目前|已经?(?!纳入)|一年来|"
    r"[五三两二十]年来|近[几年]?年|以来|过去"
    r"|占年度?(?:计划|目标)|位[居列]|排名|居全[国省市]|创(?:历史|下)|新高|首次|首个|荣获|获评|圆满"
    r"|超额完成|顺利完成|现有|手上有|共有|拥有|记者[^，。]{0,8}(?:走访|获悉)|累计(?:完成|"
    r"实现|建成|新增|投入|发放|争取|培训|引进|签约|达(?!到))"
    r"|完成全年|为历年|连续[\d一二三四五六七八九十]+年|(?:签约|落户|开工|投产|建成|完成|实现|"
    r"达到|新增|获得|获批|争取|发放|兑现|减免|化解|脱贫|改造|培育|引进)了"
    r"|始终|大幅|明显|稳居|跃居|跃升|蝉联|突破性|成功|再创|高于(?:全国|全省|全市)"
)
OPENING = re.compile(
    r"^(?:去年|过去[一五]?年|过去的|一年来|[五三两]年来|五年来|回顾|"
    r"上半年(?=[^，。]{0,30}(?:完成|实现|同比))|上年|近年来|截[至止]|目前|刚刚过去)"
)
AHEAD = re.compile(
    r"力争|确保|争取(?!到|中央|上级|了)|努力|预期|目标|拟|年内|今年|明年|年底前|底前|今后|"
    r"下一步|下半年|未来"
    r"|计划(?!的|完成)|将(?!.{0,8}从)|要(?!求|素|点|闻|道)|(?:到|至)20\d\d年|实施|推进|"
    r"不低于|不少于|不超过|至少|控制在|以内"
)
STRONG_AHEAD = re.compile(
    r"力争|确保|争取(?!到|中央|上级|了)|预期目标|目标|拟|年内|明年|底前|下一步|计划(?!的|"
    r"完成)|(?<!重)要(?!求|素|点|闻|道)"
)
STATE = re.compile(
    r"(?:高于|低于|快于)(?:全国|全省|全市|全区|平均|同期|上年)|(?:比|较)(?:全国|全省|全市)(?:平均)?"
)
YEAR = re.compile(r"(?<!比)(?<!较)(?<!从)(?<!到)(?<!至)((?:19|20)\d\d)年(?!签约|以前|底?相比|的)")
GIFT = re.compile(
    r"(?:每[人户生亩个家台辆位名年月天次]{1,3}|人均补|户均补|一次性|最高(?:不超过)?|给予|"
    r"奖励|补助|补贴|罚款|处以|不超过每)[^，。；]{0,12}$"
)
SIZE = re.compile(
    r"(?:总投资|计划投资|投资额|占地(?:面积)?|全长|总长|长度|总?建筑面积|装机(?:容量)?|库容|"
    r"日(?:供水|处理|产)(?:能力)?|设计能力|年产(?:能)?|产能|面积|直径|时速)(?:约|达|达到|为|"
    r"超过?)?$"
)
PARTS = re.compile(
    r"^(?:方面|部分|攻坚行动|行动|专项行动|攻坚任务|举措|措施|要点|章|环节|原则|战略|转变|"
    r"关系|问题|理念|坚持|着力点|意见|字|统筹|维度|抓手|层面|阶段|步骤|类别|板块|专班|工作组|"
    r"方向"
    r"|(?:重点)?(?:工作)?任务(?=$|[，。；、：]|的|和)|(?:重点|攻坚|主要)?工作(?=$|"
    r"[，。；、：]|的|和))"
)


@dataclass(frozen=True, slots=True)
class Tense:
    """What a stretch of text says about its time: marks of results and marks of what is ahead."""

    back: int
    ahead: int
    strong: bool
    opens_back: bool

    @property
    def past(self) -> bool:
        return not self.strong and (self.opens_back or self.back > self.ahead)


def tense_of(text: str, frame: Frame) -> Tense:
    """Count the marks of a sentence or paragraph.

    Shapes: normalised text. Units: none. Missing: no marks at all is not past. Errors: none.
    Source: docs/rules/reading.md, R-6.
    """
    back, ahead = len(RESULT.findall(text)), len(AHEAD.findall(text))
    years = [int(year) for year in YEAR.findall(text)]
    earlier = bool(frame.first and years and max(years) < frame.first)
    strong = STRONG_AHEAD.search(text) is not None
    opens = OPENING.match(text) is not None or earlier
    return Tense(back + earlier, ahead, strong, opens)


def why_not(left: str, right: str, *, money: bool, counted: bool) -> str:
    """Why a quantity with these words around it is no target; empty when nothing speaks against it.

    Shapes: the words before and after it, in one clause. Units: none. Missing: none. Errors: none.
    Source: docs/rules/reading.md, R-6.
    """
    if STATE.search(left[-14:]):
        return "comparison"
    if money and GIFT.search(left):
        return "per-head"
    if SIZE.search(left) and not re.search(
        rf"{either('新增 新建 完成 建成 改造')}[^，。]{{0,8}}$", left
    ):
        return "size"
    if counted and (PARTS.match(right) or re.search(r"等$", left)):
        return "part"
    return ""


def reported(clause: str) -> bool:
    """A clause that reports by itself: 同比, 截至, 已 …, with nothing that looks ahead."""
    return RESULT.search(clause) is not None and STRONG_AHEAD.search(clause) is None

"""The past-result filter: does a stretch of text report what was, or ask for what shall be?

Marks that decide by themselves (同比, 截至, 力争, 到2025年) are told from marks that only count
beside others (首次, 实施). Verbs do not decide: 完成 and 实现 stand in both.
"""

import re
from dataclasses import dataclass

from gongjian.engine.extract.deadlines import FIRST_OF_REPUBLIC, FIVE_YEARS, Frame
from gongjian.engine.extract.guards import guarded
from gongjian.engine.extract.words import STRIP, WORK, any_of

REPORTS = any_of(
    "同比|环比|上年同期|截[至止]|一年来|[五三两二十]年来|近[几三五]?年|过去[一两三五]?年|"
    "占年度?(?:计划|目标|任务)",
    "(?<![比较与和])去年(?!同|底|的?\\d[^，。]{0,14}[到至])|(?<!自)(?:以来|至今)|较年初|比年初|年初预期|"
    "记者[^，。]{0,8}(?:走访|获悉)",
    "已(?:经|有|完成|实现|建成|整治|治理|改造|开工|投|达|超|累计|签约|落|启动|发放|全部|突破|形成|成)|现有|"
    "手上有|现已|自[\\d]{3,4}年起累计|已完工|目前(?!尚)",
    "(?:开展|实施|签约|落户|开工|投产|建成|完成|实现|达到|新增|获得|获批|争取|发放|兑现|减免|化解|"
    "改造|培育|引进|增长|下降|创下|取得|突破|提高|超过|办成|办好|推出|设立|组建|成立)了",
    "(?<=[一-鿿])(?<![为除])了(?=\\d)|[来到]了(?=[\\d一二三四五六七八九十])",
    "超额完成|顺利完成|圆满|历史新高|荣获|获评|"
    "被评为|入选|为历年|连续[\\d一二三四五六七八九十]+年|首[次个]突破",
    "(?<!分别)完成(?:年度|全年|年)?(?:计划|任务|目标)(?:任务|总数)?的|(?:仅|只)完成|"
    "前[\\d一二三四五六七八九十]+个月(?!底|内|要)",
    "按(?:不变|可比)(?:价格?|口径)",
    "(?:比|较)(?:去年|上年)?同期|(?:仅|只)(?:为|占|达|有)|尚有|还有\\d",
    "[快高好优]于(?:全[国省市]|预期|去年|上年|年初)|蝉联|(?:时间|"
    "时序)进度|占(?:年|全年)?计划|脱贫摘帽",
)  # fmt: skip
# marks that a sentence of wishes can bear as well, where the paragraph has begun to look ahead
SUMS_UP = any_of(
    "取得(?:了)?[^，。]{0,8}(?:成[就效绩果]|进展|胜利|突破)|位[居列]|排名|居全[国省市]|"
    "列全[国省市]|创(?:历史|下)|稳居|跃居|跃升|再创",
    "(?<!力争)累计(?:完成|实现|建成|新增|投入|发放|争取|培训|引进|签约|达|改造|完工|"
    "到位)(?!到?[^，。]{0,8}(?:以上|左右))",
)  # fmt: skip
OPENS_BACK = any_of(
    "^(?:刚刚)?(?:全?[国省市县区镇]?(?:共有|现有)|去年|过去(?:的)?[一两三五]?年|过去|一年来|[五三两]年来|回顾|上年|近年来|"
    "截[至止]|目前|今年以来|我们(?!计划|排|将|要|力争|今年|还|争取|打算|准备|会|确定|提出))",
    "^(?:19|20)\\d\\d年(?:底|末)?[，]?[^，。]{0,12}(?:已|实现了|完成了|取得)",
)  # fmt: skip
PART_OF_YEAR = re.compile("上半年|季度|月")
OPENS_PART = any_of(  # a part of the year: past, unless the paragraph looks ahead
    "^[^，。]{0,12}?(?:\\d{1,2}月?[-—~至到]\\d{1,2}月(?:份)?|上半年|前三季度|\\d{1,2}月份)[，]?"
    "(?!.{0,30}(?:底|前(?!三季)|力争|确保|要|将|目标(?:是|为|：|达)|分别完成|计划(?!的|投资)))[^，。]{0,40}"
    "(?:完成|实现|新增|增长|达|开工|签约|下降)[^，。]{0,14}\\d",
)  # fmt: skip
OPENS_AHEAD = any_of(
    "^(?:[一-鿿]{2,6}：)?(?:今年(?!以来|上半年|前|\\d|[一二三]季度)|明年|来年|新的?一年|下一步|接下来|今后|"
    "未来|下半年|到(?:19|20)\\d\\d年|力争|我们将|现将[^，。]{0,12}(?:任务|目标|分工|措施))",
    "^(?:主要|工作|预期|总体|发展|年度)*(?:预期)?目标(?:是|为|：)|^[^，。]{0,12}(?:预期目标|"
    "主要目标|目标任务|任务目标)(?:是|为|：)",
)  # fmt: skip
ASKS = any_of(
    "力争|确保(?!了)|努力(?=[^，。]{0,10}(?:达|实现|完成|突破|争取))|争取(?!的|到|中央|上级|了|"
    "国家|省)|预期目标|军令状|目标(?:是|为|：)|(?<![草模虚])拟(?!定|态)|年内|明年|底以?前|"
    "日前(?=完成|建成)|下一步|今后",
    "(?<![个项的])计划(?=今年|新|完成|投资|实施|建设|开工|用|安排|到|引|改|培|在)|将(?=[^，。]{0,14}(?:达|增|"
    "建|新|完成|实现|开工|投|突破|推|打造|开展))|(?<![重主需只])要(?=再|[^，。]{0,6}(?:到|干|争|拿|跑|把)|[^，。]{0,10}(?:达|"
    "突破|完成|实现|新|力争|确保|增长|控制|建|占))",
    "(?<!截)(?:到|至)(?:19|20)\\d\\d年|不低于|不少于|不超过|控制在|至少",
    "(?<=[，；])(?:今年(?!以来|上半年|前|\\d|[一二三]季度)|明年|下一步|今后)",
)  # fmt: skip
HINTS_BACK = any_of(
    "首次|首个|始终|大幅|明显|成功|突破性|共有|拥有|累计|取得|全面完成|荣誉|增速(?:为|达)|成效"
)
HINTS_AHEAD = any_of(
    "今年|实施|推进|以上|目标|计划|下半年|未来|开展|加快|打造|支持|鼓励|要(?!求|素|点|闻|"
    "道)|完善|建立"
)
LIMITS = guarded(r"\d(?:%|[一-鿿]{1,5}?)?(?:以上|左右|以内)(?=[，。；、：）]|$|[和与及])")
CERTAIN = any_of(
    "截[至止]|去年(?!同|底|的?\\d[^，。]{0,14}[到至])|现有|现已|目前(?!尚)|过去[一两三五]?年|一年来|近[几三五]?年|"
    "前[\\d一二三四五六七八九十]+个月(?!底|内|要)|了(?=\\d)|已(?:经|有|完成|实现|建成|达|整治|治理|改造|完工)"
)
SCORES = re.compile("百分制|权重|计分|赋分")  # how an assessment counts, not what it asks
BASE = re.compile(  # 比率84%以上（2024年为81%）: where the wish starts from
    r"（(?:去年|上年|(?:19|20)\d\d年[底末]?[为是]?)[^（）]{0,4}\d[^（）]{0,8}）"
)
FORETELLS = re.compile(r"据[^，。]{0,14}(?:预测|估算|测算)")  # of others, not of the plan
PLAN = guarded(r"(?<!比)“?(十[二三四五六]五)”?(?:时期|期间|以来|末)")
ORDER = re.compile(rf"(?:{STRIP}|{WORK}|全年|力争)")
YEAR = guarded(r"(?<![比较从到至自])((?:19|20)\d\d)年(?!签约|以前|底?相比|的|起|前)")


REPUBLIC_YEAR = re.compile(r"(?<![比较从到至自\d])(1[01]\d)年(?!的|起|前)")


@dataclass(slots=True)
class Tense:
    """What a stretch of text says about its time. `reports` and `asks` decide, hints only count.

    `limits`: a number with 以上, 以内 or 左右, which results seldom have. `itself`: the stretch
    reports in words of its own, not only by summing up or by ranking. `certain`: in words that no
    limit turns into a wish (去年, 截至, 现有)."""

    reports: bool
    asks: bool
    opens_back: bool
    opens_part: bool
    opens_ahead: bool
    earlier: bool
    later: bool
    limits: bool
    itself: bool
    certain: bool

    @property
    def past(self) -> bool:
        """Does the stretch as a whole report?"""
        if self.asks or self.opens_ahead:
            return False
        if self.opens_back or self.opens_part or self.earlier or self.certain:
            return True
        return self.reports and not self.limits


def tense_of(text: str, frame: Frame) -> Tense:
    """The marks of a clause or a sentence.

    Shapes: normalised text. Units: none. Missing: a sentence without marks is not past.
    Errors: none. Source: docs/rules/reading.md, R-6.
    """
    text = _without_base(text)
    foretells = FORETELLS.search(text) is not None
    asking = not foretells and ASKS.search(text) is not None
    itself = foretells or (not asking and REPORTS.search(text) is not None)
    reports = itself or (not asking and SUMS_UP.search(text) is not None)
    years = _years(text, frame)
    return Tense(
        reports=reports,
        asks=asking,
        opens_back=OPENS_BACK.match(text) is not None,
        opens_part=OPENS_PART.match(text) is not None,
        opens_ahead=OPENS_AHEAD.match(text) is not None,
        earlier=years < 0,
        later=years > 0,
        limits=not asking and LIMITS.search(text) is not None,
        itself=itself,
        certain=foretells or (itself and CERTAIN.search(text) is not None),
    )


def _without_base(text: str) -> str:
    return BASE.sub("", text) if "（" in text else text


def _years(text: str, frame: Frame) -> int:
    """-1 where it names only years before the plan's first, 1 where it names a year of the plan."""
    if not frame.first or ("年" not in text and "十" not in text):
        return 0
    years = [int(year) for year in YEAR.findall(text)]
    if frame.republic:
        years += [int(year) + FIRST_OF_REPUBLIC for year in REPUBLIC_YEAR.findall(text)]
    years += [FIVE_YEARS[plan] for plan in PLAN.findall(text)]
    if not years:
        return 0
    return -1 if max(years) < frame.first else 1 if frame.stated else 0


def may_turn(text: str, tense: Tense) -> bool:
    """Can the clauses of a sentence differ: a result beside a wish, a part of a year?"""
    if PART_OF_YEAR.search(text):
        return True
    forward = tense.asks or tense.limits or tense.opens_ahead
    return forward and (tense.itself or REPORTS.search(text) is not None)


def leans(text: str) -> bool:
    """A sentence without marks that is no order: 其中，第一产业…; it follows the one before it."""
    return ORDER.match(text) is None


def reports_itself(clause: str, *, ahead: bool) -> bool:
    """A clause that reports by itself: 同比, 截至, 已 …, with nothing that asks or limits.

    上半年 … 达到 reports only where the paragraph does not look ahead."""
    clause = _without_base(clause)
    if FORETELLS.search(clause):
        return True
    bare = clause.lstrip()
    found = REPORTS.search(clause) or OPENS_BACK.match(bare)
    found = found or (None if ahead else OPENS_PART.match(bare))
    if found is None or ASKS.search(clause):
        return False
    return CERTAIN.search(clause) is not None or LIMITS.search(clause) is None


def asks(clause: str) -> bool:
    """A clause that looks ahead by itself: 力争, 确保, 年内, 左右 …"""
    return ASKS.search(clause) is not None or LIMITS.search(clause) is not None


def is_bulletin(title: str) -> bool:
    """A statistics bulletin reports from end to end, whatever it quotes of the plan."""
    return BULLETIN.search(title) is not None


def only_reports(text: str, title: str) -> bool:
    """A whole text that reports: its title says so, or it has marks of results and asks nothing.

    Shapes: the normalised text and its first lines. Units: none. Missing: a text without marks
    is a plan. Errors: none. Source: docs/rules/reading.md, R-6.
    """
    if REPORT_TITLE.search(title) or PLAN_TITLE.search(title):
        return PLAN_TITLE.search(title) is None
    if ASKS.search(text):
        return False
    back = 3 * (len(REPORTS.findall(text)) + len(SUMS_UP.findall(text))) + len(
        HINTS_BACK.findall(text)
    )
    return back >= 4 and back > len(HINTS_AHEAD.findall(text)) / 2


BULLETIN = re.compile("统计公报")
REPORT_TITLE = any_of(
    "完成情况|执行情况|进展情况|进展通报|情况(?:的)?通报|情况简析|运行情况|统计公报|工作总结|回顾|"
    "快报|简报|成绩单|成效|情况汇报|通报$|亮点|纪实",
)
PLAN_TITLE = any_of(
    "计划(?!执行情况$)|方案|安排|部署|要点|目标|规划|打算|思路|分工|任务|行动|实事|意见|清单"
)

"""Numbers that are no targets: comparisons, gifts, sizes, parts of a paper, spans of time."""

import re

from gongjian.engine.extract import metrics
from gongjian.engine.extract.comparators import link_of
from gongjian.engine.extract.guards import guarded
from gongjian.engine.extract.naming import SHARE_OF
from gongjian.engine.extract.parts import ATTRIBUTIVE, OF_PAST, Part
from gongjian.engine.extract.words import MONEY, TIMES, any_of, either

COMPARISON = any_of(
    "(?:高于|低于|快于|高出|超出|领先)(?:全[国省市县区]|全国全省|平均|同期|上年|"
    "[^，。]{1,4}平均)[^，。]{0,8}$",
    "(?:比|较)(?:全[国省市])(?:平均)?(?:水平)?[高低快多少]{0,2}$",
    "(?:比|较|同)[^，。]{0,8}(?:平均|目标|全[国省市县])[^，。]{0,6}[高低快多少]{1,2}$",
    "(?:比|较)[^，。]{0,8}(?:年|年底|末|时)[之的]$",
    "[高低]了[^，。；\\d]{0,8}$",
    "(?:拉动|带动|贡献)[^，。；\\d]{0,12}(?:增长|提高|回升)$",
)
GIFT = any_of(
    "(?:每(?:[人户生亩个家台辆位名次吨斤度]|平方米|立方米|公里|公斤|千瓦时){1,3}|人均补|户均补|一次性|"
    "最高(?:不超过)?|给予|奖励|补助|补贴"
    "|罚款|处以|标准为|标准由|基准)[^，。；]{0,12}$"
)  # fmt: skip
SIZE = any_of(
    "(?:总投资|计划总投资|占地|占地面积|用地面积|全长|全程|总长|长度|总?建筑面积|(?<![一-鿿])装机(?:容量)?|"
    "总装机(?:容量)?|总?造价|总经费|(?:[一二三四]期|项目|工程|基地)总?投资|"
    "库容|日(?:供水|处理|产)(?:能力)?"
    "|设计能力|年产(?!值)[^，。]{0,6}|日(?:处理|供|产)[^，。]{0,4}|直径|时速|服务人口|"
    "概算)(?:约|达|达到|为|超过?|近)*$"
)  # fmt: skip
DONE_ON_IT = guarded(r"(?:新增|新建|完成|建成|改造|新改建)[^，。]{0,8}$")
PARTS = any_of(
    "^(?:大|个)?(?:方面|部分|攻坚行动|行动|专项行动|攻坚战|攻坚任务|[^，。]{0,4}硬仗|战役|"
    "举措|措施|要点|章节?|环节|原则|"
    "战略|转变|关系|问题|理念"
    "|坚持|着力点|意见|字|统筹|维度|抓手|层面|阶段|步骤|类别|板块|专班|工作组|方向|体系|"
    "事(?![一-鿿])|大项|关键词|字诀|部门|[^，。]{0,4}组(?![织成建合])|[^，。]{0,6}负责(?:人|同志))",
    "^(?:(?:重点|具体|年度)*(?:工作)?任务|(?:重点|攻坚|主要)*工作)(?=$|已|[，。；、：]|的|和|分解)",
    "^[^，。；]{0,8}(?:民生|惠民)实事|^[^，。；]{0,6}(?:小|大)事",
)  # fmt: skip
OTHERS = guarded(
    r"(?:国家|中央|全国|省里|市里|上级)(?:提出|定的?|安排|下达|要求|确定)[^，。；]{0,16}$"
)
ACCIDENT = re.compile("的?[^，。；]{0,4}事故")  # 死亡3人以上事故
FIELDS = re.compile("领域|行业|方面|部门|单位|[县市区乡镇](?=[、（，。；的]|$)")  # 等12个领域
MEETS = re.compile(
    "[^，。；]{0,8}?(?:参会|参加(?:了)?(?:会议|签约|活动)|作(?:了)?(?:交流)?发言|出席|到会)|"
    "县（市、区）的|市直部门负责"
)
GRADED = re.compile(r"[的者]?为(?:优秀|良好|合格|不合格|达标|[一二三]等)")
PLANT = re.compile(r"[一-鿿]{0,8}?(?:厂|电站|泵站|水库|机组|生产线|项目|工程|基地)")
AMONG = re.compile(r"[^，。；\d]{0,8}(?:里|中)(?:已|有|$)")
PER_UNIT = guarded(r"按(?:照)?每[^，。；\d]{1,8}$")
BOUND = guarded(r"每[名个位户人][^，。；\d]{0,10}(?:包|联系|挂钩|结对)$")
OF_THE_LIST = guarded(r"(?:约束性|预期性)指标$")
STATE = guarded(
    r"现行$|满足(?:全[省市县区国])?$|(?<![要须应争])(?:现|共|拥|已|原|设|只|仅|内|上|中|段)?有$|涉及$|其中$|差$|相差$|缺口$|"
    r"仅$|只$|(?:仍|定|现)为$"
)
TIME = guarded(rf"{either(TIMES)}$")
TIMED = guarded(
    r"月份|达标|时限|时间|用时|周期|工期|天数|期限|时长|开放|办结|审批|压缩|缩短|压减|办理"
)
SCORE = re.compile(r"满意|得分|评分|测评|指数")
RULE = guarded(r"(?:补贴|补助|奖励|贴息|优惠|返还|抵扣|提取|罚款|滞纳金)[^，。；]{0,14}$")
RULED = re.compile(r"[^，。；]{0,6}(?:给予|予以|补贴|补助|奖励|计提|返还|减征|收取|缴纳|支付)")
WITHIN = re.compile(r"(?:以?内|范围)[一-鿿]")
REACH = re.compile(rf"(?:米|公里|千米|{either(TIMES)})$")
PLAN_SHARE = guarded(
    r"(?<!分别完成全年)(?<!分别完成年度)(?:计划|目标|任务)(?:投资|总数|总量|任务)?的$"
)
FINED = re.compile(r"的?罚款|的?(?:一次性)?(?:奖励|补助|补贴)(?!资金)")
OF_ONE = re.compile(
    r"^设|^内设|^投资|(?:(?:首期|总)规模|总投资|占地|用地|全长|总长|建筑面积|总?装机|库容|日(?:供水|处理)|年产|概算)[^，。；、]{0,6}\d"
)
CAPACITY = re.compile("(?:千瓦|兆瓦|吉瓦|吨|立方米|平方米|蒸吨)$")
ROUTINE = guarded(
    r"每(?:季度|月|周|半月|旬|年|半年)[^，。；\d]{0,8}(?:通报|调度|报送|召开|督查|例会|会商)[^，。；\d]{0,4}$"
)
RULED_BY = re.compile(r"的(?:标准|比例)")
STARTS_FROM = guarded("[由从]$")
REACHES = 32  # characters before a number that can speak against it
SPEAKS = guarded(
    "|".join(
        words.pattern
        for words in (
            COMPARISON, OTHERS, GIFT, SIZE, ROUTINE, STATE, PLAN_SHARE, STARTS_FROM, BOUND,
            PER_UNIT, OF_THE_LIST,
        )
    )
)  # fmt: skip
IS_MONEY = re.compile(rf"{MONEY}$")


def refusal(part: Part) -> str:
    """Why the number of a part is no target, whatever its metric would be; empty when it may be.

    Shapes: one part of a clause; a code of `untaken`. Units: none. Missing: none. Errors: none.
    Source: docs/rules/reading.md, R-6.
    """
    return _around(part) or _of_its_kind(part)


def _around(part: Part) -> str:
    """What the words before a number, behind it and in its bracket say of it."""
    left = part.left[-REACHES:]
    said = _before(part, left) if SPEAKS.search(left) else ""
    return said or _behind(part) or (_bracketed(part, left) if part.inside else "")


def _before(part: Part, left: str) -> str:
    if COMPARISON.search(left[-24:]) or OTHERS.search(left):
        return "comparison"
    if GIFT.search(left) and IS_MONEY.search(part.quantity.unit):
        return "per-head"
    if SIZE.search(left[-24:]) and (PLANT.match(part.right) or not DONE_ON_IT.search(left[-24:])):
        return "size"
    if ROUTINE.search(left[-24:]):
        return "span"
    if STATE.search(left[-6:]):
        return "state"
    if PLAN_SHARE.search(left[-10:]):
        return "plan-share"
    if STARTS_FROM.search(left[-1:]):
        return "baseline"
    if BOUND.search(left[-16:]) or PER_UNIT.search(left[-16:]):
        return "per-head"
    return "part" if OF_THE_LIST.search(left[-6:]) else ""


def _behind(part: Part) -> str:
    quantity, right = part.quantity, part.right
    if not right:
        return ""
    if quantity.counted and PARTS.match(right):
        return "part"
    if CAPACITY.search(quantity.unit) and PLANT.match(right) and part.limit is None:
        return "size"
    if AMONG.match(right):
        return "state"
    if ACCIDENT.match(right) or MEETS.match(right):
        return "part"
    if part.left.endswith("等") and FIELDS.match(right):
        return "part"
    policy = right.startswith("”") and quantity.unit in ("条", "项", "号")
    return "name" if policy or right.startswith("+") else ""


def _bracketed(part: Part, left: str) -> str:
    if part.left.endswith("共") and part.quantity.counted:
        return "part"
    if OF_PAST.match(part.inside):
        return "past"
    of_one = OF_ONE.search(part.inside) and not DONE_ON_IT.search(left[-24:])
    return "size" if of_one else ""


def _of_its_kind(part: Part) -> str:
    """What the number itself is: an age, a rule's rate, a span of time, a part of a noun."""
    quantity, left, right = part.quantity, part.left, part.right
    if quantity.unit == "岁" and "寿命" not in left:
        return "age"
    if quantity.unit == "分" and not SCORE.search(left):
        return "score"
    if GRADED.match(right):
        return "rule"
    if right.strip() == "的":
        return "attributive"
    if IS_MONEY.search(quantity.unit) and FINED.match(right):
        return "rule"
    if quantity.share and (RULE.search(left) or RULED.match(right) or RULED_BY.match(right)):
        return "rule"
    if REACH.search(quantity.unit) and WITHIN.match(right):
        return "attributive"
    if TIME.search(quantity.unit) and not TIMED.search(left):
        return "span"
    if not quantity.counted and ATTRIBUTIVE.match(right) and not SHARE_OF.search(left):
        alone = quantity.share and part.limit and len(left.strip(" ，、")) < 3
        return "" if alone else "attributive"
    worded = quantity.hanzi and (quantity.counted or quantity.measured)
    if not worded or part.limit:
        return ""
    link = link_of(left, rate=False)
    if link.linked:  # 力争达到百家
        return ""
    rest = link.rest
    ends = metrics.ends_in_work(rest) or metrics.ends_in_work(left)
    ordered = ends or metrics.begins_with_work(rest)
    return "" if ordered else "numeral"

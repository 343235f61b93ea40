"""The columns of a ledger of projects: the fields of the register, and the words that head them.

The words are read off public lists and forms; a title that is none of them is told by its parts.
Columns that the register does not keep are known by name too, so that none is taken for another."""

import re

from gongjian.engine.ledger import Field, Lexicon
from gongjian.lib.codes import hyphened, project_code_fault, uscc_fault

MONEY = "(?:投资|资金|金额|款|万元|亿元|产值)"
TO_MONTH = "1[-—–~至到]\\d{1,2}月"
YEAR = f"(?:年度(?!底|末)|年内|年初|年计划|至今|全年|{TO_MONTH}|当前年)"
DONE = "(?:完成|已|累计|到位|实际|实绩)"
TIME = "(?:时间|日期|年月|年份|时限|节点|时点|期限|日程|月份)"
START = "(?:开工|动工|启动|开建|进场|开始建设)"
FINISH = "(?:竣工|完工|建成|投产|投用|交付|结束|交工|完成(?=时间|时限|日期|节点))"
ACTUAL = "(?:实际|已|真实)"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _known(name: str, words: str, parts: str) -> Field:
    """A column that is known, and not kept."""
    return Field(name, "other", _words(words), re.compile(parts, re.IGNORECASE), kept=False)


def _faults(kind: str, found: str) -> str:
    return f"{kind}_{found}" if found else ""


# What a person may name with --map, in the order in which the register shows them.
FIELDS = (
    "seq", "name", "code", "owner", "uscc", "township", "scope", "nature", "industry",
    "total_investment", "year_plan_investment", "year_done_investment", "planned_start",
    "planned_finish", "actual_start", "actual_finish", "lead_unit", "responsible_units", "sponsor",
    "progress_text", "remark",
)  # fmt: skip

NATURES = re.compile(
    r"计划新开工|拟新开工|新开工|续建|新建|改扩建|扩建|改建|技改|迁建|前期|储备|预备|在建|竣工投产|竣工|拟建|收尾"
)
TOWNSHIPS = re.compile(r"[一-鿿]{1,8}(?:镇|街道|乡|街道办事处|开发区|高新区|新区|园区|度假区)")

# Known and not kept: tried first, since their titles hold the words of others.
NOT_KEPT = (
    _known("issue", "存在问题 困难问题 主要问题 问题及建议 需协调解决的问题 需协调事项 制约因素 堵点难点",
           "问题|困难|堵点|难点|瓶颈|需.{0,4}协调|制约|卡点"),
    _known("stat_in", "是否已入库纳统 未纳统原因 是否入统 是否入库 入库情况 是否纳统 是否入规 入统投资", "纳统|入统|入库|入规|统计库"),
    _known("review", "审核标识 审核状态 审核意见 审批状态 审核结果", "审核|校核|复核|审批(?:状态|结果)"),
    _known("stage", "建设阶段 是否开工 重要级别 项目级别 项目阶段 当前阶段 项目状态 是否竣工 项目等级 亮灯 亮灯情况 RAGrating",
           r"^是否|阶段|级别|等级|状态|亮灯|层级|rag rating|confidence|colour rating|\bstatus\b"),
    _known("contact", "联系人 联系电话 联系方式 手机 电话 服务专员 联络员 固定电话 手机号码", "联系(?!.{0,3}领导)|电话|手机|联络|专员|phone"),
    _known("done_rate", "年度投资完成率 投资完成比例 完成率 完成比例 投资完成率 占年度计划 占年度计划比例 资金到位率 完成百分比 投资进度 序时进度",
           r"率(?!先)|比例|占比|百分比|占.{0,6}计划|序时|投资进度|%|variance|percent"),
    _known("split", "土建工程 设备安装费用 土地等费用 建安工程 建筑工程费 安装工程费 征地拆迁费 预备费 工程费 其他费用 自筹资金 银行贷款 专项债券 中央预算内资金 "
           "省级以上补助 市财政 企业自筹 上级补助 地方财政 社会资本 债券资金 财政资金 外资",
           "土建|设备|安装|(?:土地|用地|征地|拆迁|预备|其他|工程).{0,4}费|自筹|贷款|债券|预算内|补助|财政|社会资本|融资|国债|外资"),
    _known("area", "用地面积 占地面积 建筑面积 占地 总建筑面积 用地 新增用地 占地亩", "面积|占地|用地|[(（]亩[)）]|平方米|亩$"),
    _known("benefit", "年产值 年销售收入 利税 税收 就业人数 预计年销售收入 年新增税收", "产值|销售收入|营业收入|利税|税收|就业|亩均"),
    _known("month", "当月完成投资 本月完成投资 本月投资 当月投资 本月完成 月度完成投资 月计划投资 本月计划投资",
           rf"^(?!.*{TO_MONTH}).*(?:(?:本|当|上|该)月|^\d{{1,2}}月|月度|(?<![-\d])\d{{1,2}}月份?(?:/|{DONE}|计划|投资))"),
    _known("last_year", "上年完成投资 去年完成投资", "上年(?!度?底|末)|去年|上一年度"),
    _known("total_done", "截止目前累计完成投资 开工至今累计完成投资 自开工累计完成投资 累计完成投资 截至上年底累计完成投资 累计完成 开工以来累计完成投资 "
           "已完成投资 累计到位资金 至上年底累计完成投资",
           rf"^(?!.*(?:年度(?!底|末)|年初|年内|{TO_MONTH})).*(?:截[止至]|累计|以来|开工至今|自开工|至.{{0,6}}[年月]?度?底).*"
           rf"(?:{DONE}|投资|资金)"
           "|^已完成|^完成投资"),
    _known("goal_year", "年度工作目标 2022年前期工作或工程形象进度目标 年度目标 工作目标 年度建设内容 年度建设目标 年度主要建设内容 年度形象进度目标 年度计划 年度任务 "
           "工作计划 年度工作计划 年度推进计划 下步计划 下一步工作计划 节点目标",
           "目标|下[一]?步|工作计划|推进计划|(?:年度|年)(?:投资)?(?:计划)?/?.{0,6}(?:建设内容|工作内容|任务|进度计划)|节点安排"),
    _known("comment", "", r"comment|narrative|variance|forecast|projected|updated|asof|as of|^year$|category|sector|schedule"),
)  # fmt: skip

PROJECT_COLUMNS = Lexicon(
    key="name",
    order=FIELDS,
    parts_of=(("year_plan_investment", "total_investment"),),
    fields=(
        Field("seq", "order", _words("序号 编号 序 № No No. 总序号 顺序号 排序 行号"),
              re.compile(r"^.{0,2}(?:序|顺)号?$|^.{0,3}序号$|^no$|^original document order$", re.I),
              re.compile(r"[1-9]\d{0,3}")),
        Field("uscc", "code", _words("统一社会信用代码 社会信用代码 信用代码 统一信用代码"),
              re.compile("信用代码|机构代码"), re.compile(r"[159][0-9A-HJ-NPQRTUWXY]{17}"),
              check=lambda code: _faults("uscc", uscc_fault(code))),
        Field("code", "code", _words("项目代码 项目编号 项目编码 国家代码 投资项目代码 项目统一代码 立项代码 备案号 在线平台代码 赋码"),
              re.compile(r"(?:项目|平台|审批|国家|统一|立项|备案|监管).{0,6}(?:代码|编码|编号|赋码)|^代码$|^编码$"
                         r"|^(?:project )?(?:id|number|code)$|^unique id$|^project number$", re.I),
              re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}"),
              check=lambda code: _faults("code", project_code_fault(code))
              if code[:1].isdecimal() and "-" in code and len(code) > 20 else "",
              spelt=hyphened),
        *NOT_KEPT,
        Field("planned_start", "span", _words(
                  "建设起止年限 建设起止时间 开竣工时间 开竣工年月 开工竣工时间 项目工期 建设年限 起止年限 起止时间 建设周期 建设工期 建设期限 起止年月 建设起止年月 工期 建设时间 实施年限"),
              re.compile(rf"起止|起讫|工期|开.{{0,2}}竣工|开工.{{0,2}}竣工|(?:建设|实施|项目)(?:年限|周期|期限|期|时间|年份)(?!/)|{START}.{{0,3}}(?:至|[-—~]).{{0,4}}{FINISH}"),
              also="planned_finish"),
        Field("actual_start", "date", _words("实际开工时间 实际开工 实际开工日期 已开工时间 实际开工年月"),
              re.compile(rf"{ACTUAL}.{{0,4}}{START}|{START}.{{0,6}}{ACTUAL}|actual.*start", re.I), past=True),
        Field("actual_finish", "date", _words("实际竣工时间 实际竣工 实际完工时间 实际竣工日期 实际建成时间 实际投产时间"),
              re.compile(rf"{ACTUAL}.{{0,4}}{FINISH}|{FINISH}.{{0,6}}{ACTUAL}|actual.*(?:completion|finish|end|closing)",
                         re.I), past=True),
        Field("planned_start", "date", _words(
                  "计划开工时间 开工时间 计划开工 开工日期 计划开工日期 拟开工时间 预计开工时间 计划开工年月 开工年月 开工"),
              re.compile(rf"{START}.{{0,6}}{TIME}|{TIME}.{{0,3}}{START}|^(?:计划|拟|预计){START}$|^{START}(?:年|月)?$"
                         r"|start.*date|\bstart\b|approval date|\bbegin", re.I)),
        Field("planned_finish", "date", _words(
                  "计划竣工时间 竣工时间 计划竣工 竣工日期 计划竣工日期 预计竣工时间 计划完工时间 完工时间 建成时间 计划建成时间 拟竣工时间 投产时间 计划投产时间 "
                  "完成时间 完成时限 竣工 rawProvidedDate"),
              re.compile(rf"{FINISH}.{{0,6}}{TIME}|{TIME}.{{0,3}}{FINISH}|^(?:计划|拟|预计){FINISH}$|^{FINISH}(?:年|月)?$"
                         r"|(?:end|completion|finish|closing).*date|\bend\b|provided date|planned closing", re.I)),
        Field("year_done_investment", "money", _words(
                  "年度累计完成投资 年初至今已完成 年度完成投资 本年完成投资 今年累计完成投资 本年累计完成投资 当年完成投资 年内完成投资 "
                  "当年累计完成投资 年度已完成投资 年度实际完成投资"),
              re.compile(rf"{YEAR}.{{0,8}}(?<!计划){DONE}(?!.*率)|年度投资/.{{0,4}}{DONE}|{DONE}.{{0,4}}年度.{{0,4}}{MONEY}"), yearly=True),
        Field("year_plan_investment", "money", _words(
                  "年度计划投资 年计划投资 2022年计划投资 本年度计划完成投资 年度投资计划 本年计划投资 今年计划投资 计划年度投资 "
                  "当年计划投资 年度投资 年度计划完成投资 年度投资额 年度投资目标"),
              re.compile(rf"(?:年度(?!底|末)|年内|全年|年计划).{{0,10}}{MONEY}|{MONEY}.{{0,6}}/年度(?:计划|目标|任务)?$|^计划.{{0,3}}(?:年度|当年|全年).{{0,4}}{MONEY}"
                         r"|(?:yearly|annual).*(?:budget|plan)|20\d\d.*(?:budget|baseline)", re.I), yearly=True),
        Field("total_investment", "money", _words(
                  "总投资 项目总投资 计划总投资 投资总额 总投资额 投资额 概算总投资 估算总投资 计划投资 投资规模 投资概算 项目投资 投资金额 概算投资 总投资概算 "
                  "批复总投资 预算总投资 协议总投资 合同投资额"),
              re.compile(r"总.{0,2}投资|投资.{0,2}(?:总|合计|规模|估算|概算)|^(?:项目|计划|概算|估算|批复|预计|工程|拟)?投资(?:额|总额|金额|量)?$"
                         r"|^投资(?!企业|单位|主体|方|商|人|协议)|概算|估算|工程造价|合同额"
                         r"|whole life cost|wlc|total.*(?:budget|cost)|lifecycle cost|^cost|project cost|^budget$", re.I)),
        Field("progress_text", "text", _words(
                  "形象进度 进展情况 项目进展 工程进度 项目进展情况 目前进展 工作进展 建设进度 进度情况 推进情况 工程形象进度 建设进展 最新进展 目前进展情况 建设进展情况"),
              re.compile("形象进度|进展|进度|推进情况|建设情况|完成情况|办理情况|现状|progress", re.I)),
        Field("lead_unit", "text", _words(
                  "牵头单位 主管部门 牵头部门 行业主管部门 主管单位 牵头责任单位 行业部门 主管局 department agency"),
              re.compile("牵头|主管|主办|department|agency name|^dept$", re.I)),
        Field("responsible_units", "names", _words(
                  "责任单位 责任部门 配合单位 负责单位 实施单位 承办单位 责任主体 包靠单位 报送单位 填报单位 推进单位 服务单位 保障单位 属地责任单位 落实单位"),
              re.compile("(?:责任|负责|配合|承办|落实|推进|协办|保障|填报|报送|申报|包靠|服务|参与).{0,3}(?:单位|部门|主体|机构|科室|县市区)"
                         "|责任分工")),
        Field("sponsor", "text", _words(
                  "责任领导 包靠领导 包保领导 联系领导 挂包领导 分管领导 市级领导 县级领导 挂钩领导 牵头领导 包联领导 帮包领导 责任人 包抓领导 领衔领导"),
              re.compile("领导|(?:包|挂|联|帮|服务).{0,3}(?:领导|干部|责任人)|县领导|责任人|sponsor", re.I)),
        Field("owner", "text", _words(
                  "建设单位 项目法人 项目业主 业主单位 项目单位 业主 投资主体 建设主体 投资方 承建单位 企业名称 项目建设单位 投资单位 单位名称 实施主体 公司名称 法人单位 项目主体"),
              re.compile("业主|法人(?!代表)|(?:建设|投资|项目|实施|承建|运营|申报).{0,2}(?:单位|主体|企业|方$|公司)|企业|公司|owner", re.I)),
        Field("name", "text", ("Project Name", "Project Title", *_words(
                  "项目名称 工程名称 名称 项目单位及名称 项目 重点项目名称 子项目名称 建设项目 建设项目名称 项目全称 项目名 单项工程名称")),
              re.compile(r"(?:项目|工程).{0,4}名称?|^名称$|^项目$|名称及|^(?:project|investment )?(?:name|title)$|project[ _]?(?:name|title)"
                         r"|investment title", re.I)),
        Field("nature", "text", _words(
                  "建设性质 项目性质 性质 年度类别 计划类别 项目分类 新续建 建设类型 项目类型 新建续建 类型"),
              re.compile("性质|新.{0,1}续建|续建|计划类别|(?:建设|项目)(?:类型|分类)"), NATURES, grouped=True),
        Field("scope", "text", _words(
                  "建设规模及内容 建设内容 主要建设内容 建设规模及主要内容 建设内容及规模 建设规模 项目概况 主要内容 项目内容 建设规模与内容 项目简介 基本情况 主要建设内容及规模 "
                  "工程概况 description"),
              re.compile("建设.{0,4}(?:规模|内容)|内容|规模|概况|简介|description|aims", re.I)),
        Field("industry", "text", _words("所属行业 行业 行业类别 产业类别 产业领域 所属产业 国民经济行业 行业分类 所属领域 领域 产业链"),
              re.compile("行业|产业|领域|industry", re.I)),
        Field("category", "text", _words("项目类别 类别 项目大类 板块 分类 专业类别 所属板块"),
              re.compile("类别|大类|小类|板块|分类|门类")),
        Field("township", "text", _words(
                  "建设地点 所在市县 隶属区县 镇街 属地 所在镇街 所属镇街 属地镇街 项目地点 建设地址 所在地 乡镇 所在乡镇 所属乡镇 所在区域 项目所在地 "
                  "所在县区 县市区 区县 地点 建设位置 镇街园区"),
              re.compile("地点|地址|位置|所在|属地|隶属|区县|县区|县市|市县|镇街|乡镇|街道|镇(?:名|称)|园区|location|region", re.I),
              TOWNSHIPS),
        Field("remark", "text", _words("备注 说明 附注 备 注 其他 备注说明"), re.compile("备注|附注|^说明$|^其[他它]$|remark", re.I)),
    ),
)  # fmt: skip

"""The vocabulary of the grammar: units, verbs of work, words that link, limit, look back or ahead.

Lists of words of the language; what they mean for a number is said where they are used.
"""

import re

from gongjian.engine.extract.guards import guarded


def either(*words: str) -> str:
    """A pattern that prefers the longest word."""
    every = {word for group in words for word in group.split()}
    return "(?:" + "|".join(sorted(every, key=lambda word: (-len(word), word))) + ")"


def any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern out of several, tried in their order, where their first letters stand."""
    whole = "|".join(patterns)
    anchored = all(pattern.startswith("^") for pattern in patterns)
    return re.compile(whole) if anchored else guarded(whole)


MULTIPLIER = either("万亿 千亿 百亿 十亿 亿 千万 百万 十万 万 千 百")
MEASURES = (
    "元 美元 欧元 英镑 人民币 亩 公顷 平方公里 平方千米 平方米 平米 公里 千米 米 海里 "
    "吨标准煤 吨标煤"
    " 吨 公斤 千克 斤 千瓦时 千瓦 兆瓦时 兆瓦 吉瓦 立方米 方 升 微克/立方米 微克每立方米 "
    "标准箱 标箱 TEU"
    " 微克 毫克/升 公升 公尺 平方公尺 立方公尺 千元 元/人 万元/人 元/平方米 "
    "人/平方公里 个工日 工日 ㎡ ㎥ m² km² kW kWh MW GW km kg t m ha"
)
SHARES = "% ‰ 个百分点 百分点 倍"
TIMES = "小时 分钟 个工作日 工作日 天 日 个月"
PIECES = (
    "个 家 项 座 所 条 处 件 张 套 台 辆 部 例 场 次 批 种 头 只 羽 株 棵 栋 幢 间 片 块 册 "
    "份 宗 单 支"
    " 队 艘 架 列 枚 盏 根 眼 户 人 名 位 人次 户次 架次 场次 车次 例次 批次 辆次 件次 家次 "
    "篇 部次 对"
    " 期 班 孔 口 站 节 村 店 盘 段 组 吨次 床 张床位 个床位 标台 标准台 标段 学位 个学位 "
    "门 款 尾 团 班次 岁 分 篇 幅 箱 桶 瓶 穴"
)
UNIT = either(MEASURES, SHARES, TIMES, PIECES)
COUNTED = either(PIECES)
MONEY = either("元 美元 欧元 英镑 人民币")
MEASURED = either(MEASURES)

WORK = either(
    "形成 培育形成 完成 实现 建成 建设 新建 改建 扩建 改扩建 续建 迁建 改造 新增 增加 培育 "
    "引进 引育 "
    "新引育 打造 推进 推动"
    " 实施 发放 开展 组织 举办 培训 发布 释放 推广 签约 新签约 开工 新开工 竣工 投产 达产 "
    "投用 启用 创建"
    " 认定 命名 评选 遴选 建立 设立 成立 落实 安排 投入 投资 筹集 争取 发行 支持 资助 扶持 "
    "服务 救助 培养"
    " 跟踪培养 选拔 选派 招引 招聘 招收 吸引 入库 纳规 升规 上市 新上 整治 治理 修复 绿化 "
    "造林 种植 养殖"
    " 播种 收储 生产 供应 配建 配备 配套 安装 加装 更新 更换 维修 养护 新改建 提升 完善 "
    "完善提升 优化 打通"
    " 贯通 通车 开通 新开通 新辟 拆除 拆迁 搬迁 安置 化解 处置 盘活 消化 清理 清零 办理 "
    "办结 受理 检查 抽查"
    " 巡查 抽检 检测 筛查 体检 诊疗 义诊 覆盖 惠及 受益 接待 销售 出口 引入 导入 孵化 转化 "
    "申报 申请 授权"
    " 制定 修订 出台 编制 扩大 扩建 增设 增补 布设 布局 铺设 敷设 架设 疏浚 清淤 加固 硬化 "
    "亮化 储备 谋划"
    " 筛选 筛选确定 确定 转移就业 输送 帮扶 脱贫 减贫 摘帽 关停 淘汰 退出 压减 削减 减少 "
    "降低 节约 新能源替代"
    " 集聚 聚集 汇聚 储存 采购 兑现 减免 减税 降费 贷款 融资 募集 募资 拨付 下达 帮助 促成 "
    "达成 建 新设 增设"
    " 招商 洽谈 对接 落户 落地 到位 回收 利用 回购 新认定 新培育 新引进 重点打造 重点培育 "
    "累计建成 启动 创成 争创 植树 栽植"
    " 育 种 养 修 购置 淘汰 更新改造 提档升级 建好 抓好 办好 做好 高质量完成 全面完成 "
    "超额完成 力保 遴选 选树 表彰 消除 辅导 补助 兴办 办理 汰换 核准 编列 "
    "开辟 新辟 拓宽 改善 再发 新发 "
    "投向 办实 打造成 整合 推出 建强 引导 组建"
)
STRIP = either(
    "形成 培育形成 开工建设 基本建成 建成投用 建设改造 完成 实现 建成 建设 新建 改建 扩建 "
    "改扩建 改造 "
    "新增 增加 培育 引进 引育 新引育 打造 "
    "推进 实施 发放 开展 组织 举办 发布 释放 推广 创建 认定 建立 设立 加装 更新 完善 提升 "
    "整治 治理 修复 扶持 资助 支持 招引 选派 培养 选拔 遴选 投入 筹集 争取 发行 安排 落实 "
    "提供 新改建 新培育 新引进 新认定 布局 筛选 筛选确定 淘汰 建好 修建 新设 增设 配备 配建 "
    "消除 辅导 补助 兴办 办理 汰换 核准 编列 开辟 新辟 拓宽 "
    "制定 修订 出台 重点打造 招聘 吸引 落地转化 "
    "完善提升 启动 创成 解决 化解 处置 兑现 减免"
)
UPWARD = either("拉高 增长 成长 增列 提高 提升 上升 上涨 增加 递增 增 升 上浮 加快")
DOWNWARD = either("砍掉 下降 降低 压减 减少 缩减 削减 降 下调 减 压降 下浮 回落 压缩 缩短")
AT_LEAST = either(
    "逾 ≥ "
    "不会低于 不能低于 不会少于 不能少于 不低于 不少于 不小于 不得少于 不得低于 至少 高于 超过 "
    "跑赢 站稳 突破 超 大于 多于 最少 达到或超过 过 破"
)
AT_MOST = either(
    "≤ 不会超过 不能超过 不会高于 不超过 不高于 不大于 不多于 低于 少于 小于 不得超过 最多 至多 "
    "不突破"
)
ABOUT = either("约 大约 接近 近 约为 大致 左右")
EXACTLY = either(
    "达到 达 完成 实现 为 是 稳定在 保持在 维持在 稳定 保持 到 至 在 共 计 总计 合计 累计 "
    "控制 控制在 限制在 站上 跨越 迈上 冲刺"
)
AFTER_LEAST = either("以上 之上 及以上 有余")
AFTER_MOST = either("以内 以下 之内 之下 及以下")
AFTER_ABOUT = either("左右 上下")

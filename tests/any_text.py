"""Texts that may be anything: random characters, and the words of plans in any order."""

from hypothesis import strategies as st

WORDS = (
    "100 4.5% 1,500 三万 双千亿 “ ” （ ） 、 ， 。 ； ： | 以上 左右 不低于 达到 增长 下降 到 由 "
    "从 的 等15个 行动 实施 牵头单位： 责任单位： 负责 2020年 6月底前 每年 一、 （一） 1. "
    "第一， 万亿元 个百分点 项目 新建 分别 均 占 比重 总投资 去年 同比 力争 翻番 —— - 億 ％ "
    "<p> &nbsp; to GDP growth of 5 percent by 2027 will"
)
PIECES = st.sampled_from([*WORDS.split(), "\n", "\t", "\u3000", " "])
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))

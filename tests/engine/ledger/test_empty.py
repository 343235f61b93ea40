"""Words for what is not there, as they stand in cells of names."""

import pytest

from gongjian.engine.ledger import Answers, Field, Lexicon, Reading
from gongjian.engine.ledger.empty import is_empty, is_no_name
from gongjian.lib.grids import Grid

PEOPLE = Lexicon(
    fields=(
        Field("name", "text", ("名称",), named=True),
        Field("who", "text", ("领导",), named=True),
        Field("units", "names", ("责任单位",)),
        Field("progress", "text", ("进展",)),
    ),
    key="name",
)
WORDS = [
    *("（待定）", "(待定)", "【待定】", "待定。", "无。", "(无)", "（空）", "(待明确)", "尚未明确"),
    *("暂缺", "空缺", "待指定", "待分配", "未安排", "暂无人选", "待研究确定", "正在明确", "待定"),
    *("无", "—", "/"),
]


@pytest.mark.parametrize("word", WORDS)
def test_word_for_nothing_is_no_name(word):
    rows = [("名称", "领导", "责任单位", "进展"), ("甲", word, f"{word}、发改局", "好"),
            ("乙", "李四", word, "好"), (word, "王五", "发改局", "好")]  # fmt: skip
    reading = Reading([Grid("表", list(enumerate(rows)))], PEOPLE, Answers())

    records = list(reading.records())

    assert [(one["name"], one["who"], one["units"]) for one in records] == [
        ("甲", None, ["发改局"]),
        ("乙", "李四", None),
    ]
    assert [one.rows for one in reading.tables[0].refused] == [[3]]


@pytest.mark.parametrize("name", ["无锡路", "（空调）", "空港", "待月湖", "缺口镇", "无（原张三）"])
def test_name_that_begins_like_nothing_is_one(name):
    assert not is_no_name(name)


def test_work_that_is_being_settled_is_a_text():
    assert is_no_name("正在研究")
    assert not is_empty("正在研究")

"""What stands in a cell when nothing does: 待定, 无, —, N/A; and what went wrong: #REF!."""

import re
import unicodedata
from functools import lru_cache

WORDS = frozenset((
    "待定", "未定", "待确定", "待明确", "待落实", "待补充", "待核实", "待填", "待报", "待",
    "未明确", "未确定", "未落实", "暂无", "暂未确定", "暂定", "无", "没有", "空", "不详", "不明",
    "尚未明确", "尚未确定", "尚未落实", "尚未安排", "暂未明确", "暂未落实", "暂未安排", "未安排",
    "未指定", "未分配", "暂缺", "空缺", "待指定", "待分配", "待安排", "待进一步明确",
    "待进一步确定",
    "未知", "未填", "未报", "略", "n/a", "na", "#n/a", "*n/a", "tbd", "tbc", "nil", "none", "null",
    "nan", "unknown", "pending", "to be determined", "to be confirmed", "not available",
    "not applicable",
))  # fmt: skip
NO_NAMES = frozenset((  # said of what has no name yet; of a work they say how it goes
    "正在明确", "正在确定", "正在落实", "正在研究", "正在协调", "拟定中", "商定中", "待研究",
    "待研究确定", "待研究明确",
    "待协商", "待商定", "待选派", "待任命", "缺", "暂无人选", "无人选", "人选待定", "待定人选",
    "暂未确定人选",
))  # fmt: skip
AROUND = "()[]【】〔〕{}<>《》「」\"'“”‘’ \t\n"  # of a word that says nothing
ENDS = "。.,，;；、!！:：…"
DASHES = re.compile(r"[\s\-—–―－_/\\|、.。·~～*＊×?？…()（）]*")
ERROR = re.compile(r"#(?:REF|N/A|VALUE|DIV/0|NAME|NUM|NULL|SPILL|CALC|ERROR)[!?]?|Err:\d+")


NOTED = re.compile("[¹²³⁰-⁹₀-₉①-⓿❶-➓½¼¾⅓⅔]")  # 3500① is 3500 with a note, and not 35001

LONGEST = max(map(len, WORDS)) + 6  # a longer text is none of them


def is_empty(text: str) -> bool:
    """Does a text say that there is nothing?

    >>> is_empty("待定"), is_empty("——"), is_empty(" N/A "), is_empty("无锡路")
    (True, True, True, False)
    >>> is_empty("（待定）"), is_empty("无。"), is_empty("【待明确】"), is_empty("（空调）")
    (True, True, True, False)
    """
    if len(text) > LONGEST and text[0].isalnum():
        return False
    return _is_word(text)


def is_no_name(text: str) -> bool:
    """Does a text that should be a name say that there is none yet?

    >>> is_no_name("（待研究确定）"), is_no_name("暂无"), is_no_name("正在建设公司")
    (True, True, False)
    """
    said = unicodedata.normalize("NFKC", text).strip(AROUND + ENDS)
    return said in NO_NAMES or is_empty(text)


@lru_cache(maxsize=65_536)
def _is_word(text: str) -> bool:
    said = unicodedata.normalize("NFKC", text).strip()
    if DASHES.fullmatch(said) is not None or said.lower() in WORDS:
        return True
    return said.strip(AROUND + ENDS).lower() in WORDS


DITTO = frozenset(("同上", "同上行", "同前", "〃", "″", "″", "”", '"', "ditto"))
DITTO_SIGNS = tuple({sign[0] for sign in DITTO})


def is_ditto(text: str) -> bool:
    """Does a cell say that it holds what the cell above it does?

    >>> is_ditto("同上"), is_ditto(" 〃"), is_ditto("同济路")
    (True, True, False)
    """
    return text.strip().lower() in DITTO


def is_noted(text: str) -> bool:
    """Does a small or ringed digit stand in a figure, which would become one of its digits?

    >>> is_noted("3500①"), is_noted("2026年9月"), is_noted("2026年9月②")
    (True, False, True)
    """
    return not text.isascii() and NOTED.search(text) is not None


def is_error(text: str) -> bool:
    """Is it what a workbook shows where a formula failed?"""
    return text[:1] in "#E" and ERROR.fullmatch(text.strip()) is not None

"""What stands in a cell when nothing does: 待定, 无, —, N/A; and what went wrong: #REF!."""

import re
import unicodedata
from functools import lru_cache

WORDS = frozenset((
    "待定", "未定", "待确定", "待明确", "待落实", "待补充", "待核实", "待填", "待报", "待",
    "未明确", "未确定", "未落实", "暂无", "暂未确定", "暂定", "无", "没有", "空", "不详", "不明",
    "未知", "未填", "未报", "略", "n/a", "na", "#n/a", "*n/a", "tbd", "tbc", "nil", "none", "null",
    "nan", "unknown", "pending", "to be determined", "to be confirmed", "not available",
    "not applicable",
))  # fmt: skip
DASHES = re.compile(r"[\s\-—–―－_/\\|、.。·~～*＊×?？…()（）]*")
ERROR = re.compile(r"#(?:REF|N/A|VALUE|DIV/0|NAME|NUM|NULL|SPILL|CALC|ERROR)[!?]?|Err:\d+")


NOTED = re.compile("[¹²³⁰-⁹₀-₉①-⓿❶-➓½¼¾⅓⅔]")  # 3500① is 3500 with a note, and not 35001

LONGEST = max(map(len, WORDS)) + 4  # a longer text is none of them


def is_empty(text: str) -> bool:
    """Does a text say that there is nothing?

    >>> is_empty("待定"), is_empty("——"), is_empty(" N/A "), is_empty("无锡路")
    (True, True, True, False)
    """
    if len(text) > LONGEST and text[0].isalnum():
        return False
    return _is_word(text)


@lru_cache(maxsize=65_536)
def _is_word(text: str) -> bool:
    said = unicodedata.normalize("NFKC", text).strip()
    return DASHES.fullmatch(said) is not None or said.lower() in WORDS


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

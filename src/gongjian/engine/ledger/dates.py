"""Dates as offices write them, each to the precision that it has; what is doubtful stays so."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from gongjian.engine.ledger.empty import is_empty

Code = Literal[
    "ok",  # value
    "order",  # day and month could be either: value holds the three numbers
    "short",  # three numbers of two digits
    "year",  # all but the year: value holds the rest
    "span",  # value and other
    "bad",  # no such day
    "fiscal",  # a financial year, which is none of the calendar
    "text",  # words
    "empty",
]
Order = Literal["dmy", "mdy", "ymd", "ydm"]
Loose = Literal["", "about", "before", "after"]  # 左右, 6月前, 以后: what is written is not the day

EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
SERIALS = (20_000, 80_000)  # 1954 … 2119
NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
            "十": 10, "十一": 11, "十二": 12, "元": 1, "腊": 12}  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED = "(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
AROUND = re.compile(
    r"^(?:已于|已在|于|自|从)|(?:之前|以前|前|以后|之后|后|左右|上下|起|开始|止|为止)$"
)
LOOSE = re.compile(r"(?P<before>前|以前|之前)$|(?P<after>以后|之后|后)$|(?P<about>左右|上下)$")
ABOUT = re.compile(r"大约|大概|约")
BY = re.compile(r"[底末日号]$|\d[-/.]\d{1,2}[-/.]\d{1,2}$")  # 6月底前 is June, 6月前 may be May
HEDGED = re.compile(
    r"^(?:预计|计划|拟于|拟|力争|争取|确保|预期|暂定|大约|大概|约)(?:于|在|到)?(?:大约|大概|约)?"
)
ASIDE = re.compile(r"\((预计|计划|拟|暂定|预期|大约|大概|约)\)$")  # 2027年9月（预计）
TIME_OF_DAY = re.compile(  # 6月12日上午9时
    r"(?<=[日号])(?=.)(?:凌晨|早上|上午|中午|下午|傍晚|晚上|晚间|晚)?(?:\d{1,2}[点时](?:\d{1,2}分|半|整)?)?$"
)
TAIL = re.compile(
    r"\(([^()\d旬底初末季半年月日前后起止]{1,12})\)$"
)  # （已延期）: the date stands before it
SPELT_YEAR = re.compile(r"二[〇○零O0][〇○零一二三四五六七八九]{2}(?=年)")  # 二〇二六年
DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
VERBS = re.compile(
    r"(?:全面|正式|整体|主体|部分)?(?:开工|动工|竣工|完工|建成|投产|交付|完成|启动|投用)(?:建设)?$"
)
CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AaPp][Mm]|Z|[+-]\d{2}:?\d{2})?$")
Y = r"(?P<y>(?:19|20|21)\d\d)"
M = r"(?P<m>1[0-2]|0?[1-9]|[一二三四五六七八九]|十[一二]?)"
LATE = r"(?:份)?(?:底|末|初|中|月底|月末)?"
DAY = re.compile(
    rf"{Y}(?:年|(?P<s>[-/.]))(?P<m>\d{{1,2}})(?:月|(?P=s))(?P<d>\d{{1,2}})(?:日|号)?"
    rf"|{Y.replace('y', 'Y')}(?P<M>\d{{2}})(?P<D>\d{{2}})"
)
MONTH = re.compile(rf"{Y}(?:年度?|[-/.]){M}月?{LATE}|{Y.replace('y', 'Y')}(?P<M>0[1-9]|1[0-2])")
YEAR = re.compile(rf"{Y}(?:年度?)?(?:年?[底末初中]|全年|年内)?")
TEN_AS_KEPT = re.compile(rf"{Y}-(?P<m>0[1-9]|1[0-2])-[Tt](?P<t>[123])")
TEN = re.compile(rf"(?:{Y}(?:年度?|[-/.]))?{M}月?(?P<t>[上中下])旬")
QUARTER = re.compile(
    rf"(?:{Y}年?度?[-/.]?)?(?:第?(?P<q>[一二三四1-4])季度?|[Qq](?P<Q>[1-4])){LATE}"
    r"|[Qq](?P<p>[1-4])[-/ ]?(?P<z>20\d\d)"
)
HALF = re.compile(rf"(?:{Y}年?度?[-/.]?)?(?:(?P<h>[上下])半年{LATE}|[Hh](?P<H>[12]))")
MONTH_ONLY = re.compile(rf"{M}月{LATE}")
DAY_ONLY = re.compile(rf"{M}月(?P<d>\d{{1,2}})(?:日|号)")
YEAR_END = re.compile(r"年[底末初内]|全年")
RELATIVE = re.compile(r"(?P<r>今年|本年度?|当年|明年|次年|来年|去年|上年|后年)(?:的)?")
OFFSETS = {"明": 1, "次": 1, "来": 1, "去": -1, "上": -1, "后": 2}
LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d)")
SHORT = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{2})")
SHORT_FIRST = re.compile(r"(\d\d)([-/.])(\d{1,2})\2(\d)")  # 26/9/1: a year has two digits
SHORT_YEAR = re.compile(r"'?(\d\d)年(.+)")
ENGLISH = (
    re.compile(rf"{NAMED}\.?[ -]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? *(?P<y>(?:19|20)\d\d)"),
    re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -]?{NAMED}\.?,?[ -]?(?P<y>(?:19|20)?\d\d)"),
    re.compile(rf"{NAMED}\.?,?[ -]?(?P<y>(?:19|20)\d\d)"),
    re.compile(rf"(?P<y>(?:19|20)\d\d)[ -]{NAMED}(?:[ -](?P<d>\d{{1,2}}))?"),
)
FISCAL = re.compile(
    r"(?:fiscal(?:year)?|fy|q[1-4]|0?[1-4])?\s*(20\d\d)\s*[-/]\s*(?:20)?(\d\d)", re.IGNORECASE
)
DAYLIKE = re.compile(r"\d{1,4}([-/.])\d{1,3}\1\d{1,4}")  # a day, and none of the calendar
BETWEEN = re.compile(r"\s*(?:至|到|—+|–|―|~|～|-{2})\s*|(?<=[年月日])-|(?<=\d)-(?=(?:19|20)\d\d)")
SOME_MONTHS = re.compile(rf"{Y}(?:年|[/.]){M}月?-(?P<z>1[0-2]|0?[1-9])月?")  # 2026.3-12
YEARS = re.compile(rf"{Y}年?-(?P<z>(?:19|20)\d\d)年?")


@dataclass(frozen=True, slots=True)
class Date:
    """What a text says of a day. `value` and `other` are by precision: 2020-06-12, 2020-06,
    2020-06-T2, 2020-Q2, 2020-H1, 2020; `proof` is the order that this text alone proves; `loose`
    says that the day meant is only near what is written, before or after it; `tail` stands behind
    the date and is none of it."""

    code: Code
    value: str = ""
    other: str = ""
    proof: str = ""
    hedged: bool = False
    loose: Loose = ""
    numbers: tuple[int, ...] = ()
    tail: str = ""


EMPTY, TEXT = Date("empty"), Date("text")


@lru_cache(maxsize=65_536)
def read_date(text: str, *, late: bool = False) -> Date:
    """The date that a cell writes.

    Shapes: one cell. Units: none. Missing: `empty`; words are `text`. Errors: `bad` where the
    calendar has no such day; see Code. Source: docs/rules/ledgers.md, K-5.

    >>> read_date("2020年6月底").value, read_date("2020年6月中旬").value, read_date("一季度").code
    ('2020-06', '2020-06-T2', 'year')
    >>> read_date("2020-06-T3").value
    '2020-06-T3'
    >>> read_date("04/05/2020").code, read_date("24/05/2020").value, read_date("2020-06-31").code
    ('order', '2020-05-24', 'bad')
    """
    if is_empty(text):
        return EMPTY
    said = " ".join(unicodedata.normalize("NFKC", text).split())
    clock = CLOCK.search(said)
    if clock:
        said = said[: clock.start()].strip()
    if any("一" <= letter <= "鿿" for letter in said):
        said = said.replace(" ", "")
    if aside := ASIDE.search(said):
        said = f"{aside[1]}{said[: aside.start()]}"
    tail = TIME_OF_DAY.search(said) or TAIL.search(said)
    if tail:
        said = said[: tail.start()]
    said = SPELT_YEAR.sub(lambda found: found[0].translate(DIGITS), said)
    spoken = VERBS.sub("", said)
    end = LOOSE.search(spoken)
    hedge = HEDGED.search(said)
    hedged = hedge is not None or end is not None
    loose: Loose = ""
    if hedge is not None and ABOUT.search(hedge[0]):
        loose = "about"
    elif end is not None and not (end["before"] and BY.search(spoken[: end.start()])):
        loose = "before" if end["before"] else "after" if end["after"] else "about"
    for pattern in (HEDGED, AROUND, VERBS, AROUND):
        said = pattern.sub("", said, count=1) or said
    found = _read(said, late=late)
    return Date(found.code, found.value, found.other, found.proof, hedged, loose, found.numbers,
                tail[0] if tail else "")  # fmt: skip


def _read(said: str, *, late: bool) -> Date:
    for reader in (_calendar, _months, _numbers, _relative, _span, _english, _fiscal):
        found = reader(said)
        if found is not None:
            return found
    if said.replace(".", "", 1).isdecimal() and said.isascii():
        return _serial(float(said), late=late)
    return Date("bad") if DAYLIKE.fullmatch(said) else TEXT


def _serial(number: float, *, late: bool) -> Date:
    """The days that a workbook counts; a bare number of them stands where a format was lost."""
    if not SERIALS[0] <= number < SERIALS[1]:
        return TEXT
    return Date("ok", str((EPOCH_1904 if late else EPOCH) + timedelta(days=int(number))))


def _calendar(said: str) -> Date | None:
    """Year first: a day, a third of a month, a month, a quarter, a half, a year."""
    if found := DAY.fullmatch(said):
        year, month, day = (found["y"] or found["Y"], found["m"] or found["M"],
                            found["d"] or found["D"])  # fmt: skip
        return _day(int(year), int(month), int(day))
    if found := MONTH.fullmatch(said):
        month = _month(found["m"] or found["M"])
        return Date("ok", f"{found['y'] or found['Y']}-{month:02d}")
    if found := YEAR.fullmatch(said):
        return Date("ok", found["y"])
    if found := TEN_AS_KEPT.fullmatch(said):
        return Date("ok", f"{found['y']}-{found['m']}-T{found['t']}")
    if found := TEN.fullmatch(said):
        return _dated(found["y"], f"{_month(found['m']):02d}-T{'上中下'.index(found['t']) + 1}")
    if found := QUARTER.fullmatch(said):
        quarter = found["q"] or found["Q"] or found["p"]
        return _dated(found["y"] or found["z"], f"Q{NUMERALS.get(quarter) or quarter}")
    if found := HALF.fullmatch(said):
        half = found["H"] or "上下".index(found["h"]) + 1
        return _dated(found["y"], f"H{half}")
    if found := DAY_ONLY.fullmatch(said):
        return Date("year", f"{_month(found['m']):02d}-{int(found['d']):02d}")
    if found := MONTH_ONLY.fullmatch(said):
        return Date("year", f"{_month(found['m']):02d}")
    return Date("year", "") if YEAR_END.fullmatch(said) else None


def _dated(year: str | None, rest: str) -> Date:
    return Date("ok", f"{year}-{rest}") if year else Date("year", rest)


def _month(written: str) -> int:
    return NUMERALS.get(written) or int(written)


def _day(year: int, month: int, day: int, *, proof: str = "") -> Date:
    try:
        return Date("ok", str(date(year, month, day)), proof=proof)
    except ValueError:
        return Date("bad")


def _months(said: str) -> Date | None:
    """2026.3-12: from a month to a later one of its year; backwards it is neither span nor day."""
    found = SOME_MONTHS.fullmatch(said)
    if found is None:
        return None
    first, last = _month(found["m"]), int(found["z"])
    if first >= last:
        return TEXT
    return Date("span", f"{found['y']}-{first:02d}", f"{found['y']}-{last:02d}")


def _numbers(said: str) -> Date | None:
    """Year last, or of two digits: what stands before it may be day or month."""
    if found := LAST.fullmatch(said):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if first > 12:
            return _day(year, second, first, proof="dmy")
        if second > 12:
            return _day(year, first, second, proof="mdy")
        return Date("order", numbers=(first, second, year))
    if found := SHORT.fullmatch(said):
        return Date("short", numbers=(int(found[1]), int(found[3]), int(found[4])))
    if found := SHORT_FIRST.fullmatch(said):
        return _day(2000 + int(found[1]), int(found[3]), int(found[4]), proof="ymd")
    if found := SHORT_YEAR.fullmatch(said):
        return _calendar(f"20{found[1]}年{found[2]}")
    if YEARS.fullmatch(said):
        return None
    if found := FISCAL.fullmatch(said):
        follows = (int(found[1]) + 1 - int(found[2])) % 100 == 0
        return Date("fiscal" if follows else "bad" if found[0][0] == "2" else "text")
    return None


def _fiscal(said: str) -> Date | None:
    return Date("fiscal") if FISCAL.search(said) and len(said) < 40 else None


def _relative(said: str) -> Date | None:
    """今年6月, 明年底: counted from the year of the sheet."""
    found = RELATIVE.match(said)
    if found is None:
        return None
    rest = said[found.end() :]
    inner = Date("year", "") if rest in {"", "底", "末", "初", "年底"} else _calendar(rest)
    if inner is None or inner.code != "year":
        return None
    return Date("year", inner.value, numbers=(OFFSETS.get(found["r"][0], 0),))


def _span(said: str) -> Date | None:
    if found := YEARS.fullmatch(said):
        return Date("span", found["y"], found["z"])
    parts = BETWEEN.split(said)
    if len(parts) != 2 or not all(parts) or all(map(_follows, parts)):
        return None
    start = _calendar(parts[0]) or _calendar(parts[0] + "年")
    end = _calendar(parts[1]) or (_calendar(parts[1] + "年") if parts[1].isdecimal() else None)
    if start is None or end is None or start.code != "ok":
        return None
    if end.code == "year" and end.value:  # 2020年3月—12月
        end = Date("ok", f"{start.value[:4]}-{end.value}")
    return Date("span", start.value, end.value) if end.code == "ok" else None


def _follows(said: str) -> bool:
    """2010/11, which is a year of account as likely as a month."""
    found = FISCAL.fullmatch(said)
    return found is not None and (int(found[1]) + 1 - int(found[2])) % 100 == 0


def _english(said: str) -> Date | None:
    for pattern in ENGLISH:
        if found := pattern.fullmatch(said.lower()):
            month = MONTHS.index(found[1][:3] if found[1].isalpha() else found[2][:3]) + 1
            year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
            day = found.groupdict().get("d")
            return _day(year, month, int(day)) if day else Date("ok", f"{year}-{month:02d}")
    return None

"""What stands in a cell of a plan's table: a goal with its unit, or a day with its precision."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

Precision = Literal["day", "ten_day", "month", "quarter", "half", "year"]

NUMBER = r"[-−]?\d[\d,]*(?:\.\d+)?"
GOAL = re.compile(
    r"(?P<before>>=|<=|≥|≤|=|≈|不低于|不少于|不小于|超过|达到|不高于|不超过|控制在|约)?"
    rf"(?P<low>{NUMBER})(?:[-—~至到](?P<high>{NUMBER}))?(?P<unit>[^\d不]*?)"
    r"(?P<after>及?以上|及?以内|及?以下|左右)?"
)
SIGNS = {
    ">=": ">=", "≥": ">=", "不低于": ">=", "不少于": ">=", "不小于": ">=", "超过": ">=",
    "以上": ">=", "及以上": ">=", "<=": "<=", "≤": "<=", "不高于": "<=", "不超过": "<=",
    "控制在": "<=", "以内": "<=", "及以内": "<=", "以下": "<=", "及以下": "<=",
    "=": "=", "达到": "=", "≈": "~", "约": "~", "左右": "~",
}  # fmt: skip
TENTHS = {"上": 10, "中": 20}
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
HALVES = {"上": 6, "下": 12, "1": 6, "2": 12}
DAY = re.compile(  # 2026.3-12 is from March to December, 3-12 may be; 12-31 is a day
    r"(?:(\d{4})(?:年|([-/.])))?(\d{1,2})(?:月|(?(2)\2|(?(1)(?!)|(?:[/.]|-(?=1[3-9]|[23]\d)))))(\d{1,2})日?(?:前|之前|以前)?"
)
TEN_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月([上中下])旬(?:前|底)?")
MONTH = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})月?份?(?:底|末)?(?:前|之前|以前)?")
QUARTER = re.compile(r"(?:(\d{4})[-年])?第?(?:[Qq]([1-4])|([一二三四1-4])季度)(?:底|末)?前?")
HALF = re.compile(r"(?:(\d{4})[-年])?(?:[Hh]([12])|([上下])半年)(?:底|末)?前?")
YEAR = re.compile(r"(?:(\d{4})年?度?[底末内]?|全年|年[底末内])前?")
SERIAL = re.compile(r"[34]\d{4}")  # 1982 to 2036, as a workbook counts days
WORKBOOK = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as it stands in a cell: its sign where one is written, its numbers, its unit."""

    sign: str
    low: Decimal
    high: Decimal | None
    unit: str


def goal_of(text: str) -> Goal | None:
    """A cell such as ≥140亿元, 100家以上, 6-8%, 30.

    Shapes   one text. Returns a Goal, or None where the cell holds no number or more than one goal.
    Units    as written; never converted.
    Missing  an empty cell is None, never 0.
    Errors   none.
    Source   docs/rules/plan-tables.md.

    >>> goal_of("140亿元以上"), goal_of("6—8%")
    (Goal(sign='>=', low=Decimal('140'), high=None, unit='亿元'), \
Goal(sign='', low=Decimal('6'), high=Decimal('8'), unit='%'))
    """
    found = GOAL.fullmatch(_plain(text))
    if found is None or len(found["unit"]) > 20:
        return None
    signs = {SIGNS[word] for word in (found["before"], found["after"]) if word}
    if len(signs) > 1 and "=" not in signs:
        return None
    sign = next((sign for sign in signs if sign != "="), next(iter(signs), ""))
    high = _number(found["high"]) if found["high"] else None
    return Goal(sign, _number(found["low"]), high, found["unit"])


def day_of(text: str, year: int) -> tuple[date, Precision] | None:
    """The last day a cell speaks of, with its precision; days without a year are of `year`.

    Shapes   one text. Returns (day, precision), or None where there is no such day: 2月30日.
    Units    days.
    Missing  an empty cell is None.
    Errors   none.
    Source   docs/rules/plan-tables.md.

    >>> day_of("6月中旬", 2020), day_of("二季度", 2020), day_of("2020/2/30", 2020)
    ((datetime.date(2020, 6, 20), 'ten_day'), (datetime.date(2020, 6, 30), 'quarter'), None)
    """
    words = re.sub(r"[T ]0?0:00(:00)?$", "", text.strip())
    words = _plain(words)
    if SERIAL.fullmatch(words):
        return WORKBOOK + timedelta(days=int(words)), "day"
    if found := QUARTER.fullmatch(words):
        return _end(found[1], year, QUARTERS[found[2] or found[3]] * 3, "quarter")
    if found := HALF.fullmatch(words):
        return _end(found[1], year, HALVES[found[2] or found[3]], "half")
    if found := TEN_DAY.fullmatch(words):
        return _day(found[1], year, found[2], TENTHS.get(found[3]), "ten_day")
    if (found := YEAR.fullmatch(words)) and words:
        return _end(found[1], year, 12, "year")
    if (found := MONTH.fullmatch(words)) and ("月" in words or found[1]):
        return _end(found[1], year, int(found[2]), "month")
    if found := DAY.fullmatch(words):
        return _day(found[1], year, found[3], int(found[4]), "day")
    return None


def shifted(day: date, years: int, *, ends: bool) -> date:
    """The same day so many years on; a period that ends a month ends it there too (`ends`).

    Shapes   one day. Returns one day.
    Units    years.
    Missing  none can be; 29 February is the 28th where there is none.
    Errors   ValueError outside of the calendar.
    Source   docs/rules/plan-tables.md.

    >>> shifted(date(2019, 2, 28), 1, ends=True), shifted(date(2020, 2, 29), 1, ends=False)
    (datetime.date(2020, 2, 29), datetime.date(2021, 2, 28))
    """
    year = day.year + years
    last = calendar.monthrange(year, day.month)[1]
    if ends and day.day == calendar.monthrange(day.year, day.month)[1]:
        return date(year, day.month, last)
    return date(year, day.month, min(day.day, last))


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


def _end(
    own: str | None, year: int, month: int, precision: Precision
) -> tuple[date, Precision] | None:
    return _day(own, year, str(month), None, precision)


def _day(
    own: str | None, year: int, month: str, day: int | None, precision: Precision
) -> tuple[date, Precision] | None:
    at, of = int(own or year), int(month)
    if not (1 <= of <= 12 and 1900 <= at <= 2200):
        return None
    last = calendar.monthrange(at, of)[1]
    if day is not None and not 1 <= day <= last:
        return None
    return date(at, of, day or last), precision

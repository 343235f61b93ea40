"""Sums of money as offices write them: 3.5亿元, （1,200）, ￥12万; never scaled by a guess."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from gongjian.engine.ledger.empty import is_empty, is_noted

Code = Literal["ok", "empty", "share", "grouping", "text"]

SCALES = {
    "元": 1, "千元": 1000, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8,
    "百亿元": 10**10, "万亿元": 10**12,
}  # fmt: skip
MULTIPLES = {
    "": 1, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "百亿": 10**10,
    "万亿": 10**12, "k": 1000, "thousand": 1000, "m": 10**6, "mn": 10**6, "mil": 10**6,
    "million": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9,
}  # fmt: skip
CURRENCIES = {
    "元": "", "人民币": "", "￥": "", "¥": "", "rmb": "", "cny": "", "yuan": "", "圆": "",
    "$": "USD", "us$": "USD", "usd": "USD", "美元": "USD", "美金": "USD", "£": "GBP", "gbp": "GBP",
    "英镑": "GBP", "€": "EUR", "eur": "EUR", "欧元": "EUR", "港元": "HKD", "港币": "HKD",
    "hkd": "HKD", "日元": "JPY", "jpy": "JPY", "aud": "AUD", "cad": "CAD", "c$": "CAD",
    "a$": "AUD",
}  # fmt: skip
MONEY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
TIMES = "|".join(sorted(filter(None, MULTIPLES), key=len, reverse=True))
FIGURE = r"\d[\d,'’ ]*(?:\.\d+)?|\.\d+"
AMOUNT = re.compile(
    rf"(?P<about>大约|约|不低于|不少于|不超过|超过|超|近|>=?|<=?|≥|≤|～|~)?\s*(?P<before>{MONEY})?\s*"
    rf"(?P<sign>[-+−]?)\s*(?P<money>{MONEY})?\s*(?P<figure>{FIGURE})\s*(?P<share>%|‰)?\s*"
    rf"(?P<more>[余多])?(?:个(?=[万亿]))?(?P<times>{TIMES})?\.?\s*(?P<after>{MONEY})?(?P<rest>左右|以上|以内|以下|余|多|整)?",
    re.IGNORECASE,
)
DIGIT = "[一二两三四五六七八九]"
SPELT = (  # 三千二百, 二十, 十五, 一千零五十; 一百五 could be 150 and is none
    rf"(?:{DIGIT}千)?(?:零(?=.?[十百]?))?(?:{DIGIT}百)?(?:零(?=.))?(?:{DIGIT}?十)?(?:(?<![千百]){DIGIT})?"
)
IN_PARTS = re.compile(rf"(?P<yi>\d+|{SPELT})亿(?P<wan>\d{{1,4}}|{SPELT})万元?")  # 1亿2000万
IN_WORDS = re.compile(rf"(?P<figure>{SPELT})(?P<times>[百千]?[万亿])元?")  # 一亿
NUMERALS = {sign: at for at, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,2})?")
NEGATIVE = re.compile(r"[(（]([^()（）]*\d[^()（）]*)[)）]")
REMARK = re.compile(r"[(（]([^()（）]*[一-鿿a-zA-Z$¥￥£€][^()（）]*)[)）]$")
UNIT_WORD = re.compile(r"^(?:金额|货币|计量|资金|投资)?单位[:：为]?|(?<=元)人民币$|^人民币(?=.)")
CENT = Decimal("0.01")
GROUPED = re.compile(
    r"\d{1,3}(?:[,'’ ]\d{3})+(?:\.\d+)?|\d{1,4}(?:,\d{4})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
)
HEAD_UNIT = re.compile(rf"(?P<money>{MONEY})?(?P<times>{TIMES})?(?P<after>{MONEY})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum. `value` is the number as written; `times` what the cell itself says to multiply by,
    0 where it says nothing; `currency` "" is 元 or not said; `about` marks 约, 以上."""

    code: Code
    value: Decimal = Decimal(0)
    times: int = 0
    currency: str = ""
    about: bool = False


EMPTY, TEXT = Amount("empty"), Amount("text")


def read_amount(cell: str | float) -> Amount:
    """The sum that a cell writes.

    Shapes: one cell. Units: as written; `times` for a unit inside the cell. Missing: `empty`.
    Errors: none; `share` is a percentage, `grouping` a comma that could be either, `text` words.
    Source: docs/rules/ledgers.md, K-4.

    >>> read_amount("3.5亿元").times, read_amount("（1,200.50）").value, read_amount("1,23").code
    (100000000, Decimal('-1200.50'), 'grouping')
    >>> [read_amount(said).value for said in ("2个亿", "1亿2000万", "一亿")]
    [Decimal('2'), Decimal('1.2'), Decimal('1')]
    """
    if isinstance(cell, float):
        return Amount("ok", Decimal(f"{cell:.15g}")) if abs(cell) < 1e20 else TEXT
    if PLAIN.fullmatch(cell) and cell.isascii() and len(cell) < 40:
        return Amount("ok", Decimal(cell))
    return _read(cell)


@lru_cache(maxsize=65_536)
def _read(cell: str) -> Amount:
    if is_empty(cell):
        return EMPTY
    if len(cell) > 200 or is_noted(cell):
        return TEXT
    said = unicodedata.normalize("NFKC", cell).strip().replace("−", "-")
    negative = NEGATIVE.fullmatch(said)
    remark = None if negative else REMARK.search(said)
    said = negative[1].strip() if negative else said[: remark.start()].strip() if remark else said
    found = AMOUNT.fullmatch(said)
    if found is None:
        return _in_words(said) if not negative and not remark else TEXT
    if found["share"]:
        return Amount("share")
    figure = found["figure"].strip()
    if not GROUPED.fullmatch(figure):
        return Amount("grouping")
    value = Decimal(re.sub(r"[,'’ ]", "", figure))
    value = -value if (found["sign"] == "-") != bool(negative) else value
    currencies = [found[name].lower() for name in ("before", "money", "after") if found[name]]
    known = MULTIPLES[(found["times"] or "").lower()]
    times = known if found["times"] or "元" in currencies or "圆" in currencies else 0
    foreign = next((CURRENCIES[name] for name in currencies if CURRENCIES[name]), "")
    about = bool(found["about"] or found["more"] or found["rest"])
    if remark and (unit := _unit_of(remark[1])):
        if times and unit[0] > 1:  # 3万（亿元）: one of them is wrong
            return TEXT
        times, foreign = times or unit[0], foreign or unit[1]
    return Amount("ok", value, times, foreign, about)


def _in_words(said: str) -> Amount:
    """1亿2000万, 一亿: each in one unit."""
    said = said.removeprefix("人民币")
    if found := IN_PARTS.fullmatch(said):
        yi, wan = _figure(found["yi"]), _figure(found["wan"])
        if yi and wan:
            return Amount("ok", yi + wan / 10**4, MULTIPLES["亿"])
    elif (found := IN_WORDS.fullmatch(said)) and (figure := _figure(found["figure"])):
        return Amount("ok", figure, MULTIPLES[found["times"]])
    return TEXT


def _figure(said: str) -> Decimal:
    """A whole number below 10,000, in figures or in words.

    >>> _figure("2000"), _figure("三千二百"), _figure("十五"), _figure("一千零五")
    (Decimal('2000'), Decimal('3200'), Decimal('15'), Decimal('1005'))
    """
    if said.isdecimal():
        return Decimal(said)
    whole, digit = 0, 0
    for sign in said:
        if sign in NUMERALS:
            digit = NUMERALS[sign]
        else:
            whole += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
    return Decimal(whole + digit)


def _unit_of(remark: str) -> tuple[int, str] | None:
    """The unit that stands in brackets behind a sum: what it multiplies by, 0 where it is only a
    currency, and a foreign currency."""
    said = UNIT_WORD.sub("", re.sub(r"\s", "", remark).lower())
    unit = scale_of(said)
    if unit is None:
        return None
    times, foreign = unit
    return (times if times > 1 or said in ("元", "圆", "yuan") else 0), foreign


def scale_of(unit: str) -> tuple[int, str] | None:
    """What a unit of a title multiplies by, and its foreign currency; None where it is no money.

    >>> scale_of("万元"), scale_of("£m"), scale_of("亩")
    ((10000, ''), (1000000, 'GBP'), None)
    """
    said = re.sub(r"\s", "", unit).lower()
    found = HEAD_UNIT.fullmatch(said)
    if not said or found is None:
        return None
    names = [found[name].lower() for name in ("money", "after") if found[name]]
    times = (found["times"] or "").lower()
    if not names and times not in {"万", "亿", "千万", "百万", "million", "bn", "billion"}:
        return None
    return MULTIPLES[times], next((CURRENCIES[name] for name in names if CURRENCIES[name]), "")


def as_yuan(value: Decimal) -> str:
    """A sum in 元 as it is kept: two decimals, more only where there are more.

    >>> as_yuan(Decimal("350000000")), as_yuan(Decimal("0.125"))
    ('350000000.00', '0.125')
    """
    exact = value.normalize()
    exponent = exact.as_tuple().exponent
    decimals = max(2, -exponent if isinstance(exponent, int) else 2)
    return f"{exact:.{decimals}f}"


def last_digit(text: str, value: Decimal) -> Decimal:
    """How much the last digit of a written sum is worth, in 元: it is rounded to it.

    >>> last_digit("3.5亿元", Decimal(350_000_000)), last_digit("35000", Decimal(350_000_000))
    (Decimal('10000000'), Decimal('10000'))
    """
    if value == 0:
        return Decimal(0)
    decimals = len(text.partition(".")[2].rstrip("%万亿元 )）")) if "." in text else 0
    try:
        written = Decimal("".join(letter for letter in text if letter.isdecimal() or letter == "."))
    except ArithmeticError:
        return CENT
    scale = abs(value) / written if written else Decimal(1)
    return scale.scaleb(-decimals) if text else CENT

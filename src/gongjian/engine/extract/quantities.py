"""The quantity grammar: numbers with units, ranges, 百分之…, number words; never dates or names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gongjian.engine.extract.words import COUNTED, MULTIPLIER, UNIT
from gongjian.lib.numerals import to_decimal

ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,13})(?:\.\d{1,6})?"
DIGIT = "[零〇一二三四五六七八九十百千两]"
POINT = "(?:点[零〇一二三四五六七八九]{1,4})?"
HANZI = rf"[一二三四五六七八九十两]{DIGIT}{{0,8}}(?:万{DIGIT}{{2,8}})?{POINT}"
SCALE = rf"(?:{MULTIPLIER}(?![多余]?级))?"
TO = r"[-—~至到]"
YEAR = r"(?:19|20)\d\d"
SKIPPED = "|".join(
    (
        rf"{YEAR}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?(?!\d)",
        rf"{YEAR} ?(?:{TO} ?{YEAR} ?)?年(?:度)?(?: ?\d{{1,2}} ?月(?: ?\d{{1,2}} ?日)?)?",
        rf"{YEAR} ?{TO} ?{YEAR}(?!\d)",
        rf"\d{{1,2}} ?(?:月份?)?{TO}\d{{1,2}}月份?|\d{{1,2}} ?月份?(?: ?\d{{1,2}} ?日)?(?![多余])",
        r"\d{1,2}[-/]\d{1,2}(?: \d{1,2}[-：]\d\d)|\d{1,2}：\d\d(?:：\d\d)?|"
        r"\d{1,2}日(?=[前起至止上下，。电讯])",
        rf"[〔\[（]{YEAR}[〕\]）] ?(?:第? ?\d{{1,6}} ?号)?|(?<!\d)第? ?\d{{1,6}} ?号",
        r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9})(?!\d)",
        r"第 ?[\d零一二三四五六七八九十百]{1,9} ?(?:个|名|位|届|次|批|期|条|章|节|号|季度)?",
        r"(?<![底末初月日])前 ?(?:\d{1,6}|[一二三四五六七八九十]{1,3})(?:名|位|强)?",
        r"(?<![A-Za-z])[A-Za-z]{1,12}-?\d{1,9}(?:\.\d{1,6})?%?|"
        r"(?<!\d)\d{1,9}(?:\.\d{1,6})?(?:[×xX+＋/]|"
        r"[A-Z](?![A-Za-z]*\b[WU]))[\dA-Za-z×+]{0,12}",
        r"(?<!\d)[\d一二三四五六七八九十两]{1,6}(?:岁(?=[以及的儿老婴至—-])|周岁|周年|年级|"
        r"年期|年制|"
        r"年行动|星级|等奖|"
        r"级)(?:以[上下])?",
        r"\d{1,3}年",
        "二次(?=供水|开发|创业|污染|加压)",
    )
)
NUMBER_WORD = (
    r"“?双(?P<twin>万亿|[一二三四五六七八九]?千亿|[一二三四五六七八九]?百亿|"
    r"[一二三四五六七八九]?百|[一二三四五六七八九]?千|[一二三四五六七八九]?万)(?!工程|计划|"
    r"联|进|帮|企)”?"
    r"|(?P<round>(?<=突破|超过|达到|跨越|迈上|冲刺)(?:(?P<tens>[十百千])(?P<myriad>[万亿家个户项]|"
    r"(?=[，。；、]))|(?P<one>万亿))(?P<roundunit>元|美元|人次|人|吨|亩)?)"
    r"|(?P<tenths>(?P<tenth>[一二三四五六七八九]|[1-9])成(?P<fifth>[半五])?(?=以上|左右|以内|[，。；、]|"
    r"用于|多|的|$))|(?P<half>一半(?=以上|左右|[，。；、”’）]|$))"
    r"|(?P<double>翻(?P<folds>[一两二三])?番|实现倍增|倍增(?!计划|行动|工程))"
)
QUANTITY = (
    rf"(?P<percent>百分之(?P<share>{HANZI}))"
    rf"|(?P<low>{ARABIC}) ?(?P<lowunit>{SCALE}(?:{UNIT})?) ?{TO} ?(?P<high>{ARABIC}) "
    rf"?(?P<rangeunit>{SCALE}(?:{UNIT})|{MULTIPLIER})"
    rf"|(?P<mixed>\d{{1,4}}亿\d,\d{{3}}万|\d{{1,4}}[万亿](?:\d千(?:\d百)?|\d,\d{{3}}|\d{{4}}))(?P<mixedunit>{UNIT})"
    rf"|(?P<number>{ARABIC}) ?(?P<unit>个亿(?!元)|(?<=\.\d)年(?![底初内度前])|"
    rf"[多余]?{SCALE}[多余]?(?:{UNIT}(?:/[百千万]?[人户亩])?)?)"
    rf"|(?P<hanzi>{HANZI})(?P<hanziunit>(?:万|亿)?[多余]?(?:{UNIT})(?!面)|(?:万|亿)(?!年))"
)
TOKEN = re.compile(
    rf"(?=[\d零一二三四五六七八九十两百千万“双翻实倍第前〔\[（A-Za-z])(?:(?:{SKIPPED})|"
    rf"{NUMBER_WORD}|(?<![\d.,第])(?:{QUANTITY}))"
)
SHARES = ("%", "‰", "百分点", "percent", "per cent", "pct", "percentage point", "percentage points")
LENGTH_OR_AREA = re.compile("(?:公里|千米|米|亩|公顷|平方米|平方公里)$")
PIECES = re.compile(rf"{SCALE}[多余]?{COUNTED}")
DIGIT_CHARACTER = re.compile(r"\d")
KINDS = (
    ("order", re.compile(r"^[第前]|级|等奖|届|强$|名$|位$|年级")),
    ("date", re.compile(rf"^{YEAR}[-/.年 ~到至—]|[月日年]|^\d{{1,2}}[-/：]\d")),
    ("span", re.compile("岁")),
)
TWINS = {"百": 100, "千": 1000, "万": 10000}
VAGUE = re.compile(
    "一(?:个|项|批|条|次|家|座|处|件|套|支|名|人|种|张|场|方|部|块|片|段|站|组|对|户|门|口|日|天|位"
    "|间|所|队|款|单|节|村|团|班|头|根|份|店|体)|[一二三四五六七八九十]期|[一两]位数"
)


@dataclass(slots=True)
class Quantity:
    """A number as written. `kind`: `number`, `twin` (双千亿) or `double` (翻番)."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str
    kind: str = "number"
    hanzi: bool = False

    @property
    def bare(self) -> bool:
        return not self.unit

    @property
    def plus(self) -> bool:
        """多 or 余 stands in the unit: 100多家."""
        return "多" in self.unit or "余" in self.unit

    @property
    def measured(self) -> bool:
        """A length or an area."""
        return _nature(self.unit)[0]

    @property
    def share(self) -> bool:
        """A share, or percentage points."""
        return _nature(self.unit)[1]

    @property
    def counted(self) -> bool:
        """Pieces: 个, 家, 项."""
        return _nature(self.unit)[2]


@lru_cache(maxsize=4096)
def _nature(unit: str) -> tuple[bool, bool, bool]:
    """Measured, a share, counted: asked several times of each number, and units are few."""
    return (
        LENGTH_OR_AREA.search(unit) is not None,
        unit.endswith(SHARES),
        PIECES.fullmatch(unit) is not None,
    )


def kind_of(token: re.Match[str]) -> str:
    """What a token is: empty for a quantity, else `date`, `reference`, `order`, or `word` for what
    only sounds like a number (一个, 第一)."""
    if token["twin"] or token["round"] or token["double"] or token["percent"]:
        return ""
    if token["tenths"] or token["half"]:
        return ""
    if token["low"] or token["number"] or token["mixed"]:
        return ""
    if token["hanzi"]:
        return "word" if VAGUE.match(token[0]) else ""
    if DIGIT_CHARACTER.search(token[0]) is None:
        return "word"
    return next((kind for kind, sign in KINDS if sign.search(token[0])), "reference")


def quantities(view: str, start: int, end: int) -> Iterator[Quantity]:
    """The quantities between two offsets, in order.

    Shapes: offsets of `view`. Units: as written. Missing: dates, ordinals, document numbers and
    names with digits are passed over. Errors: none. Source: docs/rules/reading.md, R-2, R-3.
    """
    for token in TOKEN.finditer(view, start, end):
        found = _quantity(token)
        if found is not None:
            yield found


def _quantity(token: re.Match[str]) -> Quantity | None:
    if token.lastgroup is None:  # a date, an ordinal, a reference
        return None
    if token["number"]:
        unit = token["unit"].strip()
        return _number(token, token["number"], "亿元" if unit == "个亿" else unit)
    if token["twin"]:
        return _twin(token)
    if token["round"]:
        value = {"十": 10, "百": 100, "千": 1000}.get(token["tens"], 1)
        unit = (token["myriad"] or token["one"]) + (token["roundunit"] or "")
        return Quantity(*token.span(), Decimal(value), None, unit, hanzi=True)
    if token["double"]:
        folds = 2 ** {"两": 2, "二": 2, "三": 3}.get(token["folds"] or "一", 1) - 1
        return Quantity(*token.span(), Decimal(100 * folds), None, "%", "double")
    if token["percent"]:
        return _number(token, token["share"], "%", hanzi=True)
    if token["half"]:
        return Quantity(*token.span(), Decimal(50), None, "%", hanzi=True)
    if token["tenths"]:
        tenth = to_decimal(token["tenth"]) or Decimal(0)
        share = 10 * tenth + (5 if token["fifth"] else 0)
        return Quantity(*token.span(), share, None, "%", hanzi=True)
    if token["low"]:
        return _range(token)
    if token["mixed"]:
        return _mixed(token)
    if token["hanzi"] and not VAGUE.match(token[0]):
        return _number(token, token["hanzi"], token["hanziunit"], hanzi=True)
    return None


def _number(
    token: re.Match[str], written: str, unit: str, *, hanzi: bool = False
) -> Quantity | None:
    value = to_decimal(written)
    if value is None:
        return None
    return Quantity(token.start(), token.end(), value, None, unit, hanzi=hanzi)


def _range(token: re.Match[str]) -> Quantity | None:
    low, high = to_decimal(token["low"]), to_decimal(token["high"])
    if low is None or high is None or low >= high:
        return None
    return Quantity(*token.span(), low, high, token["rangeunit"].strip())


def _mixed(token: re.Match[str]) -> Quantity:
    """1万2千户, 21万7,400户: the parts of a number written with its own units."""
    value, rest = Decimal(0), token["mixed"].replace(",", "")
    for unit, factor in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100)):
        head, mark, tail = rest.partition(unit)
        value, rest = (value + Decimal(head) * factor, tail) if mark else (value, rest)
    return Quantity(*token.span(), value + Decimal(rest or 0), None, token["mixedunit"])


def _twin(token: re.Match[str]) -> Quantity:
    name = str(token["twin"])
    scale = "亿" if name.endswith("亿") else ""
    head = name.removesuffix("亿")
    value = to_decimal(head) if head[0] not in TWINS else Decimal(TWINS[head[0]])
    unit = "亿元" if scale else ""
    return Quantity(*token.span(), value or Decimal(0), None, unit, "twin", hanzi=True)

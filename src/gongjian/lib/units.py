"""Units of measure as written (万亩, 亿元, 个百分点, million tonnes) and their base units."""

import re
import unicodedata
from decimal import Context, Decimal
from functools import lru_cache

PRECISION = 60  # digits: no number of a document is longer
EXACT = Context(prec=PRECISION)

MULTIPLIERS = {
    "万亿": Decimal(10**12), "千亿": Decimal(10**11), "百亿": Decimal(10**10),
    "十亿": Decimal(10**9), "亿": Decimal(10**8), "千万": Decimal(10**7),
    "百万": Decimal(10**6), "十万": Decimal(10**5), "万": Decimal(10**4),
    "千": Decimal(1000), "百": Decimal(100),
}  # fmt: skip
ENGLISH_MULTIPLIERS = {
    "trillion": Decimal(10**12), "billion": Decimal(10**9), "bn": Decimal(10**9),
    "million": Decimal(10**6), "crore": Decimal(10**7), "lakh": Decimal(10**5),
    "thousand": Decimal(1000), "hundred": Decimal(100),
}  # fmt: skip

# dimension: unit and how many base units it is, the base unit first
TABLE = {
    "CNY": "元 1,块 1,人民币 1,yuan 1,rmb 1,cny 1,rmb yuan 1",
    "USD": "美元 1,us$ 1,$ 1,usd 1,dollars 1,us dollars 1",
    "GBP": "£ 1,gbp 1,pounds 1,英镑 1",
    "EUR": "€ 1,eur 1,euros 1,欧元 1",
    "INR": "rs 1,rs. 1,₹ 1,inr 1,rupees 1,卢比 1",
    "area_mu": "亩 1,mu 1,公顷 15,hectares 15,hectare 15,ha 15,平方公里 1500,平方千米 1500,"
    "square kilometers 1500,square kilometres 1500,acres 6.0702846",
    "area_m2": "平方米 1,平米 1,m2 1,square meters 1,square metres 1",
    "km": "公里 1,千米 1,km 1,kilometers 1,kilometres 1,米 0.001,m 0.001,里 0.5,miles 1.609344",
    "t": "吨 1,t 1,tonnes 1,tons 1,metric tons 1,metric tonnes 1,"
    "公斤 0.001,千克 0.001,kg 0.001,斤 0.0005",
    "tce": "吨标准煤 1,吨标煤 1,tce 1",
    "kW": "千瓦 1,kw 1,兆瓦 1000,mw 1000,吉瓦 1000000,gw 1000000",
    "kWh": "千瓦时 1,度 1,kwh 1,mwh 1000,gwh 1000000,twh 1000000000,兆瓦时 1000",
    "m3": "立方米 1,方 1,立方 1,m3 1,cubic meters 1,cubic metres 1,升 0.001",
    "fraction": "% 0.01,percent 0.01,per cent 0.01,pct 0.01,‰ 0.001,百分之 0.01",
    "pp": "个百分点 0.01,百分点 0.01,percentage points 0.01,percentage point 0.01,pp 0.01",
    "times": "倍 1,times 1",
    "hours": "小时 1,hours 1,分钟 0.016666666667,minutes 0.016666666667,天 24,日 24,"
    "个工作日 24,工作日 24,days 24,working days 24,weeks 168,周 168",
    "months": "个月 1,月 1,months 1,年 12,years 12",
    "ug/m3": "微克/立方米 1,μg/m3 1,ug/m3 1,微克每立方米 1,micrograms per cubic meter 1",
}
UNITS = {
    unit: (dimension, Decimal(factor))
    for dimension, rows in TABLE.items()
    for unit, factor in (row.rsplit(" ", 1) for row in rows.split(","))
}
CURRENCIES = {"£": "GBP", "$": "USD", "us$": "USD", "€": "EUR", "₹": "INR", "rs": "INR"}
CURRENCY_SCALES = {"m": 10**6, "bn": 10**9, "k": 1000, "tn": 10**12, None: 1}
TRADITIONAL = str.maketrans("億萬畝頃噸個點幣臺時戶場處條項歐", "亿万亩顷吨个点币台时户场处条项欧")


def clean(unit: str) -> str:
    """The unit in one spelling: NFKC, lower case, simplified characters, without 多 and 余."""
    text = unicodedata.normalize("NFKC", unit).lower().strip().translate(TRADITIONAL)
    return re.sub(r"\s+", " ", re.sub("[多余餘]", "", text))


@lru_cache(maxsize=4096)
def dimension_of(unit: str) -> tuple[str, Decimal]:
    """The dimension of a unit and how many base units it is; an unknown noun is a `count`.

    Shapes: one unit as written, its multiplier included. Units: 元, 亩, 千米, 吨, 千瓦, fraction
    for %, hours, pieces. Missing: an empty unit counts pieces. Errors: none.
    Source: docs/rules/reading.md, R-3.

    >>> dimension_of("万亩"), dimension_of("个百分点")
    (('area_mu', Decimal('10000')), ('pp', Decimal('0.01')))
    """
    text = clean(unit)
    if text in UNITS:
        return UNITS[text]
    rest, factor = _without_multipliers(text)
    if rest in UNITS:
        dimension, own = UNITS[rest]
        return dimension, own * factor
    if money := re.fullmatch(r"(£|\$|us\$|€|₹|rs)\.?\s*(m|bn|k|tn)?", rest):
        return CURRENCIES[money[1]], factor * CURRENCY_SCALES[money[2]]
    if "/" in rest and not re.search(r"[a-z]\s*/", rest):
        head, tail = rest.split("/", 1)
        if head in UNITS:
            return f"{UNITS[head][0]} per {tail}", UNITS[head][1] * factor
        return f"other:{rest}", factor
    return "count", factor


def _without_multipliers(unit: str) -> tuple[str, Decimal]:
    factor = Decimal(1)
    for word, multiplier in ENGLISH_MULTIPLIERS.items():
        shorter, found = re.subn(rf"(?<![a-z]){word}(?![a-z])", " ", unit)
        if found:
            factor *= multiplier
            unit = re.sub(r"\s+", " ", shorter).strip()
    while (head := _multiplier(unit)) is not None:
        factor *= MULTIPLIERS[head]
        unit = unit[len(head) :]
    return re.sub(r"^(of |rmb )", "", unit).strip(), factor


def _multiplier(unit: str) -> str | None:
    if unit in UNITS or re.match("[千百][瓦米克]", unit):
        return None
    return next((word for word in MULTIPLIERS if unit.startswith(word)), None)


def to_base(value: Decimal, unit: str) -> Decimal:
    """The value in the base unit of its dimension.

    Shapes: one value. Units: see `dimension_of`. Missing: no unit counts pieces. Errors: none.
    Source: docs/rules/reading.md, R-3.

    >>> to_base(Decimal("1.1"), "万亿元")
    Decimal('1100000000000')
    """
    base = EXACT.multiply(value, dimension_of(unit)[1])
    whole = base == base.to_integral_value()
    return Decimal(int(base)) if whole else EXACT.normalize(base)

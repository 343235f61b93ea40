"""Amounts of money as people read them: kept in 元, shown in 万元 or 亿元.

Rounding is half up, as Chinese statistics round; Decimal in, Decimal or text out, never a float.
"""

from decimal import ROUND_HALF_UP, Decimal

WAN = Decimal(10_000)
YI = Decimal(100_000_000)


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up to so many decimal places; a half below zero goes away from zero, as on paper.

    >>> rounded(Decimal("2.345"), 2), rounded(Decimal("-0.5"), 0)
    (Decimal('2.35'), Decimal('-1'))
    """
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def in_wan(yuan: Decimal, *, places: int = 0) -> Decimal:
    """元 → 万元. Missing: a caller with no figure does not call."""
    return rounded(yuan / WAN, places)


def in_yi(yuan: Decimal, *, places: int = 2) -> Decimal:
    """元 → 亿元."""
    return rounded(yuan / YI, places)


def written(value: Decimal) -> str:
    """A number as it stands in a sentence: no exponent, no empty decimals.

    >>> written(Decimal("140.00")), written(Decimal("35.90")), written(Decimal("1E+3"))
    ('140', '35.9', '1000')
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def yuan_text(yuan: Decimal) -> str:
    """An amount with the unit that suits its size: 140亿元, 35.9亿元, 3600万元, 800元.

    Source: domain handbook 11.2: 亿元 with two decimals, 万元 with none or two.
    """
    if abs(in_yi(yuan)) >= 1:
        return f"{written(in_yi(yuan))}亿元"
    if abs(in_wan(yuan, places=2)) >= 1:
        return f"{written(in_wan(yuan, places=2))}万元"
    return f"{written(rounded(yuan, 2))}元"

"""Numbers as people read them: rounded half up, as Chinese statistics round, never as floats."""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up to so many decimal places; a half below zero goes away from zero, as on paper.

    >>> rounded(Decimal("2.345"), 2), rounded(Decimal("-0.5"), 0)
    (Decimal('2.35'), Decimal('-1'))
    """
    return value.quantize(_place(places), rounding=ROUND_HALF_UP)


def written(value: Decimal) -> str:
    """A number as it stands in a sentence: no exponent, no empty decimals.

    >>> written(Decimal("140.00")), written(Decimal("35.90")), written(Decimal("1E+3"))
    ('140', '35.9', '1000')
    """
    return _short(f"{value:f}")


def grouped(value: Decimal) -> str:
    """As `written`, with a comma between thousands.

    >>> grouped(Decimal("1234567.50")), grouped(Decimal("-0.00"))
    ('1,234,567.5', '0')
    """
    return _short(f"{value:,f}")


@cache
def _place(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def _short(text: str) -> str:
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text

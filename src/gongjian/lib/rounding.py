"""Numbers as people read them: rounded half up, as Chinese statistics round, never as floats."""

from decimal import ROUND_HALF_UP, Decimal


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up to so many decimal places; a half below zero goes away from zero, as on paper.

    >>> rounded(Decimal("2.345"), 2), rounded(Decimal("-0.5"), 0)
    (Decimal('2.35'), Decimal('-1'))
    """
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def written(value: Decimal) -> str:
    """A number as it stands in a sentence: no exponent, no empty decimals.

    >>> written(Decimal("140.00")), written(Decimal("35.90")), written(Decimal("1E+3"))
    ('140', '35.9', '1000')
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text

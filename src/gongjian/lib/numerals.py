"""Chinese numerals: 十二, 一百零五, 两千, 三万五千, 百分之八十; and numbers with separators."""

import re
from decimal import Decimal

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
ARABIC = re.compile(r"[0-9,]*[0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+")


def chinese_to_int(numeral: str) -> int | None:
    """The whole number that a simplified Chinese numeral writes.

    Shapes: one numeral, nothing around it. Units: none. Missing: None when it is empty or holds
    another character. Errors: none. Source: docs/rules/reading.md, R-2.

    >>> chinese_to_int("一百零五"), chinese_to_int("两千"), chinese_to_int("三万五千")
    (105, 2000, 35000)
    """
    total = section = digit = 0
    for character in numeral:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in TENS:
            section += (digit or 1) * TENS[character]
            digit = 0
        elif character in MYRIADS:
            total += (section + digit or 1) * MYRIADS[character]
            section = digit = 0
        else:
            return None
    return total + section + digit if numeral else None


def chinese_numeral(number: int) -> str:
    """1 to 999 as a Chinese numeral, as headings are counted.

    >>> chinese_numeral(6), chinese_numeral(10), chinese_numeral(21), chinese_numeral(105)
    ('六', '十', '二十一', '一百零五')
    """
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{digits[hundreds]}百" if hundreds else ""
    if head and rest and not tens:
        head += digits[0]
    if tens:
        head += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    return head + (digits[ones] if ones else "")


def to_decimal(written: str) -> Decimal | None:
    """The number written in Arabic digits (thousands separated by commas or not) or in Chinese.

    Shapes: one number. Units: none. Missing: None when it is no number. Errors: none.
    Source: docs/rules/reading.md, R-2.

    >>> to_decimal("1,500.5"), to_decimal("十二"), to_decimal("约")
    (Decimal('1500.5'), Decimal('12'), None)
    """
    if ARABIC.fullmatch(written):
        return Decimal(written.replace(",", ""))
    if "点" in written:
        whole, _, fraction = written.partition("点")
        head, tail = chinese_to_int(whole), [DIGITS.get(character) for character in fraction]
        if head is None or None in tail or not tail:
            return None
        return Decimal(f"{head}.{''.join(map(str, tail))}")
    value = chinese_to_int(written)
    return None if value is None else Decimal(value)

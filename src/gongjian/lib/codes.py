"""National codes and their check digits: of units (GB 32100) and of investment projects."""

import re

USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PROJECT = re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}")
OLD_YEARS = range(2015, 2021)


def uscc_fault(code: str) -> str:
    """What is wrong with a 统一社会信用代码: "" where nothing is.

    >>> uscc_fault("91350100M000100Y43"), uscc_fault("91350100M000100Y44"), uscc_fault("9135")
    ('', 'digit', 'form')
    """
    if len(code) != 18 or any(sign not in USCC for sign in code):
        return "form"
    total = sum(USCC.index(sign) * pow(3, at, 31) for at, sign in enumerate(code[:17]))
    return "" if USCC[(31 - total % 31) % 31] == code[17] else "digit"


def project_code_fault(code: str) -> str:
    """What is wrong with a 投资项目代码, of 2015—2020 or since; a phase may stand behind it.

    >>> project_code_fault("2305-371121-04-01-122324")
    ''
    >>> project_code_fault("2020-370782-33-03-000000")
    ''
    >>> project_code_fault("230537112104 01122325"), project_code_fault("诸发改〔2020〕1号")
    ('digit', 'form')
    """
    written = hyphened(code)[:24]
    if not PROJECT.fullmatch(written):
        return "form"
    time = int(written[:4])
    if time in OLD_YEARS:
        return ""
    if time < 2010 or not 1 <= time % 100 <= 12:
        return "form"
    return "" if _check_digit(written.replace("-", "")[:19]) == int(written[-1]) else "digit"


def hyphened(code: str) -> str:
    """Twenty digits in their five groups; anything else as it is."""
    digits = re.sub(r"[\s-]", "", code)
    if not (len(digits) == 20 and digits.isascii() and digits.isdecimal()):
        return code
    return "-".join((digits[:4], digits[4:10], digits[10:12], digits[12:14], digits[14:]))


def _check_digit(digits: str) -> int:
    """ISO 7064 MOD 11,10."""
    rest = 10
    for digit in digits:
        rest = (rest + int(digit)) % 10 or 10
        rest = rest * 2 % 11
    return (11 - rest) % 10

"""The national code of an investment project (项目代码): tidied, and what is odd about it.

Source: handbook 2.4. Both formats are 4-6-2-2-6 digits; before November 2020 the first group is a
year and the third an industry, since then a year and month, and the last digit checks the rest.
"""

import re
import unicodedata

SHAPE = re.compile(r"(\d{4})-(\d{6})-(\d{2})-(\d{2})-(\d{6})", re.ASCII)
OLD_YEARS = range(2015, 2021)
FIRST_NEW = 2010  # October 2020
LAST_INDUSTRY = 97


def tidied(typed: str) -> str:
    """Without spaces, half-width, with its hyphens where twenty digits were typed bare.

    >>> tidied("２３０５ 371121 04 01 122324")
    '2305-371121-04-01-122324'
    """
    code = re.sub(r"[\s—–_]", "", unicodedata.normalize("NFKC", typed))
    if re.fullmatch(r"\d{20}", code, re.ASCII):
        return "-".join((code[:4], code[4:10], code[10:12], code[12:14], code[14:]))
    return code


def doubt_about(code: str) -> str:
    """What is odd: "", shape, month, industry or check. A doubt is a warning and no error.

    >>> doubt_about("2305-371121-04-01-122324"), doubt_about("2020-370782-33-03-000000")
    ('', '')
    >>> doubt_about("2305-371121-04-01-122325"), doubt_about("2313-371121-04-01-122324")
    ('check', 'month')
    >>> doubt_about("2018-370782-98-03-000001"), doubt_about("370782-33")
    ('industry', 'shape')
    """
    found = SHAPE.fullmatch(code)
    if not code:
        return ""
    if found is None:
        return "shape"
    when, industry = int(found[1]), int(found[3])
    if when in OLD_YEARS:
        return "" if 1 <= industry <= LAST_INDUSTRY else "industry"
    if when < FIRST_NEW or not 1 <= when % 100 <= 12:
        return "month"
    digits = code.replace("-", "")
    return "" if int(digits[-1]) == _check_digit(digits[:-1]) else "check"


def _check_digit(digits: str) -> int:
    """ISO 7064 MOD 11,10 (GB/T 17710)."""
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return (11 - product) % 10

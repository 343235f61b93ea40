"""The code of a unit (统一社会信用代码, GB 32100) and its check digit."""

USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc_fault(code: str) -> str:
    """What is wrong with a 统一社会信用代码: "" where nothing is.

    >>> uscc_fault("91350100M000100Y43"), uscc_fault("91350100M000100Y44"), uscc_fault("9135")
    ('', 'digit', 'form')
    """
    if len(code) != 18 or any(sign not in USCC for sign in code):
        return "form"
    total = sum(USCC.index(sign) * pow(3, at, 31) for at, sign in enumerate(code[:17]))
    return "" if USCC[(31 - total % 31) % 31] == code[17] else "digit"

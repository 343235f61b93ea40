"""The code of a unit (统一社会信用代码, GB 32100) and its check digit."""

USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # of an organisation's eight digits


def uscc_fault(code: str) -> str:
    """What is wrong with a 统一社会信用代码: "" where nothing is.

    >>> uscc_fault("91350100M000100Y43"), uscc_fault("91350100M000100Y44"), uscc_fault("9135")
    ('', 'digit', 'form')
    """
    if len(code) != 18 or any(sign not in USCC for sign in code):
        return "form"
    return "" if _last(code[:17]) == code[17] else "digit"


def uscc_of(serial: int, *, region: str) -> str:
    """The code of a company in a region (six digits), its organisation a serial number.

    Both check digits are right (GB 11714, GB 32100); for examples, and there is nobody behind it.

    >>> uscc_of(1, region="370782")
    '91370782000000019E'
    """
    organisation = f"{serial:08}"
    rest = 11 - sum(int(d) * w for d, w in zip(organisation, WEIGHTS, strict=True)) % 11
    code = f"91{region}{organisation}{({10: 'X', 11: '0'}).get(rest, str(rest))}"
    return code + _last(code)


def _last(code: str) -> str:
    total = sum(USCC.index(sign) * pow(3, at, 31) for at, sign in enumerate(code))
    return USCC[(31 - total % 31) % 31]

"""National codes as typed: credit codes tidied, industries (GB/T 4754-2017), places (GB/T 2260)."""

import re
import unicodedata

INDUSTRY = re.compile(r"([A-T])(?:(\d{2})\d{0,2})?", re.ASCII)
# The first and last division (大类) of each section (门类).
SECTIONS = {
    "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52),
    "G": (53, 60), "H": (61, 62), "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72),
    "M": (73, 75), "N": (76, 79), "O": (80, 82), "P": (83, 83), "Q": (84, 85), "R": (86, 90),
    "S": (91, 96), "T": (97, 97),
}  # fmt: skip

# GB/T 2260: the first two digits of every code, past and present.
PROVINCES = frozenset(
    str(code)
    for first, last in (
        (11, 15),
        (21, 23),
        (31, 37),
        (41, 46),
        (50, 54),
        (61, 65),
        (71, 71),
        (81, 82),
    )
    for code in range(first, last + 1)
)


def credit_code(typed: str) -> str:
    """Half-width, upper case, without spaces and hyphens.

    >>> credit_code("９1350100m000100y43 ")
    '91350100M000100Y43'
    """
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed)).upper()


def is_industry(code: str) -> bool:
    """Whether a code is a section, or a division of that section with its groups and classes.

    >>> [is_industry(code) for code in ("C", "C14", "C1499", "C99", "A14", "1499", "Z01", "C1")]
    [True, True, True, False, False, False, False, False]
    """
    found = INDUSTRY.fullmatch(code)
    if found is None:
        return False
    first, last = SECTIONS[found[1]]
    return found[2] is None or first <= int(found[2]) <= last


def is_region(code: str) -> bool:
    """Whether six digits begin like a province of GB/T 2260.

    >>> is_region("370782"), is_region("990782"), is_region("3707")
    (True, False, False)
    """
    return len(code) == 6 and code.isascii() and code.isdecimal() and code[:2] in PROVINCES


def region_doubt(project_code: str, *, own: str) -> str:
    """What is odd about the place in a project's code: "", region (none such) or elsewhere.

    A province or a prefecture may have issued the code of a project of its own county.

    >>> region_doubt("2305-371121-04-01-122324", own="370782")
    'elsewhere'
    >>> region_doubt("2020-370782-33-03-000000", own="370782"), region_doubt("", own="370782")
    ('', '')
    >>> region_doubt("2020-370700-33-03-000000", own="370782")
    ''
    """
    region = project_code[5:11]
    if len(project_code) != 24:
        return ""
    if not is_region(region):
        return "region"
    higher = {own[:2] + "0000", own[:4] + "00"}
    return "elsewhere" if own and region not in {own[:6], *higher} else ""

"""References to cells in formulas and ranges, moved where rows come in."""

import re
from collections.abc import Callable

# A quoted text, a name of a sheet with its mark, or a reference to a cell.
TOKEN = re.compile(
    r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'!|[^\W\d][\w.]*!|"
    r"(?<![A-Za-z0-9_.])(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d{0,6})(?![A-Za-z0-9_(.])"
)
LAST_ROW = 1_048_576


def pushed(text: str, at: int, count: int, *, own: frozenset[str] | None = None) -> str:
    """A formula or range after `count` rows came in before row `at` (from 1).

    References to other sheets stay, unless `own` names them: then only those move.

    >>> pushed("SUM(E5:E6)+$A$1", 6, 3), pushed("Sheet2!A9", 6, 3)
    ('SUM(E5:E9)+$A$1', 'Sheet2!A9')
    >>> pushed("'附表 1'!$A$1:$N$9", 6, 3, own=frozenset({"附表 1"}))
    "'附表 1'!$A$1:$N$12"
    """
    return _changed(text, lambda row, _fixed: row + count if row >= at else row, own)


def shifted(text: str, rows: int) -> str:
    """A formula as it reads so many rows further down; what is fixed by $ stays.

    >>> shifted("G4/F4*100+G$2", 2)
    'G6/F6*100+G$2'
    """
    return _changed(text, lambda row, fixed: row if fixed else row + rows, None)


def _changed(text: str, change: Callable[[int, bool], int], own: frozenset[str] | None) -> str:
    parts: list[str] = []
    last, sheet = 0, ""
    for found in TOKEN.finditer(text):
        between = text[last : found.start()]
        if between not in ("", ":"):
            sheet = ""
        parts.append(between)
        last = found.end()
        whole = found[0]
        if found[4] is None:
            sheet = whole[:-1].strip("'").replace("''", "'") if whole.endswith("!") else ""
            parts.append(whole)
            continue
        moves = sheet in own if own is not None else not sheet
        row = int(found[4])
        new = min(max(change(row, bool(found[3])), 1), LAST_ROW) if moves else row
        parts.append(f"{found[1]}{found[2]}{found[3]}{new}")
    return "".join(parts) + text[last:]

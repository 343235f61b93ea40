"""The units written behind a sentence, each with the role the words give it."""

import re

from gongjian.engine.extract.duties import units
from gongjian.engine.extract.view import normalise

ROLE = re.compile(
    r"(?P<lead>牵头单位|主办单位|主责单位)|(?P<responsible>责任单位|承办单位)|"
    r"(?P<supporting>配合单位|协办单位)"
)
BRACKET = re.compile(r"（[^（）]*单位：[^（）]*(?:（[^（）]*）[^（）]*)*）")


def units_beside(text: str, start: int, end: int) -> tuple[tuple[str, str], ...]:
    """The units named in the first bracket after `start`, as (role, name) in written order.

    Shapes   offsets of `text`; `end` is the end of the paragraph.
    Units    role is lead, responsible or supporting; names as written.
    Missing  no bracket with a role in it: nothing.
    Errors   none.
    Source   docs/rules/reading.md, R-8.

    >>> units_beside("完成清单（牵头单位：市工信局；配合单位：税务局、商会）。", 4, 28)
    (('lead', '市工信局'), ('supporting', '税务局'), ('supporting', '商会'))
    """
    part, view = text[start:end], normalise(text[start:end])
    bracket = BRACKET.search(view)
    if bracket is None:
        return ()
    inside = bracket.end() - 1
    roles = list(ROLE.finditer(view, bracket.start(), inside))
    stops = [role.start() for role in roles[1:]] + [inside]
    return tuple(
        (str(role.lastgroup), name)
        for role, stop in zip(roles, stops, strict=True)
        for name in units(part, view, role.end(), _stop(view, role.end(), stop))
    )


def _stop(view: str, start: int, stop: int) -> int:
    """A list of units ends at its semicolon or full stop."""
    ending = re.compile("[；。]").search(view, start, stop)
    return ending.start() if ending else stop

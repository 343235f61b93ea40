"""The milestone reader: what is due on a date, with the precision in which the date is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongjian.engine.extract.clauses import Clause
from gongjian.engine.extract.deadlines import Period, last_day
from gongjian.engine.extract.duties import BRACKET
from gongjian.engine.extract.findings import Precision
from gongjian.engine.extract.outline import SILENT, Place
from gongjian.engine.extract.scan import Scan
from gongjian.engine.extract.tense import reports_itself

NEAR = re.compile(r"^ *(?:之前|以前|前|底|末|完成|实现|建成|开工|竣工|，|起|启动|上旬|中旬|下旬)")
TITLE_LIKE = 4


@dataclass(slots=True)
class MilestoneDraft:
    """A milestone as read."""

    span: tuple[int, int]
    date: str
    precision: Precision
    when: str


def milestones_in(place: Place, scan: Scan) -> Iterator[MilestoneDraft]:
    """What a paragraph or a cell says is due on a month, a quarter or a day.

    Shapes: a place and what stands in its stretch of text. Units: the last day as YYYY-MM-DD.
    Missing: a date without a known year is left out. Errors: none.
    Source: docs/rules/reading.md, R-5.
    """
    if place.key in SILENT:
        return
    view = scan.view
    found = [span for span in scan.periods if _counts(view, span, scan.end)]
    if not found:
        return
    units = (b.start() for b in BRACKET.finditer(view, scan.start, scan.end) if "：" in b[0])
    stop = next(units, scan.end)
    every = [
        Clause(clause.start, min(clause.end, stop), clause.sentence)
        for clause in scan.clauses
        if clause.start < stop
    ]
    for index, clause in enumerate(every):
        own = [span for span in found if clause.start <= span.start < clause.end]
        if not own or reports_itself(view[clause.start : clause.end], ahead=False):
            continue
        span = own[-1]
        begin, last = _work(view, every, index, span)
        date = last_day(span.deadline or "")
        if date and last - begin >= TITLE_LIKE:
            yield MilestoneDraft((begin, last), date, span.precision, view[span.start : span.end])


def _counts(view: str, span: Period, end: int) -> bool:
    if not span.ahead or span.deadline in (None, "annual"):
        return False
    after = view[span.end : min(end, span.end + 8)]
    if span.precision == "year":
        return (
            span.due and re.search("[底末]$|[底末]前", view[span.start : span.end + 2]) is not None
        )
    return NEAR.match(after) is not None or view[span.end - 1] in "底末旬"


def _work(view: str, every: list[Clause], index: int, span: Period) -> tuple[int, int]:
    """The clause with the date; with the next one where the date stands alone in it."""
    clause = every[index]
    begin, end = clause.start, clause.end
    alone = clause.end - span.end <= 3 and span.start - clause.start <= 3
    if alone and index + 1 < len(every) and every[index + 1].sentence == clause.sentence:
        end = every[index + 1].end
    while begin < end and view[begin] in " ，、；。":
        begin += 1
    while begin < end and view[end - 1] in " ，、；。":
        end -= 1
    return begin, end

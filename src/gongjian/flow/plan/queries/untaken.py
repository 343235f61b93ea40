"""Every number of a plan that is in no target, with why not: the proof that nothing was lost."""

from collections import defaultdict
from dataclasses import dataclass

from gongjian.engine.extract import Untaken, explain_plan
from gongjian.flow.plan.models import PlanDocument
from gongjian.flow.plan.queries.pages import is_paged, pages_of
from gongjian.flow.plan.queries.phrases import phrase_place, phrase_untaken
from gongjian.lib.pages import Document, Spot

OBVIOUS = ("date", "order", "reference")
FIRST = ("no-metric", "no-unit", "column")  # where the reader could not say more
LONGEST = 200  # characters of the sentence on both sides that would become its words
AROUND = 40  # characters of the sentence shown on both sides of a number


@dataclass(frozen=True, slots=True)
class UntakenNumber:
    """A number in no target, with its sentence before and after it and where it stands.

    `start` and `sentence` are places in the text.
    """

    number: str
    start: int
    sentence: tuple[int, int]
    before: str
    after: str
    where: str
    spot: Spot | None


@dataclass(frozen=True, slots=True)
class UntakenGroup:
    """The numbers that one reason keeps out; `obvious` for dates, numerals of lists and codes."""

    code: str
    why: str
    obvious: bool
    numbers: tuple[UntakenNumber, ...]


def untaken_groups(plan: PlanDocument) -> tuple[UntakenGroup, ...]:
    """The numbers in no target by their reason: what is worth a look first, the obvious last.

    No query: the text is read again, since what was kept holds findings alone.
    """
    pages, paged = pages_of(plan), is_paged(plan)
    by_code: dict[str, list[UntakenNumber]] = defaultdict(list)
    once = {untaken.start: untaken for untaken in explain_plan(pages)[1]}  # merged cells repeat
    for untaken in once.values():
        by_code[untaken.code].append(_number(pages, untaken, paged=paged))
    groups = [
        UntakenGroup(code, phrase_untaken(code), code in OBVIOUS, tuple(numbers))
        for code, numbers in by_code.items()
    ]
    return tuple(sorted(groups, key=_rank))


def _rank(group: UntakenGroup) -> tuple[bool, int, int]:
    first = FIRST.index(group.code) if group.code in FIRST else len(FIRST)
    return group.obvious, first, -len(group.numbers)


def _number(pages: Document, untaken: Untaken, *, paged: bool) -> UntakenNumber:
    text, start, end = pages.text, untaken.start, untaken.end
    spot = pages.spot(start)
    first, last = untaken.sentence
    if spot and spot.cell:  # the row says what a number in a cell is about
        after = text.find("\n", end)
        first, last = text.rfind("\n", 0, start) + 1, len(text) if after < 0 else after
    left, right = max(first, start - AROUND), min(max(last, end), end + AROUND)
    return UntakenNumber(
        number=text[start:end],
        start=start,
        sentence=(max(first, start - LONGEST), min(last, end + LONGEST)),
        before=("…" if left > first else "") + text[left:start],
        after=text[end:right] + ("…" if right < last else ""),
        where=phrase_place(spot, paged=paged),
        spot=spot,
    )

"""Words that a person selects in a plan: where they stand, and what the grammar reads in them."""

import re
from dataclasses import asdict, dataclass
from typing import Any

from gongjian.engine.extract import Findings, read_plan
from gongjian.engine.extract.deadlines import Frame, periods
from gongjian.engine.extract.findings import Finding
from gongjian.engine.extract.quantities import quantities
from gongjian.engine.extract.records import plain
from gongjian.engine.extract.view import normalise
from gongjian.flow.plan.models import Candidate, PlanDocument
from gongjian.flow.plan.queries.pages import is_paged, pages_of
from gongjian.flow.plan.queries.phrases import phrase_place
from gongjian.lib.pages import Document, Spot

LONGEST = 1000  # characters of one finding
EDGES = re.compile(r"[\s，,、；;。：:\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
NUMBERED = re.compile(r"^（?[一二三四五六七八九十\d]{1,3}[）、.．]\s*")  # not shown
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection as it would become a finding: of which kind, with which fields.

    `found` says that the grammar read the fields in it; else they are what can be seen at once.
    """

    start: int
    end: int
    text: str
    spot: Spot | None
    where: str
    kind: str
    fields: dict[str, Any]
    found: bool


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without blanks, marks of punctuation and marks of direction at its ends."""
    start = max(start, 0)
    end = min(max(end, start), len(text))
    if head := EDGES.match(text, start, end):
        start = head.end()
    while end > start and EDGES.fullmatch(text[end - 1]):
        end -= 1
    return start, end


def read_selection(
    document: PlanDocument, span: Span, *, kind: str = "", number: Span | None = None
) -> Selection:
    """Run the grammar over words of a plan, as if they stood alone under its title.

    Of a `kind`, or of the first kind that is found; `number` is one that the target should have.
    No query.
    """
    pages = pages_of(document)
    start, end = trimmed(pages.text, *span)
    text = pages.text[start : min(end, start + LONGEST)]
    spot = pages.spot(start)
    found = _found(document, text, kind)
    if found is None:
        kind = kind or _kind_of(text)
        inside = (number[0] - start, number[1] - start) if number else None
        fields = _seen(text, kind, document.campaign.year, inside)
    else:
        kind, fields = found
    return Selection(
        start=start,
        end=end,
        text=text,
        spot=spot,
        where=phrase_place(spot, pages.spot(max(end - 1, 0)), paged=is_paged(document)),
        kind=kind,
        fields=fields,
        found=found is not None,
    )


def sentence_at(document: PlanDocument, place: int) -> Span:
    """The paragraph or the cell at a place. No query."""
    return pages_of(document).extent(place)


def paragraph_span(document: PlanDocument, number: int) -> Span | None:
    """Where a paragraph stands, by its number on the page; None where there is none. No query."""
    blocks = pages_of(document).blocks
    if not 1 <= number <= len(blocks):
        return None
    return blocks[number - 1].start, blocks[number - 1].end


def kept_fields(found: Finding) -> dict[str, Any]:
    """The fields of a finding as JSON: decimals as strings, so that nothing is rounded."""
    common = {"evidence", "start", "end", "confidence", "reason", "section", "action"}
    fields = {name: value for name, value in asdict(found).items() if name not in common}
    for name in ("value", "value_max", "value_base"):
        if fields.get(name) is not None:
            fields[name] = str(plain(fields[name]))
    return fields


def _found(document: PlanDocument, text: str, kind: str) -> tuple[str, dict[str, Any]] | None:
    campaign = document.campaign
    # The grammar reads a line; cells are parted as clauses are. The title gives it the year.
    line = re.sub(r"[\t\n\r]", "，", text)
    title = f"{campaign.year}年{campaign.name}实施方案"  # not shown
    read = read_plan(Document.from_text(f"{title}\n\n{line}\n"))
    kinds = _kinds(read)
    for name in (kind,) if kind else tuple(kinds):
        if kinds.get(name):
            return name, kept_fields(kinds[name][0])
    return None


def _kinds(read: Findings) -> dict[str, tuple[Finding, ...]]:
    return {
        Candidate.Kind.TARGET.value: read.targets,
        Candidate.Kind.MILESTONE.value: read.milestones,
        Candidate.Kind.TASK.value: read.tasks,
        Candidate.Kind.ACTION.value: read.actions,
    }


def _kind_of(text: str) -> str:
    view = normalise(text)
    counts = any(True for _one in quantities(view, 0, len(view)))
    return Candidate.Kind.TARGET.value if counts else Candidate.Kind.TASK.value


def _seen(text: str, kind: str, year: int, number: Span | None) -> dict[str, Any]:
    """What can be seen at once where the grammar reads nothing: a number, a date, the words."""
    view = normalise(text)
    frame = Frame(first=year, last=year, stated=True)
    dates = [one for one in periods(view, 0, len(view), frame) if one.deadline]
    deadline = dates[0].deadline if dates else None
    words = re.sub(r"\s+", " ", text).strip()
    if kind == Candidate.Kind.ACTION:
        return {"name": NUMBERED.sub("", words)}
    if kind == Candidate.Kind.TASK:
        return {"text": words, "lead": [], "support": [], "deadline": deadline}
    if kind == Candidate.Kind.MILESTONE:
        precision = dates[0].precision if dates else ""
        return {"text": words, "date": deadline or "", "precision": precision}
    near = [
        one
        for one in quantities(view, 0, len(view))
        if number is None or (one.start < number[1] and number[0] < one.end)
    ]
    first = near[0] if near else None
    return {
        "metric": "",
        "qualifier": "",
        "comparator": ">=",
        "value": str(plain(first.value)) if first else "",
        "value_max": str(plain(first.high)) if first and first.high else None,
        "unit": first.unit if first else "",
        "deadline": deadline,
    }

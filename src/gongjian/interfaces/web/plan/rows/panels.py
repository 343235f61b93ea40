"""What stands beside the text in place of the open finding: words to add, findings to merge."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Candidate, PlanDocument
from gongjian.flow.plan.queries import (
    CandidateRow,
    Selection,
    like_rows,
    listed_differences,
    pages_of,
    paragraph_span,
    read_selection,
    review_counts,
    sentence_at,
)
from gongjian.interfaces.web.plan.rows.fields import form_of, values_of
from gongjian.interfaces.web.plan.rows.filters import Filters, number
from gongjian.interfaces.web.plan.rows.opened import Quote, quoted
from gongjian.interfaces.web.plan.rows.paper import in_cells
from gongjian.interfaces.web.plan.rows.review import Review

Kind = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Mergeable:
    """A finding that the open one may be merged with; `value` names it in the version shown."""

    seq: int
    value: str
    title: str
    where: str
    quote: Quote
    state_label: str
    checked: bool


def adding_panel(
    review: Review, given: Mapping[str, str], *, typed: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Words selected in the text as the form of a finding.

    Without a selection the paragraph to select in: the one asked for by number (`p`), else that of
    the open finding.
    """
    document = review.document
    start, end = number(given.get("start", "")), number(given.get("end", ""))
    paragraph = _paragraph(review, given, start)
    panel: dict[str, Any] = {
        "name": "add",
        "url": reverse("review_add", args=[document.uid]) + review.filters.query(),
        "back_url": review.address(),
        "paragraph": _block(review, paragraph[0]),
        "paragraph_start": paragraph[0],
        "paragraph_text": pages_of(document).text[slice(*paragraph)],
        "start": start if end > start else paragraph[0],
        "end": 0,
    }
    if end <= start:
        return panel
    kind = given.get("what", "")
    asked = kind if kind in Candidate.Kind.values else ""
    at = number(given.get("n", ""))
    read = read_selection(document, (start, end), kind=asked, number=(at, at + 1) if at else None)
    return panel | _form(review, read, typed)


def _form(review: Review, read: Selection, typed: Mapping[str, str] | None) -> dict[str, Any]:
    home = _home_near(review, read.start)
    values = values_of(read.kind, read.fields, home=home) | dict(typed or {})
    return {
        "start": read.start,
        "end": read.end,
        "where": read.where,
        "quote": quoted(review.document, read.start, read.end),
        "found": read.found,
        "kind": read.kind,
        "kinds": [
            (kind.value, str(kind.label), kind.value == read.kind) for kind in Candidate.Kind
        ],
        "fields": form_of(read.kind, values, review.homes),
    }


def _paragraph(review: Review, given: Mapping[str, str], start: int) -> tuple[int, int]:
    """The paragraph or cell to select words in."""
    asked = paragraph_span(review.document, number(given.get("p", "")))
    if asked is not None:
        return asked
    place = start or (review.open.start if review.open else 0)
    return sentence_at(review.document, place)


def _block(review: Review, place: int) -> int:
    spot = pages_of(review.document).spot(place)
    return spot.block if spot else 1


def _home_near(review: Review, place: int) -> str:
    """The action that what stands last before a place stands under."""
    before = [row for row in review.screen.rows if row.start <= place and row.home]
    return max(before, key=lambda row: row.start).home if before else ""


def merging_panel(review: Review, row: CandidateRow, given: Mapping[str, str]) -> dict[str, Any]:
    """The findings of its kind nearest to the open one, those asked for by number before them."""
    asked = {number(word) for word in given.get("with", "").replace("、", " ").split()}
    document = review.document
    return {
        "name": "merge",
        "url": reverse("review_merge", args=[document.uid]) + review.filters.query(c=row.seq),
        "back_url": review.address(review.filters.at(row.seq)),
        "seq": row.seq,
        "start": row.start,
        "kind_label": row.kind_label,
        "title": in_cells(row.headline),
        "quote": quoted(document, row.start, row.end),
        "first": f"{row.uid}:{row.version}",
        "asked": given.get("with", ""),
        "others": [
            Mergeable(
                seq=other.seq,
                value=f"{other.uid}:{other.version}",
                title=in_cells(other.headline),
                where=other.where,
                quote=quoted(document, other.start, other.end),
                state_label=other.state_label,
                checked=other.seq in asked,
            )
            for other in like_rows(document, row, also=asked)
        ],
    }


def named_versions(values: list[str]) -> dict[UUID, int]:
    """uid:version of each finding that a form names, in its order; what is neither is left out."""
    named: dict[UUID, int] = {}
    for value in values:
        uid, _colon, version = value.partition(":")
        try:
            named[UUID(uid)] = number(version)
        except ValueError:
            continue
    return named


def bulk_context(
    document: PlanDocument, rows: list[CandidateRow], filters: Filters, *, batch: int
) -> dict[str, Any]:
    """The context that plan/bulk.html names: the list that would be taken, a batch at a time."""
    review = reverse("plan_review", args=[document.uid])
    shown = rows[:batch]
    differences = listed_differences(document, shown)
    asked = review_counts(document).alike
    return {
        "title": document.title,
        "review_url": review + filters.query(),
        "url": reverse("review_bulk", args=[document.uid]) + filters.query(),
        "total": len(rows),
        "more": len(rows) - len(shown),
        "rows": [
            {
                "seq": row.seq,
                "value": f"{row.uid}:{row.version}",
                "kind_label": row.kind_label,
                "title": in_cells(row.headline),
                "action": row.action or "",
                "where": row.where,
                "evidence": in_cells(row.evidence),
                "confidence": f"{row.confidence:.2f}",
                "change_label": row.change_label,
                "fields": differences.get(row.seq, ()),
                "homeless": row.homeless,
                "url": review + filters.query(c=row.seq),
            }
            for row in shown
        ],
        "homeless_words": _("还没有所属行动"),
        "asked": asked,
        "asked_url": review + filters.query(c=0, change="alike"),
    }

"""Findings joined, parted, and added where the reader found none."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from gongjian.flow.plan import rules
from gongjian.flow.plan.models import Candidate, PlanDocument, ReviewStep
from gongjian.flow.plan.queries import (
    conflict_about,
    find_home,
    pages_of,
    read_selection,
    trimmed,
)
from gongjian.flow.plan.usecases.steps import Step
from gongjian.flow.plan.usecases.typed import Form
from gongjian.foundation.orgs.models import User

Span = tuple[int, int]
# What a finding of each kind holds that nobody has to fill in.
BLANK: dict[Candidate.Kind, dict[str, Any]] = {
    Candidate.Kind.ACTION: {},
    Candidate.Kind.TARGET: {"qualifier": "", "unit": "", "deadline": None, "value_max": None},
    Candidate.Kind.TASK: {"lead": [], "support": [], "deadline": None},
    Candidate.Kind.MILESTONE: {"date": ""},
}


@transaction.atomic
def merge_candidates(
    candidates: Sequence[Candidate], *, versions: Mapping[int, int], by: User, at: datetime
) -> Candidate:
    """Make one finding of several of a kind: the fields of the first, the spans of all.

    The others stay in the trail as merged into it; what stood under a merged action moves over.
    `versions` are those that were shown, by key. Refused: candidate.merge-one,
    candidate.merge-kinds, candidate.merge-state, candidate.changed, plan.adopted, plan.not-read.
    """
    rules.check_can_merge(candidates, by=by)
    document = Step.lock(candidates[0].document, by=by)
    rows = Candidate.objects.select_related("under", "decided_by").in_bulk(
        [candidate.pk for candidate in candidates]
    )
    ordered = [rows[candidate.pk] for candidate in candidates]
    for row in ordered:
        if row.version != versions.get(row.pk):
            state = Candidate.State(row.state) if row is ordered[0] else Candidate.State.MERGED
            raise conflict_about(row, mine=row.fields, state=state, home=row.under)
    rules.check_can_merge(ordered, by=by)
    first, *others = ordered
    below = list(document.candidates.filter(under__in=others))
    step = Step(document, ReviewStep.Act.MERGED, by, at)
    step.change(*ordered, *below)
    for other in others:
        first.joined = [*first.joined, [other.start, other.end], *other.joined]
        first.under = first.under or other.under
        first.twin = first.twin or other.twin
        other.state, other.merged_into = "merged", first
        other.decided_by, other.decided_at = by, at
        step.lay_beside(other)
    step.lay_beside(first)
    for row in below:
        row.under = first
    step.keep(facts={"parts": len(ordered)})
    return first


@transaction.atomic
def split_candidate(
    candidate: Candidate, after: int, *, version: int, by: User, at: datetime
) -> tuple[Candidate, Candidate]:
    """Part a finding in two behind so many characters of its sentence; both wait to be judged.

    Each half takes what the grammar reads in it, else the fields of the whole.
    Refused: candidate.split-place, candidate.changed, plan.adopted, plan.not-read.
    """
    document = Step.lock(candidate.document, by=by)
    row = Candidate.objects.select_related("under", "decided_by").get(pk=candidate.pk)
    if row.version != version:
        raise conflict_about(row, mine=row.fields, state=Candidate.State.PENDING, home=row.under)
    rules.check_is_live(row)
    cut = row.start + after
    text = pages_of(document).text
    halves = [trimmed(text, *span) for span in ((row.start, cut), (cut, row.end))]
    rules.check_can_split(row, after, halves)
    step = Step(document, ReviewStep.Act.SPLIT, by, at)
    step.change(row)
    second = _new(document, row.kind, halves[1], row.under, reason="person.split")
    second.reason_params = {"of": str(row.seq)}
    second.confidence = row.confidence
    for half in (row, second):
        span = halves[0] if half is row else halves[1]
        half.start, half.end = span
        half.evidence = text[slice(*span)]
        half.fields = _read(document, half, row.fields)
    second.found = second.fields
    row.state, row.why_rejected = Candidate.State.PENDING, ""
    row.decided_by = row.decided_at = None
    step.lay_beside(row)
    second.change = Candidate.Change.NEW if document.replaces_id else ""
    second.save()
    step.made(second)
    step.keep()
    return row, second


@transaction.atomic
def add_candidate(
    document: PlanDocument,
    kind: str,
    span: Span,
    fields: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
) -> Candidate:
    """Take words of the plan that the reader did not take, with the fields a person gave them.

    Refused: candidate.selection where nothing, or too much, is selected, candidate.kind,
    candidate.field, plan.adopted, plan.not-read.
    """
    document = Step.lock(document, by=by)
    text = pages_of(document).text
    span = trimmed(text, *span)
    rules.check_can_select(document, text[slice(*span)], by=by)
    rules.check_is_kind(kind)
    blank = BLANK[Candidate.Kind(kind)]
    values = {**blank, **Form(kind, blank, document.campaign.year).checked(fields)}
    home = None
    if fields.get("under") and kind != Candidate.Kind.ACTION:
        home = find_home(document, str(fields["under"]))
        rules.check_is_home(home)
    step = Step(document, ReviewStep.Act.ADDED, by, at)
    added = _new(document, kind, span, home, reason="person.added")
    added.evidence = text[slice(*span)]
    added.found = added.fields = values
    added.state, added.decided_by, added.decided_at = Candidate.State.ACCEPTED, by, at
    step.lay_beside(added)
    added.save()
    step.made(added)
    step.keep()
    return added


def _new(
    document: PlanDocument, kind: str, span: Span, under: Candidate | None, *, reason: str
) -> Candidate:
    last = document.candidates.aggregate(last=Max("seq"))["last"] or 0
    return Candidate(
        document=document,
        seq=last + 1,
        kind=kind,
        under=under,
        start=span[0],
        end=span[1],
        confidence=1,
        reason=reason,
    )


def _read(document: PlanDocument, half: Candidate, whole: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a half: what the grammar reads in it of its kind, else those of the whole."""
    read = read_selection(document, (half.start, half.end), kind=half.kind)
    if read.found:
        return {**whole, **read.fields}
    words = {"text": half.evidence} if "text" in whole else {}
    return {**whole, **words}

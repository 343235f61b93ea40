"""The review of a plan: the document with its findings, and how far the review is."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.engine.extract.view import normalise
from gongjian.flow.plan.models import Candidate, PlanDocument
from gongjian.flow.plan.queries.pages import is_paged, pages_of
from gongjian.flow.plan.queries.phrases import phrase_place, phrase_reason
from gongjian.foundation.orgs.models import Role, User
from gongjian.foundation.orgs.rules import SEE_BUSINESS, allows
from gongjian.lib.pages import Document, Spot, Table
from gongjian.lib.refusals import Missing


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One uploaded plan in the list of plans."""

    uid: UUID
    title: str
    file_name: str
    size: int
    state: str
    state_label: str
    trouble: str
    uploaded_by: str
    uploaded_at: datetime
    found: int
    pending: int


@dataclass(frozen=True, slots=True)
class Home:
    """An action a finding may stand under: `value` is what a form sends back for it."""

    pk: int
    value: str
    name: str
    adopted: bool


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One finding, ready to print and to edit.

    `extent` is the paragraph or the cell it begins in; `plain` its evidence in the one spelling
    that is read, "" where it is written so.
    """

    uid: UUID
    version: int
    seq: int
    kind: str
    kind_label: str
    state: str
    state_label: str
    evidence: str
    start: int
    end: int
    spot: Spot | None
    extent: tuple[int, int]
    where: str
    plain: str
    fields: Mapping[str, Any]
    headline: str
    confidence: Decimal
    doubtful: bool
    reason: str
    action: str
    home: str
    why_rejected: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a paragraph or a cell: plain text, or text in which findings stand."""

    text: str
    start: int
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """How far a review is, by kind and by decision."""

    total: int
    pending: int
    accepted: int
    rejected: int
    doubtful: int
    sure_pending: int
    kinds: Mapping[str, int]

    @property
    def seen(self) -> int:
        return self.total - self.pending


SURE = Decimal("0.9")
TAKEN = (Candidate.State.ACCEPTED, Candidate.State.EDITED)


def documents_for(reader: User) -> QuerySet[PlanDocument]:
    """Plans the reader may see: the office every one, other business roles the adopted ones."""
    if Role.CAMPAIGN_OFFICE in reader.roles:
        return PlanDocument.objects.all()
    if allows(SEE_BUSINESS, reader):
        return PlanDocument.objects.filter(state=PlanDocument.State.ADOPTED)
    return PlanDocument.objects.none()


def document_by_uid(uid: UUID, *, reader: User) -> PlanDocument:
    """The plan document, where the reader may see it. Missing otherwise."""
    document = (
        documents_for(reader)
        .select_related("file", "campaign", "uploaded_by")
        .filter(uid=uid)
        .first()
    )
    if document is None:
        raise Missing("plan.missing", _("没有这份方案，它可能已经被替换。"))
    return document


def candidate_by_uid(uid: UUID, *, reader: User) -> Candidate:
    """One finding with its document. Missing for who may not see the document."""
    candidate = (
        Candidate.objects.select_related("document", "under")
        .filter(uid=uid, document__in=documents_for(reader))
        .first()
    )
    if candidate is None:
        raise Missing("candidate.missing", _("没有这条候选，方案可能已经重新读取。"))
    return candidate


def count_documents(reader: User) -> int:
    return documents_for(reader).count()


def document_rows(reader: User, *, offset: int = 0, limit: int = 40) -> list[PlanRow]:
    """Uploaded plans the reader may see, newest first. One query."""
    documents = (
        documents_for(reader)
        .defer("text", "blocks")
        .select_related("file", "uploaded_by")
        .annotate(
            found=Count("candidates"),
            pending=Count("candidates", filter=Q(candidates__state=Candidate.State.PENDING)),
        )
        .order_by("-pk")[offset : offset + limit]
    )
    return [
        PlanRow(
            uid=d.uid,
            title=d.title,
            file_name=d.file.name,
            size=d.file.size,
            state=d.state,
            state_label=d.get_state_display(),
            trouble=d.trouble,
            uploaded_by=d.uploaded_by.display_name,
            uploaded_at=d.uploaded_at,
            found=d.found,
            pending=d.pending,
        )
        for d in documents
    ]


def candidate_rows(document: PlanDocument) -> list[CandidateRow]:
    """The findings of a document in the order of its text. One query."""
    candidates = document.candidates.select_related("under", "decided_by")
    pages, paged = pages_of(document), is_paged(document)
    return [_row(candidate, document, pages, paged=paged) for candidate in candidates]


def taken_candidates(document: PlanDocument) -> list[Candidate]:
    """The findings that were accepted, with what they stand under. One query."""
    return list(document.candidates.filter(state__in=TAKEN).select_related("under"))


def homes(document: PlanDocument) -> list[Home]:
    """The actions a finding may stand under: this plan's own, then those adopted before it.

    One query. A rejected action gives no home.
    """
    action = Q(kind=Candidate.Kind.ACTION) & ~Q(state=Candidate.State.REJECTED)
    adopted = Q(
        document__campaign=document.campaign_id,
        document__state=PlanDocument.State.ADOPTED,
        state__in=TAKEN,
    )
    own = Q(document=document)
    found = Candidate.objects.filter(action & (own | adopted)).order_by("document_id", "seq")
    rows = [
        Home(c.pk, _home(c, document), str(c.fields["name"]), c.document_id != document.pk)
        for c in found
    ]
    return sorted(rows, key=lambda home: home.adopted)


def review_counts(rows: list[CandidateRow]) -> ReviewCounts:
    """Counts of a list of findings."""
    pending = [row for row in rows if row.state == Candidate.State.PENDING]
    rejected = sum(row.state == Candidate.State.REJECTED for row in rows)
    return ReviewCounts(
        total=len(rows),
        pending=len(pending),
        accepted=len(rows) - len(pending) - rejected,
        rejected=rejected,
        doubtful=sum(row.doubtful for row in rows),
        sure_pending=sum(not row.doubtful for row in pending),
        kinds={kind.value: sum(r.kind == kind for r in rows) for kind in Candidate.Kind},
    )


def passages(document: PlanDocument, rows: Sequence[CandidateRow]) -> list[list[Passage]]:
    """Each block cut where cells and findings begin and end; a passage names its findings.

    Between two cells stands a passage of the tabs or the line feed that parts them.
    """
    ordered = sorted(rows, key=lambda row: row.start)
    starts = [row.start for row in ordered]
    longest = max((row.end - row.start for row in ordered), default=0)
    edges = sorted({*starts, *(row.end for row in ordered)})
    cut = []
    for block in pages_of(document).blocks:
        cells = block.cells if isinstance(block, Table) else ()
        first, last = bisect_right(edges, block.start), bisect_left(edges, block.end)
        inside = {edge for cell in cells for edge in (cell.start, cell.end)}
        ends = sorted({block.start, *inside, *edges[first:last], block.end})
        pieces = []
        for a, b in pairwise(ends):
            near = ordered[bisect_left(starts, a - longest) : bisect_right(starts, a)]
            marks = tuple(row.seq for row in near if row.start <= a and b <= row.end)
            pieces.append(Passage(document.text[a:b], a, marks))
        cut.append(pieces)
    return cut


def headline(kind: str, fields: Mapping[str, Any]) -> str:
    """A finding in one line: 工业应税销售收入 ≥1000 亿元."""
    if kind == Candidate.Kind.TARGET:
        sign = {">=": "≥", "<=": "≤", "~": "≈"}.get(fields["comparator"], fields["comparator"])
        return f"{fields['metric']} {sign}{fields['value']} {fields['unit']}".strip()
    return str(fields.get("name") or fields.get("text") or "")


def _home(action: Candidate, document: PlanDocument) -> str:
    """Its number in this plan; across plans, where numbers repeat, its uid."""
    return str(action.seq) if action.document_id == document.pk else str(action.uid)


def _row(
    candidate: Candidate, document: PlanDocument, pages: Document, *, paged: bool
) -> CandidateRow:
    first, last = pages.spot(candidate.start), pages.spot(candidate.end - 1)
    plain = normalise(candidate.evidence)
    return CandidateRow(
        uid=candidate.uid,
        version=candidate.version,
        seq=candidate.seq,
        kind=candidate.kind,
        kind_label=candidate.get_kind_display(),
        state=candidate.state,
        state_label=candidate.get_state_display(),
        evidence=candidate.evidence,
        start=candidate.start,
        end=candidate.end,
        spot=first,
        extent=pages.extent(candidate.start),
        where=phrase_place(first, last, paged=paged),
        plain="" if plain == candidate.evidence else plain,
        fields=candidate.fields,
        headline=headline(candidate.kind, candidate.fields),
        confidence=candidate.confidence,
        doubtful=candidate.confidence < SURE,
        reason=phrase_reason(candidate.reason, candidate.reason_params),
        action=candidate.under.fields["name"] if candidate.under else "",
        home=_home(candidate.under, document) if candidate.under else "",
        why_rejected=candidate.why_rejected,
        decided_by=candidate.decided_by.display_name if candidate.decided_by else "",
    )

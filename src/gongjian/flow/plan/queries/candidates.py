"""The findings of a plan, each ready to print and to edit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from gongjian.engine.extract.view import normalise
from gongjian.flow.plan.models import Action, Candidate, PlanDocument
from gongjian.flow.plan.queries.pages import is_paged, pages_of
from gongjian.flow.plan.queries.phrases import phrase_place, phrase_reason
from gongjian.foundation.records.queries import prepared
from gongjian.lib.pages import Document, Spot

EDITABLE = {
    "action": ("name",),
    "target": (
        "metric", "qualifier", "comparator", "value", "value_max", "unit", "kind", "deadline",
        "precision", "base_value",
    ),
    "task": ("text", "lead", "responsible", "support", "deadline", "precision"),
    "milestone": ("text", "date", "precision"),
}  # fmt: skip
NEEDS_NOTHING = (Candidate.Change.SAME, Candidate.Change.CHANGED)  # the plan has it
PENDING = Candidate.State.PENDING
NO_HOME = (Candidate.State.REJECTED, *Candidate.GONE)


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
    that is read, "" where it is written so; `joined` the spans of what was merged into it.
    `twin` is the node of the plan it speaks of, `resembles` one it may be a rewording of, while
    nobody has said; `moved` says that the plan says otherwise than when it was judged (`stood`).
    """

    pk: int
    uid: UUID
    version: int
    seq: int
    kind: str
    state: str
    evidence: str
    start: int
    end: int
    joined: tuple[tuple[int, int], ...]
    spot: Spot | None
    extent: tuple[int, int]
    where: str
    fields: Mapping[str, Any]
    headline: str
    confidence: Decimal
    doubtful: bool
    basis: tuple[str, Mapping[str, str]]
    action: str
    home: str
    why_rejected: str
    decided_by: str
    merged_into: int
    change: str
    twin: UUID | None
    resembles: UUID | None
    stood: str
    moved: bool

    @property
    def kind_label(self) -> str:
        return str(Candidate.Kind(self.kind).label)

    @property
    def state_label(self) -> str:
        return str(Candidate.State(self.state).label)

    @property
    def change_label(self) -> str:
        return str(Candidate.Change(self.change).label) if self.change else ""

    @property
    def plain(self) -> str:
        plain = normalise(self.evidence)
        return "" if plain == self.evidence else plain

    @property
    def reason(self) -> str:
        return phrase_reason(*self.basis)

    @property
    def homeless(self) -> bool:
        """It needs an action before the plan can be adopted."""
        needs = self.kind != "action" and self.change not in NEEDS_NOTHING
        needs = needs and self.state not in NO_HOME
        return needs and not self.home


def candidate_rows(document: PlanDocument) -> list[CandidateRow]:
    """Every finding of a document that stands, in the order it was numbered. One query."""
    standing = document.candidates.exclude(state__in=Candidate.GONE)
    return rows_of(document, standing)


def rows_of(document: PlanDocument, found: QuerySet[Candidate]) -> list[CandidateRow]:
    """These findings of a document, in their order. One query."""
    return rows_read(document, with_others(found))


def with_others(found: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Findings with what a row says of the others it has to do with."""
    return found.defer("found").annotate(
        home_uid=F("under__uid"),
        home_seq=F("under__seq"),
        home_document=F("under__document_id"),
        home_state=F("under__state"),
        home_fields=F("under__fields"),  # a key of it is asked for wrongly by PostgreSQL
        who=F("decided_by__display_name"),
        into=F("merged_into__seq"),
    )


def rows_read(document: PlanDocument, found: Iterable[Candidate]) -> list[CandidateRow]:
    """The rows of findings that were read `with_others`. No query."""
    pages, paged = pages_of(document), is_paged(document)
    return [_row(candidate, document, pages, paged=paged) for candidate in found]


def taken_candidates(document: PlanDocument) -> list[Candidate]:
    """The findings that were accepted, with what they stand under. One query."""
    return list(document.candidates.filter(state__in=Candidate.TAKEN).select_related("under"))


def homes(document: PlanDocument) -> list[Home]:
    """The actions a finding may stand under: this plan's own, then those adopted before it.

    One query. A rejected action gives no home, nor one that repeats an adopted action.
    """
    rows = [
        Home(pk, _home(document, plan, seq, uid), str(name), plan != document.pk)
        for pk, plan, seq, uid, name in _home_candidates(
            document=document.pk, campaign=document.campaign_id
        )
    ]
    return sorted(rows, key=lambda home: home.adopted)


def find_home(document: PlanDocument, value: str) -> Candidate | None:
    """The action a form named, if it is one of `homes`. Two queries."""
    pk = next((home.pk for home in homes(document) if home.value == value), None)
    return Candidate.objects.get(pk=pk) if pk else None


def headline(kind: str, fields: Mapping[str, Any]) -> str:
    """A finding in one line: 工业应税销售收入 ≥1000 亿元."""
    if kind == Candidate.Kind.TARGET:
        sign = {">=": "≥", "<=": "≤", "~": "≈"}.get(fields["comparator"], fields["comparator"])
        most = f"–{fields['value_max']}" if fields.get("value_max") else ""
        return f"{fields['metric']} {sign}{fields['value']}{most} {fields['unit']}".strip()
    return str(fields.get("name") or fields.get("text") or "")


def shown_fields(fields: Mapping[str, Any]) -> dict[str, str]:
    """The fields that a person may change, by their names on the screen."""
    names = {
        "name": _("名称"),
        "metric": _("目标名称"),
        "qualifier": _("限定"),
        "comparator": _("比较"),
        "value": _("数值"),
        "value_max": _("上限"),
        "unit": _("单位"),
        "base_value": _("基期值"),
        "text": _("内容"),
        "lead": _("牵头单位"),
        "responsible": _("责任单位"),
        "support": _("配合单位"),
        "deadline": _("完成时限"),
        "date": _("日期"),
    }
    return {label: typed_as(fields[name]) for name, label in names.items() if fields.get(name)}


def typed_as(value: object) -> str:
    """A field as it is typed: units parted by 、."""
    if isinstance(value, list | tuple):
        return _("、").join(str(part) for part in value)
    return "" if value is None else str(value)


@prepared
def _home_candidates(*, document: int, campaign: int) -> QuerySet[Candidate, tuple[Any, ...]]:
    action = Q(kind=Candidate.Kind.ACTION) & ~Q(state__in=NO_HOME)
    repeated = Candidate.objects.filter(action, document=document, twin__isnull=False)
    own = repeated.order_by().values("twin")  # adopted actions that this plan names itself
    standing = Action.objects.filter(
        document=OuterRef("document"),
        start=OuterRef("start"),
        end=OuterRef("end"),
        ended_on__isnull=True,
    ).exclude(uid__in=own)
    adopted = Q(
        document__campaign=campaign,
        document__state=PlanDocument.State.ADOPTED,
        state__in=Candidate.TAKEN,
        twin__isnull=True,
    ) & Exists(standing)
    found = Candidate.objects.filter(action & (Q(document=document) | adopted))
    return found.order_by("document_id", "seq").values_list(
        "pk", "document_id", "seq", "uid", KT("fields__name")
    )


def _home(document: PlanDocument, plan: int, seq: int, uid: UUID) -> str:
    """Its number in this plan; across plans, where numbers repeat, its uid."""
    return str(seq) if plan == document.pk else str(uid)


def _row(candidate: Any, document: PlanDocument, pages: Document, *, paged: bool) -> CandidateRow:
    first, last = pages.spot(candidate.start), pages.spot(candidate.end - 1)
    housed = candidate.home_uid is not None and candidate.home_state not in NO_HOME
    home = candidate.home_document, candidate.home_seq, candidate.home_uid
    return CandidateRow(
        pk=candidate.pk,
        uid=candidate.uid,
        version=candidate.version,
        seq=candidate.seq,
        kind=candidate.kind,
        state=candidate.state,
        evidence=candidate.evidence,
        start=candidate.start,
        end=candidate.end,
        joined=_spans(candidate.joined),
        spot=first,
        extent=pages.extent(candidate.start),
        where=phrase_place(first, last, paged=paged),
        fields=candidate.fields,
        headline=headline(candidate.kind, candidate.fields),
        confidence=candidate.confidence,
        doubtful=candidate.confidence < Candidate.SURE,
        basis=(candidate.reason, candidate.reason_params),
        action=str((candidate.home_fields or {}).get("name") or "") if housed else "",
        home=_home(document, *home) if housed else "",
        why_rejected=candidate.why_rejected,
        decided_by=candidate.who or "",
        merged_into=candidate.into or 0,
        change=candidate.change,
        twin=candidate.twin,
        resembles=candidate.resembles if candidate.state == PENDING or candidate.moved else None,
        stood=candidate.stood,
        moved=candidate.moved,
    )


def _spans(joined: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in joined)

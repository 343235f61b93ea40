"""The list of findings a reviewer works through: filtered, ordered, a page at a time, counted."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Abs

from gongjian.flow.plan.models import Candidate, PlanDocument
from gongjian.flow.plan.queries.candidates import (
    NEEDS_NOTHING,
    NO_HOME,
    CandidateRow,
    rows_of,
    rows_read,
    with_others,
)
from gongjian.foundation.records.queries import prepared

SCREENFUL = 50
NEAR = 12  # findings that another may be merged with
HOMELESS = "none"
ORDERS: dict[str, tuple[str, ...]] = {
    # what the plan moved under, changed, new, then what is the same
    "doubt": ("-moved", "change", "confidence", "start", "seq"),
    "text": ("start", "seq"),
}
LARGEST_SEQ = 9  # digits
MOVED, ALIKE = "moved", "alike"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the findings is listed, and in which order; "" is all.

    `state` is a state (`pending` what has still to be decided), `taken`, or `gone` (merged and
    withdrawn); `action` the number of an action, or `none` for what still needs one; `band` is
    sure, fair or doubtful; `change` is a change, `moved` (the plan moved since it was judged) or
    `alike` (perhaps reworded); `order` is doubt (what the reader was least sure of first) or text.
    """

    kind: str = ""
    state: str = ""
    action: str = ""
    band: str = ""
    change: str = ""
    text: str = ""
    order: str = "doubt"


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """How far a review is: by kind, by decision, by action, by confidence, by what changed.

    `pending` is what has still to be decided: in a new version not what stayed the same, but what
    the plan moved under since it was judged (`moved`); `settled` is what stayed the same and did
    not move; `alike` what may be a sentence of the plan reworded.
    """

    total: int
    pending: int
    accepted: int
    rejected: int
    gone: int
    homeless: int
    bulk: int
    moved: int
    settled: int
    alike: int
    kinds: Mapping[str, int]
    bands: Mapping[str, int]
    actions: Mapping[int, int]
    changes: Mapping[str, int]

    @property
    def seen(self) -> int:
        return self.to_decide - self.pending

    @property
    def to_decide(self) -> int:
        return self.total - self.settled


@dataclass(frozen=True, slots=True)
class Screenful:
    """One page of the list: its rows, how many there are in all, and which page it is."""

    rows: tuple[CandidateRow, ...]
    total: int
    page: int


def waits() -> Q:
    """What has still to be decided, or looked at again."""
    pending = Q(state=Candidate.State.PENDING) & ~Q(change=Candidate.Change.SAME)
    return Q(moved=True) | pending


def asks() -> Q:
    """What may be a sentence of the plan reworded, and nobody has said."""
    return Q(state=Candidate.State.PENDING, resembles__isnull=False)


def screenful(
    document: PlanDocument, wanted: Wanted, *, page: int = 0, around: CandidateRow | None = None
) -> Screenful:
    """A page of the list; without a number the page on which a finding stands. Two queries."""
    near = around if not page else None
    place = _place_of(near) if near else _NOWHERE
    counted = _counted(wanted, near.moved if near else None, document=document.pk, **place)
    total, before = next(iter(counted), (0, 0))
    last = max(-(-total // SCREENFUL), 1)
    page = page or before // SCREENFUL + 1
    page = min(max(page, 1), last)
    rows = rows_read(document, _page(wanted, page, document=document.pk))
    return Screenful(tuple(rows), total, page)


class _PlaceInList(TypedDict):
    """What says where a finding stands in a list."""

    change: str
    confidence: Decimal
    start: int
    seq: int


_NOWHERE: _PlaceInList = {"change": "", "confidence": Decimal(), "start": 0, "seq": 0}


def _place_of(row: CandidateRow) -> _PlaceInList:
    return {
        "change": row.change, "confidence": row.confidence, "start": row.start, "seq": row.seq
    }  # fmt: skip


@prepared
def _counted(
    wanted: Wanted,
    moved: bool | None,
    *,
    document: int,
    change: str,
    confidence: Decimal,
    start: int,
    seq: int,
) -> QuerySet[Candidate, tuple[int, int]]:
    """How many are listed, and how many of them before a finding; None: before none."""
    place: _PlaceInList = {
        "change": change, "confidence": confidence, "start": start, "seq": seq
    }  # fmt: skip
    before = Q(pk=0) if moved is None else _before(place, wanted.order, moved=moved)
    whole = _listed(document, wanted).order_by().values(whole=Value(1))
    counted = whole.annotate(total=Count("pk"), before=Count("pk", filter=before))
    return counted.values_list("total", "before")


@prepared
def _page(wanted: Wanted, page: int, *, document: int) -> QuerySet[Candidate]:
    ordered = _listed(document, wanted).order_by(*ORDERS[wanted.order])
    return with_others(ordered[(page - 1) * SCREENFUL : page * SCREENFUL])


def candidate_row(document: PlanDocument, seq: int) -> CandidateRow | None:
    """One finding by its number. One query."""
    return next(iter(rows_read(document, _numbered(document=document.pk, seq=seq))), None)


@prepared
def _numbered(*, document: int, seq: int) -> QuerySet[Candidate]:
    return with_others(Candidate.objects.filter(document=document, seq=seq))


def next_waiting(document: PlanDocument, wanted: Wanted, behind: CandidateRow | None = None) -> int:
    """The number of the next listed finding that waits, round the end; 0 where none does.

    Two queries at most.
    """
    if behind is None:
        return next(iter(_first_waiting(wanted, document=document.pk)), 0)
    seqs = _waiting(wanted, document.pk).exclude(pk=behind.pk)
    following = seqs.exclude(_before(_place_of(behind), wanted.order, moved=behind.moved)).first()
    return following or seqs.first() or 0


@prepared
def _first_waiting(wanted: Wanted, *, document: int) -> QuerySet[Candidate, int]:
    return _waiting(wanted, document)[:1]


def _waiting(wanted: Wanted, document: int) -> QuerySet[Candidate, int]:
    waiting = _listed(document, wanted).filter(waits()).order_by(*ORDERS[wanted.order])
    return waiting.values_list("seq", flat=True)


def bulk_rows(document: PlanDocument) -> list[CandidateRow]:
    """What may be taken as a list: nobody has judged it, and the reader was sure. One query."""
    return rows_of(document, document.candidates.filter(_bulk()).order_by("start", "seq"))


def review_counts(document: PlanDocument) -> ReviewCounts:
    """Counts of all findings of a document. One query."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in ("kind", "state", "change")}
    holds: Counter[str] = Counter()
    actions: Counter[int] = Counter()
    bits = {name: 2**place for place, name in enumerate(_facts())}
    for kind, state, change, home, facts, n in _grouped(document=document.pk):
        if state in Candidate.GONE:
            holds["gone"] += n
            continue
        held = {name for name, bit in bits.items() if facts & bit}
        for name in held:
            holds[name] += n
        counted["kind"][kind] += n
        counted["state"][state] += n
        counted["change"][change] += n
        holds["homeless"] += n * ("bare" in held and state != "rejected")
        holds["settled"] += n * (change == "same" and "moved" not in held)
        if home is not None and "bare" not in held:
            actions[home] += n
    total = sum(counted["kind"].values())
    bands = {"doubtful": holds["doubtful"], "sure": holds["sure"]}
    return ReviewCounts(
        total=total,
        pending=holds["waits"],
        accepted=sum(counted["state"][state] for state in Candidate.TAKEN),
        rejected=counted["state"]["rejected"],
        gone=holds["gone"],
        homeless=holds["homeless"],
        bulk=holds["bulk"],
        moved=holds["moved"],
        settled=holds["settled"],
        alike=holds["alike"],
        kinds=counted["kind"],
        bands=bands | {"fair": total - sum(bands.values())},
        actions=actions,
        changes=counted["change"],
    )


def _facts() -> dict[str, Q]:
    """What is counted of findings, each by its condition."""
    needs = ~Q(change__in=NEEDS_NOTHING) & ~Q(kind=Candidate.Kind.ACTION)
    bare = Q(under__isnull=True) | Q(under__state__in=NO_HOME)
    return {
        "waits": waits(),
        "moved": Q(moved=True),
        "bulk": _bulk(),
        "bare": needs & bare,
        "alike": asks(),
        "doubtful": _in_band("doubtful"),
        "sure": _in_band("sure"),
    }


@prepared
def _grouped(*, document: int) -> QuerySet[Candidate, tuple[str, str, str, int | None, int, int]]:
    """How many findings are alike: the facts that hold of them are one number, a bit for each.

    To sort them by as many columns would take the database three times as long.
    """
    facts: Combinable = Value(0)
    for place, condition in enumerate(_facts().values()):
        facts += Case(When(condition, then=Value(2**place)), default=Value(0))
    found = Candidate.objects.filter(document=document).order_by().annotate(facts=facts)
    grouped = found.values("kind", "state", "change", "under__seq", "facts").annotate(n=Count("pk"))
    return grouped.values_list("kind", "state", "change", "under__seq", "facts", "n")


def like_rows(
    document: PlanDocument, row: CandidateRow, *, also: Collection[int] = ()
) -> list[CandidateRow]:
    """The findings that one could be merged with: those named by number, then the nearest of its
    kind. Two queries."""
    standing = document.candidates.filter(kind=row.kind).exclude(pk=row.pk)
    standing = standing.exclude(state__in=NO_HOME)
    away = Abs(F("start") - row.start)
    near = standing.annotate(away=away).order_by("away", "seq").values_list("pk", flat=True)
    pks = [*near[:NEAR]]
    wanted = Q(pk__in=pks) | Q(seq__in=[seq for seq in also if 0 < seq < 10**LARGEST_SEQ])
    found = rows_of(document, standing.filter(wanted).order_by("start", "seq"))
    return sorted(found, key=lambda other: other.seq not in also)


def candidates_by_uid(document: PlanDocument, uids: list[UUID]) -> list[Candidate]:
    """Findings of one plan in the order they are named; those of another plan are left out."""
    found = document.candidates.select_related("under", "document__campaign").defer(
        "document__text", "document__blocks"
    )
    by_uid = {row.uid: row for row in found.filter(uid__in=uids)}
    return [by_uid[uid] for uid in dict.fromkeys(uids) if uid in by_uid]


def _listed(document: int, wanted: Wanted) -> QuerySet[Candidate]:
    rows = Candidate.objects.filter(document=document)
    if wanted.state == "gone":
        return rows.filter(state__in=Candidate.GONE).filter(_rest(wanted))
    rows = rows.exclude(state__in=Candidate.GONE)
    if wanted.state == "taken":
        rows = rows.filter(state__in=Candidate.TAKEN)
    elif wanted.state == Candidate.State.PENDING:
        rows = rows.filter(waits())
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    return rows.filter(_rest(wanted))


def _rest(wanted: Wanted) -> Q:
    kept = Q()
    if wanted.kind:
        kept &= Q(kind=wanted.kind)
    if wanted.change:
        asked = {MOVED: Q(moved=True), ALIKE: asks()}
        kept &= asked.get(wanted.change, Q(change=wanted.change))
    if wanted.band:
        kept &= _in_band(wanted.band)
    if wanted.action == HOMELESS:
        bare = Q(under__isnull=True) | Q(under__state__in=NO_HOME)
        needs = ~Q(change__in=NEEDS_NOTHING) & ~Q(kind=Candidate.Kind.ACTION)
        kept &= needs & bare & ~Q(state=Candidate.State.REJECTED)
    elif wanted.action:
        number = int(wanted.action) if _is_number(wanted.action) else 0
        kept &= Q(under__seq=number) | Q(kind=Candidate.Kind.ACTION, seq=number)
    if wanted.text:
        words = wanted.text
        said = Q(evidence__icontains=words) | Q(fields__metric__icontains=words)
        said |= Q(fields__name__icontains=words) | Q(fields__text__icontains=words)
        kept &= said | Q(seq=int(words)) if _is_number(words) else said
    return kept


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LARGEST_SEQ


def _bulk() -> Q:
    pending = waits() & Q(state=Candidate.State.PENDING, resembles__isnull=True)
    return pending & Q(confidence__gte=Candidate.BULK) & ~Q(reason__startswith="person.")


def _in_band(band: str) -> Q:
    return {
        "doubtful": Q(confidence__lt=Candidate.SURE),
        "fair": Q(confidence__gte=Candidate.SURE, confidence__lt=Candidate.BULK),
        "sure": Q(confidence__gte=Candidate.BULK),
    }.get(band, Q())


def _before(place: _PlaceInList, order: str, *, moved: bool) -> Q:
    """What stands before a place in the list."""
    start, seq, confidence, change = (
        place["start"], place["seq"], place["confidence"], place["change"]
    )  # fmt: skip
    in_text = Q(start__lt=start) | Q(start=start, seq__lt=seq)
    if order == "text":
        return in_text
    less_sure = Q(confidence__lt=confidence) | (Q(confidence=confidence) & in_text)
    before = Q(change__lt=change) | (Q(change=change) & less_sure)
    return Q(moved=True) & before if moved else Q(moved=True) | before

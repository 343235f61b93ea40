"""The list of findings a reviewer works through: filtered, ordered, a page at a time, counted."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Abs

from gongjian.flow.plan.models import Candidate, PlanDocument
from gongjian.flow.plan.queries.candidates import NEEDS_NOTHING, NO_HOME, CandidateRow, rows_of

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
    listed = _listed(document, wanted)
    before = _before(around, wanted.order) if around and not page else Q(pk=0)
    counted = listed.aggregate(total=Count("pk"), before=Count("pk", filter=before))
    total, last = counted["total"], max(-(-counted["total"] // SCREENFUL), 1)
    page = page or counted["before"] // SCREENFUL + 1
    page = min(max(page, 1), last)
    ordered = listed.order_by(*ORDERS[wanted.order])
    rows = rows_of(document, ordered[(page - 1) * SCREENFUL : page * SCREENFUL])
    return Screenful(tuple(rows), total, page)


def candidate_row(document: PlanDocument, seq: int) -> CandidateRow | None:
    """One finding by its number. One query."""
    return next(iter(rows_of(document, document.candidates.filter(seq=seq))), None)


def next_waiting(document: PlanDocument, wanted: Wanted, behind: CandidateRow | None = None) -> int:
    """The number of the next listed finding that waits, round the end; 0 where none does.

    Two queries at most.
    """
    waiting = _listed(document, wanted).filter(waits()).order_by(*ORDERS[wanted.order])
    seqs = waiting.values_list("seq", flat=True)
    following = None
    if behind is not None:
        seqs = seqs.exclude(pk=behind.pk)
        following = seqs.exclude(_before(behind, wanted.order)).first()
    return following or seqs.first() or 0


def bulk_rows(document: PlanDocument) -> list[CandidateRow]:
    """What may be taken as a list: nobody has judged it, and the reader was sure. One query."""
    return rows_of(document, document.candidates.filter(_bulk()).order_by("start", "seq"))


def review_counts(document: PlanDocument) -> ReviewCounts:
    """Counts of all findings of a document. One query."""
    needs = ~Q(change__in=NEEDS_NOTHING) & ~Q(kind=Candidate.Kind.ACTION)
    bare = Q(under__isnull=True) | Q(under__state__in=NO_HOME)
    groups = (
        document.candidates.annotate(
            band=_band(),
            bulk=Case(When(_bulk(), then=Value("y")), default=Value(""), output_field=CharField()),
            bare=Case(
                When(needs & bare, then=Value("y")), default=Value(""), output_field=CharField()
            ),
            home=F("under__seq"),
            alike=Case(When(asks(), then=Value("y")), default=Value(""), output_field=CharField()),
        )
        .order_by()
        .values_list("kind", "state", "band", "change", "bulk", "bare", "home", "moved", "alike")
        .annotate(n=Count("pk"))
    )
    counted: dict[str, Counter[str]] = {
        name: Counter() for name in ("kind", "state", "band", "change", "is")
    }
    actions: Counter[int] = Counter()
    for kind, state, band, change, bulk, bare_one, home, moved, alike, n in groups:
        if state in Candidate.GONE:
            counted["is"]["gone"] += n
            continue
        counted["kind"][kind] += n
        counted["state"][state] += n
        counted["band"][band] += n
        counted["change"][change] += n
        counted["is"]["bulk"] += n * bool(bulk)
        counted["is"]["homeless"] += n * bool(bare_one and state != "rejected")
        counted["is"]["waits"] += n * (moved or (state == "pending" and change != "same"))
        counted["is"]["settled"] += n * (change == "same" and not moved)
        counted["is"]["moved"] += n * moved
        counted["is"]["alike"] += n * bool(alike)
        if home is not None and not bare_one:
            actions[home] += n
    return ReviewCounts(
        total=sum(counted["kind"].values()),
        pending=counted["is"]["waits"],
        accepted=sum(counted["state"][state] for state in Candidate.TAKEN),
        rejected=counted["state"]["rejected"],
        gone=counted["is"]["gone"],
        homeless=counted["is"]["homeless"],
        bulk=counted["is"]["bulk"],
        moved=counted["is"]["moved"],
        settled=counted["is"]["settled"],
        alike=counted["is"]["alike"],
        kinds=counted["kind"],
        bands=counted["band"],
        actions=actions,
        changes=counted["change"],
    )


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


def _listed(document: PlanDocument, wanted: Wanted) -> QuerySet[Candidate]:
    rows = document.candidates.all()
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


def _band() -> Case:
    return Case(
        When(confidence__lt=Candidate.SURE, then=Value("doubtful")),
        When(confidence__lt=Candidate.BULK, then=Value("fair")),
        default=Value("sure"),
        output_field=CharField(),
    )


def _in_band(band: str) -> Q:
    return {
        "doubtful": Q(confidence__lt=Candidate.SURE),
        "fair": Q(confidence__gte=Candidate.SURE, confidence__lt=Candidate.BULK),
        "sure": Q(confidence__gte=Candidate.BULK),
    }.get(band, Q())


def _before(row: CandidateRow, order: str) -> Q:
    """What stands before a finding in the list."""
    in_text = Q(start__lt=row.start) | Q(start=row.start, seq__lt=row.seq)
    if order == "text":
        return in_text
    less_sure = Q(confidence__lt=row.confidence) | (Q(confidence=row.confidence) & in_text)
    before = Q(change__lt=row.change) | (Q(change=row.change) & less_sure)
    return Q(moved=True) & before if row.moved else Q(moved=True) | before

"""Plan documents as a reader may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import (
    Action,
    Campaign,
    Candidate,
    Milestone,
    PlanDocument,
    Target,
    Task,
)
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import OFFICE, SEE_BUSINESS, allows
from gongjian.foundation.records.queries import prepared
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Missing

WAITS = Q(candidates__moved=True) | (
    Q(candidates__state=Candidate.State.PENDING) & ~Q(candidates__change=Candidate.Change.SAME)
)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One uploaded plan in the list of plans; `replaces` is the title it is a new version of."""

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
    replaces: str
    year: int
    moved: str
    version: int


@dataclass(frozen=True, slots=True)
class Brought:
    """What an adopted document added to the plan: how many nodes of each kind."""

    title: str
    counts: Mapping[str, int]


def documents_for(reader: User) -> QuerySet[PlanDocument]:
    """Plans the reader may see: the office every one, other business roles the adopted ones."""
    return _seen(_sees(reader))


def _sees(reader: User) -> str:
    """Which plans: all, adopted or none."""
    if not OFFICE.isdisjoint(reader.roles):
        return "all"
    return "adopted" if allows(SEE_BUSINESS, reader) else "none"


def _seen(which: str) -> QuerySet[PlanDocument]:
    if which == "all":
        return PlanDocument.objects.all()
    if which == "adopted":
        return PlanDocument.objects.filter(state=PlanDocument.State.ADOPTED)
    return PlanDocument.objects.none()


@prepared
def _document(which: str, *, uid: UUID) -> QuerySet[PlanDocument]:
    documents = _seen(which).filter(uid=uid)
    documents = documents.select_related("file", "campaign", "uploaded_by", "replaces")
    return documents.defer("text", "blocks", "replaces__text", "replaces__blocks")


def document_by_uid(uid: UUID, *, reader: User) -> PlanDocument:
    """The plan document, where the reader may see it; its text is left to `pages_of`.

    Missing otherwise.
    """
    document = next(iter(_document(_sees(reader), uid=uid)), None)
    if document is None:
        raise Missing("plan.missing", _("没有这份方案，它可能已经被替换。"))
    return document


def candidate_by_uid(uid: UUID, *, reader: User) -> Candidate:
    """One finding with its document. Missing for who may not see the document."""
    candidate = (
        Candidate.objects.select_related("document__campaign", "document__file", "under")
        .defer("document__text", "document__blocks")
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
        .defer("text", "blocks", "replaces__text", "replaces__blocks")
        .select_related("file", "uploaded_by", "replaces", "campaign", "moved_from", "moved_by")
        .annotate(
            found=Count("candidates", filter=~Q(candidates__state__in=Candidate.GONE)),
            pending=Count("candidates", filter=WAITS),
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
            replaces=d.replaces.title if d.replaces else "",
            year=d.campaign.year,
            moved=_moved(d),
            version=d.version,
        )
        for d in documents
    ]


def _moved(document: PlanDocument) -> str:
    """2026-03-02 由某某从 2020 年移来：上传时选错了年度; "" where it was not moved."""
    if document.moved_from is None or document.moved_at is None or document.moved_by is None:
        return ""
    return _("%(day)s 由%(who)s从 %(year)s 年移来：%(why)s") % {
        "day": local_day(document.moved_at).isoformat(),
        "who": document.moved_by.display_name,
        "year": document.moved_from.year,
        "why": document.moved_why,
    }


def adopted_documents(campaign: Campaign, *, reader: User) -> list[tuple[UUID, str]]:
    """The adopted plans of a campaign that a new version can be of, newest first. One query."""
    adopted = documents_for(reader).filter(campaign=campaign, state=PlanDocument.State.ADOPTED)
    return list(adopted.order_by("-adopted_at", "-pk").values_list("uid", "title"))


def brought_by(uid: str, reader: User) -> Brought | None:
    """What an adopted document brought into the plan; None where there is none. Five queries.

    `uid` as it stands in an address.
    """
    try:
        adopted = documents_for(reader).filter(state=PlanDocument.State.ADOPTED)
        found = adopted.filter(uid=UUID(uid)).first()
    except ValueError:
        return None
    if found is None:
        return None
    brought = {
        "action": Action.objects.filter(document=found),
        "target": Target.objects.filter(document=found),
        "task": Task.objects.filter(document=found),
        "milestone": Milestone.objects.filter(document=found),
    }
    return Brought(found.title, {kind: rows.count() for kind, rows in brought.items()})

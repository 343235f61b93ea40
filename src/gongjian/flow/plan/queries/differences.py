"""What a new version of a plan changes: added, changed, the same, and no longer there."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Candidate, PlanChange, PlanDocument
from gongjian.flow.plan.queries.candidates import CandidateRow, headline
from gongjian.flow.plan.queries.changes import ChangeRow, change_row, changes_of
from gongjian.flow.plan.queries.nodes import Difference, Node, differences_of, due_day, plan_nodes

GONE = "gone"


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """One difference between a new version and the adopted plan.

    `change` is new, changed, same or gone; `node` the uid of the node of the plan, None for what is
    new; `seq` the number of the finding, 0 for what the new version no longer has. `fields` holds
    name, old and new of each field that changed. `state` is that of the finding: a changed one that
    was accepted waits for a change of the plan, with reason and approval.
    """

    change: str
    change_label: str
    kind: str
    kind_label: str
    seq: int
    state: str
    state_label: str
    node: UUID | None
    code: str
    action: str
    old: str
    new: str
    fields: tuple[Difference, ...]


def plan_differences(document: PlanDocument) -> list[PlanDifference]:
    """A new version beside the plan as it is now: its findings in the order of the text, then
    what it no longer has. A first version differs from nothing. Seven queries."""
    if not document.replaces_id:
        return []
    nodes = plan_nodes(document.campaign)
    by_uid = {node.uid: node for node in nodes}
    names = {node.uid: node.name for node in nodes if node.kind == "action"}
    year = document.campaign.year
    found = list(
        document.candidates.exclude(state__in=Candidate.GONE)
        .select_related("under")
        .order_by("start", "seq")
    )
    rows = [_of_finding(row, by_uid.get(row.twin) if row.twin else None, year) for row in found]
    spoken = {row.twin for row in found}
    lineage = _lineage(document)
    rows += [
        _gone(node, names) for node in nodes if node.uid not in spoken and node.document in lineage
    ]
    return rows


def node_headlines(document: PlanDocument, uids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Nodes of the plan, each in one line as it is now. Five queries, none for none."""
    wanted = {uid for uid in uids if uid}
    if not wanted:
        return {}
    nodes = plan_nodes(document.campaign)
    return {node.uid: node.headline for node in nodes if node.uid in wanted}


def listed_differences(
    document: PlanDocument, rows: Iterable[CandidateRow]
) -> dict[int, tuple[Difference, ...]]:
    """What each of these findings changes of its node, by its number. At most five queries."""
    twins = {row.twin: row for row in rows if row.change == Candidate.Change.CHANGED}
    if not twins:
        return {}
    year = document.campaign.year
    return {
        row.seq: tuple(differences_of(row.kind, row.fields, node, year))
        for node in plan_nodes(document.campaign)
        if (row := twins.get(node.uid)) is not None
    }


def finding_differences(document: PlanDocument, seq: int) -> tuple[Difference, ...]:
    """What one finding changes of its node. Six queries."""
    row = document.candidates.filter(seq=seq, twin__isnull=False).first()
    if row is None:
        return ()
    node = next((n for n in plan_nodes(document.campaign) if n.uid == row.twin), None)
    year = document.campaign.year
    return tuple(differences_of(row.kind, row.fields, node, year)) if node else ()


def restated_changes(document: PlanDocument, row: CandidateRow) -> list[ChangeRow]:
    """Approved changes of its node that a finding would take back: it says what stood before.

    Only the last change of the value and of the date counts. One query, none for what is the same.
    """
    if row.change != Candidate.Change.CHANGED or row.twin is None:
        return []
    spoken = Q(target__uid=row.twin) | Q(task__uid=row.twin) | Q(milestone__uid=row.twin)
    approved = changes_of(document.campaign, state=PlanChange.State.APPROVED).filter(spoken)
    last = {change.what: change for change in reversed(list(approved))}
    year = document.campaign.year
    said = {
        PlanChange.What.DATE: due_day(row.fields, year) if row.kind != "action" else None,
        PlanChange.What.VALUE: Decimal(row.fields.get("value_base") or 0),
    }
    return [
        change_row(change)
        for what, change in last.items()
        if said[PlanChange.What(what)] == (change.old_date or change.old_value)
    ]


def rejected_before(document: PlanDocument) -> set[tuple[str, str]]:
    """Kind and words of what was rejected in the plan that this is a new version of. One query."""
    rejected = Candidate.objects.filter(
        document=document.replaces_id, state=Candidate.State.REJECTED
    ).exclude(kind=Candidate.Kind.ACTION)
    return {
        (kind, headline(kind, fields)) for kind, fields in rejected.values_list("kind", "fields")
    }


def _of_finding(row: Candidate, node: Node | None, year: int) -> PlanDifference:
    fields = tuple(differences_of(row.kind, row.fields, node, year)) if node else ()
    change = Candidate.Change.NEW
    if node is None and row.change == Candidate.Change.SAME:
        change = Candidate.Change.SAME
    if node is not None:
        change = Candidate.Change.CHANGED if fields else Candidate.Change.SAME
    return PlanDifference(
        change=change.value,
        change_label=str(change.label),
        kind=row.kind,
        kind_label=row.get_kind_display(),
        seq=row.seq,
        state=row.state,
        state_label=row.get_state_display(),
        node=node.uid if node else None,
        code=node.code if node else "",
        action=row.under.fields["name"] if row.under else "",
        old=node.headline if node else "",
        new=headline(row.kind, row.fields),
        fields=fields,
    )


def _gone(node: Node, names: dict[UUID, str]) -> PlanDifference:
    return PlanDifference(
        change=GONE,
        change_label=_("新稿没有"),
        kind=node.kind,
        kind_label=str(Candidate.Kind(node.kind).label),
        seq=0,
        state="",
        state_label="",
        node=node.uid,
        code=node.code,
        action="" if node.kind == "action" else names.get(node.action, ""),
        old=node.headline,
        new="",
        fields=(),
    )


def _lineage(document: PlanDocument) -> set[int]:
    """The documents that this one is a new version of, back to the first."""
    before = dict(
        PlanDocument.objects.filter(campaign=document.campaign_id).values_list("pk", "replaces_id")
    )
    line: set[int] = set()
    at = before.get(document.pk)
    while at is not None and at not in line:
        line.add(at)
        at = before.get(at)
    return line

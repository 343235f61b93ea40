"""The findings of a new version beside the plan as it stands now: what each makes of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from gongjian.flow.plan.models import Candidate, PlanDocument
from gongjian.flow.plan.queries.nodes import Node, plan_nodes
from gongjian.flow.plan.queries.twins import Speaks, against, pair_with_plan, resembling


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a finding makes of the plan: `stands` is the line of its node, "" without one.

    `resembles` is, of what is new, a node with similar words.
    """

    change: str = ""
    twin: UUID | None = None
    stands: str = ""
    resembles: UUID | None = None

    def lay_on(self, candidate: Candidate) -> None:
        """The finding holds what it makes of the plan; nothing is written."""
        candidate.change, candidate.twin = self.change, self.twin
        candidate.stood, candidate.resembles = self.stands, self.resembles


def comparisons(document: PlanDocument, rows: Sequence[Candidate]) -> dict[int, Comparison]:
    """Of all findings of a new version that stand, by key. Five queries.

    A finding keeps its node while that stands in the plan. What the plan is without, as the version
    before had it rejected, stays the same.
    """
    nodes = plan_nodes(document.campaign)
    by_uid = {node.uid: node for node in nodes}
    known = {row.pk: by_uid[row.twin] for row in rows if row.twin in by_uid}
    speaks = [Speaks(row.pk, row.kind, row.fields, row.under_id) for row in rows]
    pairs = pair_with_plan(speaks, nodes, known)
    near = resembling(speaks, nodes, pairs)
    return {
        row.pk: _comparison(row, pairs.get(row.pk), near.get(row.pk), document.campaign.year)
        for row in rows
    }


def comparison_of(candidate: Candidate) -> Comparison:
    """Of one finding; in a first version, or of what is merged or withdrawn, nothing.

    Seven queries in a new version.
    """
    document = candidate.document
    if not document.replaces_id or candidate.state in Candidate.GONE:
        return Comparison()
    nodes = plan_nodes(document.campaign)
    node = next((node for node in nodes if node.uid == candidate.twin), None)
    near = None
    if node is None:
        under = candidate.under
        home = Speaks(-1, Candidate.Kind.ACTION, under.fields, None) if under else None
        one = Speaks(0, candidate.kind, candidate.fields, -1 if home else None)
        taken = set(
            document.candidates.exclude(pk=candidate.pk)
            .filter(twin__isnull=False, kind=candidate.kind)
            .values_list("twin", flat=True)
        )
        free = [node for node in nodes if node.uid not in taken]
        found = [one, *([home] if home else [])]
        pairs = pair_with_plan(found, free)
        node, near = pairs.get(0), resembling([one], free, pairs).get(0)
    return _comparison(candidate, node, near, document.campaign.year, judged=True)


def node_lines(document: PlanDocument, uids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Nodes of the plan in one line with their day, as they are now. At most five queries."""
    wanted = {uid for uid in uids if uid}
    if not wanted:
        return {}
    return {node.uid: node.line for node in plan_nodes(document.campaign) if node.uid in wanted}


def _comparison(
    row: Candidate, node: Node | None, near: Node | None, year: int, *, judged: bool = False
) -> Comparison:
    change, twin = against(row.kind, row.fields, node, year)
    left_out = row.change == Candidate.Change.SAME and row.twin is None
    if node is None and left_out and not judged:
        return Comparison(Candidate.Change.SAME)
    return Comparison(
        change,
        twin,
        node.line if node else "",
        near.uid if near and node is None else None,
    )

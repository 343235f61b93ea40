"""The plan moves while a new version of it is under review: its findings are compared anew."""

from datetime import datetime

from django.db import transaction

from gongjian.flow.plan.models import Campaign, Candidate, PlanDocument
from gongjian.flow.plan.queries import Comparison, comparisons
from gongjian.foundation.records.usecases import note

COLUMNS = ("change", "twin", "resembles", "stood", "moved", "version")
BATCH = 500


@transaction.atomic
def compare_anew(campaign: Campaign, *, only: PlanDocument | None = None, at: datetime) -> int:
    """Lay every new version under review beside the plan as it stands; how many findings moved.

    Called by each act that moves the plan, in its transaction. What nobody has judged is compared
    with the plan of now; what was judged keeps its judgement and is marked, to be looked at again.
    A finding that is marked is no longer so once the plan is back where it was.
    """
    # Locked in one order, as a finding is judged under the lock of its document.
    moved = 0
    waiting = PlanDocument.objects.filter(
        campaign=campaign, state=PlanDocument.State.REVIEW, replaces__isnull=False
    )
    if only is not None:
        waiting = waiting.filter(pk=only.pk)
    held = waiting.select_for_update(of=("self",)).select_related("campaign").order_by("pk")
    for document in held.defer("text", "blocks"):
        rows = list(document.candidates.exclude(state__in=Candidate.GONE))
        found = comparisons(document, rows)
        changed = [row for row in rows if _moves(row, found[row.pk])]
        Candidate.objects.bulk_update(changed, COLUMNS, batch_size=BATCH)
        if changed:
            note("candidate.plan-moved", *changed, by=None, at=at, facts={"count": len(changed)})
        moved += len(changed)
    return moved


def _moves(row: Candidate, found: Comparison) -> bool:
    """Whether the comparison is another one; the row then holds it."""
    judged = row.state != Candidate.State.PENDING
    before = row.change, row.twin, row.resembles, row.stood, row.moved
    stood, seen = row.stood, None if row.moved else row.resembles
    found.lay_on(row)
    if judged:
        like = found.resembles is not None and seen is None  # that came into the plan since
        row.resembles = found.resembles if like or not found.resembles else seen
        row.stood, row.moved = stood, found.stands != stood or like
    if (row.change, row.twin, row.resembles, row.stood, row.moved) == before:
        return False
    row.version += 1
    return True

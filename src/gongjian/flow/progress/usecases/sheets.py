"""The month sheet where the periods are known: what a freeze has closed takes no cell any more."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from gongjian.flow.plan.models import Campaign
from gongjian.flow.progress.queries import hold_months
from gongjian.flow.projects import usecases as projects
from gongjian.flow.projects.usecases import CellKept, CellTyped, Reasons, Sent
from gongjian.foundation.orgs.models import User


@transaction.atomic
def keep_cells(
    cells: Sequence[CellTyped], *, again: bool = False, by: User, at: datetime
) -> list[CellKept]:
    """Keep cells of the month sheet as drafts; those of a frozen month are refused each.

    Refused: cell.read-only, cell.at-once; of a cell cell.*, money.*, stage.*, project.*
    """
    closed = hold_months({cell.month for cell in cells}, at=at)
    return projects.keep_cells(cells, closed=closed, again=again, by=by, at=at)


@transaction.atomic
def send_cells(
    campaign: Campaign,
    month: str,
    *,
    seen: str,
    reasons: Reasons,
    plan_reason: str = "",
    only: Collection[int] | None = None,
    by: User,
    at: datetime,
) -> Sent:
    """Send in the drafts of a month before it freezes; `only` of these projects, by key.

    Refused: as projects.send_cells.
    """
    closed = hold_months({month}, at=at)
    return projects.send_cells(
        campaign,
        month,
        seen=seen,
        reasons=reasons,
        plan_reason=plan_reason,
        only=only,
        closed=closed,
        by=by,
        at=at,
    )

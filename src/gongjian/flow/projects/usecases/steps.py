"""One step further for many rows at once, whatever kind they are."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from gongjian.flow.projects.models import InvestmentMonth, StageEvent
from gongjian.flow.projects.queries import sides_of
from gongjian.foundation.acceptance.usecases import Sided
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import Deed, note_each


@transaction.atomic
def step_on(
    rows: Sequence[StageEvent] | Sequence[InvestmentMonth],
    step: Callable[..., None],
    act: str,
    *,
    by: User,
    at: datetime,
) -> None:
    """All of them step on, each with an entry of its own, or none. Refused: as the step."""
    sided: list[Sided] = [(row, sides_of(row)) for row in rows]
    step(sided, by=by, at=at)
    note_each([Deed(act, (row,)) for row in rows], by=by, at=at)

"""Changes of the plan that move a light."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongjian.flow.duties.queries import actions_led_by
from gongjian.flow.judgement.usecases.judging import judge_period
from gongjian.flow.plan import usecases as plan
from gongjian.flow.plan.models import PlanChange
from gongjian.flow.progress.queries import period_shown
from gongjian.foundation.orgs.models import User
from gongjian.lib.days import local_day


@transaction.atomic
def approve_changes(
    changes: Sequence[PlanChange], *, decision: str = "", by: User, at: datetime
) -> list[PlanChange]:
    """Approve changes and light their targets anew; periods before keep what held in them.

    Refused: what plan.approve_changes refuses.
    """
    led = actions_led_by(by, on=local_day(at))
    approved = plan.approve_changes(changes, decision=decision, led=led, by=by, at=at)
    targets = {change.target_id for change in approved if change.target_id is not None}
    period = period_shown(at)
    if targets and period is not None:
        judge_period(period.key, at=at, only=targets)
    return approved

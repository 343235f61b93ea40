"""Taking over from another year with what was accepted in it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongjian.flow.plan import usecases as plan
from gongjian.flow.plan.models import Campaign
from gongjian.flow.progress.queries import last_accepted_of
from gongjian.foundation.orgs.models import User


@transaction.atomic
def copy_nodes(
    source: Campaign, into: Campaign, uids: Sequence[UUID], *, by: User, at: datetime
) -> int:
    """Copy the chosen nodes; targets bring what was last accepted of them as their base.

    Refused: what plan.copy_nodes refuses.
    """
    return plan.copy_nodes(source, into, uids, accepted=last_accepted_of(source), by=by, at=at)

"""Adopting a plan together with who answers for it."""

from datetime import datetime

from django.db import transaction

from gongjian.flow.duties.usecases.proposals import propose_duties
from gongjian.flow.plan import usecases as plan
from gongjian.flow.plan.models import PlanDocument
from gongjian.foundation.orgs.models import User


@transaction.atomic
def adopt_plan(
    document: PlanDocument, *, of_this_year: bool = False, by: User, at: datetime
) -> PlanDocument:
    """Make the plan tree, and lay out who answers as the plan's words have it.

    Refused: what plan.adopt_plan refuses.
    """
    adopted = plan.adopt_plan(document, of_this_year=of_this_year, by=by, at=at)
    propose_duties(adopted.campaign, by=by, at=at)
    return adopted

"""Looking again: at what the plan moved under, and at what may be a sentence reworded."""

from datetime import datetime

from django.db import transaction

from gongjian.flow.plan import rules
from gongjian.flow.plan.models import Candidate, ReviewStep
from gongjian.flow.plan.queries import conflict_about
from gongjian.flow.plan.usecases.steps import Step
from gongjian.foundation.orgs.models import User


@transaction.atomic
def confirm_candidate(candidate: Candidate, *, version: int, by: User, at: datetime) -> Candidate:
    """Say that a judgement holds though the plan has moved since.

    Refused: candidate.not-moved, candidate.changed, plan.adopted, plan.not-read.
    """
    Step.lock(candidate.document, by=by)
    row = _seen(candidate, version, Candidate.State(candidate.state))
    rules.check_has_moved(row)
    step = Step(row.document, ReviewStep.Act.CONFIRMED, by, at)
    step.change(row)
    row.decided_by, row.decided_at = by, at
    step.lay_beside(row)
    step.keep()
    return row


@transaction.atomic
def tie_candidate(candidate: Candidate, *, version: int, by: User, at: datetime) -> Candidate:
    """Say that a finding is the node it resembles, reworded: it changes that node, adds none.

    Refused: candidate.resembles-nothing, candidate.tied, candidate.changed, plan.adopted,
    plan.not-read.
    """
    Step.lock(candidate.document, by=by)
    row = _seen(candidate, version, Candidate.State.ACCEPTED)
    others = row.document.candidates.filter(twin=row.resembles).exclude(pk=row.pk)
    rules.check_can_tie(row, tied=others.filter(twin__isnull=False).first())
    step = Step(row.document, ReviewStep.Act.TIED, by, at)
    step.change(row)
    row.twin, row.resembles = row.resembles, None
    row.state = Candidate.State.ACCEPTED if row.fields == row.found else Candidate.State.EDITED
    row.decided_by, row.decided_at, row.why_rejected = by, at, ""
    step.lay_beside(row)
    step.keep()
    return row


def _seen(candidate: Candidate, version: int, state: Candidate.State) -> Candidate:
    """The finding as it is now, in the version that was shown."""
    related = ("under", "decided_by", "document__campaign")
    found = Candidate.objects.select_related(*related).defer("document__text", "document__blocks")
    row = found.get(pk=candidate.pk)
    if row.version != version:
        raise conflict_about(row, mine=row.fields, state=state, home=row.under)
    rules.check_is_live(row)
    return row

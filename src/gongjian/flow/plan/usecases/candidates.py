"""Judging findings one by one: as found, as edited, or not at all; and a list of sure ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gongjian.flow.plan import rules
from gongjian.flow.plan.models import Candidate, PlanDocument, ReviewStep
from gongjian.flow.plan.queries import conflict_about, find_home
from gongjian.flow.plan.usecases.steps import Step
from gongjian.flow.plan.usecases.typed import Form
from gongjian.foundation.orgs.models import User


@dataclass(frozen=True, slots=True)
class Listed:
    """What became of a list: how many were taken, and which findings (by number) were left out."""

    taken: int
    left_out: tuple[int, ...]


def accept_candidate(candidate: Candidate, *, version: int, by: User, at: datetime) -> Candidate:
    """Take a finding as it was found. Refused: plan.adopted, plan.not-read, candidate.changed."""
    rules.check_can_decide(candidate.document, by=by)
    return _decide(candidate, "accept", candidate.fields, version=version, by=by, at=at)


def edit_candidate(
    candidate: Candidate, fields: Mapping[str, Any], *, version: int, by: User, at: datetime
) -> Candidate:
    """Take a finding with what the person made of it; what was found stays beside it.

    `fields["under"]`, where given, names one of queries.homes. Refused: candidate.field with the
    field that makes no sense, and those of accept_candidate.
    """
    rules.check_can_decide(candidate.document, by=by)
    year = candidate.document.campaign.year
    typed = Form(candidate.kind, candidate.fields, year).checked(fields)
    changed = {**candidate.fields, **typed}
    home = candidate.under
    if fields.get("under") and candidate.kind != Candidate.Kind.ACTION:
        home = find_home(candidate.document, str(fields["under"]))
        rules.check_is_home(home)
    return _decide(candidate, "edit", changed, under=home, version=version, by=by, at=at)


def reject_candidate(
    candidate: Candidate, why: str, *, version: int, by: User, at: datetime
) -> Candidate:
    """Leave a finding out of the plan, with the reason. Refused: candidate.no-reason, …"""
    rules.check_can_reject(candidate, by=by, why=why)
    fields = candidate.fields
    return _decide(
        candidate, "reject", fields, why=why.strip()[:200], version=version, by=by, at=at
    )


def reopen_candidate(candidate: Candidate, *, version: int, by: User, at: datetime) -> Candidate:
    """Judge a finding anew: it waits again, with the fields as they were found."""
    rules.check_can_decide(candidate.document, by=by)
    return _decide(candidate, "reopen", candidate.found, version=version, by=by, at=at)


@transaction.atomic
def accept_listed_candidates(
    document: PlanDocument, versions: Mapping[UUID, int], *, by: User, at: datetime
) -> Listed:
    """Take the findings of a list that was looked at, each in the version that was shown.

    What changed meanwhile, and what the reader was not sure enough of, is left out and named.
    Refused: plan.adopted, plan.not-read, review.nothing-listed.
    """
    rules.check_can_accept_listed(document, by=by, count=len(versions))
    document = Step.lock(document, by=by)
    found = list(document.candidates.filter(uid__in=versions).order_by("seq"))
    sure = [row for row in found if row.version == versions[row.uid] and rules.is_bulk(row)]
    if sure:
        step = Step(document, ReviewStep.Act.LISTED, by, at)
        step.change(*sure)
        for row in sure:
            row.state = Candidate.State.ACCEPTED
            row.decided_by, row.decided_at = by, at
        step.keep(facts={"count": len(sure)})
    return Listed(len(sure), tuple(row.seq for row in found if row not in sure))


@transaction.atomic
def _decide(
    candidate: Candidate,
    what: str,
    fields: Mapping[str, Any],
    *,
    under: Candidate | None = None,
    why: str = "",
    version: int,
    by: User,
    at: datetime,
) -> Candidate:
    document = Step.lock(candidate.document, by=by)
    home = under or candidate.under
    row = Candidate.objects.select_related("under", "decided_by").get(pk=candidate.pk)
    state = _state(what, row, fields, home)
    if row.version != version:
        raise conflict_about(row, mine=fields, state=state, home=home)
    rules.check_is_live(row)
    step = Step(document, ReviewStep.Act(state.value), by, at)
    step.change(row)
    waits = state == Candidate.State.PENDING
    row.state, row.fields, row.under, row.why_rejected = state, dict(fields), home, why
    row.decided_by, row.decided_at = (None, None) if waits else (by, at)
    step.lay_beside(row)
    step.keep()
    candidate.refresh_from_db()
    return candidate


def _state(
    what: str, row: Candidate, fields: Mapping[str, Any], home: Candidate | None
) -> Candidate.State:
    if what in ("reject", "reopen"):
        return {"reject": Candidate.State.REJECTED, "reopen": Candidate.State.PENDING}[what]
    same = fields == row.found and (home == row.under or what == "accept")
    return Candidate.State.ACCEPTED if same else Candidate.State.EDITED

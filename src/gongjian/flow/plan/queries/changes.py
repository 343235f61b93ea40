"""Proposals to move a value or a date: those that wait, and the trail of one node."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet, Value
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import (
    Action,
    Campaign,
    Milestone,
    PlanChange,
    Target,
    TargetValue,
    Task,
)
from gongjian.flow.plan.queries.goals import written_day, written_goal
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import SEE_BUSINESS, allows
from gongjian.foundation.records.queries import prepared
from gongjian.lib.refusals import Missing


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One proposal as it is listed; `days` is how far a date moves, later is positive."""

    uid: UUID
    kind: str
    node: UUID
    task: UUID | None
    name: str
    action: str
    what: str
    old: str
    new: str
    days: int
    reason: str
    basis: str
    state: str
    state_label: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    decision: str
    valid_from: date | None
    version: int

    @property
    def earlier(self) -> int:
        """By how many days a date comes earlier; 0 where it does not."""
        return max(0, -self.days)


def changes_of(campaign: Campaign, *, state: str = "") -> QuerySet[PlanChange]:
    """The proposals of a campaign, newest first; all that a row needs comes with them."""
    changes = PlanChange.objects.filter(campaign=campaign)
    if state:
        changes = changes.filter(state=state)
    return changes.select_related(
        "proposed_by", "decided_by", "target__action", "task__action", "milestone__action",
        "milestone__task",
    )  # fmt: skip


def change_rows(changes: QuerySet[PlanChange]) -> list[ChangeRow]:
    """Ready to print. One query."""
    return [change_row(change) for change in changes]


def changes_of_node(node: Target | Task | Milestone) -> list[ChangeRow]:
    """The trail of one node, newest first. One query."""
    kind = {Target: "target", Task: "task", Milestone: "milestone"}[type(node)]
    changes = PlanChange.objects.filter(**{kind: node}).select_related(
        "proposed_by", "decided_by", "target__action", "task__action", "milestone__action",
        "milestone__task",
    )  # fmt: skip
    return change_rows(changes)


def change_by_uid(uid: UUID, *, reader: User) -> PlanChange:
    """One proposal, for a reader of the plan. Missing: change.missing."""
    change = (
        PlanChange.objects.select_related(
            "target__action", "task__action", "milestone__action", "campaign"
        )
        .filter(uid=uid)
        .first()
    )
    if change is None or not allows(SEE_BUSINESS, reader):
        raise Missing("change.missing", _("没有这份调整。"))
    return change


def action_of(change: PlanChange) -> Action:
    """The action below which the node stands."""
    return change.subject.action


def count_changes(campaign: Campaign, *, state: str = "") -> int:
    """How many proposals there are, in a state or in all. One query."""
    changes = campaign.changes.all()
    return (changes.filter(state=state) if state else changes).count()


def count_waiting(campaign: Campaign) -> int:
    """How many proposals wait for a decision. One query."""
    return next(iter(_waiting(campaign=campaign.pk)), 0)


@prepared
def _waiting(*, campaign: int) -> QuerySet[PlanChange, int]:
    waiting = PlanChange.objects.filter(campaign=campaign, state=PlanChange.State.PROPOSED)
    whole = waiting.order_by().values(whole=Value(1))
    return whole.annotate(n=Count("pk")).values_list("n", flat=True)


def open_value(target: Target) -> TargetValue:
    """The value that holds now, with no end. One query."""
    return target.values.get(valid_to__isnull=True)


def change_row(change: PlanChange) -> ChangeRow:
    """One proposal whose rows are loaded, ready to print."""
    subject, what = change.subject, change.what
    kind = subject._meta.model_name or ""
    return ChangeRow(
        uid=change.uid,
        kind=kind,
        node=subject.uid,
        task=change.milestone.task.uid if change.milestone and change.milestone.task else None,
        name=str(subject),
        action=f"{subject.action.seq} {subject.action.name}",
        what=str(change.get_what_display()),
        old=_words(change, what, "old"),
        new=_words(change, what, "new"),
        days=(change.new_date - change.old_date).days if change.new_date and change.old_date else 0,
        reason=change.reason,
        basis=change.basis,
        state=change.state,
        state_label=str(change.get_state_display()),
        proposed_by=change.proposed_by.display_name,
        proposed_at=change.proposed_at,
        decided_by=change.decided_by.display_name if change.decided_by else "",
        decided_at=change.decided_at,
        decision=change.decision,
        valid_from=change.valid_from,
        version=change.version,
    )


def _words(change: PlanChange, what: str, side: str) -> str:
    if what == PlanChange.What.DATE:
        day = getattr(change, f"{side}_date")
        return written_day(day, getattr(change, f"{side}_precision")) if day else ""
    target = change.target
    if target is None:
        raise ValueError(f"change {change.pk} of a value has no target")  # the table refuses it
    value, most = getattr(change, f"{side}_value"), getattr(change, f"{side}_max")
    return written_goal(target.comparator, value, most, target.unit, target.factor)

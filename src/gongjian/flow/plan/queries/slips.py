"""How often and how far dates were moved."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongjian.flow.plan.models import Campaign, Milestone, PlanChange, Target, Task
from gongjian.foundation.records.queries import prepared


@dataclass(frozen=True, slots=True)
class Slip:
    """One approved move of a date: on which day, from what to what."""

    on: date
    old: date
    new: date

    @property
    def days(self) -> int:
        return (self.new - self.old).days


Slips = dict[tuple[str, int], list[Slip]]


def deadline_as_of(day: date, current: date, slips: tuple[Slip, ...]) -> date:
    """What a date was on a day, before the moves that came later."""
    newest = slips[-1].new if slips else current
    return next((slip.old for slip in slips if day < slip.on), newest)


def slips_of(node: Target | Task | Milestone) -> tuple[Slip, ...]:
    """The approved moves of one node's date, in time. One query."""
    moves = node.changes.filter(state=PlanChange.State.APPROVED, what=PlanChange.What.DATE)
    return tuple(_slip(change) for change in moves.order_by("decided_at", "pk"))


def slips_of_campaign(campaign: Campaign) -> Slips:
    """{(kind, key): approved moves of its date, in time}. One query."""
    return _by_key(_moves(Q(campaign=campaign.pk)))


def slips_by_key(
    *, targets: Collection[int], tasks: Collection[int], milestones: Collection[int]
) -> Slips:
    """The same for the nodes that are named. One query."""
    return _by_key(_moves_of(targets=targets, tasks=tasks, milestones=milestones))


@prepared
def _moves_of(
    *, targets: Collection[int], tasks: Collection[int], milestones: Collection[int]
) -> QuerySet[PlanChange]:
    return _moves(Q(target__in=targets) | Q(task__in=tasks) | Q(milestone__in=milestones))


def _moves(named: Q) -> QuerySet[PlanChange]:
    moves = PlanChange.objects.filter(
        named, state=PlanChange.State.APPROVED, what=PlanChange.What.DATE
    )
    return moves.order_by("decided_at", "pk")


def _by_key(moves: Iterable[PlanChange]) -> Slips:
    found: Slips = defaultdict(list)
    for change in moves:
        for kind in ("target", "task", "milestone"):
            key = getattr(change, f"{kind}_id")
            if key is not None:
                found[kind, key].append(_slip(change))
    return found


def _slip(change: PlanChange) -> Slip:
    if change.valid_from is None or change.old_date is None or change.new_date is None:
        raise ValueError(f"change {change.pk} is no approved move")  # the table refuses it
    return Slip(change.valid_from, change.old_date, change.new_date)

"""The terms of one target: its values, its 口径 and the source of its figure, each from–to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from gongjian.flow.plan.models import (
    Campaign,
    Candidate,
    Definition,
    Milestone,
    Sourced,
    Target,
    TargetSource,
    TargetValue,
    Task,
)
from gongjian.foundation.orgs.queries import in_force


@dataclass(frozen=True, slots=True)
class TargetTerms:
    """What holds or held of a target, each list in time; definitions newest first."""

    values: tuple[TargetValue, ...]
    definitions: tuple[Definition, ...]
    sources: tuple[TargetSource, ...]


def target_terms(target: Target) -> TargetTerms:
    """Three queries."""
    return TargetTerms(
        values=tuple(target.values.order_by("valid_from", "pk")),
        definitions=tuple(definitions_of(target)),
        sources=tuple(target.sources.order_by("valid_from", "pk")),
    )


def milestones_of(node: Target | Task) -> list[Milestone]:
    """The milestones of a target or task that stand, in the plan's order. One query."""
    return list(node.milestones.filter(ended_on__isnull=True))


def definitions_of(node: Target | Task) -> list[Definition]:
    """All versions of both purposes, newest first. One query."""
    return list(node.definitions.order_by("purpose", "-number"))


def definitions_in_force(campaign: Campaign, *, on: date) -> tuple[int, date | None]:
    """How many definitions of a year hold on a day, and since when the newest. One query."""
    whose = Q(target__action__campaign=campaign) | Q(task__action__campaign=campaign)
    held = Definition.objects.filter(in_force(on), whose)
    found = held.aggregate(many=Count("pk"), newest=Max("valid_from"))
    return found["many"], found["newest"]


def finding_of(node: Sourced) -> Candidate | None:
    """The finding a node of the plan grew from; None for one that no document gave. One query."""
    if node.document_id is None or node.start is None or node.end is None:
        return None
    found = Candidate.objects.filter(
        document=node.document_id, start=node.start, end=node.end, state__in=Candidate.TAKEN
    )
    return found.order_by("seq").first()


def open_values(targets: Iterable[Target]) -> dict[int, TargetValue]:
    """{target: the newest value}. One query."""
    rows = TargetValue.objects.filter(target__in=list(targets)).order_by("valid_from", "pk")
    return {row.target_id: row for row in rows}


def open_sources(targets: Iterable[Target]) -> dict[int, TargetSource]:
    """{target: how its figure is formed now}. One query."""
    rows = TargetSource.objects.filter(target__in=list(targets)).order_by("valid_from", "pk")
    return {row.target_id: row for row in rows}


def latest_definitions(
    targets: Iterable[Target], tasks: Iterable[Task]
) -> dict[tuple[str, int], str]:
    """{("target" | "task", key): the newest 调度口径}. Two queries."""
    found: dict[tuple[str, int], str] = {}
    dispatch = Definition.objects.filter(purpose=Definition.Purpose.DISPATCH).order_by("number")
    for row in dispatch.filter(target__in=list(targets)):
        found["target", row.target_id or 0] = row.text
    for row in dispatch.filter(task__in=list(tasks)):
        found["task", row.task_id or 0] = row.text
    return found

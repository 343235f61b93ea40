"""The terms of one target: its values, its 口径 and the source of its figure, each from–to."""

from dataclasses import dataclass

from gongjian.flow.plan.models import (
    Candidate,
    Definition,
    Milestone,
    Sourced,
    Target,
    TargetSource,
    TargetValue,
    Task,
)


@dataclass(frozen=True, slots=True)
class TargetTerms:
    """What holds or held of a target, each list in time; definitions newest first."""

    values: tuple[TargetValue, ...]
    definitions: tuple[Definition, ...]
    sources: tuple[TargetSource, ...]


def target_terms(target: Target) -> TargetTerms:
    """Three queries."""
    return TargetTerms(
        values=tuple(target.values.order_by("valid_from")),
        definitions=tuple(target.definitions.order_by("-number")),
        sources=tuple(target.sources.order_by("valid_from")),
    )


def milestones_of(task: Task) -> list[Milestone]:
    """The milestones of a task in the plan's order. One query."""
    return list(task.milestones.all())


def finding_of(node: Sourced) -> Candidate | None:
    """The finding a node of the plan grew from; None for one that no document gave. One query."""
    if node.document_id is None or node.start is None or node.end is None:
        return None
    found = Candidate.objects.filter(
        document=node.document_id, start=node.start, end=node.end, state__in=Candidate.TAKEN
    )
    return found.order_by("seq").first()

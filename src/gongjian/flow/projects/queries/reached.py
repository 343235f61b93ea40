"""Which stages were reached when, as it is known at a moment: corrections and voids applied."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet

from gongjian.flow.projects.models import ProjectDescent, StageEvent
from gongjian.foundation.acceptance.models import State

UNDER_WAY = (State.FILLED, State.CHECKED, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Reached:
    """One stage of one project as it stands: since when, and by which accepted row."""

    stage: str
    day: date
    event: int
    partial: bool
    accepted_at: datetime


Ways = dict[int, dict[str, Reached]]


def ways_of(projects: Iterable[int], *, known_at: datetime, as_of: date | None = None) -> Ways:
    """{project: {stage: Reached}}. Two queries.

    Only accepted rows count; a correction counts from its acceptance on, a void takes the stage
    away. What a project was split from, or found to be, lends it its stages; where a stage was
    reported twice, the earlier day stands.
    """
    wanted = set(projects)
    heirs = _heirs()
    asked = wanted | {gone for gone, kept in heirs.items() if wanted & set(kept)}
    ways: dict[int, dict[str, Reached]] = defaultdict(dict)
    for event in standing_events(asked, known_at=known_at):
        if as_of is not None and event.day > as_of:
            continue
        for project in {event.project_id, *heirs.get(event.project_id, ())} & wanted:
            known = ways[project].get(event.stage)
            if known is None or event.day < known.day:
                ways[project][event.stage] = _reached(event)
    return dict(ways)


def stages_gone_through(
    projects: Iterable[int],
    *,
    known_at: datetime,
    seen: QuerySet[StageEvent] | None = None,
) -> dict[int, dict[str, date]]:
    """{project: {stage: day}}, also of stages that wait for acceptance. Three queries.

    For a reader only those that wait among the `seen`; the rules look at all.
    """
    keys = list(projects)
    found = {
        key: {stage: at.day for stage, at in way.items()}
        for key, way in ways_of(keys, known_at=known_at).items()
    }
    events = StageEvent.objects.all() if seen is None else seen
    waiting = events.filter(project__in=keys, state__in=UNDER_WAY, corrects__isnull=True)
    for project, stage, day in waiting.values_list("project", "stage", "day"):
        found.setdefault(project, {}).setdefault(stage, day)
    return found


class Stands(NamedTuple):
    """One accepted row of a stage, with what it corrects."""

    pk: int
    project_id: int
    stage: str
    day: date
    partial: bool
    void: bool
    corrects_id: int | None
    accepted_at: datetime


def standing_events(projects: Iterable[int], *, known_at: datetime) -> list[Stands]:
    """The accepted events that stand at a moment: of each its last correction, voids left out.

    One query, by day. No models: a county has tens of thousands of them.
    """
    accepted = StageEvent.objects.filter(
        state=State.ACCEPTED, accepted_at__lte=known_at, project__in=list(projects)
    )
    last: dict[int, Stands] = {}
    rows = accepted.order_by("accepted_at", "pk").values_list(*Stands._fields)
    for event in map(Stands._make, rows):
        last[event.corrects_id or event.pk] = event
    return sorted((event for event in last.values() if not event.void), key=lambda e: (e.day, e.pk))


def survivors() -> dict[int, int]:
    """{project found to be another one: that other one}, through every step. One query."""
    merged = ProjectDescent.objects.filter(kind=ProjectDescent.Kind.MERGE)
    return last_heirs(dict(merged.values_list("earlier", "later")))


def last_heirs(step: Mapping[int, int]) -> dict[int, int]:
    """Each step of a descent followed to its end.

    >>> last_heirs({1: 2, 2: 3})
    {1: 3, 2: 3}
    """
    found = {}
    for gone in step:
        kept = gone
        while kept in step:
            kept = step[kept]
        found[gone] = kept
    return found


def _heirs() -> dict[int, list[int]]:
    """{project: those it was split into or found to be}, through every step. One query."""
    step: dict[int, list[int]] = defaultdict(list)
    passing = (ProjectDescent.Kind.MERGE, ProjectDescent.Kind.SPLIT)
    rows = ProjectDescent.objects.filter(kind__in=passing)
    for earlier, later in rows.values_list("earlier", "later"):
        step[earlier].append(later)
    return {earlier: _all_after(earlier, step) for earlier in list(step)}


def _all_after(earlier: int, step: dict[int, list[int]]) -> list[int]:
    found: list[int] = []
    waiting = list(step.get(earlier, ()))
    while waiting:
        heir = waiting.pop()
        if heir not in found:
            found.append(heir)
            waiting += step.get(heir, ())
    return found


def _reached(event: Stands) -> Reached:
    return Reached(event.stage, event.day, event.pk, event.partial, event.accepted_at)

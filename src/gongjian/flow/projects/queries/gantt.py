"""Projects on a line of time: as first planned, as planned now, as it went; a window at a time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from gongjian.flow.projects.models import DateChange, RegisterLine
from gongjian.flow.projects.queries.gates import gates_in_force
from gongjian.flow.projects.queries.groupings import Grouping
from gongjian.flow.projects.queries.reached import Reached, ways_of

MOST = 200  # rows of one window
BEGUN, OVER = "started", "completed"
PLANNED = (DateChange.Kind.START, DateChange.Kind.FINISH, DateChange.Kind.PRODUCTION)


class _Facts(NamedTuple):
    """A line as far as it is drawn. No model: a window is asked for at every turn of a wheel."""

    project_id: int
    project__uid: UUID
    project__name: str
    project__township__short_name: str | None
    standing: str
    stage: str
    moves: int
    project__planned_start: date | None
    project__planned_start_precision: str
    project__planned_finish: date | None
    project__planned_finish_precision: str
    project__planned_production: date | None
    project__planned_production_precision: str
    group: str


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned date: as it stands, how exactly it was given, and what it was at first."""

    day: date | None
    precision: str
    first: date | None


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One project of the chart. `reached` are its dated stages, by day; `moved`: how often the
    planned dates were."""

    uid: UUID
    name: str
    township: str
    group: str
    standing: str
    stage: str
    begin: Planned
    finish: Planned
    production: Planned
    reached: tuple[tuple[str, date], ...]
    moved: int

    @property
    def went(self) -> tuple[date | None, date | None]:
        """When the building began and when it was over; it goes on where the second is None."""
        days = dict(self.reached)
        return days.get(BEGUN), days.get(OVER)


def count_moved(found: QuerySet[RegisterLine]) -> int:
    """Of how many a planned date was moved. One query."""
    return found.filter(moves__gt=0).count()


def gantt_rows(
    found: QuerySet[RegisterLine],
    by: Grouping,
    *,
    within: Sequence[str] = ("",),
    known_at: datetime,
    offset: int = 0,
    limit: int = MOST,
) -> list[GanttRow]:
    """A window of the rows of some groups, in their order. Four queries."""
    first, many = max(offset, 0), max(limit, 1)
    told = by.ordered(found, within).values_list(*_Facts._fields)[first : first + many]
    facts = [_Facts._make(one) for one in told]
    keys = [one.project_id for one in facts]
    ways, firsts = ways_of(keys, known_at=known_at), _firsts(keys)
    return [
        _row(one, ways.get(one.project_id, {}), firsts.get(one.project_id, {})) for one in facts
    ]


def _row(facts: _Facts, way: dict[str, Reached], firsts: dict[str, date | None]) -> GanttRow:
    start, finish, production = PLANNED
    begin, end, made = (
        facts.project__planned_start, facts.project__planned_finish,
        facts.project__planned_production,
    )  # fmt: skip
    return GanttRow(
        uid=facts.project__uid,
        name=facts.project__name,
        township=facts.project__township__short_name or "",
        group=facts.group,
        standing=facts.standing,
        stage=facts.stage,
        begin=Planned(begin, facts.project__planned_start_precision, firsts.get(start, begin)),
        finish=Planned(end, facts.project__planned_finish_precision, firsts.get(finish, end)),
        production=Planned(
            made, facts.project__planned_production_precision, firsts.get(production, made)
        ),
        reached=tuple(
            (gate.code, way[gate.code].day)
            for gate in gates_in_force().gates
            if gate.dated and gate.code in way
        ),
        moved=facts.moves,
    )


def _firsts(keys: Iterable[int]) -> dict[int, dict[str, date | None]]:
    """{project: {which date: what it was before it was first moved}}. One query."""
    found: dict[int, dict[str, date | None]] = defaultdict(dict)
    moves = DateChange.objects.filter(old__isnull=False, project__in=list(keys)).order_by("pk")
    for project, kind, old in moves.values_list("project", "kind", "old"):
        found[project].setdefault(kind, old)
    return found

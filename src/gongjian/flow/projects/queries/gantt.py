"""Projects on a line of time: as first planned, as planned now, as it went; a window at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from gongjian.flow.projects.models import DateChange, Project, RegisterLine
from gongjian.flow.projects.queries.gates import gates_in_force
from gongjian.flow.projects.queries.groupings import Grouping
from gongjian.flow.projects.queries.listing import current_stage
from gongjian.flow.projects.queries.reached import Reached, ways_of

MOST = 200  # rows of one window
BEGUN, OVER, MADE = "started", "completed", "in_production"
PLANNED = (DateChange.Kind.START, DateChange.Kind.FINISH, DateChange.Kind.PRODUCTION)
FIELDS = (
    "pk", "uid", "name", "township__short_name", "track", "standing",
    *PLANNED, *(f"{name}_precision" for name in PLANNED),
)  # fmt: skip


class _Facts(NamedTuple):
    """A project as far as it is drawn. No model: a window is asked for at every turn of a wheel."""

    pk: int
    uid: UUID
    name: str
    township: str | None
    track: str
    standing: str
    begin: date | None
    finish: date | None
    production: date | None
    begin_as: str
    finish_as: str
    production_as: str


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
    def ahead(self) -> tuple[str, Planned] | None:
        """The planned date that comes next, with what is reached by then: after the last of the
        three stages that is. None after the last, and where no date is given."""
        steps = list(
            zip((BEGUN, OVER, MADE), (self.begin, self.finish, self.production), strict=True)
        )
        days = dict(self.reached)
        done = [place for place, (stage, _planned) in enumerate(steps) if stage in days]
        rest = steps[max(done, default=-1) + 1 :]
        return next(((stage, one) for stage, one in rest if one.day), None)

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
    within: Sequence[str] | None = None,
    known_at: datetime,
    offset: int = 0,
    limit: int = MOST,
) -> list[GanttRow]:
    """A window of the rows of some groups, or of all. Five queries and what the grouping adds."""
    keys = dict(by.window(found, within, offset=max(offset, 0), limit=min(max(limit, 1), MOST)))
    return rows_on_time(keys, known_at=known_at)


def rows_on_time(keys: Mapping[int, str], *, known_at: datetime) -> list[GanttRow]:
    """The rows of {project: key of its group}, in that order. Four queries."""
    told = Project.objects.filter(pk__in=keys).order_by().values_list(*FIELDS)
    facts = {one.pk: one for one in map(_Facts._make, told)}
    ways, firsts = ways_of(keys, known_at=known_at), _firsts(keys)
    return [
        _row(facts[pk], group, ways.get(pk, {}), firsts.get(pk, {}))
        for pk, group in keys.items()
        if pk in facts
    ]


def _row(
    facts: _Facts,
    group: str,
    way: dict[str, Reached],
    firsts: dict[str, list[date | None]],
) -> GanttRow:
    first = {kind: days[0] for kind, days in firsts.items()}
    start, finish, production = PLANNED
    return GanttRow(
        uid=facts.uid,
        name=facts.name,
        township=facts.township or "",
        group=group,
        standing=facts.standing,
        stage=current_stage(facts.track, way),
        begin=Planned(facts.begin, facts.begin_as, first.get(start, facts.begin)),
        finish=Planned(facts.finish, facts.finish_as, first.get(finish, facts.finish)),
        production=Planned(
            facts.production, facts.production_as, first.get(production, facts.production)
        ),
        reached=tuple(
            (gate.code, way[gate.code].day)
            for gate in gates_in_force().gates
            if gate.dated and gate.code in way
        ),
        moved=sum(len(days) for days in firsts.values()),
    )


def _firsts(keys: Iterable[int]) -> dict[int, dict[str, list[date | None]]]:
    """{project: {which date: what it was before each move, the first one first}}. One query."""
    found: dict[int, dict[str, list[date | None]]] = defaultdict(dict)
    moves = _moves().filter(project__in=list(keys)).order_by("pk")
    for project, kind, old in moves.values_list("project", "kind", "old"):
        found[project].setdefault(kind, []).append(old)
    return found


def _moves() -> QuerySet[DateChange]:
    """Planned dates that were given and then moved; one set for the first time is none."""
    return DateChange.objects.filter(old__isnull=False)

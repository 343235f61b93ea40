"""四快: how long projects take from one stage to the next, with those still on the way."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _

from gongjian.engine.intervals import interval_between
from gongjian.flow.projects.models import Project, ProjectList
from gongjian.flow.projects.queries.lists import members_on
from gongjian.flow.projects.queries.reached import Reached, ways_of
from gongjian.lib.refusals import Missing

NAN = float("nan")
Way = dict[str, Reached]


@dataclass(frozen=True, slots=True)
class Pace:
    """One 快 over a list: the median with what is still open in it, and of the finished alone."""

    code: str
    title: str
    measured: str
    finished: int
    open: int
    unmeasured: int  # not come to its beginning yet, or its dates fall
    median: float | None
    of_finished: float | None
    target_days: int | None


def paces(listed: ProjectList, *, as_of: date, known_at: datetime) -> list[Pace]:
    """The four intervals over the projects of a list. Four queries."""
    rows = _rows(listed, as_of, known_at)
    found = []
    for interval in _intervals():
        pairs = [(begin, end) for _p, begin, end in rows[interval.code]]
        projects = len(pairs)
        pairs = [pair for pair in pairs if not pair[1] < pair[0]]  # dates that fall are asked back
        told = interval_between(
            np.array([b for b, _e in pairs], dtype=np.float64),
            np.array([e for _b, e in pairs], dtype=np.float64),
            as_of=as_of.toordinal(),
        )
        found.append(
            Pace(
                interval.code, interval.title, interval.measured, told.finished, told.open,
                projects - told.finished - told.open, told.median, told.of_finished,
                interval.target_days,
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class PaceRow:
    """One project in an interval: `days` from its beginning to its end, or as long as it waits."""

    uid: UUID
    name: str
    township: str
    begin: date | None
    end: date | None
    days: int | None
    state: str  # finished, open, unmeasured, falling


def pace_rows(listed: ProjectList, code: str, *, as_of: date, known_at: datetime) -> list[PaceRow]:
    """An interval project by project, the longest first. Four queries. Missing: pace.missing."""
    rows = _rows(listed, as_of, known_at).get(code)
    if rows is None:
        raise Missing("pace.missing", _("没有这一“快”。"))
    found = [_pace_row(project, begin, end, as_of) for project, begin, end in rows]
    order = {"open": 0, "finished": 1, "falling": 2, "unmeasured": 3}
    return sorted(found, key=lambda row: (order[row.state], -(row.days or 0), row.name))


def _rows(
    listed: ProjectList, as_of: date, known_at: datetime
) -> dict[str, list[tuple[Project, float, float]]]:
    """{interval: each project with the days on which it began and ended}."""
    projects = list(members_on(listed, as_of).select_related("township").order_by("pk"))
    ways = ways_of([p.pk for p in projects], known_at=known_at, as_of=as_of)
    return {
        one.code: [(p, one.begin(p, ways.get(p.pk, {})), one.end(p, ways.get(p.pk, {})))
                   for p in projects]
        for one in _intervals()
    }  # fmt: skip


def _pace_row(project: Project, begin: float, end: float, as_of: date) -> PaceRow:
    began, ended = _date(begin, as_of), _date(end, as_of)
    if began is None:
        state, days = "unmeasured", None
    elif ended is None:
        state, days = "open", (as_of - began).days
    elif ended < began:
        state, days = "falling", None
    else:
        state, days = "finished", (ended - began).days
    township = project.township.short_name if project.township else ""
    return PaceRow(project.uid, project.name, township, began, ended, days, state)


def _date(ordinal: float, as_of: date) -> date | None:
    known = not math.isnan(ordinal) and ordinal <= as_of.toordinal()
    return date.fromordinal(int(ordinal)) if known else None


Side = Callable[[Project, Way], float]


@dataclass(frozen=True, slots=True)
class _Interval:
    """From where to where one 快 is measured, and how many days it should take."""

    code: str
    title: str
    measured: str
    begin: Side
    end: Side
    target_days: int | None


def _intervals() -> list[_Interval]:
    rows: list[tuple[str, str, str, Side, Side, int | None]] = [
        ("landing", _("快落地"), _("签约到立项并落实用地"), _at("signed"), _landed, 90),
        ("starting", _("快开工"), _("立项到开工"), _filed, _at("started"), 180),
        ("building", _("快建设"), _("开工到竣工"), _at("started"), _at("completed"), None),
        ("producing", _("快达效"), _("竣工到投产"), _at("completed"), _at("in_production"), 60),
        ("effect", _("快达效"), _("投产到达产达效"), _at("in_production"), _at("full_effect"), 365),
    ]
    return [_Interval(*row) for row in rows]


def _at(stage: str) -> Side:
    def day(_project: Project, way: Way) -> float:
        return float(way[stage].day.toordinal()) if stage in way else NAN

    return day


def _filed(_project: Project, way: Way) -> float:
    days = [way[s].day.toordinal() for s in ("established", "feasibility_approved") if s in way]
    return float(min(days)) if days else NAN


def _landed(project: Project, way: Way) -> float:
    """The later of both; NaN until both are there."""
    land = project.land_secured_on
    return float(np.maximum(_filed(project, way), NAN if land is None else land.toordinal()))

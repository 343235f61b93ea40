"""四快: how long projects take from one stage to the next, with those still on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.utils.translation import gettext as _

from gongjian.engine.intervals import interval_between
from gongjian.flow.projects.models import Project, ProjectList
from gongjian.flow.projects.queries.lists import members_on
from gongjian.flow.projects.queries.reached import Reached, ways_of

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
    median: float | None
    of_finished: float | None
    target_days: int | None


def paces(listed: ProjectList, *, as_of: date, known_at: datetime) -> list[Pace]:
    """The four intervals over the projects of a list. Four queries."""
    projects = list(members_on(listed, as_of).order_by("pk"))
    ways = ways_of([p.pk for p in projects], known_at=known_at, as_of=as_of)
    found = []
    for code, title, measured, begin, end, target in _intervals():
        pairs = [(begin(p, ways.get(p.pk, {})), end(p, ways.get(p.pk, {}))) for p in projects]
        pairs = [pair for pair in pairs if not pair[1] < pair[0]]  # dates that fall are asked back
        interval = interval_between(
            np.array([b for b, _e in pairs], dtype=np.float64),
            np.array([e for _b, e in pairs], dtype=np.float64),
            as_of=as_of.toordinal(),
        )
        found.append(
            Pace(
                code, title, measured, interval.finished, interval.open, interval.median,
                interval.of_finished, target,
            )
        )  # fmt: skip
    return found


Side = Callable[[Project, Way], float]


def _intervals() -> list[tuple[str, str, str, Side, Side, int | None]]:
    return [
        ("landing", _("快落地"), _("签约到立项并落实用地"), _at("signed"), _landed, 90),
        ("starting", _("快开工"), _("立项到开工"), _filed, _at("started"), 180),
        ("building", _("快建设"), _("开工到竣工"), _at("started"), _at("completed"), None),
        ("producing", _("快达效"), _("竣工到投产"), _at("completed"), _at("in_production"), 60),
        ("effect", _("快达效"), _("投产到达产达效"), _at("in_production"), _at("full_effect"), 365),
    ]


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

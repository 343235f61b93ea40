"""年度结转: which projects go on into a later year, and what was done of each before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import PlanClass, Project, ProjectYear, Standing
from gongjian.flow.projects.queries.amounts import months_of, summed
from gongjian.flow.projects.queries.reached import Reached, ways_of

GOING = (Standing.ACTIVE, Standing.SUSPENDED)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class CarryRow:
    """A project that may go on: how it stood, what was done by the end of the year, what is left
    of its total (元), and the class it would begin the later year with."""

    uid: UUID
    project: Project
    township: str
    plan_class: str
    done_before: Decimal | None
    left: Decimal | None
    becomes: str
    becomes_label: str


def campaigns_after(campaign: Campaign) -> list[Campaign]:
    """The campaigns of later years. One query."""
    return list(Campaign.objects.filter(year__gt=campaign.year, parent=None).order_by("year", "pk"))


def carry_rows(
    campaign: Campaign,
    into: Campaign,
    *,
    known_at: datetime,
    offset: int = 0,
    limit: int | None = None,
    uids: Iterable[UUID] | None = None,
) -> list[CarryRow]:
    """Projects of a campaign's year that have not finished and are not in the later year yet.

    Eight queries, however many.
    """
    found = _going(campaign, into, known_at)
    if uids is not None:
        wanted = set(uids)
        found = [row for row in found if row.project.uid in wanted]
    shown = found[offset : None if limit is None else offset + limit]
    keys = [row.project_id for row in shown]
    ways = ways_of(keys, known_at=known_at)
    done = done_until(shown, into, known_at=known_at)
    return [_row(row, ways.get(row.project_id, {}), done[row.project_id]) for row in shown]


def count_carried(campaign: Campaign, into: Campaign, *, known_at: datetime) -> int:
    return len(_going(campaign, into, known_at))


def done_until(
    years: Iterable[ProjectYear], into: Campaign, *, known_at: datetime
) -> dict[int, Decimal | None]:
    """{project: what stood before its year and what was accepted from then to the later year}.

    Two queries. None where neither is known.
    """
    rows = list(years)
    months = months_of(
        [row.project_id for row in rows], known_at=known_at, upto=f"{into.year - 1}-12"
    )
    found: dict[int, Decimal | None] = {}
    for row in rows:
        since = f"{row.campaign.year}-01"
        own = {k: m for k, m in months.get(row.project_id, {}).items() if k >= since}
        known = [v for v in (summed(own, "done"), row.done_before) if v is not None]
        found[row.project_id] = sum(known, ZERO) if known else None
    return found


def _going(campaign: Campaign, into: Campaign, known_at: datetime) -> list[ProjectYear]:
    there = ProjectYear.objects.filter(campaign=into).values("project")
    rows = ProjectYear.objects.filter(campaign=campaign, project__standing__in=GOING)
    found = rows.exclude(project__in=there).select_related("project__township", "campaign")
    years = list(found.order_by("pk"))
    ways = ways_of([row.project_id for row in years], known_at=known_at)
    over = {key for key, way in ways.items() if way.keys() & {"in_production", "full_effect"}}
    return [row for row in years if row.project_id not in over]


def _row(row: ProjectYear, way: dict[str, Reached], done: Decimal | None) -> CarryRow:
    project = row.project
    total = project.total_investment
    becomes = _becomes(way)
    return CarryRow(
        uid=project.uid,
        project=project,
        township=project.township.short_name if project.township else "",
        plan_class=str(row.get_plan_class_display()),
        done_before=done,
        left=None if total is None else total - (done or ZERO),
        becomes=becomes.value,
        becomes_label=str(becomes.label),
    )


def _becomes(way: dict[str, Reached]) -> PlanClass:
    """What a project is in the next year, by how far it came: the office may say otherwise."""
    if way.keys() & {"started", "under_construction", "completed"}:
        return PlanClass.CONTINUED
    return (
        PlanClass.NEW
        if way.keys() & {"established", "feasibility_approved"}
        else PlanClass.PREPARING
    )

"""Rows of projects with how far each is: its stage, its class, its money of the year."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import ListMembership, Project, ProjectYear, Standing
from gongjian.flow.projects.queries.amounts import month_of, months_of, summed
from gongjian.flow.projects.queries.gates import gates_in_force
from gongjian.flow.projects.queries.hints import stage_label
from gongjian.flow.projects.queries.reached import Reached, ways_of
from gongjian.flow.projects.queries.register import code_warning
from gongjian.flow.projects.queries.register_lines import GONE_STAGE
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.queries import in_force
from gongjian.lib.days import local_day

GONE = (Standing.MERGED, Standing.SPLIT)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One project of the list, ready to print; `stage` is "" before the first was accepted."""

    pk: int
    uid: UUID
    name: str
    code: str
    warning: str
    township: str
    action: str
    action_pk: int | None
    total_investment: Decimal | None
    standing: str
    standing_label: str
    plan_class: str
    stage: str
    stage_label: str
    stage_day: date | None
    year_plan: Decimal | None
    year_done: Decimal | None


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Which projects are meant: by words of name, code or owner, township, class, stage, list."""

    words: str = ""
    township: str = ""
    plan_class: str = ""
    stage: str = ""  # the furthest stage reached; `none` where there is none
    listed: str = ""  # the uid of a list

    @property
    def any(self) -> bool:
        return bool(wanted_kept(self))


def wanted_kept(wanted: RegisterFilter) -> dict[str, str]:
    """A filter as a row keeps it: what it leaves open is left out."""
    return {name: value for name, value in asdict(wanted).items() if value}


def wanted_again(kept: Mapping[str, str]) -> RegisterFilter:
    """The filter that was kept; a part of it that is gone since is open."""
    filtered = {one.name for one in fields(RegisterFilter)}
    return RegisterFilter(**{name: value for name, value in kept.items() if name in filtered})


def rows_of(
    projects: Iterable[Project],
    campaign: Campaign,
    *,
    known_at: datetime,
    as_of: date | None = None,
) -> list[RegisterRow]:
    """How far each project is, and its money of a campaign's year; facts up to a day, if one is
    given. Six queries."""
    shown = list(projects)
    keys = [project.pk for project in shown]
    ways = ways_of(keys, known_at=known_at, as_of=as_of)
    year = f"{campaign.year}"
    last = min(f"{year}-12", month_of(as_of)) if as_of else f"{year}-12"
    months = months_of(keys, known_at=known_at, since=f"{year}-01", upto=last)
    years = ProjectYear.objects.filter(project__in=keys, campaign=campaign)
    of_year = {row.project_id: row for row in years}
    return [
        _row(
            project,
            of_year.get(project.pk),
            ways.get(project.pk, {}),
            summed(months.get(project.pk, {}), "done"),
        )
        for project in shown
    ]


def in_register(campaign: Campaign, wanted: RegisterFilter) -> QuerySet[Project]:
    """The projects a list of a campaign shows: those another one stands for only when asked."""
    found = of_year(campaign)
    if wanted.stage == GONE_STAGE:
        return found.filter(standing__in=GONE)
    return found.exclude(standing__in=GONE)


def register_keys(campaign: Campaign) -> list[int]:
    """The keys of what the list of a campaign shows, as they were registered. One query."""
    return list(in_register(campaign, RegisterFilter()).values_list("pk", flat=True))


def of_year(campaign: Campaign) -> QuerySet[Project]:
    """The projects of a campaign's year: registered in it, or carried over into it."""
    # Asked of each project, in its order: a list of all that were carried would be made and sorted.
    carried = Exists(ProjectYear.objects.filter(campaign=campaign, project=OuterRef("pk")))
    return Project.objects.filter(Q(campaign=campaign) | Q(carried)).order_by("pk")


def current_stage(track: str, way: Mapping[str, Reached]) -> str:
    """The furthest stage of a way; "" before the first."""
    path = gates_in_force().path(track, promoted=True)
    return next((gate.code for gate in reversed(path) if gate.code in way), "")


def _row(
    project: Project,
    of_year: ProjectYear | None,
    way: Mapping[str, Reached],
    done: Decimal | None,
) -> RegisterRow:
    stage = current_stage(project.track, way)
    return RegisterRow(
        pk=project.pk,
        uid=project.uid,
        name=project.name,
        code=project.code,
        warning=code_warning(project.code),
        township=project.township.short_name if project.township else "",
        action=project.action.name if project.action else "",
        action_pk=project.action_id,
        total_investment=project.total_investment,
        standing=project.standing,
        standing_label=str(project.get_standing_display()),
        plan_class=str(of_year.get_plan_class_display()) if of_year else "",
        stage=stage,
        stage_label=stage_label(stage) if stage else "",
        stage_day=way[stage].day if stage else None,
        year_plan=of_year.plan_investment if of_year else None,
        year_done=done,
    )


def counts_of_townships(campaign: Campaign, units: Iterable[Unit]) -> dict[int, int]:
    """{township: how many projects of a year the list shows there}. One query."""
    there = in_register(campaign, RegisterFilter()).filter(township__in=list(units))
    rows = there.order_by().values("township").annotate(held=Count("pk", distinct=True))
    return {row["township"]: row["held"] for row in rows}


def narrowed(
    found: QuerySet[Project],
    campaign: Campaign,
    wanted: RegisterFilter,
    *,
    known_at: datetime,
    as_of: date | None = None,
) -> QuerySet[Project]:
    """Those of the projects that a filter means; by stage it takes three queries."""
    if wanted.words:
        found = found.filter(
            Q(name__icontains=wanted.words)
            | Q(code__icontains=wanted.words)
            | Q(owner__icontains=wanted.words)
        )
    if wanted.township:
        found = found.filter(township__short_name=wanted.township)
    if wanted.plan_class:
        found = found.filter(years__campaign=campaign, years__plan_class=wanted.plan_class)
    if wanted.listed:
        day = as_of or local_day(known_at)
        members = ListMembership.objects.filter(in_force(day), list__uid=wanted.listed)
        found = found.filter(pk__in=members.values("project"))
    if wanted.stage:
        tracks = dict(found.values_list("pk", "track"))
        ways = ways_of(tracks, known_at=known_at, as_of=as_of)
        stage = "" if wanted.stage == "none" else wanted.stage
        there = [k for k, track in tracks.items() if current_stage(track, ways.get(k, {})) == stage]
        found = found.filter(pk__in=there)
    return found

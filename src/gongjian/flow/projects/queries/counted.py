"""The figures of targets that nobody types: counted from stages, or summed from months."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models import Campaign, Target, TargetSource
from gongjian.flow.projects.models import ProjectDescent, ProjectYear, Stage
from gongjian.flow.projects.queries.amounts import month_of, months_of, summed
from gongjian.flow.projects.queries.gates import gates_in_force
from gongjian.flow.projects.queries.reached import ways_of

Source, Kind = TargetSource.Source, Target.Kind
COUNTED = (Source.STAGE_EVENTS, Source.PROJECT_MONTHS)
MONEY_COLUMNS = {"done": _("完成投资（调度口径）"), "arrived": _("到位资金")}


@dataclass(frozen=True, slots=True)
class CountedFigure:
    """The figure of a target as of a day, in base units, with the projects behind it."""

    target: int
    source: str
    counts: str
    as_of: date
    value: Decimal
    projects: tuple[int, ...]


def source_on(target: Target, day: date) -> TargetSource | None:
    """Where the figure of a target comes from on a day. One query."""
    return (
        target.sources.filter(valid_from__lte=day)
        .exclude(valid_to__lte=day)
        .order_by("-valid_from", "-pk")
        .first()
    )


def counted_figure(target: Target, *, as_of: date, known_at: datetime) -> CountedFigure | None:
    """The figure as of a day where the day's source is counted; None where it is typed.

    A flow counts what happened in the campaign's year up to the day, a stock whatever stands at
    the stage or beyond it; the whole year counts from the day the source is switched on.
    """
    source = source_on(target, as_of)
    if source is None or source.source not in COUNTED:
        return None
    campaign = target.action.campaign
    members = projects_of_year(campaign)
    if source.source == Source.STAGE_EVENTS:
        found = _at_stage(members, source, campaign.year, as_of=as_of, known_at=known_at)
        value = Decimal(len(found))
    else:
        months = months_of(
            members, known_at=known_at, since=f"{campaign.year}-01", upto=month_of(as_of)
        )
        sums = {key: summed(of, source.counts) for key, of in months.items()}
        found = sorted(key for key, amount in sums.items() if amount)
        value = sum((amount for amount in sums.values() if amount), Decimal(0))
    return CountedFigure(target.pk, source.source, source.counts, as_of, value, tuple(found))


def projects_of_year(campaign: Campaign) -> list[int]:
    """The projects that have a place in a campaign's year. One query."""
    years = ProjectYear.objects.filter(campaign=campaign)
    return list(years.values_list("project", flat=True))


def what_counts(source: str) -> dict[str, str]:
    """What a source of this kind can count, by code."""
    if source == Source.STAGE_EVENTS:
        return {stage.value: str(stage.label) for stage in Stage}
    if source == Source.PROJECT_MONTHS:
        return {code: str(label) for code, label in MONEY_COLUMNS.items()}
    return {}


def _at_stage(
    members: list[int], source: TargetSource, year: int, *, as_of: date, known_at: datetime
) -> list[int]:
    gates = gates_in_force()
    under = gates.under(source.counts)
    if source.kind == Kind.STOCK:
        order = [gate.code for gate in gates.gates]
        under = order[order.index(source.counts) :]
    ways = ways_of(members, known_at=known_at, as_of=as_of)
    found = []
    for project, way in ways.items():
        days = [way[stage].day for stage in under if stage in way]
        if days and (source.kind == Kind.STOCK or min(days).year == year):
            found.append(project)
    return sorted(set(found) - _counted_by_others())


def _counted_by_others() -> set[int]:
    """Projects that others count for: split into parts, a bundle of parts, found to be another."""
    gone = set()
    for kind, earlier, later in ProjectDescent.objects.values_list("kind", "earlier", "later"):
        gone.add(later if kind == ProjectDescent.Kind.BUNDLE else earlier)
    return gone

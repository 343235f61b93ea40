"""The figures of targets that nobody types: counted from stages, or summed from months."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models import Campaign, Target, TargetSource
from gongjian.flow.projects.models import Project, ProjectDescent, ProjectYear, Stage
from gongjian.flow.projects.queries.amounts import month_of, months_of, summed
from gongjian.flow.projects.queries.gates import gates_in_force
from gongjian.flow.projects.queries.reached import Ways, ways_of
from gongjian.foundation.orgs.queries import in_force

Source, Kind = TargetSource.Source, Target.Kind
MAY_COUNT = (Kind.FLOW, Kind.STOCK)
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
    said = Counting(source.source, source.counts, source.kind)
    return would_count(target, said, as_of=as_of, known_at=known_at)


@dataclass(frozen=True, slots=True)
class Counting:
    """What a target would be counted from: the source, what of it, and the kind of its figure."""

    source: str
    counts: str
    kind: str


def would_count(
    target: Target, said: Counting, *, as_of: date, known_at: datetime
) -> CountedFigure:
    """What a target would come to if it were counted so. Five queries."""
    campaign = target.action.campaign
    members = projects_of_year(campaign)
    if said.source == Source.STAGE_EVENTS:
        found = _at_stage(members, said, campaign.year, as_of=as_of, known_at=known_at)
        value = Decimal(len(found))
    else:
        months = months_of(
            members, known_at=known_at, since=f"{campaign.year}-01", upto=month_of(as_of)
        )
        sums = {key: summed(of, said.counts) for key, of in months.items()}
        found = sorted(key for key, amount in sums.items() if amount)
        value = sum((amount for amount in sums.values() if amount), Decimal(0))
    return CountedFigure(target.pk, said.source, said.counts, as_of, value, tuple(found))


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A target of a campaign and where its figure comes from on a day."""

    uid: UUID
    code: str
    name: str
    unit: str
    kind: str
    source: str
    source_label: str
    counts: str
    counts_label: str
    since: date | None
    may_count: bool


def source_rows(campaign: Campaign, *, on: date) -> list[SourceRow]:
    """Every target of a campaign that stands on a day, in the order of the plan. Two queries."""
    targets = Target.objects.filter(action__campaign=campaign).select_related("action")
    standing = TargetSource.objects.filter(in_force(on), target__in=targets)
    by_target = {row.target_id: row for row in standing.order_by("valid_from", "pk")}
    return [
        _source_row(target, by_target.get(target.pk))
        for target in targets.order_by("action__seq", "seq", "pk")
    ]


@dataclass(frozen=True, slots=True)
class CountedProject:
    """One project behind a counted figure: the day of its stage, or the money it adds (元)."""

    uid: UUID
    name: str
    township: str
    day: date | None
    amount: Decimal | None


def counted_projects(
    figure: CountedFigure, year: int, *, known_at: datetime, offset: int = 0, limit: int = 40
) -> list[CountedProject]:
    """The projects behind a figure, in the order of the register. Five queries."""
    rows = Project.objects.filter(pk__in=figure.projects).select_related("township").order_by("pk")
    shown = list(rows[offset : offset + limit])
    keys = [project.pk for project in shown]
    ways: Ways = {}
    sums: dict[int, Decimal | None] = {}
    if figure.source == Source.STAGE_EVENTS:
        ways = ways_of(keys, known_at=known_at, as_of=figure.as_of)
    else:
        months = months_of(keys, known_at=known_at, since=f"{year}-01", upto=month_of(figure.as_of))
        sums = {key: summed(of, figure.counts) for key, of in months.items()}
    under = gates_in_force().under(figure.counts) if ways else ()
    return [
        CountedProject(
            project.uid,
            project.name,
            project.township.short_name if project.township else "",
            min(
                (one.day for stage, one in ways.get(project.pk, {}).items() if stage in under),
                default=None,
            ),
            sums.get(project.pk),
        )
        for project in shown
    ]


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
    members: list[int], source: Counting, year: int, *, as_of: date, known_at: datetime
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


def _source_row(target: Target, held: TargetSource | None) -> SourceRow:
    kind = held.kind if held else Target.Kind.FLOW
    source = held.source if held else Source.REPORTED
    counts = held.counts if held else ""
    label = TargetSource.Source(source).label
    return SourceRow(
        uid=target.uid,
        code=f"{target.action.seq}-{target.seq}",
        name=f"{target.metric}（{target.qualifier}）" if target.qualifier else target.metric,
        unit=target.unit,
        kind=kind,
        source=source,
        source_label=str(label),
        counts=counts,
        counts_label=what_counts(source).get(counts, ""),
        since=held.valid_from if held else None,
        may_count=kind in MAY_COUNT,
    )


def _counted_by_others() -> set[int]:
    """Projects that others count for: split into parts, a bundle of parts, found to be another."""
    gone = set()
    for kind, earlier, later in ProjectDescent.objects.values_list("kind", "earlier", "later"):
        gone.add(later if kind == ProjectDescent.Kind.BUNDLE else earlier)
    return gone

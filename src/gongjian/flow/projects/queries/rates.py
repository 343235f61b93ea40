"""Rates over a list as of a day: the columns they are reckoned from, and the frozen results."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.engine.ratebook import MEASURES, Columns, RateRule, quotient, rate_rule
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import (
    DateChange,
    PlanClass,
    Project,
    ProjectList,
    ProjectYear,
    RateDefinition,
    RateResult,
)
from gongjian.flow.projects.queries.amounts import (
    MonthMoney,
    last_whole_month,
    month_of,
    months_of,
    plans_of,
    summed,
)
from gongjian.flow.projects.queries.lists import ListVersion, amount_on, list_version, members_on
from gongjian.flow.projects.queries.reached import Reached, ways_of
from gongjian.lib.refusals import Missing

ONE, ZERO = Decimal(1), Decimal(0)
SUMS = {"year_done", "months_done", "arrived"}  # 元; the other numerators are counts
STATISTICS_FLOOR = Decimal(5_000_000)
FILED = ("established", "feasibility_approved")
READ = ("contract_funds", "land_secured_on", "stat_enrolled_on", "planned_finish")  # of a project
BEYOND_SIGNING = (
    *FILED, "preparing", "started", "under_construction", "completed", "in_production",
    "full_effect",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RateRow:
    """A frozen rate as it is printed: its two numbers, what they count, and of which list."""

    code: str
    name: str
    numerator: Decimal
    denominator: Decimal
    rate: Decimal | None
    unreported: int
    numerator_words: str
    denominator_words: str
    scope: str
    source: str
    definition: int
    list_name: str
    list_number: int
    list_day: date
    as_of: date
    is_money: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What is known of one project as of a day."""

    project: Project
    of_year: ProjectYear | None
    way: dict[str, Reached]
    months: dict[str, MonthMoney]
    plan: dict[str, Decimal]
    cost: Decimal | None
    due: date | None


def rate_columns(listed: ProjectList, *, as_of: date, known_at: datetime) -> Columns:
    """One column a measure over the projects on a list on a day. Ten queries, however many."""
    projects = list(members_on(listed, as_of).only(*READ).order_by("pk"))
    keys = [project.pk for project in projects]
    campaign = listed.campaign
    ways = ways_of(keys, known_at=known_at, as_of=as_of)
    months = months_of(keys, known_at=known_at, upto=month_of(as_of))
    plans = plans_of(keys, year=campaign.year, known_at=known_at)
    years = ProjectYear.objects.filter(project__in=keys, campaign=campaign)
    of_year = {row.project_id: row for row in years}
    costs = amount_on(keys, as_of)
    first = _first_finish(keys)
    rows = [
        _measures(
            _Facts(
                project=project,
                of_year=of_year.get(project.pk),
                way=ways.get(project.pk, {}),
                months=months.get(project.pk, {}),
                plan=plans.get(project.pk, {}),
                cost=costs[project.pk],
                due=first.get(project.pk, project.planned_finish),
            ),
            year=campaign.year,
            as_of=as_of,
        )
        for project in projects
    ]
    return {name: [row[name] for row in rows] for name in MEASURES}


def _measures(of: _Facts, *, year: int, as_of: date) -> dict[str, Decimal | None]:
    counts = _counts(of, year=year, as_of=as_of)
    return {name: ONE if true else ZERO for name, true in counts.items()} | _sums(of, year, as_of)


def _counts(of: _Facts, *, year: int, as_of: date) -> dict[str, bool]:
    filed, signed, started = _any(of.way, FILED), "signed" in of.way, "started" in of.way
    is_due = of.due is not None and of.due.year == year and of.due <= as_of
    in_time = of.due is not None and "completed" in of.way and of.way["completed"].day <= of.due
    performed = _any(of.way, BEYOND_SIGNING) or bool(summed(of.months, "arrived"))
    return {
        "signed": signed,
        "performed": signed and performed,
        "established": filed,
        "landed": filed and _by(of.project.land_secured_on, as_of),
        "started": started,
        "completed": "completed" in of.way,
        "in_production": "in_production" in of.way,
        "planned_new": of.of_year is not None and of.of_year.plan_class == PlanClass.NEW,
        "started_over_floor": started and (of.cost or ZERO) >= STATISTICS_FLOOR,
        "stat_enrolled": _by(of.project.stat_enrolled_on, as_of),
        "due_to_finish": is_due,
        "finished_in_time": is_due and in_time,
    }


def _sums(of: _Facts, year: int, as_of: date) -> dict[str, Decimal | None]:
    whole = last_whole_month(as_of)
    this_year = {key: money for key, money in of.months.items() if key.startswith(f"{year}-")}
    planned = [amount for key, amount in of.plan.items() if key <= whole]
    return {
        "year_plan": of.of_year.plan_investment if of.of_year else None,
        "year_done": summed(this_year, "done"),
        "months_plan": sum(planned, ZERO) if planned else None,
        "months_done": summed({k: m for k, m in this_year.items() if k <= whole}, "done"),
        "contract_funds": of.project.contract_funds if "signed" in of.way else None,
        "arrived": summed(of.months, "arrived"),
    }


def definitions_on(day: date) -> list[RateDefinition]:
    """The newest definition of each rate in force on a day. One query."""
    found: dict[str, RateDefinition] = {}
    for row in RateDefinition.objects.filter(valid_from__lte=day).order_by("valid_from", "number"):
        found[row.code] = row
    return sorted(found.values(), key=lambda row: row.pk)


def rule_of(definition: RateDefinition) -> RateRule:
    """A definition as the engine reads it."""
    since = date.fromisoformat(definition.params["since"])
    return rate_rule({**definition.params, "since": since})


def rate_rows(listed: ProjectList, as_of: date) -> list[RateRow]:
    """The frozen rates of a list as of a day, of each the newest. One query."""
    found: dict[str, RateResult] = {}
    rows = RateResult.objects.filter(list=listed, as_of=as_of)
    for row in rows.select_related("definition", "list").order_by("pk"):
        found[row.definition.code] = row
    return [rate_row(row) for row in found.values()]


def newest_rates(campaign: Campaign) -> list[RateRow]:
    """The rates of a campaign's first list as they were last frozen; empty before. Two queries."""
    results = RateResult.objects.filter(list__campaign=campaign).select_related("list")
    newest = results.order_by("list", "-as_of").first()
    return rate_rows(newest.list, newest.as_of) if newest is not None else []


def frozen_days(listed: ProjectList) -> list[date]:
    """The days as of which rates of a list were frozen, the newest first. One query."""
    days = RateResult.objects.filter(list=listed).order_by("-as_of").values_list("as_of", flat=True)
    return list(days.distinct())


def rates_as_of(listed: ProjectList, *, as_of: date, known_at: datetime) -> list[RateRow]:
    """Every rate of a list as of a day, reckoned now and kept by nobody. Twelve queries."""
    columns = rate_columns(listed, as_of=as_of, known_at=known_at)
    version = list_version(listed, as_of)
    return [reckoned(definition, columns, version, as_of) for definition in definitions_on(as_of)]


@dataclass(frozen=True, slots=True)
class RateMember:
    """What one project adds to a rate: its numerator and its denominator; None is not reported."""

    uid: UUID
    name: str
    township: str
    above: Decimal | None
    below: Decimal | None


def rate_behind(
    listed: ProjectList, definition: RateDefinition, *, as_of: date, known_at: datetime
) -> tuple[RateRow, list[RateMember]]:
    """A rate as of a day with the projects behind it: those in its denominator, or in its
    numerator where that may reach beyond. Twelve queries."""
    rule, columns = rule_of(definition), rate_columns(listed, as_of=as_of, known_at=known_at)
    row = reckoned(definition, columns, list_version(listed, as_of), as_of)
    projects = members_on(listed, as_of).select_related("township").order_by("pk")
    each = zip(projects, columns[rule.numerator], columns[rule.denominator], strict=True)
    return row, [
        RateMember(
            uid=project.uid,
            name=project.name,
            township=project.township.short_name if project.township else "",
            above=above if below or not rule.within else ZERO,
            below=below,
        )
        for project, above, below in each
        if below or (above and not rule.within)
    ]


def definition_versions(code: str) -> list[RateDefinition]:
    """Every definition of a rate, the newest first. Missing: rate.missing. One query."""
    found = list(RateDefinition.objects.filter(code=code).order_by("-number"))
    if not found:
        raise Missing("rate.missing", _("没有这个指标率。"))
    return found


def reckoned(
    definition: RateDefinition, columns: Columns, version: ListVersion, as_of: date
) -> RateRow:
    """A rate over columns, those of a whole list or of some of its projects."""
    rule = rule_of(definition)
    found = quotient(rule, columns)
    return RateRow(
        code=rule.code,
        name=rule.name,
        numerator=found.numerator,
        denominator=found.denominator,
        rate=found.rate,
        unreported=found.unreported,
        numerator_words=rule.numerator_words,
        denominator_words=rule.denominator_words,
        scope=rule.scope,
        source=rule.source,
        definition=definition.number,
        list_name=version.name,
        list_number=version.number,
        list_day=as_of,
        as_of=as_of,
        is_money=rule.numerator in SUMS,
    )


def rate_row(result: RateResult) -> RateRow:
    """One frozen rate as it is printed."""
    rule = rule_of(result.definition)
    return RateRow(
        code=rule.code,
        name=rule.name,
        numerator=result.numerator,
        denominator=result.denominator,
        rate=result.rate,
        unreported=result.unreported,
        numerator_words=rule.numerator_words,
        denominator_words=rule.denominator_words,
        scope=rule.scope,
        source=rule.source,
        definition=result.definition.number,
        list_name=result.list.name,
        list_number=result.list_number,
        list_day=result.list_day,
        as_of=result.as_of,
        is_money=rule.numerator in SUMS,
    )


def _first_finish(keys: list[int]) -> dict[int, date]:
    """The planned finish each project was first given. One query."""
    moved = DateChange.objects.filter(project__in=keys, kind=DateChange.Kind.FINISH)
    first: dict[int, date] = {}
    for row in moved.order_by("pk"):
        if row.new is not None:
            first.setdefault(row.project_id, row.old or row.new)
    return first


def _any(way: dict[str, Reached], stages: Iterable[str]) -> bool:
    return any(stage in way for stage in stages)


def _by(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of

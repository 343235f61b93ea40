"""Every project of a campaign with all that is kept of it, by the names the ledgers use."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign, Precision
from gongjian.flow.projects.models import (
    DateChange,
    ListMembership,
    PermitItem,
    Project,
    ProjectYear,
    StandingChange,
)
from gongjian.flow.projects.queries.amounts import Months, months_of, plans_of, summed
from gongjian.flow.projects.queries.duplicates import GONE
from gongjian.flow.projects.queries.exports.tables import Footing, Table, TableColumn
from gongjian.flow.projects.queries.happened import progress_texts
from gongjian.flow.projects.queries.hints import stage_label
from gongjian.flow.projects.queries.listing import current_stage, of_year
from gongjian.flow.projects.queries.reached import Ways, ways_of

MIDDLE = 10


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for a project, in words; a later room knows."""

    lead: str = ""
    responsible: tuple[str, ...] = ()
    sponsor: str = ""


Objects = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """Everything that is kept beside the projects themselves, by project."""

    year: int
    of_year: Mapping[int, ProjectYear]
    ways: Ways
    months: Months
    plans: Mapping[int, Mapping[str, Decimal]]
    words: Mapping[int, str]
    permits: Mapping[int, Objects] = field(default_factory=dict)
    lists: Mapping[int, Objects] = field(default_factory=dict)
    moves: Mapping[int, Objects] = field(default_factory=dict)
    standings: Mapping[int, Objects] = field(default_factory=dict)


def ledger_objects(
    campaign: Campaign,
    *,
    known_at: datetime,
    answering: Mapping[int, Answering],
    only: Sequence[int] | None = None,
) -> Objects:
    """One object a project, in the order of registration, or `only` those of keys.

    Fourteen queries, however many.

    Money is 元 as decimal text, dates are as exact as they are kept: 2020-06-12, 2020-06-T2,
    2020-06, 2020-Q2, 2020-H1, 2020. Missing: null, never 0.
    """
    found = of_year(campaign)
    meant = found.exclude(standing__in=GONE) if only is None else found.filter(pk__in=only)
    rows = meant.select_related("township", "action", "filler", "place").order_by("pk")
    projects = list(rows)
    kept = _kept([project.pk for project in projects], campaign, known_at)
    return [_object(one, kept, answering.get(one.pk, Answering())) for one in projects]


def ledger_table(
    campaign: Campaign,
    objects: Iterable[Mapping[str, Any]],
    *,
    on: date,
    by: str,
    filtered: bool = False,
) -> Table:
    """The named fields of the objects as a table; the money in 万元."""
    scope = _("阶段、投资只计已采信的；完成投资为调度口径；空格是未报，不是 0")
    if filtered:
        scope = _("%(scope)s；按筛选导出，不是全部") % {"scope": scope}
    return Table(
        title=_("%(year)s年%(name)s项目清单") % {"year": campaign.year, "name": campaign.name},
        columns=_columns(),
        rows=tuple(objects),
        footing=Footing(on, scope, by),
    )


def written_span(day: date | None, precision: str) -> str | None:
    """A date as exactly as it was given, sortable: 2020-06-12, 2020-06-T2, 2020-Q2, 2020."""
    if day is None:
        return None
    match precision:
        case Precision.YEAR:
            return f"{day.year}"
        case Precision.HALF:
            return f"{day.year}-H{1 if day.month <= 6 else 2}"
        case Precision.QUARTER:
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case Precision.MONTH:
            return f"{day:%Y-%m}"
        case Precision.TEN_DAY:
            return f"{day:%Y-%m}-T{min((day.day - 1) // MIDDLE, 2) + 1}"
        case _:
            return day.isoformat()


def _kept(keys: list[int], campaign: Campaign, known_at: datetime) -> _Kept:
    years = ProjectYear.objects.filter(project__in=keys, campaign=campaign)
    return _Kept(
        year=campaign.year,
        of_year={row.project_id: row for row in years},
        ways=ways_of(keys, known_at=known_at),
        months=months_of(keys, known_at=known_at),
        plans=plans_of(keys, year=campaign.year, known_at=known_at),
        words={
            key: words for key, (_when, words) in progress_texts(keys, known_at=known_at).items()
        },
        permits=_permits(keys),
        lists=_lists(keys),
        moves=_moves(keys),
        standings=_standings(keys),
    )


def _object(of: Project, kept: _Kept, answers: Answering) -> dict[str, Any]:
    way = kept.ways.get(of.pk, {})
    months = kept.months.get(of.pk, {})
    this_year = {key: m for key, m in months.items() if key.startswith(f"{kept.year}-")}
    year = kept.of_year.get(of.pk)
    stage = current_stage(of.track, way)
    return {
        "seq": of.seq,
        "name": of.name,
        "code": of.code,
        "owner": of.owner,
        "uscc": of.uscc,
        "township": of.township.short_name if of.township else "",
        "scope": of.scope,
        "nature": str(of.get_nature_display()),
        "industry": of.industry,
        "total_investment": _money(of.total_investment),
        "year_plan_investment": _money(year.plan_investment if year else None),
        "year_done_investment": _money(summed(this_year, "done")),
        "planned_start": written_span(of.planned_start, of.planned_start_precision),
        "planned_finish": written_span(of.planned_finish, of.planned_finish_precision),
        "actual_start": _day(way["started"].day if "started" in way else None),
        "actual_finish": _day(way["completed"].day if "completed" in way else None),
        "lead_unit": answers.lead,
        "responsible_units": _("、").join(answers.responsible),
        "sponsor": answers.sponsor,
        "progress_text": kept.words.get(of.pk, ""),
        "remark": of.remark,
        **_more(of, year, stage),
        "stages": [
            {"stage": code, "label": stage_label(code), "day": _day(one.day),
             "partial": one.partial, "accepted_at": one.accepted_at.isoformat()}
            for code, one in sorted(way.items(), key=lambda pair: (pair[1].day, pair[0]))
        ],
        "months": _months(kept.plans.get(of.pk, {}), months),
        "permits": kept.permits.get(of.pk, []),
        "lists": kept.lists.get(of.pk, []),
        "date_changes": kept.moves.get(of.pk, []),
        "standing_changes": kept.standings.get(of.pk, []),
    }  # fmt: skip


def _more(of: Project, year: ProjectYear | None, stage: str) -> dict[str, Any]:
    """What is kept beside the fields of a ledger."""
    production = written_span(of.planned_production, of.planned_production_precision)
    return {
        "uid": str(of.uid),
        "phase": of.phase,
        "track": of.track,
        "category": str(of.get_category_display()),
        "promoted": of.promoted,
        "bundle": of.bundle,
        "investor": of.investor,
        "investor_place": of.investor_place,
        "filler": of.filler.short_name if of.filler else "",
        "place": of.place.code if of.place else "",
        "site": of.site,
        "action": of.action.name if of.action else "",
        "fixed_investment": _money(of.fixed_investment),
        "contract_funds": _money(of.contract_funds),
        "planned_production": production,
        "land_secured_on": _day(of.land_secured_on),
        "stat_enrolled_on": _day(of.stat_enrolled_on),
        "scale_enrolled_on": _day(of.scale_enrolled_on),
        "expected_sales": _money(of.expected_sales),
        "expected_tax": _money(of.expected_tax),
        "expected_jobs": of.expected_jobs,
        "standing": of.standing,
        "registered_on": _day(of.registered_on),
        "plan_class": str(year.get_plan_class_display()) if year else "",
        "done_before": _money(year.done_before if year else None),
        "stage": stage,
        "stage_label": stage_label(stage) if stage else "",
    }


def _months(plans: Mapping[str, Decimal], months: Mapping[str, Any]) -> Objects:
    return [
        {
            "month": key,
            "planned": _money(plans.get(key)),
            **{
                name: _money(getattr(months[key], name) if key in months else None)
                for name in ("done", "stat_done", "arrived", "early_cost")
            },
        }
        for key in sorted({*plans, *months})
    ]


def _permits(keys: list[int]) -> dict[int, Objects]:
    found: dict[int, Objects] = defaultdict(list)
    for row in PermitItem.objects.filter(project__in=keys).order_by("project", "order"):
        found[row.project_id].append(
            {
                "code": row.code,
                "name": row.name,
                "department": row.department,
                "applicable": row.applicable,
                "plan_date": _day(row.plan_date),
                "applied_on": _day(row.applied_on),
                "done_on": _day(row.done_on),
                "doc_no": row.doc_no,
                "valid_until": _day(row.valid_until),
                "blocked_by": row.blocked_by,
            }
        )
    return dict(found)


def _lists(keys: list[int]) -> dict[int, Objects]:
    found: dict[int, Objects] = defaultdict(list)
    rows = ListMembership.objects.filter(project__in=keys).select_related("list", "entered")
    for row in rows.order_by("valid_from", "pk"):
        found[row.project_id].append(
            {
                "list": row.list.name,
                "kind": row.list.kind,
                "from": _day(row.valid_from),
                "to": _day(row.valid_to),
                "doc_no": row.entered.doc_no,
            }
        )
    return dict(found)


def _moves(keys: list[int]) -> dict[int, Objects]:
    found: dict[int, Objects] = defaultdict(list)
    for row in DateChange.objects.filter(project__in=keys).select_related("by").order_by("pk"):
        found[row.project_id].append(
            {
                "field": row.kind,
                "old": written_span(row.old, row.old_precision),
                "new": written_span(row.new, row.new_precision),
                "day": _day(row.day),
                "reason": row.reason,
                "by": row.by.display_name if row.by else "",
            }
        )
    return dict(found)


def _standings(keys: list[int]) -> dict[int, Objects]:
    found: dict[int, Objects] = defaultdict(list)
    for row in StandingChange.objects.filter(project__in=keys).order_by("pk"):
        found[row.project_id].append(
            {
                "standing": row.standing,
                "day": _day(row.day),
                "reason": row.reason,
                "basis": row.basis,
                "expected_resume": _day(row.expected_resume),
            }
        )
    return dict(found)


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn("seq", _("序号"), 8, "number"),
        TableColumn("name", _("项目名称"), 36),
        TableColumn("code", _("项目代码"), 28),
        TableColumn("owner", _("建设单位"), 24),
        TableColumn("uscc", _("统一社会信用代码"), 22),
        TableColumn("township", _("属地镇街"), 12),
        TableColumn("scope", _("建设内容及规模"), 36),
        TableColumn("nature", _("建设性质"), 10),
        TableColumn("industry", _("行业"), 10),
        TableColumn("total_investment", _("总投资（万元）"), 16, "wan"),
        TableColumn("year_plan_investment", _("年度计划投资（万元）"), 18, "wan"),
        TableColumn("year_done_investment", _("当年累计完成投资（万元）"), 20, "wan"),
        TableColumn("plan_class", _("年度计划类别"), 12),
        TableColumn("stage_label", _("当前阶段"), 12),
        TableColumn("planned_start", _("计划开工"), 12),
        TableColumn("planned_finish", _("计划竣工"), 12),
        TableColumn("actual_start", _("实际开工"), 12),
        TableColumn("actual_finish", _("实际竣工"), 12),
        TableColumn("lead_unit", _("牵头单位"), 16),
        TableColumn("responsible_units", _("责任单位"), 22),
        TableColumn("sponsor", _("包靠领导"), 14),
        TableColumn("progress_text", _("形象进度"), 30),
        TableColumn("remark", _("备注"), 20),
    )

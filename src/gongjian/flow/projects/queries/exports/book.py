"""Everything that is kept of projects, read once, and said of each as of any day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    ProjectName,
    ProjectYear,
    Standing,
    StandingChange,
)
from gongjian.flow.projects.queries.amounts import month_of, months_of, plans_of, summed
from gongjian.flow.projects.queries.gates import gates_in_force
from gongjian.flow.projects.queries.happened import progress_texts
from gongjian.flow.projects.queries.hints import stage_label
from gongjian.flow.projects.queries.lines_made import AHEAD
from gongjian.flow.projects.queries.listing import current_stage
from gongjian.flow.projects.queries.lists import Costs
from gongjian.flow.projects.queries.reached import Reached, ways_of
from gongjian.lib.days import local_day

MIDDLE = 10
PLANNED = ("planned_start", "planned_finish", "planned_production")
Objects = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for a project, in words; a later room knows."""

    lead: str = ""
    responsible: tuple[str, ...] = ()
    sponsor: str = ""
    sponsor_post: str = ""


class LedgerBook:
    """What is kept of some projects, as it was known at a moment. Fifteen queries, however many.

    A name, a total and a planned date are those of the day that is asked for; stages and months
    those up to it. Permits, lists and texts are as they stand.
    """

    def __init__(
        self, projects: Iterable[Project], campaign: Campaign, *, known_at: datetime
    ) -> None:
        self.projects = list(projects)
        keys = [project.pk for project in self.projects]
        self._year, self._today = campaign.year, local_day(known_at)
        self._order = {gate.code: at for at, gate in enumerate(gates_in_force().gates)}
        years = ProjectYear.objects.filter(project__in=keys, campaign=campaign)
        self._of_year = {row.project_id: row for row in years}
        self._ways = ways_of(keys, known_at=known_at)
        self._months = months_of(keys, known_at=known_at)
        self._plans = plans_of(keys, year=campaign.year, known_at=known_at)
        self._words = progress_texts(keys, known_at=known_at)
        self._costs = Costs(keys)
        self._names = _names(keys)
        self._moves = _moves(keys)
        self._permits = _permits(keys)
        self._lists = _lists(keys)
        self._standings = _standings(keys)

    def object_of(
        self, of: Project, *, as_of: date | None = None, answers: Answering | None = None
    ) -> dict[str, Any]:
        """All that is said of one project; facts up to a day, if one is given."""
        told = answers or Answering()
        upto = month_of(as_of) if as_of else "9999-12"
        way = {
            stage: at
            for stage, at in self._ways.get(of.pk, {}).items()
            if as_of is None or at.day <= as_of
        }
        months = {key: m for key, m in self._months.get(of.pk, {}).items() if key <= upto}
        year = self._of_year.get(of.pk)
        planned = {kind: self._planned(of, kind, as_of) for kind in PLANNED}
        words = [said for month, said in self._words.get(of.pk, ()) if month <= upto]
        return {
            "seq": of.seq,
            "name": self._name(of, as_of),
            "code": of.code,
            "owner": of.owner,
            "uscc": of.uscc,
            "township": of.township.short_name if of.township else "",
            "scope": of.scope,
            "nature": str(of.get_nature_display()),
            "industry": of.industry,
            "total_investment": _money(self._cost(of, as_of)),
            "year_plan_investment": _money(year.plan_investment if year else None),
            "year_done_investment": _money(self._done(months)),
            "planned_start": planned["planned_start"],
            "planned_finish": planned["planned_finish"],
            "actual_start": _reached(way, "started"),
            "actual_finish": _reached(way, "completed"),
            "lead_unit": told.lead,
            "responsible_units": _("、").join(told.responsible),
            "sponsor": told.sponsor,
            "progress_text": words[-1] if words else "",
            "remark": of.remark,
            "next_node": self._ahead(of, way, as_of),
            **self._reckoned(of, year, months, way, as_of),
            "planned_production": planned["planned_production"],
            "sponsor_post": told.sponsor_post,
            **_kept_beside(of, year),
            "stages": [
                {"stage": code, "label": stage_label(code), "day": _day(one.day),
                 "partial": one.partial, "accepted_at": one.accepted_at.isoformat()}
                for code, one in sorted(way.items(), key=lambda pair: (pair[1].day, pair[0]))
            ],
            "months": _months(self._plans.get(of.pk, {}), months),
            "permits": self._permits.get(of.pk, []),
            "lists": self._lists.get(of.pk, []),
            "date_changes": [told for told, _row in self._moves.get(of.pk, ())],
            "standing_changes": self._standings.get(of.pk, []),
        }  # fmt: skip

    def _reckoned(
        self,
        of: Project,
        year: ProjectYear | None,
        months: Mapping[str, Any],
        way: Mapping[str, Reached],
        as_of: date | None,
    ) -> dict[str, Any]:
        """What follows from what is kept: sums, a rate with no limit, how far the permits are."""
        done = self._done(months)
        stage = current_stage(of.track, way)
        month = month_of(as_of) if as_of else max(months, default="")
        applicable = [item for item in self._permits.get(of.pk, ()) if item["applicable"]]
        before = year.done_before if year else None
        plan = year.plan_investment if year else None
        return {
            "stage": stage,
            "stage_label": stage_label(stage) if stage else "",
            "stage_day": _reached(way, stage),
            "last_month": max(months, default=""),
            "moves": len(self._moves.get(of.pk, ())),
            "month_done": _money(months[month].done if month in months else None),
            "done_in_all": _money(_sum_known(before, done)),
            "share_of_plan": str(done / plan) if done is not None and plan else None,
            "arrived_in_year": _money(self._sum(months, "arrived")),
            "permits_done": sum(item["done_on"] is not None for item in applicable),
            "permits_of": len(applicable),
        }

    def _done(self, months: Mapping[str, Any]) -> Decimal | None:
        return self._sum(months, "done")

    def _sum(self, months: Mapping[str, Any], column: str) -> Decimal | None:
        return summed({k: m for k, m in months.items() if k.startswith(f"{self._year}-")}, column)

    def _name(self, of: Project, as_of: date | None) -> str:
        if as_of is None:
            return of.name
        held = (
            name
            for since, until, name in self._names.get(of.pk, ())
            if since <= as_of and (until is None or as_of < until)
        )
        return next(held, of.name)

    def _cost(self, of: Project, as_of: date | None) -> Decimal | None:
        if as_of is None:
            return of.total_investment
        return self._costs.on(of.pk, as_of) if self._costs.known(of.pk, as_of) else None

    def _planned(self, of: Project, kind: str, as_of: date | None) -> str | None:
        """A planned date as exactly as it was set by a day."""
        return written_span(*self._planned_day(of, kind, as_of))

    def _ahead(self, of: Project, way: Mapping[str, Reached], as_of: date | None) -> str:
        """下一节点: the planned date that comes next, as the list shows it."""
        furthest = max((self._order[code] for code in way), default=-1)
        for kind, stage in AHEAD:
            day, precision = self._planned_day(of, kind, as_of)
            if day is None or furthest >= self._order[stage]:
                continue
            parts = [stage_label(stage), str(written_span(day, precision))]
            if of.standing == Standing.ACTIVE and day < (as_of or self._today):
                parts.append(_("已过"))
            return " ".join(parts)
        return ""

    def _planned_day(self, of: Project, kind: str, as_of: date | None) -> tuple[date | None, str]:
        """A planned date as it was set by a day; what was first set holds for the days before."""
        later = [
            row
            for _told, row in self._moves.get(of.pk, ())
            if as_of is not None and row.kind == kind and row.day > as_of and row.old is not None
        ]
        if later:
            return later[0].old, later[0].old_precision
        return getattr(of, kind), getattr(of, f"{kind}_precision")


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


def _kept_beside(of: Project, year: ProjectYear | None) -> dict[str, Any]:
    """What is kept beside the fields of a ledger."""
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
        "land_secured_on": _day(of.land_secured_on),
        "stat_enrolled_on": _day(of.stat_enrolled_on),
        "scale_enrolled_on": _day(of.scale_enrolled_on),
        "expected_sales": _money(of.expected_sales),
        "expected_tax": _money(of.expected_tax),
        "expected_jobs": of.expected_jobs,
        "standing": of.standing,
        "standing_label": str(of.get_standing_display()),
        "registered_on": _day(of.registered_on),
        "plan_class": str(year.get_plan_class_display()) if year else "",
        "done_before": _money(year.done_before if year else None),
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


def _names(keys: list[int]) -> dict[int, list[tuple[date, date | None, str]]]:
    """{project: former names with their spans}. One query."""
    found: dict[int, list[tuple[date, date | None, str]]] = defaultdict(list)
    rows = ProjectName.objects.filter(project__in=keys).order_by("valid_from", "pk")
    for project, since, until, name in rows.values_list(
        "project", "valid_from", "valid_to", "name"
    ):
        found[project].append((since, until, name))
    return dict(found)


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


def _moves(keys: list[int]) -> dict[int, list[tuple[dict[str, Any], DateChange]]]:
    """{project: its moved dates in words, each beside its row}. One query."""
    found: dict[int, list[tuple[dict[str, Any], DateChange]]] = defaultdict(list)
    for row in DateChange.objects.filter(project__in=keys).select_related("by").order_by("pk"):
        told = {
            "field": row.kind,
            "old": written_span(row.old, row.old_precision),
            "new": written_span(row.new, row.new_precision),
            "day": _day(row.day),
            "reason": row.reason,
            "by": row.by.display_name if row.by else "",
        }
        found[row.project_id].append((told, row))
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


def _sum_known(*amounts: Decimal | None) -> Decimal | None:
    """What is known of a sum; None where nothing is."""
    held = [amount for amount in amounts if amount is not None]
    return sum(held, Decimal(0)) if held else None


def _reached(way: Mapping[str, Reached], stage: str) -> str | None:
    return _day(way[stage].day) if stage in way else None


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

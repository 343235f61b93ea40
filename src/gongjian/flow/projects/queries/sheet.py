"""The month sheet: a window of projects with their money of a year, accepted and not yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import (
    Count,
    Q,
    QuerySet,
    Subquery,
    Value,
)

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import InvestmentMonth, Project, ProjectList, RegisterLine
from gongjian.flow.projects.queries.again import asked_again, sum_of
from gongjian.flow.projects.queries.listing import RegisterFilter, in_register
from gongjian.flow.projects.queries.lists import members_on
from gongjian.flow.projects.queries.register_lines import LineFilter, lines_meant
from gongjian.flow.projects.queries.sheet_money import fill_months
from gongjian.flow.projects.queries.sheet_months import SheetRow, uid_of
from gongjian.foundation.orgs.models import Unit, User
from gongjian.lib.days import local_day

LIST = "list"


@dataclass(frozen=True, slots=True)
class SheetFilter:
    """Which projects a sheet shows: as the register, by who reports, by list, or one's own."""

    register: LineFilter = field(default_factory=LineFilter)
    unit: str = ""
    listed: ProjectList | None = None
    own: int | None = None  # the key of a unit
    waiting: tuple[str, str] | None = None  # a month, and the state that waits for a step

    @property
    def any(self) -> bool:
        return bool(self.register != LineFilter() or self.unit or self.listed)


@dataclass(frozen=True)
class Window:
    """The projects of one page of the sheet, and how many there are."""

    rows: list[SheetRow]
    total: int

    @cached_property
    def keys(self) -> list[int]:
        return [row.pk for row in self.rows]


def sheet_window(
    campaign: Campaign,
    wanted: SheetFilter,
    *,
    reader: User,
    at: datetime,
    offset: int,
    limit: int,
) -> Window:
    """A window of the sheet in the order of the register. Two queries."""
    lines = asked_again(_counted, campaign.pk, wanted, local_day(at), also=(limit, offset))
    if not lines and offset:
        return Window([], _wanted(campaign.pk, wanted, local_day(at)).count())
    rows = [
        SheetRow(key, uid_of(uid), name, filler, township, standing, sum_of(total))
        for key, uid, name, filler, township, standing, total, _whole in lines
    ]
    fill_months(rows, campaign, reader=reader)
    return Window(rows, lines[0][-1] if lines else 0)


def sheet_rows(campaign: Campaign, uids: Iterable[UUID], *, reader: User) -> list[SheetRow]:
    """The rows of these projects of a year, in their order. Two queries."""
    found = in_register(campaign, RegisterFilter()).filter(uid__in=list(uids))
    rows = [SheetRow(*line) for line in found.values_list(*TOLD)]
    fill_months(rows, campaign, reader=reader)
    return rows


def rows_by_keys(campaign: Campaign, keys: Sequence[int], *, reader: User) -> list[SheetRow]:
    """The rows of these projects, in this order. Two queries."""
    found = Project.objects.filter(pk__in=keys)
    of = {line[0]: SheetRow(*line) for line in found.values_list(*TOLD)}
    rows = [of[key] for key in keys if key in of]
    fill_months(rows, campaign, reader=reader)
    return rows


def projects_on_sheet(campaign: Campaign, wanted: SheetFilter, *, at: datetime) -> list[int]:
    """The keys of every project of the sheet, in its order. One query."""
    return list(_wanted(campaign.pk, wanted, local_day(at)).values_list("project", flat=True))


def sheet_keys(
    campaign: Campaign, wanted: SheetFilter, *, at: datetime
) -> list[tuple[UUID, str, str]]:
    """(uid, name, code) of every project of the sheet, in its order. One query."""
    named = ("project__uid", "project__name", "project__code")
    return list(_wanted(campaign.pk, wanted, local_day(at)).values_list(*named))


@dataclass(frozen=True, slots=True)
class SheetChoices:
    """What a sheet may be narrowed to: places, units that report, lists; `names` of all units."""

    townships: list[str]
    units: list[str]
    lists: list[tuple[UUID, str]]
    names: dict[int, str]


def sheet_choices(campaign: Campaign, *, on: date) -> SheetChoices:
    """The choices of the filters, in their order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(CHOICES.format(**TABLES), [campaign.pk])
        lines = sorted(cursor.fetchall(), key=lambda line: line[4])
    day = on.isoformat()
    there = [line for line in lines if line[5] is None or str(line[5]) >= day]
    return SheetChoices(
        townships=[line[3] for line in there if line[0] == Unit.Kind.TOWNSHIP],
        units=[line[3] for line in there if line[0] != LIST],
        lists=[(uid_of(line[2]), line[3]) for line in there if line[0] == LIST],
        names={line[1]: line[3] for line in lines if line[0] != LIST},
    )


CHOICES = """
SELECT kind, id, uid, short_name, "order", valid_to FROM {units} unit
 WHERE kind = 'township' OR EXISTS (SELECT 1 FROM {projects} WHERE filler_id = unit.id)
UNION ALL SELECT 'list', id, uid, name, id, NULL FROM {lists} WHERE campaign_id = %s
"""
TOLD = ("pk", "uid", "name", "filler", "township", "standing", "total_investment")
TOLD_OF_A_LINE = ("project", *(f"project__{name}" for name in TOLD[1:]))
TABLES = {
    "units": Unit._meta.db_table,
    "projects": Project._meta.db_table,
    "lists": ProjectList._meta.db_table,
}


def _counted(
    campaign: int, wanted: SheetFilter, on: date
) -> QuerySet[RegisterLine, tuple[Any, ...]]:
    """The projects of a sheet in its order, each with how many there are in all."""
    found = _wanted(campaign, wanted, on)
    counted = found.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    whole = found.annotate(whole=Subquery(counted.values("n")))
    return whole.values_list(*TOLD_OF_A_LINE, "whole")


def _wanted(campaign: int, wanted: SheetFilter, on: date) -> QuerySet[RegisterLine]:
    found = lines_meant(campaign, wanted.register, on=on)
    if wanted.listed is not None:
        found = found.filter(project__in=members_on(wanted.listed, on).values("pk"))
    if wanted.own is not None:
        found = found.filter(_reported_by(Q(pk=wanted.own)))
    if wanted.waiting is not None:
        month, state = wanted.waiting
        told = InvestmentMonth.objects.filter(month=month, state=state)
        found = found.filter(project__in=told.values("project"))
    if wanted.unit:
        found = found.filter(_reported_by(Q(short_name=wanted.unit)))
    return found.order_by("project_id")


def _reported_by(which: Q) -> Q:
    units = Unit.objects.filter(which).values("pk")
    nobody = Q(project__filler__isnull=True)
    return Q(project__filler__in=units) | nobody & Q(project__township__in=units)

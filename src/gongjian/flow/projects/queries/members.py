"""Who stands on a list on a day, and the lists of a campaign beside each other."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import (
    ListChange,
    ListMembership,
    Project,
    ProjectList,
    ProjectName,
)
from gongjian.flow.projects.queries.listing import RegisterFilter, RegisterRow, narrowed, rows_of
from gongjian.flow.projects.queries.lists import amount_on, members_on
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.queries import in_force
from gongjian.foundation.orgs.rules import SEE_BUSINESS, allows
from gongjian.lib.refusals import Missing

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ListOverview:
    """One list of a campaign as it stands on a day; the amount in 元."""

    uid: UUID
    name: str
    kind: str
    number: int
    day: date | None
    papers: tuple[str, ...]
    count: int
    amount: Decimal
    unknown: int


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A project on a list on a day: how far it is by then, since when it is on it, by what."""

    row: RegisterRow
    since: date
    paper: str


def list_by_uid(uid: UUID, *, reader: User) -> ProjectList:
    """One list, for a reader of the plan. Missing otherwise."""
    found = ProjectList.objects.select_related("campaign").filter(uid=uid).first()
    if found is None or not allows(SEE_BUSINESS, reader):
        raise Missing("list.missing", _("没有这份清单。"))
    return found


def list_overviews(campaign: Campaign, *, on: date) -> list[ListOverview]:
    """Every list of a campaign on a day. Five queries, however many there are."""
    lists = list(campaign.lists.all())
    held: dict[int, list[int]] = defaultdict(list)
    rows = ListMembership.objects.filter(in_force(on), list__in=lists)
    for listed, project in rows.values_list("list", "project"):
        held[listed].append(project)
    costs = amount_on({project for projects in held.values() for project in projects}, on)
    papers: dict[int, list[ListChange]] = defaultdict(list)
    for change in ListChange.objects.filter(list__in=lists, day__lte=on).order_by("number", "pk"):
        papers[change.list_id].append(change)
    return [_overview(one, held[one.pk], papers[one.pk], costs) for one in lists]


def member_rows(
    listed: ProjectList,
    wanted: RegisterFilter,
    *,
    on: date,
    known_at: datetime,
    offset: int = 0,
    limit: int | None = None,
) -> list[MemberRow]:
    """The projects on a list on a day, as they stood by then: name, total and stage of that day.

    Eleven queries, however many; fourteen with a stage.
    """
    found = _members(listed, wanted, on=on, known_at=known_at).select_related("township", "action")
    shown = list(found.order_by("pk")[offset : None if limit is None else offset + limit])
    keys = [project.pk for project in shown]
    costs, names = amount_on(keys, on), names_on(keys, on)
    entered = {
        row.project_id: row
        for row in listed.memberships.filter(in_force(on), project__in=keys).select_related(
            "entered"
        )
    }
    return [
        MemberRow(
            replace(row, name=names.get(row.pk, row.name), total_investment=costs[row.pk]),
            since=entered[row.pk].valid_from,
            paper=entered[row.pk].entered.doc_no,
        )
        for row in rows_of(shown, listed.campaign, known_at=known_at, as_of=on)
    ]


def count_members(
    listed: ProjectList, wanted: RegisterFilter, *, on: date, known_at: datetime
) -> int:
    return _members(listed, wanted, on=on, known_at=known_at).count()


def whole_of_members(
    listed: ProjectList, wanted: RegisterFilter, *, on: date, known_at: datetime
) -> Decimal:
    """What those on a list cost together on a day, in 元; one without a sum adds nothing."""
    keys = _members(listed, wanted, on=on, known_at=known_at).values_list("pk", flat=True)
    return sum((cost for cost in amount_on(keys, on).values() if cost), ZERO)


def names_on(projects: Iterable[int], day: date) -> dict[int, str]:
    """{project: the name it bore on a day}, only of those that bear another one now. One query."""
    former = ProjectName.objects.filter(in_force(day), project__in=list(projects))
    return dict(former.order_by("valid_from", "pk").values_list("project", "name"))


def _members(
    listed: ProjectList, wanted: RegisterFilter, *, on: date, known_at: datetime
) -> QuerySet[Project]:
    return narrowed(members_on(listed, on), listed.campaign, wanted, known_at=known_at, as_of=on)


def _overview(
    listed: ProjectList,
    projects: list[int],
    changes: list[ListChange],
    costs: dict[int, Decimal | None],
) -> ListOverview:
    last = changes[-1] if changes else None
    newest = [change for change in changes if last and change.number == last.number]
    return ListOverview(
        uid=listed.uid,
        name=listed.name,
        kind=str(listed.get_kind_display()),
        number=last.number if last else 0,
        day=last.day if last else None,
        papers=tuple(dict.fromkeys(change.doc_no for change in newest)),
        count=len(projects),
        amount=sum((costs[key] or ZERO for key in projects), ZERO),
        unknown=sum(1 for key in projects if costs[key] is None),
    )

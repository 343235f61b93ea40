"""One project on one page: its way, what the next stage needs, its money, dates and lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import (
    DateChange,
    InvestmentMonth,
    ListMembership,
    Project,
    ProjectYear,
    StandingChange,
)
from gongjian.flow.projects.queries.amounts import MonthMoney, months_of, plans_of, summed
from gongjian.flow.projects.queries.events import EventRow, event_rows, months_visible_to
from gongjian.flow.projects.queries.hints import GateHint, StageStep, gate_hint, stage_steps
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.orgs.models import User

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month of money in 元; `waiting` says where a row that is not accepted stands."""

    month: str
    planned: Decimal | None
    done: Decimal | None
    stat_done: Decimal | None
    arrived: Decimal | None
    early_cost: Decimal | None
    waiting: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """The year's money as far as it was accepted, in 元; `rate` and `share` are fractions."""

    year_plan: Decimal | None
    year_done: Decimal | None
    done_before: Decimal | None
    arrived: Decimal | None
    early_cost: Decimal | None
    rate: Decimal | None  # of the year's plan
    share: Decimal | None  # of the total, since the beginning


@dataclass(frozen=True, slots=True)
class DateMove:
    """A planned date that was said anew; the first saying has no old one."""

    label: str
    old: date | None
    old_precision: str
    new: date | None
    new_precision: str
    day: date
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """All that the page of a project shows, for one reader."""

    steps: tuple[StageStep, ...]
    hint: GateHint | None
    plan_class: str
    carried: bool
    months: tuple[MonthLine, ...]
    amounts: Amounts
    moves: tuple[DateMove, ...]
    standings: tuple[StandingChange, ...]
    events: tuple[EventRow, ...]
    lists: tuple[tuple[UUID, str, date], ...]
    list_moves: tuple[tuple[date, str, str, str], ...]
    former_names: tuple[tuple[str, date], ...]
    funding: tuple[tuple[str, Decimal], ...]


def project_card(
    project: Project, campaign: Campaign, *, reader: User, known_at: datetime
) -> ProjectCard:
    """One project as a reader sees it. Nineteen queries, however long its history."""
    year = (
        ProjectYear.objects.filter(project=project, campaign=campaign)
        .select_related("carried_from")
        .first()
    )
    months = months_of([project.pk], known_at=known_at).get(project.pk, {})
    plans = plans_of([project.pk], year=campaign.year, known_at=known_at).get(project.pk, {})
    held = list(project.memberships.select_related("list", "entered", "left").order_by("pk"))
    return ProjectCard(
        steps=tuple(stage_steps(project, reader=reader, known_at=known_at)),
        hint=gate_hint(project, reader=reader, known_at=known_at),
        plan_class=str(year.get_plan_class_display()) if year else "",
        carried=bool(year and year.carried_from_id),
        months=_lines(project, campaign.year, plans, months, reader),
        amounts=_amounts(project, year, campaign.year, months),
        moves=tuple(_moves(project)),
        standings=tuple(project.standing_changes.order_by("-pk")),
        events=tuple(event_rows(project, reader=reader)),
        lists=tuple(
            (row.list.uid, row.list.name, row.valid_from) for row in held if row.valid_to is None
        ),
        list_moves=tuple(_list_moves(held)),
        former_names=tuple(
            (row.name, row.valid_to or row.valid_from)
            for row in project.former_names.order_by("valid_from")
        ),
        funding=tuple((str(row.get_kind_display()), row.amount) for row in project.funding.all()),
    )


def _lines(
    project: Project,
    year: int,
    plans: dict[str, Decimal],
    months: dict[str, MonthMoney],
    reader: User,
) -> tuple[MonthLine, ...]:
    """The twelve months; one that waits is shown to who may see it."""
    waiting = {
        row.month: row
        for row in months_visible_to(reader)
        .filter(project=project, month__startswith=f"{year}-")
        .exclude(state=State.ACCEPTED)
        .order_by("pk")
    }
    keys = [f"{year}-{month:02}" for month in range(1, 13)]
    return tuple(_line(key, plans.get(key), months.get(key), waiting.get(key)) for key in keys)


def _line(
    key: str,
    planned: Decimal | None,
    stands: MonthMoney | None,
    waits: InvestmentMonth | None,
) -> MonthLine:
    shown = stands or waits
    return MonthLine(
        month=key,
        planned=planned,
        done=shown.done if shown else None,
        stat_done=shown.stat_done if shown else None,
        arrived=shown.arrived if shown else None,
        early_cost=shown.early_cost if shown else None,
        waiting=str(waits.get_state_display()) if waits else "",
    )


def _amounts(
    project: Project, year: ProjectYear | None, number: int, months: dict[str, MonthMoney]
) -> Amounts:
    this_year = {key: money for key, money in months.items() if key.startswith(f"{number}-")}
    plan = year.plan_investment if year else None
    before = year.done_before if year else None
    done = summed(this_year, "done")
    ever = None if done is None and before is None else (done or ZERO) + (before or ZERO)
    return Amounts(
        year_plan=plan,
        year_done=done,
        done_before=before,
        arrived=summed(months, "arrived"),
        early_cost=summed(months, "early_cost"),
        rate=_share(done, plan),
        share=_share(ever, project.total_investment),
    )


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or not whole else part / whole


def _list_moves(held: list[ListMembership]) -> Iterator[tuple[date, str, str, str]]:
    """(day, what was done, list, paper) of every coming and going of a project."""
    for row in held:
        yield (row.valid_from, str(row.entered.get_kind_display()), row.list.name,
               row.entered.doc_no)  # fmt: skip
        if row.left is not None and row.valid_to is not None:
            yield (row.valid_to, _("离开"), row.list.name, row.left.doc_no)


def _moves(project: Project) -> list[DateMove]:
    moved = DateChange.objects.filter(project=project).select_related("by").order_by("pk")
    return [
        DateMove(
            label=str(row.get_kind_display()),
            old=row.old,
            old_precision=row.old_precision,
            new=row.new,
            new_precision=row.new_precision,
            day=row.day,
            reason=row.reason,
            by=row.by.display_name if row.by else "",
        )
        for row in moved
    ]

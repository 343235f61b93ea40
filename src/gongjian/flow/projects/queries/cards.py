"""One project on one page: its way, what the next stage needs, its money, dates and lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.engine.stages import Going
from gongjian.flow.projects.models import (
    DateChange,
    FundingSource,
    InvestmentMonth,
    ListChange,
    PlanClass,
    Project,
    ProjectSheet,
    Stage,
    StageEvent,
    Standing,
)
from gongjian.flow.projects.queries.amount_words import money
from gongjian.flow.projects.queries.amounts import ZERO
from gongjian.flow.projects.queries.events import (
    EventRow,
    event_row,
    events_visible_to,
    months_visible_to,
)
from gongjian.flow.projects.queries.facts import Facts, day_kept, moment_kept, sum_kept
from gongjian.flow.projects.queries.hints import (
    GateHint,
    StageStep,
    bar_of,
    field_label,
    filled_fields,
    hint_of,
)
from gongjian.flow.projects.queries.permits import PermitRow, permit_states
from gongjian.flow.projects.queries.reached import UNDER_WAY
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import SEE_BUSINESS, allows
from gongjian.foundation.records.queries import prepared
from gongjian.lib.refusals import Missing


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

    kind: str
    label: str
    old: date | None
    old_precision: str
    new: date | None
    new_precision: str
    day: date
    reason: str
    by: str
    at: datetime


class SaidAnew(NamedTuple):
    """Something else the register says of a project: old and new as people read them."""

    label: str
    old: str
    new: str
    day: date
    reason: str
    by: str
    at: datetime


class StandingRow(NamedTuple):
    """A project suspended, resumed, ended or moved away."""

    standing: str
    label: str
    day: date
    reason: str
    basis: str
    expected_resume: date | None
    at: datetime | None


class PaidRow(NamedTuple):
    """An accepted month of money, with who said and who accepted it."""

    uid: UUID
    month: str
    done: Decimal | None
    early_cost: Decimal | None
    arrived: Decimal | None
    unit: str
    accepted_by: str
    accepted_at: datetime
    words: str
    correction: bool


class PlanMove(NamedTuple):
    """A month's plan that was changed, and why. Units: 元."""

    month: str
    old: Decimal
    new: Decimal
    reason: str


class ListMove(NamedTuple):
    """A project's coming to a list or leaving it, by which paper."""

    day: date
    act: str
    name: str
    doc_no: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """All that the page of a project shows, for one reader."""

    steps: tuple[StageStep, ...]
    hint: GateHint | None
    plan_class: str
    carried: bool
    months: tuple[MonthLine, ...]
    plan_moves: tuple[PlanMove, ...]
    amounts: Amounts
    moves: tuple[DateMove, ...]
    said: tuple[SaidAnew, ...]
    standings: tuple[StandingRow, ...]
    events: tuple[EventRow, ...]
    paid: tuple[PaidRow, ...]
    permits: tuple[PermitRow, ...]
    lists: tuple[tuple[str, str, date], ...]
    list_moves: tuple[ListMove, ...]
    former_names: tuple[tuple[str, date], ...]
    funding: tuple[tuple[str, Decimal], ...]
    progress: tuple[str, str] | None  # (month, 形象进度), the newest


def sheet_by_uid(uid: UUID, *, reader: User) -> ProjectSheet:
    """The sheet of one project, with the project, for a reader of the plan. One query.

    Missing: project.missing.
    """
    sheets = _sheets(uid=uid) if allows(SEE_BUSINESS, reader) else []
    if not sheets:
        raise Missing("project.missing", _("没有这个项目，它可能已经调出清单。"))
    return sheets[0]


@prepared
def _sheets(*, uid: UUID) -> QuerySet[ProjectSheet]:
    sheets = ProjectSheet.objects.filter(project__uid=uid)
    return sheets.select_related(
        "project__campaign", "project__action", "project__township", "project__filler"
    )


def project_card(sheet: ProjectSheet, *, reader: User, on: date) -> ProjectCard:
    """One project as a reader sees it. No query; three where something waits for acceptance."""
    project, facts = sheet.project, sheet.facts
    year = project.campaign.year
    waiting, unpaid = _waiting(sheet, reader)
    stands = {stage: date.fromisoformat(day) for stage, day in facts["way"].items()}
    under_way = {
        event.stage: event.day
        for event in waiting
        if event.state in UNDER_WAY and event.corrects_id is None
    }
    reached = under_way | stands
    going = Going(project.track, project.promoted, filled_fields(project), reached)
    said = next((row for row in facts["years"] if row[0] == project.campaign_id), None)
    return ProjectCard(
        steps=tuple(bar_of(going, stands)),
        hint=hint_of(going),
        plan_class=str(PlanClass(said[1]).label) if said and said[1] else "",
        carried=bool(said and said[4]),
        months=_lines(year, facts, unpaid),
        plan_moves=tuple(_plan_moves(year, facts)),
        amounts=_amounts(project, said, year, facts),
        moves=tuple(_move(row) for row in facts["moves"]),
        said=tuple(_said_anew(project, facts)),
        standings=tuple(_standing(row) for row in facts["standings"]),
        events=(*(_event(row) for row in facts["events"]), *map(event_row, waiting)),
        paid=tuple(_paid(row) for row in facts["paid"]),
        permits=tuple(permit_states(facts["permits"], on=on)),
        lists=tuple(
            (row[0], row[1], date.fromisoformat(row[2])) for row in facts["lists"] if not row[3]
        ),
        list_moves=tuple(_list_moves(facts)),
        former_names=tuple(
            (name, date.fromisoformat(upto or since)) for name, since, upto in facts["names"]
        ),
        funding=tuple(
            (str(FundingSource.Kind(kind).label), Decimal(amount))
            for kind, amount in facts["funding"]
        ),
        progress=_progress(facts),
    )


def _progress(facts: Facts) -> tuple[str, str] | None:
    """The newest words on how far the site is: of an accepted month, or as a ledger told it, which
    names a day and is newer than the words of that month."""
    paid = [(row[1], 0, row[8]) for row in facts["paid"] if row[8]]
    told = [(day[:7], 1, words) for day, words in facts.get("told", ())]
    newest = max([*paid, *told], key=itemgetter(0, 1), default=None)
    return (newest[0], newest[2]) if newest else None


def _waiting(
    sheet: ProjectSheet, reader: User
) -> tuple[list[StageEvent], Mapping[str, InvestmentMonth]]:
    """What is not accepted yet, as far as the reader may see it."""
    if not sheet.waiting:
        return [], {}
    open_ones = Q(project=sheet.project) & ~Q(state=State.ACCEPTED)
    events = (
        events_visible_to(reader)
        .filter(open_ones)
        .select_related("unit", "recogniser", "filled_by", "accepted_by")
        .prefetch_related("evidence")
    )
    months = months_visible_to(reader).filter(open_ones).order_by("pk")
    return list(events), {row.month: row for row in months}


def _lines(
    year: int, facts: Facts, waiting: Mapping[str, InvestmentMonth]
) -> tuple[MonthLine, ...]:
    """The twelve months; one that waits is shown to who may see it."""
    plans = {row[0]: row[1] for row in facts["plans"]}
    keys = [f"{year}-{month:02}" for month in range(1, 13)]
    return tuple(
        _line(key, plans.get(key), facts["months"].get(key), waiting.get(key)) for key in keys
    )


def _plan_moves(year: int, facts: Facts) -> Iterator[PlanMove]:
    """The plans of the year that were changed, in the order of their changing."""
    stood: dict[str, Decimal] = {}
    for month, planned, reason in facts["plans"]:
        new = Decimal(planned)
        if month in stood and month.startswith(f"{year}-"):
            yield PlanMove(month, stood[month], new, reason)
        stood[month] = new


def _line(
    key: str, planned: str | None, stands: list[str | None] | None, waits: InvestmentMonth | None
) -> MonthLine:
    done, stat, arrived, early = map(sum_kept, stands or [None] * 4)
    if stands is None and waits is not None:
        done, stat, arrived, early = (
            waits.done, waits.stat_done, waits.arrived, waits.early_cost,
        )  # fmt: skip
    return MonthLine(
        month=key,
        planned=sum_kept(planned),
        done=done,
        stat_done=stat,
        arrived=arrived,
        early_cost=early,
        waiting=str(waits.get_state_display()) if waits else "",
    )


def _amounts(project: Project, said: list[Any] | None, number: int, facts: Facts) -> Amounts:
    plan, before = (sum_kept(said[2]), sum_kept(said[3])) if said else (None, None)
    done = _summed(facts, 0, since=f"{number}-01", upto=f"{number}-12")
    ever = None if done is None and before is None else (done or ZERO) + (before or ZERO)
    return Amounts(
        year_plan=plan,
        year_done=done,
        done_before=before,
        arrived=_summed(facts, 2),
        early_cost=_summed(facts, 3),
        rate=_share(done, plan),
        share=_share(ever, project.total_investment),
    )


def _summed(facts: Facts, column: int, *, since: str = "", upto: str = "9999") -> Decimal | None:
    held = [
        amount
        for month, amounts in facts["months"].items()
        if since <= month <= upto and (amount := sum_kept(amounts[column])) is not None
    ]
    return sum(held, ZERO) if held else None


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or not whole else part / whole


def _list_moves(facts: Facts) -> Iterator[ListMove]:
    for _uid, name, since, upto, act, paper, at, left_paper, left_at in facts["lists"]:
        label = str(ListChange.Kind(act).label)
        yield ListMove(date.fromisoformat(since), label, name, paper, moment_kept(at))
        if upto and left_at:
            day = date.fromisoformat(upto)
            yield ListMove(day, _("离开"), name, left_paper, moment_kept(left_at))


def _move(row: list[Any]) -> DateMove:
    kind, old, old_precision, new, new_precision, day, reason, by, at = row
    return DateMove(
        kind=kind,
        label=str(DateChange.Kind(kind).label),
        old=day_kept(old),
        old_precision=old_precision,
        new=day_kept(new),
        new_precision=new_precision,
        day=date.fromisoformat(day),
        reason=reason,
        by=by or "",
        at=datetime.fromisoformat(at),
    )


def _said_anew(project: Project, facts: Facts) -> Iterator[SaidAnew]:
    """The total and what else was changed; what was said at registration is no change."""
    first = str(project.registered_on)
    for old, new, day, *rest in facts.get("totals", ()):
        if old is None and day == first:
            continue
        before, after = (money(sum_kept(amount)) for amount in (old, new))
        yield _anew(_("总投资"), before, after, day, *rest)
    for field, old, new, day, *rest in facts.get("said", ()):
        yield _anew(field_label(field), old, new, day, *rest)


def _anew(
    label: str, old: str, new: str, day: str, reason: str, by: str | None, at: str
) -> SaidAnew:
    when = datetime.fromisoformat(at)
    return SaidAnew(label, old, new, date.fromisoformat(day), reason, by or "", when)


def _standing(row: list[Any]) -> StandingRow:
    standing, day, reason, basis, resume, at = row
    label = str(Standing(standing).label)
    shown = date.fromisoformat(day)
    return StandingRow(standing, label, shown, reason, basis, day_kept(resume), moment_kept(at))


def _paid(row: list[Any]) -> PaidRow:
    uid, month, done, early, arrived, unit, by, at, words, corrects = row
    return PaidRow(
        UUID(uid), month, sum_kept(done), sum_kept(early), sum_kept(arrived), unit, by or "",
        datetime.fromisoformat(at), words, corrects is not None,
    )  # fmt: skip


def _event(row: list[Any]) -> EventRow:
    (uid, stage, day, state, level, unit, recogniser, filled_by, accepted_by, accepted_at,
     correction, void, reason, proofs) = row  # fmt: skip
    return EventRow(
        uid=UUID(uid),
        stage=stage,
        label=str(Stage(stage).label),
        day=date.fromisoformat(day),
        state=state,
        state_label=str(State(state).label),
        level=level,
        unit=unit,
        recogniser=recogniser,
        filled_by=filled_by,
        accepted_by=accepted_by,
        accepted_at=moment_kept(accepted_at),
        correction=correction,
        void=void,
        reason=reason,
        proofs=tuple(f"{title} {number}".strip() for title, number, _file in proofs),
    )

"""The list of projects: which are meant, in which order, how many there are and what they cost."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Count, F, OrderBy, Q, QuerySet, Subquery, Sum, When

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import (
    ListMembership,
    RegisterLine,
    RegisterMark,
    RegisterSum,
    Standing,
)
from gongjian.flow.projects.queries.again import asked_again, day_of, sum_of
from gongjian.flow.projects.queries.amounts import month_before
from gongjian.foundation.orgs.queries import in_force
from gongjian.foundation.records.queries import log_end_in_query
from gongjian.lib.folding import folded

BUILDING = ("started", "under_construction")
NONE, GONE_STAGE = "none", "gone"  # no stage yet; another project stands for it
LONGEST = 40  # characters that are looked for
SORTS = {
    "seq": "project_id",
    "name": "project__name",
    "code": "project__code",
    "township": "project__township__short_name",
    "action": "project__action__seq",
    "industry": "project__industry",
    "plan_class": "plan_class",
    "stage": "rank",
    "stage_day": "stage_day",
    "total": "total",
    "year_plan": "year_plan",
    "year_done": "year_done",
    "rate": "rate",
    "next": "next_day",
    "moves": "moves",
    "standing": "standing",
    "planned_start": "project__planned_start",
    "planned_finish": "project__planned_finish",
    "owner": "project__owner",
    "last_month": "last_month",
}


Within = tuple[tuple[Callable[..., QuerySet[Any, Any]], Hashable], ...]


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Which projects are meant. `within` are what a later room knows (who leads, who
    sponsors): a function that gives the keys, and of whom; amounts in 元."""

    words: str = ""
    township: str = ""
    stage: str = ""
    category: str = ""
    industry: str = ""
    plan_class: str = ""
    action: str = ""
    listed: UUID | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    state: str = ""
    within: Within = ()


class LineRow(NamedTuple):
    """One line as the columns of the list read it."""

    project__uid: UUID
    project__name: str
    project__code: str
    project__township__short_name: str | None
    project__action__name: str | None
    project__category: str
    project__nature: str
    project__industry: str
    project__owner: str
    project__planned_start: date | None
    project__planned_start_precision: str
    project__planned_finish: date | None
    project__planned_finish_precision: str
    project_id: int
    standing: str
    stage: str
    steps: int
    way: int
    stage_day: date | None
    plan_class: str
    total: Decimal | None
    year_plan: Decimal | None
    year_done: Decimal | None
    last_month: str
    next_kind: str
    next_day: date | None
    next_precision: str
    next_old: date | None
    next_old_precision: str
    due: date | None
    moves: int
    lead: str | None = None
    sponsor: str | None = None
    post: str | None = None  # of the sponsor


DAYS = (
    "project__planned_start", "project__planned_finish", "stage_day", "next_day", "next_old", "due",
)  # fmt: skip
AMOUNTS = ("total", "year_plan", "year_done")
Beside = Callable[..., dict[str, Subquery]]
BESIDE = ("lead", "sponsor", "post")
KEPT = tuple(name for name in LineRow._fields if name not in BESIDE)


@dataclass(frozen=True, slots=True)
class Sums:
    """How many projects there are, what they come to in 元, and what is wrong with how many.

    A sum is of those that say one; None where none does.
    """

    count: int = 0
    total: Decimal | None = None
    year_plan: Decimal | None = None
    year_done: Decimal | None = None
    new: int = 0
    late_start: int = 0
    late_finish: int = 0
    moved: int = 0
    unreported: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(_both(getattr(self, n), getattr(other, n)) for n in self.__slots__))


SUMMED = Sums.__slots__


def _both(one: Any, other: Any) -> Any:
    """What two come to; what is not known adds nothing."""
    return other if one is None else one if other is None else one + other


def lines_behind(*, on: date | None = None) -> bool:
    """Whether the log went on since the lines followed it; with a day also whether their sums are
    of another. One query."""
    return not asked_again(_abreast, on)


def line_rows(
    campaign: Campaign,
    wanted: LineFilter,
    *,
    on: date,
    order: tuple[tuple[str, bool], ...] = (),
    beside: Beside | None = None,
    offset: int = 0,
    limit: int = 40,
) -> list[LineRow]:
    """The lines of a filter, sorted by (key, descending), then as they were registered.

    `beside` is what a later room says of `project_id`, by the field of the row. One query.
    Unknown values stand last, whichever way.
    """
    said = (campaign.pk, wanted, on, order, beside)
    found = asked_again(_ordered_lines, *said, also=(limit, offset))
    names = LineRow._fields if beside else KEPT
    return [_line(dict(zip(names, row, strict=True))) for row in found]


def line_keys(
    campaign: Campaign,
    wanted: LineFilter,
    *,
    on: date,
    order: tuple[tuple[str, bool], ...] = (),
) -> list[int]:
    """The keys of the projects of a filter, sorted as `line_rows` does. One query."""
    found = _lines(campaign.pk, wanted, on).order_by(*_ordered(order))
    return list(found.values_list("project_id", flat=True))


def line_sums(campaign: Campaign, wanted: LineFilter, *, on: date) -> dict[str, Sums]:
    """{stage: its sums} of a filter, whatever stage it names; `none` before the first, `gone`
    those another project stands for. One query: of what is kept where nothing is filtered, else
    over an index; one more where nothing was kept of that day."""
    found: dict[str, Sums] = {}
    meant = replace(wanted, stage="")
    rows = asked_again(_sums_kept, campaign.pk, on) if meant == LineFilter() else []
    rows = rows or asked_again(_sums, campaign.pk, meant, on)
    for gone, stage, count, total, plan, done, *rest in rows:
        key = GONE_STAGE if gone else stage or NONE
        sums = Sums(count, sum_of(total), sum_of(plan), sum_of(done), *rest)
        found[key] = found.get(key, Sums()) + sums
    return found


def sums_shown(groups: Mapping[str, Sums], stage: str) -> Sums:
    """The sums of one stage, or of all that still stand for themselves."""
    if stage:
        return groups.get(stage, Sums())
    return sum((sums for key, sums in groups.items() if key != GONE_STAGE), Sums())


def sums_made(*, on: date) -> list[RegisterSum]:
    """What the lines of every campaign come to on a day, to be kept. One query over an index."""
    lines = RegisterLine.objects.order_by().values_list("campaign", "gone", "stage")
    return [
        RegisterSum(day=on, campaign_id=campaign, gone=gone, stage=stage, **said)
        for campaign, gone, stage, *rest in _added(lines, on)
        for said in [dict(zip(SUMMED, rest, strict=True))]
    ]


def wrong_sums() -> bool:
    """Whether what is kept of the sums is not what the lines come to on its day. Two queries."""
    kept = list(RegisterSum.objects.all())
    made = {day: sums_made(on=day) for day in {one.day for one in kept}}
    return {_said(one) for one in kept} != {_said(one) for day in made for one in made[day]}


def _said(one: RegisterSum) -> tuple[Any, ...]:
    amounts = (one.total, one.year_plan, one.year_done)
    counts = (getattr(one, name) for name in SUMMED if name not in AMOUNTS)
    return (one.campaign_id, one.gone, one.stage, *(sum_of(each) for each in amounts), *counts)


def _abreast(on: date | None) -> QuerySet[RegisterMark, tuple[Any, ...]]:
    abreast = RegisterMark.objects.filter(pk=1, seq=log_end_in_query())
    return (abreast if on is None else abreast.filter(day=on)).values_list("pk")


def _ordered_lines(
    campaign: int,
    wanted: LineFilter,
    on: date,
    order: tuple[tuple[str, bool], ...],
    beside: Beside | None,
) -> QuerySet[RegisterLine, tuple[Any, ...]]:
    found = _lines(campaign, wanted, on).order_by(*_ordered(order))
    told = beside(on=on) if beside else {}
    return found.values_list(*KEPT, *(told[name] for name in BESIDE if told))


def _sums(campaign: int, wanted: LineFilter, on: date) -> QuerySet[RegisterLine, tuple[Any, ...]]:
    return _added(_meant(campaign, wanted, on).order_by().values_list("gone", "stage"), on)


def _sums_kept(campaign: int, on: date) -> QuerySet[RegisterSum, tuple[Any, ...]]:
    kept = RegisterSum.objects.filter(campaign=campaign, day=on).order_by("pk")
    return kept.values_list("gone", "stage", *SUMMED)


def _added(
    lines: QuerySet[RegisterLine, tuple[Any, ...]], on: date
) -> QuerySet[RegisterLine, tuple[Any, ...]]:
    """The groups of lines with what they come to, in the order of SUMMED."""
    late = Q(due__lt=on)
    said = {
        "new": Q(plan_class="new"),
        "late_start": late & Q(next_kind="planned_start"),
        "late_finish": late & Q(next_kind="planned_finish"),
        "moved": Q(moves__gt=0),
        "unreported": _unreported(on),
    }
    return lines.annotate(
        many=Count("id"), cost=Sum("total"), planned=Sum("year_plan"), done=Sum("year_done"),
        **{name: Count(Case(When(q, then=1))) for name, q in said.items()},
    )  # fmt: skip


def _line(said: dict[str, Any]) -> LineRow:
    """A row with days and sums as such, whatever the database keeps them as."""
    for name in DAYS:
        said[name] = day_of(said[name])
    for name in AMOUNTS:
        said[name] = sum_of(said[name])
    said["project__uid"] = UUID(str(said["project__uid"]))
    return LineRow(**said)


def _lines(campaign: int, wanted: LineFilter, on: date) -> QuerySet[RegisterLine]:
    found = _meant(campaign, wanted, on)
    if wanted.stage == GONE_STAGE:
        return found.filter(gone=True)
    found = found.filter(gone=False)
    if wanted.stage:
        found = found.filter(stage="" if wanted.stage == NONE else wanted.stage)
    return found


def _meant(campaign: int, wanted: LineFilter, on: date) -> QuerySet[RegisterLine]:
    """What a filter means, whatever stage it names."""
    found = RegisterLine.objects.filter(campaign=campaign)
    for said in words_meant(wanted.words):
        heard = Q(initials__contains=said) if said.isascii() else Q()
        found = found.filter(Q(names__contains=said) | heard)
    if wanted.words.strip() and not words_meant(wanted.words):
        found = found.filter(names="")  # no line has none: signs that mean nothing find nothing
    same = {
        "project__township__short_name": wanted.township,
        "project__category": wanted.category,
        "project__industry__startswith": wanted.industry,
        "project__action__name": wanted.action,
        "plan_class": wanted.plan_class,
        "total__gte": wanted.least,
        "total__lte": wanted.most,
    }
    found = found.filter(**{name: value for name, value in same.items() if value not in ("", None)})
    if wanted.listed is not None:
        members = ListMembership.objects.filter(in_force(on), list__uid=wanted.listed)
        found = found.filter(project__in=members.values("project"))
    for keys, whose in wanted.within:
        found = found.filter(project__in=keys(whose, on=on))
    return found.filter(_states(on)[wanted.state]) if wanted.state else found


def words_meant(typed: str) -> list[str]:
    """What of words that are looked for is compared; empty where they are signs alone."""
    words = (folded(word)[:LONGEST] for word in typed[: LONGEST * 2].split())
    return [word for word in words if word]


def states() -> tuple[str, ...]:
    """The states a list can be asked for."""
    return tuple(_states(date.min))


def _states(on: date) -> dict[str, Q]:
    late = Q(due__lt=on)
    return {
        "late": late,
        "late_start": late & Q(next_kind="planned_start"),
        "late_finish": late & Q(next_kind="planned_finish"),
        "moved": Q(moves__gt=0),
        "unreported": _unreported(on),
        "stopped": ~Q(standing=Standing.ACTIVE),
        "no_code": Q(project__code=""),
        "no_plan": Q(year_plan__isnull=True),
    }


def _unreported(on: date) -> Q:
    """Under construction and without money in the month before this one: while a month runs,
    its last day included, nobody owes it."""
    last = "" if on == date.min else month_before(on)
    return Q(stage__in=BUILDING, standing=Standing.ACTIVE, last_month__lt=last)


def _ordered(order: Sequence[tuple[str, bool]]) -> list[OrderBy]:
    keys = [
        F(SORTS[key]).desc(nulls_last=True) if down else F(SORTS[key]).asc(nulls_last=True)
        for key, down in order
        if key in SORTS
    ]
    return [*keys, F("project_id").asc()]


def lines_meant(campaign: int, wanted: LineFilter, *, on: date) -> QuerySet[RegisterLine]:
    """The lines of a filter, by the key of the campaign, for a chart that groups them. No query by
    itself."""
    return _lines(campaign, wanted, on)

"""What units are asked about a version of the list, what they said, and what is decided."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from gongjian.engine.workdays import CHINESE_WORKDAYS
from gongjian.flow.duties.models import Duty, DutyList, Opinion
from gongjian.flow.duties.queries.lists import AskedLine, lines_of_list
from gongjian.flow.duties.queries.sheets import Key
from gongjian.flow.plan.models import Campaign
from gongjian.foundation.orgs.models import Unit, User
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Missing

Answer = Opinion.Answer


@dataclass(slots=True)
class UnitReplies:
    """How one unit answered."""

    unit: str
    code: str
    uid: UUID
    order: int
    asked: int = 0
    claimed: int = 0
    objected: int = 0
    open: int = 0
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Consultation:
    """How far the asking is: by unit, and what the office has to decide.

    A unit stands once in claimed_by, objected_by and unanswered_by: one that objected to a line is
    there for that, whatever it has not answered yet.
    """

    units: tuple[UnitReplies, ...]
    opinions: int
    waiting: int
    silent: int
    undecided: int
    claimed_by: int
    objected_by: int
    unanswered_by: int
    workdays_left: int
    over: bool


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One opinion, ready to print."""

    uid: UUID
    line: str
    line_uid: UUID
    asked: AskedLine | None
    unit: str
    unit_uid: UUID
    role: str
    role_label: str
    state: str
    due_at: datetime
    answered_at: datetime | None
    answered_by: str
    paper: str
    better: str
    better_uid: UUID | None
    reason: str
    outcome: str
    sentence: str
    decided_by: str
    decided_at: datetime | None
    because_of: str
    version: int
    asks: list["OpinionRow"] = field(default_factory=list)

    @property
    def unheard(self) -> "OpinionRow | None":
        """Who was asked because of this objection and may still answer: nothing moves before."""
        return next((one for one in self.asks if one.state == "open"), None)


def consultation(duties: DutyList, *, at: datetime) -> Consultation:
    """How far the asking of a version is. One query."""
    by_unit: dict[int, UnitReplies] = {}
    waiting = silent = undecided = total = 0
    for opinion in standing_opinions(duties):
        state = state_of(opinion, at=at)
        if state == "over":
            continue
        unit = opinion.unit
        told = by_unit.setdefault(
            unit.pk, UnitReplies(unit.short_name, unit.code, unit.uid, unit.order)
        )
        total += 1
        told.asked += 1
        told.claimed += state == "claimed"
        told.objected += state == "objected"
        told.open += state == "open"
        told.silent += state == "silent"
        waiting += state == "open"
        silent += state == "silent"
        undecided += _wants_decision(opinion, state)
    units = tuple(sorted(by_unit.values(), key=lambda told: (told.order, told.code)))
    last = duties.due_at or at
    return Consultation(
        units=units,
        opinions=total,
        waiting=waiting,
        silent=silent,
        undecided=undecided,
        claimed_by=sum(told.claimed == told.asked for told in units),
        objected_by=sum(bool(told.objected) for told in units),
        unanswered_by=sum(told.claimed < told.asked and not told.objected for told in units),
        workdays_left=CHINESE_WORKDAYS.workdays_after(local_day(at), local_day(last)),
        over=at >= last,
    )


def standing_opinions(duties: DutyList) -> QuerySet[Opinion]:
    """The opinions of a version that still mean somebody, with all a row prints."""
    return (
        Opinion.objects.filter(line__list=duties, withdrawn_at__isnull=True)
        .select_related("unit", "line", "better", "answered_by", "decided_by", "because_of__unit")
        .order_by("line__order", *_order_of_units(duties), "pk")
    )


def _order_of_units(duties: DutyList) -> tuple[Case | str, ...]:
    """How the units of a line stand on the papers of a version: the lead first, roles together."""
    if duties.unit_order == DutyList.UnitOrder.GIVEN:
        return ()
    roles = [When(role=role, then=Value(place)) for place, role in enumerate(Duty.Role)]
    return Case(*roles), "unit__order", "unit__code"


def silent_of(duties: DutyList, *, at: datetime) -> list[UUID]:
    """What nobody answered in time and nobody decided yet. One query."""
    found = standing_opinions(duties).filter(
        because_of__isnull=True, answer=Answer.NONE, outcome="", due_at__lte=at
    )
    return list(found.values_list("uid", flat=True))


def silent_units(duties: DutyList, *, at: datetime) -> dict[Key, str]:
    """The units of each line that did not answer in time, as a list prints them. One query."""
    found: dict[Key, list[str]] = {}
    for opinion in standing_opinions(duties):
        if opinion.because_of_id is None and state_of(opinion, at=at) == "silent":
            found.setdefault(opinion.line.subject_key, []).append(opinion.unit.short_name)
    return {key: _("、").join(names) for key, names in found.items()}


def state_of(opinion: Opinion, *, at: datetime) -> str:
    """open, silent, claimed or objected: no answer after the hour is silence, never consent.

    over: asked because of an objection, which was decided before this unit answered.
    """
    if opinion.because_of_id is not None and opinion.outcome and opinion.answer == Answer.NONE:
        return "over"
    return silent_or(opinion.answer, opinion.due_at, at=at)


def silent_or(answer: str, due_at: datetime, *, at: datetime) -> str:
    """The state of an answer that was due at an hour."""
    if answer != Answer.NONE:
        return answer
    return "silent" if at >= due_at else "open"


def opinion_rows(
    duties: DutyList,
    *,
    at: datetime,
    lines: Mapping[Key, AskedLine],
    unit: UUID | None = None,
    only: Collection[UUID] | None = None,
) -> list[OpinionRow]:
    """The opinions of a version; what was asked because of an objection stands under it.

    `only` names the lines that are looked at. One query.
    """
    found = standing_opinions(duties)
    if unit is not None:
        found = found.filter(unit__uid=unit)
    if only is not None:
        found = found.filter(line__uid__in=only)
    rows = {opinion.pk: opinion_row(opinion, at=at, lines=lines) for opinion in found}
    top: list[OpinionRow] = []
    for opinion in found:
        home = rows.get(opinion.because_of_id or 0)
        (home.asks if home else top).append(rows[opinion.pk])
    return top


def ask_rows(
    reader: User, *, on: date, at: datetime, campaign: Campaign | None = None
) -> list[OpinionRow]:
    """What the reader's unit was asked in the newest version it was asked about; open ones first.

    `campaign` asks for the newest of its versions alone.

    A constant number of queries.
    """
    if reader.unit is None:
        return []
    asked = asked_lists(reader.unit, campaign=campaign)
    if not asked:
        return []
    found = standing_opinions(asked[0]).filter(unit=reader.unit)
    lines = lines_of_list(asked[0], on=on).lines
    rows = [opinion_row(opinion, at=at, lines=lines) for opinion in found]
    return sorted(rows, key=lambda row: row.state != "open")


def opinion_row(opinion: Opinion, *, at: datetime, lines: Mapping[Key, AskedLine]) -> OpinionRow:
    because, asked = opinion.because_of, lines.get(opinion.line.subject_key)
    return OpinionRow(
        uid=opinion.uid,
        line_uid=opinion.line.uid,
        line=f"{asked.line.code} {asked.line.title}" if asked else "",
        asked=asked,
        unit=opinion.unit.short_name,
        unit_uid=opinion.unit.uid,
        role=opinion.role,
        role_label=opinion.get_role_display(),
        state=state_of(opinion, at=at),
        due_at=opinion.due_at,
        answered_at=opinion.answered_at,
        answered_by=opinion.answered_by.display_name if opinion.answered_by else "",
        paper=opinion.paper,
        better=opinion.better.short_name if opinion.better else "",
        better_uid=opinion.better.uid if opinion.better else None,
        reason=opinion.reason,
        outcome=opinion.get_outcome_display() if opinion.outcome else "",
        sentence=opinion.sentence,
        decided_by=opinion.decided_by.display_name if opinion.decided_by else "",
        decided_at=opinion.decided_at,
        because_of=because.unit.short_name if because else "",
        version=opinion.version,
    )


def opinion_by_uid(uid: UUID) -> Opinion:
    """One opinion with its line and list. Missing where there is none."""
    found = Opinion.objects.select_related(
        "line__list__campaign", "unit", "better", "because_of__unit"
    ).filter(uid=uid)
    opinion = found.first()
    if opinion is None:
        raise Missing("opinion.missing", _("没有这一条征求意见。"))
    return opinion


def opinions_named(uids: Iterable[UUID]) -> list[Opinion]:
    """The opinions a form speaks of. Missing where one is not there. One query."""
    wanted = set(uids)
    found = list(
        Opinion.objects.select_related("line__list__campaign", "unit").filter(uid__in=wanted)
    )
    if len(found) != len(wanted):
        raise Missing("opinion.missing", _("有的条目刚被改过。请刷新后再办。"))
    return found


def asked_lists(unit: Unit, *, campaign: Campaign | None = None) -> list[DutyList]:
    """The versions a unit was asked about, newest first; of one campaign. One query."""
    mine = Q(lines__opinions__unit=unit, lines__opinions__withdrawn_at__isnull=True)
    found = DutyList.objects.filter(mine).select_related("campaign").distinct()
    if campaign is not None:
        found = found.filter(campaign=campaign)
    return list(found.order_by("-sent_at", "-pk"))


def waiting_asks(reader: User, *, at: datetime) -> int:
    """How many lines a unit may still answer. One query."""
    return _waiting(reader, at=at).count()


def waiting_years(reader: User, *, at: datetime) -> dict[int, int]:
    """{year: how many lines of its list a unit may still answer}, earliest first. One query."""
    years = _waiting(reader, at=at).values_list("line__list__campaign__year", flat=True)
    return dict(sorted(Counter(years).items()))


def asks_due(reader: User, *, at: datetime) -> datetime | None:
    """Until when a unit has to answer the first of them. One query."""
    return _waiting(reader, at=at).order_by("due_at").values_list("due_at", flat=True).first()


def _waiting(reader: User, *, at: datetime) -> QuerySet[Opinion]:
    if reader.unit_id is None:
        return Opinion.objects.none()
    return Opinion.objects.filter(
        unit=reader.unit_id,
        withdrawn_at__isnull=True,
        answer=Answer.NONE,
        outcome="",
        due_at__gt=at,
        line__list__state=DutyList.State.CONSULTING,
    )


def heard(opinion: Opinion, *, at: datetime) -> bool:
    """Whether the unit an objection names has answered or had its time. One query."""
    asks = opinion.asks.filter(withdrawn_at__isnull=True)
    return not asks.filter(answer=Answer.NONE, due_at__gt=at).exists()


def _wants_decision(opinion: Opinion, state: str) -> bool:
    """Objections and silences do; what was only asked because of an objection follows it."""
    return not opinion.outcome and opinion.because_of_id is None and state in ("objected", "silent")

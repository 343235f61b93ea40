"""What is open in a post, and the lists that were made when posts changed hands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.engine.workdays import CHINESE_WORKDAYS
from gongjian.flow.duties.models import (
    Duty,
    DutyList,
    Handover,
    Opinion,
    Sponsorship,
    TaskForceMember,
)
from gongjian.flow.duties.queries.subjects import (
    Subject,
    campaign_of,
    code_of,
    kind_of,
    name_of,
)
from gongjian.flow.plan.models import Target, Task
from gongjian.flow.plan.queries import standing
from gongjian.foundation.orgs.models import Post, User
from gongjian.foundation.orgs.queries import in_force
from gongjian.foundation.orgs.rules import KEEP_OFFICE, allows
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Missing

SUBJECTS = (
    "action__campaign",
    "target__action__campaign",
    "task__action__campaign",
    "project__campaign",
)
Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One handover of the list: who hands what to whom, and who has signed."""

    uid: UUID
    post: str
    unit: str
    giver: str
    receiver: str
    day: date
    due_date: date
    items: int
    given_at: datetime | None
    received_at: datetime | None
    days_late: int

    @property
    def done(self) -> bool:
        return self.received_at is not None and (self.given_at is not None or not self.giver)


def open_items(post: Post, *, on: date) -> list[Item]:
    """What hangs on a post on a day: what its holder leads and sponsors, teams, the unit's duties.

    Under an action that is led stand its targets and tasks with their deadlines, but those that
    another leader leads. Units' duties and open questions belong to the head of the unit. Every
    item says its year. A constant number of queries.
    """
    items = [*_led(post, on), *_below(post, on), *_teams(post, on)]
    if post.kind == Post.Kind.HEAD:
        items += [*_duties(post, on), *_asked(post)]
    return [*items, *_papers()]


def handover_rows(
    reader: User,
    *,
    on: date,
    state: str = "",
    words: str = "",
    year: int | None = None,
    offset: int = 0,
    limit: int = 40,
) -> list[HandoverRow]:
    """Handovers a reader may see, the newest first; `year` is that of their day, and what is
    counted of each is of that year. One query."""
    found = _handovers(reader, state, words, year).select_related("post__unit", "giver", "receiver")
    return [_row(handover, on, year) for handover in found[offset : offset + limit]]


def count_handovers(
    reader: User, *, state: str = "", words: str = "", year: int | None = None
) -> int:
    return _handovers(reader, state, words, year).count()


def handovers_to_sign(reader: User, *, on: date) -> list[HandoverRow]:
    """Those that wait for the reader's own signature, the earliest due first. One query."""
    give = Q(giver__account=reader.pk, given_at__isnull=True)
    take = Q(receiver__account=reader.pk, received_at__isnull=True)
    found = Handover.objects.filter(give | take).select_related("post__unit", "giver", "receiver")
    return [_row(handover, on, None) for handover in found.order_by("due_date", "pk")]


def handover_by_uid(uid: UUID) -> Handover:
    """One handover with its two sides. Missing where there is none."""
    found = Handover.objects.select_related(
        "post__unit", "giver", "receiver", "given_by", "received_by", "made_by"
    ).filter(uid=uid)
    handover = found.first()
    if handover is None:
        raise Missing("handover.missing", _("没有这份交接清单。"))
    return handover


def _handovers(reader: User, state: str, words: str, year: int | None = None) -> QuerySet[Handover]:
    found = Handover.objects.all() if year is None else Handover.objects.filter(day__year=year)
    if not allows(KEEP_OFFICE, reader):
        found = found.filter(Q(giver__account=reader.pk) | Q(receiver__account=reader.pk))
    if words:
        found = found.filter(
            Q(post__name__icontains=words)
            | Q(post__unit__short_name__icontains=words)
            | Q(giver__name__icontains=words)
            | Q(receiver__name__icontains=words)
        )
    signed = Q(received_at__isnull=False) & (Q(given_at__isnull=False) | Q(giver__isnull=True))
    if state == "open":
        return found.exclude(signed)
    return found.filter(signed) if state == "done" else found


def _row(handover: Handover, on: date, year: int | None) -> HandoverRow:
    items = [item for item in handover.items if year in (None, item.get("year", year))]
    return HandoverRow(
        uid=handover.uid,
        post=handover.post.name,
        unit=handover.post.unit.short_name,
        giver=handover.giver.name if handover.giver else "",
        receiver=handover.receiver.name if handover.receiver else "",
        day=handover.day,
        due_date=handover.due_date,
        items=len(items),
        given_at=handover.given_at,
        received_at=handover.received_at,
        days_late=CHINESE_WORKDAYS.workdays_after(handover.due_date, on),
    )


def _led(post: Post, on: date) -> Iterator[Item]:
    rows = Sponsorship.objects.filter(in_force(on), post=post).select_related(*SUBJECTS)
    for row in rows.order_by("role", "pk"):
        yield _item(row.role, row.get_role_display(), row, row.basis)


def _below(post: Post, on: date) -> Iterator[Item]:
    """The targets and tasks of the actions a post leads, in the plan's order. Four queries."""
    leads = Sponsorship.objects.filter(in_force(on))
    actions = list(leads.filter(post=post, action__isnull=False).values_list("action", flat=True))
    works: list[Target | Task] = []
    for table, kind in ((Target, "target"), (Task, "task")):
        own = leads.filter(**{f"{kind}__action__in": actions}).values(kind)
        found = table.objects.filter(standing(on), action__in=actions).exclude(pk__in=own)
        works += found.select_related("action__campaign")
    for work in sorted(works, key=_place):
        yield _item_of("led_work", str(_("随行动牵头")), work, "")


def _place(work: Target | Task) -> tuple[int, int, bool, int]:
    action = work.action
    return action.campaign.year, action.seq, isinstance(work, Task), work.seq


def _teams(post: Post, on: date) -> Iterator[Item]:
    places = TaskForceMember.objects.filter(in_force(on), post=post)
    for place in places.select_related(*(f"force__{name}" for name in SUBJECTS)):
        item = _item("force", place.get_role_display(), place.force, place.force.basis)
        yield item | {"words": f"{place.force.name}（{item['words']}）"}


def _duties(post: Post, on: date) -> Iterator[Item]:
    duties = Duty.objects.filter(in_force(on), unit=post.unit_id, confirmed_at__isnull=False)
    for duty in duties.exclude(role=Duty.Role.SUPPORTING).select_related(*SUBJECTS):
        yield _item("duty", duty.get_role_display(), duty, duty.basis)


def _asked(post: Post) -> Iterator[Item]:
    open_ones = Opinion.objects.filter(
        unit=post.unit_id,
        answer=Opinion.Answer.NONE,
        withdrawn_at__isnull=True,
        outcome="",
        line__list__state=DutyList.State.CONSULTING,
    )
    for opinion in open_ones.select_related(*(f"line__{name}" for name in SUBJECTS)):
        item = _item("opinion", str(_("征求意见未答复")), opinion.line, "")
        yield item | {"deadline": local_day(opinion.due_at).isoformat()}


def _papers() -> Iterator[Item]:
    issued = DutyList.objects.filter(state=DutyList.State.ISSUED).select_related("campaign")
    for one in issued.order_by("campaign__year", "number"):
        year = one.campaign.year
        words = _("%(year)s年责任清单 V%(number)s") % {"year": year, "number": one.number}
        yield {
            "group": "paper",
            "role": "",
            "words": words,
            "deadline": "",
            "year": year,
            "basis": one.doc_no,
        }


def _item(group: str, role: str, row: Any, basis: str) -> Item:
    return _item_of(group, role, getattr(row, row.subject_key[0]), basis)


def _item_of(group: str, role: str, subject: Subject, basis: str) -> Item:
    deadline = getattr(subject, "deadline", None)
    return {
        "group": group,
        "role": role,
        "kind": kind_of(subject),
        "uid": str(subject.uid),
        "words": " ".join(filter(None, (code_of(subject), name_of(subject)))),
        "deadline": deadline.isoformat() if deadline else "",
        "year": campaign_of(subject).year,
        "basis": basis,
    }

"""Naming the post whose holder leads a piece of work or sponsors a project."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.duties import rules
from gongjian.flow.duties.models import DutyList, Sponsorship
from gongjian.flow.duties.queries import (
    Subject,
    campaign_of,
    issued_list,
    kind_of,
    leaders_over_each,
    list_in_the_making,
    subject_key,
)
from gongjian.flow.duties.usecases.asking import ask_what_differs
from gongjian.flow.projects.models import Project
from gongjian.foundation.orgs.models import Post, User
from gongjian.foundation.records.usecases import Deed, note, note_each
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict


@dataclass(frozen=True, slots=True)
class Naming:
    """Which post is to lead or sponsor one piece of work; `seen` is the row a form shows."""

    subject: Subject
    post: Post
    basis: str = ""
    seen: UUID | None = None
    from_form: bool = False


def name_leader(
    subject: Subject,
    post: Post,
    *,
    basis: str = "",
    by: User,
    at: datetime,
    seen: UUID | None = None,
    from_form: bool = False,
) -> Sponsorship:
    """Say which post leads or sponsors something from today; who did before ends today.

    Who leads stands in the list, so it obeys its state as units do; who sponsors a project does
    not. `seen` is the row the form was filled from. Refused: office.only, leader.post-ended,
    leader.post-kind, duty.too-long, duty.list-closed, duty.no-basis; Conflict: leader.changed.
    """
    return name_leaders([Naming(subject, post, basis, seen, from_form)], by=by, at=at)[0]


@transaction.atomic
def name_leaders(rows: Sequence[Naming], *, by: User, at: datetime) -> list[Sponsorship]:
    """Name the leaders of many pieces of work, each under the same rules and with its own entries
    in the log; all of them, or none. No piece of work twice. Refused as name_leader."""
    day = local_day(at)
    consulted = list(dict.fromkeys(filter(None, (_allowed(row, by=by, on=day) for row in rows))))
    standing = leaders_over_each([row.subject for row in rows])
    deeds: list[Deed] = []
    ended: list[Sponsorship] = []
    replaced: list[Sponsorship] = []
    named: list[Sponsorship] = []
    fresh: list[Sponsorship] = []
    for row in rows:
        there = standing.get(subject_key(row.subject))
        if row.from_form and (there.uid if there else None) != row.seen:
            raise _conflict(there, row.post)
        if there is not None and there.post_id == row.post.pk and there.basis == row.basis.strip():
            named.append(there)
            continue
        if there is not None and there.valid_from >= day:
            deeds.append(Deed("leader.replaced", removed=(there,)))
            replaced.append(there)
        elif there is not None:
            there.valid_to = day
            there.version += 1
            deeds.append(Deed("leader.ended", (there,)))
            ended.append(there)
        named.append(_named(row, day))
        fresh.append(named[-1])
        deeds.append(Deed("leader.named", (named[-1],)))
    Sponsorship.objects.bulk_update(ended, ["valid_to", "version"])
    Sponsorship.objects.filter(pk__in=[one.pk for one in replaced]).delete()
    Sponsorship.objects.bulk_create(fresh)
    note_each(deeds, by=by, at=at)
    for making in consulted:
        ask_what_differs(making, by=by, at=at)
    return named


@transaction.atomic
def take_back_leaders(rows: Sequence[Sponsorship], *, by: User, at: datetime) -> None:
    """Remove leaders who were named by mistake where nobody was before; the log keeps it.

    Refused: office.only.
    """
    rules.check_can_assign(by)
    if rows:
        note("leader.unnamed", removed=rows, by=by, at=at, facts={"count": len(rows)})
        Sponsorship.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _allowed(row: Naming, *, by: User, on: date) -> DutyList | None:
    """The rules of one naming; the list whose lines are put to units anew, if any."""
    if isinstance(row.subject, Project):
        rules.check_can_name_leader(row.post, basis=row.basis, by=by, on=on)
        return None
    campaign = campaign_of(row.subject)
    making, issued = list_in_the_making(campaign), issued_list(campaign) is not None
    rules.check_can_name_lead_leader(row.post, making, issued=issued, basis=row.basis, by=by, on=on)
    return making if making is not None and making.state == DutyList.State.CONSULTING else None


def _named(row: Naming, day: date) -> Sponsorship:
    kind = kind_of(row.subject)
    role = Sponsorship.Role.SPONSOR if kind == "project" else Sponsorship.Role.LEAD_LEADER
    return Sponsorship(
        **{kind: row.subject}, role=role, post=row.post, basis=row.basis.strip(), valid_from=day
    )


def _conflict(theirs: Sponsorship | None, mine: Post) -> Conflict:
    label = str(_("岗位"))
    return Conflict(
        "leader.changed",
        _("领导刚被别人改过，你的改动没有保存。"),
        mine={label: mine.name},
        theirs={label: theirs.post.name if theirs else str(_("未定"))},
    )

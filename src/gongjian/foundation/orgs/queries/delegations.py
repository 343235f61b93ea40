"""Who does whose acts, and which rights were passed: what can be asked of both."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import (
    ADMINISTRATORS,
    Bypass,
    Delegation,
    Link,
    RoleGrant,
    Unit,
    User,
)
from gongjian.foundation.orgs.queries.people import in_force
from gongjian.foundation.records.queries import prepared
from gongjian.lib.refusals import Missing


def links_of(*accounts: int) -> tuple[Link, ...]:
    """With whom accounts were one hand, on either side of a delegation. One query.

    The last day counts: what was done on the day a delegation was taken back was done under it.
    """
    return tuple(
        Link(other, since, until)
        for giver, receiver, since, until in _delegations(accounts=accounts)
        for other in (giver, receiver)
        if other not in accounts
    )


@prepared
def _delegations(
    *, accounts: Collection[int]
) -> QuerySet[Delegation, tuple[int, int, date, date | None]]:
    rows = Delegation.objects.filter(Q(giver__in=accounts) | Q(receiver__in=accounts))
    return rows.values_list("giver_id", "receiver_id", "valid_from", "valid_to")


def standing_in(user: User, delegation: UUID, *, on: date) -> bool:
    """Let an account do another's business acts, if that delegation runs. Three queries at most.

    The account stays who it is: what it does is done and kept under its own key. Only its roles
    and its unit are for this request those of the giver.
    """
    row = (
        Delegation.objects.filter(in_force(on), uid=delegation, receiver=user.pk)
        .filter(giver__is_active=True)
        .select_related("giver__unit")
        .first()
    )
    if row is None or not user.is_active:
        return False
    held = RoleGrant.objects.in_force(on).filter(user=row.giver_id)
    user.roles = frozenset(held.values_list("role", flat=True)) - ADMINISTRATORS
    user.unit, user.acting_for, user.delegation = row.giver.unit, row.giver, row.uid
    user.read_links, user.seen = partial(links_of, user.pk, row.giver_id), None
    user.__dict__.pop("links", None)  # those of the account alone, if a rule had asked
    return True


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """One delegation as both sides see it, ready to print."""

    uid: UUID
    giver: str
    receiver: str
    since: date
    last: date | None
    reason: str
    state: str
    running: bool
    may_end: bool


def delegations_given(user: User, *, on: date, limit: int = 20) -> list[DelegationRow]:
    """What somebody gave, the newest first. One query."""
    return _rows(Delegation.objects.filter(giver=user.pk), on, limit)


def delegations_received(user: User, *, on: date, limit: int = 20) -> list[DelegationRow]:
    """What somebody received, the newest first. One query."""
    return _rows(Delegation.objects.filter(receiver=user.pk), on, limit)


def running_delegations(user: User, *, on: date) -> list[DelegationRow]:
    """For whom somebody may act today. One query."""
    return _rows(Delegation.objects.filter(in_force(on), receiver=user.pk), on, 20)


def delegations_between(since: date, until: date) -> list[Delegation]:
    """All delegations that run on a day of these. One query."""
    return list(Delegation.objects.filter(valid_from__lt=until, valid_to__gt=since))


def delegation_by_uid(uid: UUID, *, of: User) -> Delegation:
    """A delegation somebody gave. Missing where it is another's."""
    row = Delegation.objects.filter(uid=uid, giver=of.pk).first()
    if row is None:
        raise Missing("delegation.missing", _("没有这项委托，或者不是你委托的。"))
    return row


def may_receive(user: User) -> list[User]:
    """The open accounts of somebody's own unit, without their own. One query."""
    if user.unit_id is None:
        return []
    rows = User.objects.filter(unit=user.unit_id, is_active=True).exclude(pk=user.pk)
    return list(rows.order_by("pk"))


def _rows(found: QuerySet[Delegation], on: date, limit: int) -> list[DelegationRow]:
    rows = found.select_related("giver", "receiver").order_by("-valid_from", "-pk")
    return [_row(one, on) for one in rows[:limit]]


def _row(one: Delegation, on: date) -> DelegationRow:
    over = one.valid_to is not None and one.valid_to <= on
    ahead = one.valid_from > on
    return DelegationRow(
        uid=one.uid,
        giver=one.giver.display_name,
        receiver=one.receiver.display_name,
        since=one.valid_from,
        last=one.valid_to - timedelta(days=1) if one.valid_to else None,
        reason=one.reason,
        state=_("已结束") if over else _("未开始") if ahead else _("委托中"),
        running=not over and not ahead,
        may_end=not over,
    )


@dataclass(frozen=True, slots=True)
class BypassRow:
    """One case in which a right was passed, ready to print."""

    account: str
    unit: str
    title: str
    reason: str
    at: datetime


def bypass_rows(*, unit: Unit | None = None, offset: int = 0, limit: int = 40) -> list[BypassRow]:
    """Cases that concern a unit, or all; the newest first. One query."""
    rows = _bypasses(unit).select_related("account", "unit")[offset : offset + limit]
    return [
        BypassRow(row.account.display_name, row.unit.short_name, row.title, row.reason, row.at)
        for row in rows
    ]


def count_bypasses(*, unit: Unit | None = None) -> int:
    return _bypasses(unit).count()


def opened_past(reader: User, kind: str) -> QuerySet[Bypass, UUID]:
    """What a reader has opened past a right today: uids of rows of a kind, for a subquery."""
    if reader.day is None:
        return Bypass.objects.none().values_list("subject", flat=True)
    found = Bypass.objects.filter(account=reader.pk, day=reader.day, kind=kind)
    return found.values_list("subject", flat=True)


def _bypasses(unit: Unit | None) -> QuerySet[Bypass]:
    return Bypass.objects.all() if unit is None else Bypass.objects.filter(unit=unit)

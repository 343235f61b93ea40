"""One's acts done by another for a while; a right passed in a single case."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gongjian.foundation.orgs.models import Bypass, Delegation, Unit, User
from gongjian.foundation.orgs.queries import delegations_between, held_roles
from gongjian.foundation.orgs.rules import delegations as rules
from gongjian.foundation.orgs.rules.rights import Right
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day


@transaction.atomic
def give_delegation(
    receiver: User, *, since: date, until: date, reason: str, by: User, at: datetime
) -> Delegation:
    """Let somebody do one's business acts from a day until before another. Refused: delegation.*"""
    User.objects.select_for_update().get(pk=by.pk)
    rules.check_can_give(
        by,
        receiver,
        held=held_roles(receiver, on=local_day(at)),
        since=since,
        until=until,
        reason=reason,
        running=delegations_between(since, until),
        today=local_day(at),
    )
    row = Delegation.objects.create(
        giver=by, receiver=receiver, reason=reason.strip(), valid_from=since, valid_to=until
    )
    note("delegation.given", row, by=by, at=at)
    return row


@transaction.atomic
def take_back_delegation(delegation: Delegation, *, by: User, at: datetime) -> Delegation:
    """End a delegation at once; one that had not begun never runs. Refused: delegation.*"""
    today = local_day(at)
    now = Delegation.objects.select_for_update().get(pk=delegation.pk)
    rules.check_can_take_back(now, by=by, today=today)
    now.valid_to = max(today, now.valid_from)
    now.save(update_fields=["valid_to"])
    note("delegation.taken-back", now, by=by, at=at)
    return now


def begin_standing_in(delegation: UUID, *, by: User, at: datetime) -> None:
    """Keep in the log that somebody begins to act for another."""
    note("delegation.begun", by=by, at=at, facts={"delegation": str(delegation)})


@transaction.atomic
def open_past(
    of: Right,
    *,
    unit: Unit,
    kind: str,
    subject: UUID,
    title: str,
    reason: str,
    by: User,
    at: datetime,
) -> Bypass:
    """Pass a right in one case, for the rest of the day. Rooms wrap this for rows of theirs.

    Refused: bypass.*, delegation.in-person, words.*.
    """
    rules.check_can_open_past(of, by=by, reason=reason)
    row = Bypass.objects.create(
        account=by,
        right=of.code,
        unit=unit,
        kind=kind,
        subject=subject,
        title=title[:120],
        reason=reason.strip(),
        day=local_day(at),
        at=at,
    )
    note("right.bypassed", row, by=by, at=at, facts={"right": of.code, "unit": unit.pk})
    return row

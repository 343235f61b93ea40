"""The steps of acceptance, each one guarded write: a row that moved meanwhile is left alone.

They write no log entry of their own: the room that owns the row notes its act, with its row.
Each step takes one row, or many at once under the same rules: all of them move, or none.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.foundation.acceptance import rules
from gongjian.foundation.acceptance.models import Acceptance, Level, State
from gongjian.foundation.acceptance.rules import Sides
from gongjian.foundation.orgs.models import User
from gongjian.lib.refusals import Refused

Sided = tuple[Acceptance, Sides]


def mark_filled(row: Acceptance, *, by: User, sides: Sides, at: datetime) -> None:
    """V0: sent in by its unit's reporter. Refused: report.not-yours, .not-open, .changed."""
    mark_all_filled([(row, sides)], by=by, at=at)


def mark_all_filled(rows: Sequence[Sided], *, by: User, at: datetime) -> None:
    """V0 for many. Refused as for one, and then none is sent in."""
    for row, sides in rows:
        rules.check_can_fill(row, by=by, sides=sides)
    _move(
        [row for row, _sides in rows],
        state=State.FILLED,
        level=Level.V0,
        filled_by=by,
        filled_at=at,
        checked_by=None,
        checked_at=None,
        confirmed_by=None,
        confirmed_at=None,
    )


def mark_all_brought(rows: Sequence[Acceptance], *, by: User, at: datetime) -> None:
    """V0 of what the office enters from a ledger: it waits for the head of the unit it is of.

    Refused: office.only, report.not-open, .changed.
    """
    for row in rows:
        rules.check_can_bring(row, by=by)
    _move(rows, state=State.FILLED, level=Level.V0, filled_by=by, filled_at=at)


def mark_withdrawn(row: Acceptance, *, by: User, at: datetime) -> None:
    """Back to the desk of who filled it. Refused: report.not-filled-by-you, .changed."""
    rules.check_can_withdraw(row, by=by)
    _move([row], state=State.DRAFT, filled_at=at)


def mark_checked(row: Acceptance, *, by: User, sides: Sides, at: datetime) -> None:
    """V1: checked by the unit's head; on to the lead unit where that is another one."""
    mark_all_checked([(row, sides)], by=by, at=at)


@transaction.atomic
def mark_all_checked(rows: Sequence[Sided], *, by: User, at: datetime) -> None:
    """V1 for many. Refused as for one, and then none is checked."""
    onward: dict[State, list[Acceptance]] = defaultdict(list)
    for row, sides in rows:
        rules.check_can_check(row, by=by, sides=sides)
        onward[State.CHECKED if sides.lead_is_another else State.CONFIRMED].append(row)
    for state, going in onward.items():
        _move(going, state=state, level=Level.V1, checked_by=by, checked_at=at)


def mark_confirmed(row: Acceptance, *, by: User, sides: Sides, at: datetime) -> None:
    """V2: confirmed by the lead unit."""
    mark_all_confirmed([(row, sides)], by=by, at=at)


def mark_all_confirmed(rows: Sequence[Sided], *, by: User, at: datetime) -> None:
    """V2 for many. Refused as for one, and then none is confirmed."""
    for row, sides in rows:
        rules.check_can_confirm(row, by=by, sides=sides)
    moved = [row for row, _sides in rows]
    _move(moved, state=State.CONFIRMED, level=Level.V2, confirmed_by=by, confirmed_at=at)


def mark_accepted(row: Acceptance, *, by: User, sides: Sides, at: datetime) -> None:
    """V3: accepted by the office; from here on the row is never changed."""
    mark_all_accepted([(row, sides)], by=by, at=at)


def mark_all_accepted(rows: Sequence[Sided], *, by: User, at: datetime) -> None:
    """V3 for many. Refused as for one, and then none is accepted."""
    for row, sides in rows:
        rules.check_can_accept(row, by=by, sides=sides)
    moved = [row for row, _sides in rows]
    _move(moved, state=State.ACCEPTED, level=Level.V3, accepted_by=by, accepted_at=at)


def mark_returned(row: Acceptance, *, by: User, sides: Sides, reason: str, at: datetime) -> None:
    """Back to the filling unit with the reason. Refused: report.no-reason and those of the step."""
    rules.check_can_return(row, by=by, sides=sides, reason=reason)
    _move(
        [row],
        state=State.RETURNED,
        level=Level.V0,
        returned_by=by,
        returned_at=at,
        return_reason=reason.strip()[:300],
    )


@transaction.atomic
def _move(rows: Sequence[Acceptance], **changes: Any) -> None:
    """Write only if each row still stands where it was read; two people at once count once."""
    alike: dict[tuple[type[Acceptance], str, int], list[Acceptance]] = defaultdict(list)
    for row in rows:
        alike[type(row), row.state, row.version].append(row)
    for (model, state, version), going in alike.items():
        still = model._default_manager.filter(
            pk__in=[row.pk for row in going], state=state, version=version
        )
        if still.update(**changes, version=version + 1) != len(going):
            raise Refused(
                "report.changed", _("这项刚被别人办过了。请刷新后再看，你的操作没有重复生效。")
            )
    for model in {type(row) for row in rows}:
        stands = model._default_manager.in_bulk([row.pk for row in rows if type(row) is model])
        for row in rows:
            if type(row) is model:
                _as_it_stands(row, stands[row.pk])


def _as_it_stands(row: Acceptance, stands: Acceptance) -> None:
    """The row with every column as it is kept now; what it points at is loaded anew when asked."""
    for column in row._meta.concrete_fields:
        value = getattr(stands, column.attname)
        if getattr(row, column.attname) != value:
            setattr(row, column.attname, value)

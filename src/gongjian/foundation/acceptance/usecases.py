"""The steps of acceptance, each one guarded write: a row that moved meanwhile is left alone.

They write no log entry of their own: the room that owns the row notes its act, with its row.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjian.foundation.acceptance import rules
from gongjian.foundation.acceptance.models import Acceptance, Level, State
from gongjian.foundation.acceptance.rules import Sides
from gongjian.foundation.orgs.models import User
from gongjian.lib.refusals import Refused


def mark_filled(row: Acceptance, *, by: User, sides: Sides, at: datetime) -> None:
    """V0: sent in by its unit's reporter. Refused: report.not-yours, .not-open, .changed."""
    rules.check_can_fill(row, by=by, sides=sides)
    _move(
        row,
        state=State.FILLED,
        level=Level.V0,
        filled_by=by,
        filled_at=at,
        checked_by=None,
        checked_at=None,
        confirmed_by=None,
        confirmed_at=None,
    )


def mark_withdrawn(row: Acceptance, *, by: User, at: datetime) -> None:
    """Back to the desk of who filled it. Refused: report.not-filled-by-you, .changed."""
    rules.check_can_withdraw(row, by=by)
    _move(row, state=State.DRAFT, filled_at=at)


def mark_checked(row: Acceptance, *, by: User, sides: Sides, at: datetime) -> None:
    """V1: checked by the unit's head; on to the lead unit where that is another one."""
    rules.check_can_check(row, by=by, sides=sides)
    onward = State.CHECKED if sides.lead_is_another else State.CONFIRMED
    _move(row, state=onward, level=Level.V1, checked_by=by, checked_at=at)


def mark_confirmed(row: Acceptance, *, by: User, sides: Sides, at: datetime) -> None:
    """V2: confirmed by the lead unit."""
    rules.check_can_confirm(row, by=by, sides=sides)
    _move(row, state=State.CONFIRMED, level=Level.V2, confirmed_by=by, confirmed_at=at)


def mark_accepted(row: Acceptance, *, by: User, sides: Sides, at: datetime) -> None:
    """V3: accepted by the office; from here on the row is never changed."""
    rules.check_can_accept(row, by=by, sides=sides)
    _move(row, state=State.ACCEPTED, level=Level.V3, accepted_by=by, accepted_at=at)


def mark_returned(row: Acceptance, *, by: User, sides: Sides, reason: str, at: datetime) -> None:
    """Back to the filling unit with the reason. Refused: report.no-reason and those of the step."""
    rules.check_can_return(row, by=by, sides=sides, reason=reason)
    _move(
        row,
        state=State.RETURNED,
        level=Level.V0,
        returned_by=by,
        returned_at=at,
        return_reason=reason.strip()[:300],
    )


def _move(row: Acceptance, **changes: Any) -> None:
    """Write only if the row still stands where it was read; two people at once count once."""
    model = type(row)
    still = model._default_manager.filter(pk=row.pk, state=row.state, version=row.version)
    changes["version"] = row.version + 1
    if not still.update(**changes):
        raise Refused(
            "report.changed", _("这项刚被别人办过了。请刷新后再看，你的操作没有重复生效。")
        )
    row.refresh_from_db()

"""Giving one unit a part in many lines at once, as it was previewed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.queries import Subject, changes_in_bulk
from gongjian.flow.duties.usecases.assignment import assign_units
from gongjian.foundation.orgs.models import Unit, User
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict, Refused


@transaction.atomic
def assign_in_bulk(
    subjects: Sequence[Subject],
    unit: Unit,
    role: str,
    *,
    old_lead: str = "",
    seen: Mapping[UUID, str],
    basis: str = "",
    by: User,
    at: datetime,
) -> list[Subject]:
    """Do what the preview showed, all of it or nothing; lines it skipped are left alone.

    `seen` are the tokens of the preview. Refused: bulk.nothing, bulk.role, bulk.unit-ended,
    bulk.all-skipped, and what assign_units refuses; Conflict: bulk.changed.
    """
    if not subjects:
        raise Refused("bulk.nothing", _("还没有选条目。请先在清单里勾选，再批量改。"))
    if role not in Duty.Role.values:
        raise Refused("bulk.role", _("请选改成牵头、责任还是配合单位。"))
    if unit.valid_to is not None and unit.valid_to <= local_day(at):
        raise Refused(
            "bulk.unit-ended",
            _("“%(unit)s”已经撤并，请选现在的单位。") % {"unit": unit.short_name},
        )
    changes = changes_in_bulk(subjects, unit, role, old_lead=old_lead)
    moved = [change for change in changes if seen.get(change.uid) != change.token]
    if moved:
        raise Conflict(
            "bulk.changed",
            _("有 %(count)s 项刚被别人改过，这次一项也没有改。请看新的对照再确认。")
            % {"count": len(moved)},
            mine={change.name: change.after.lead for change in moved},
            theirs={change.name: change.before.lead for change in moved},
        )
    wanted = [
        (subject, change)
        for subject, change in zip(subjects, changes, strict=True)
        if not change.skipped
    ]
    if not wanted:
        raise Refused("bulk.all-skipped", _("选中的条目都不用改。"))
    for subject, change in wanted:
        assign_units(subject, change.allotment, by=by, at=at, basis=basis)
    return [subject for subject, _change in wanted]

"""Setting an installation up, and moving the clock of a demo."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.foundation.records.models import Installation
from gongjian.foundation.records.usecases.log import Actor, note
from gongjian.lib.refusals import Refused

LEAP = timedelta(days=366)


@transaction.atomic
def set_up_installation(
    kind: str, *, place: str, at: datetime, clock: datetime | None = None, one_person: bool = False
) -> Installation:
    """Say once what this installation is. Refused: installation.known."""
    if Installation.objects.exists():
        raise Refused("installation.known", _("这套系统已经初始化过，不能再做一次。"))
    row = Installation.objects.create(
        pk=1, kind=kind, place=place, clock=clock, one_person=one_person
    )
    note("installation.set-up", row, by=None, at=at, facts={"kind": kind})
    return row


@transaction.atomic
def move_clock(to: datetime, *, by: Actor | None, at: datetime) -> Installation:
    """Set a demo's clock forward, a year at most, since the worker lives through every month.

    Refused: clock.real, clock.backwards, clock.too-far.
    """
    row = Installation.objects.select_for_update().get(pk=1)
    if row.kind != Installation.Kind.DEMO:
        raise Refused("clock.real", _("这是正式安装，时钟不能拨动。"))
    if row.clock is not None and to < row.clock:
        raise Refused("clock.backwards", _("演示时钟只能往后拨：往回拨会打乱已经发生的事。"))
    if row.clock is not None and to > row.clock + LEAP:
        raise Refused("clock.too-far", _("演示时钟一次最多往后拨一年。分几次拨。"))
    row.clock = to
    row.save(update_fields=["clock"])
    note("clock.moved", row, by=by, at=at, facts={"to": to.isoformat()})
    return row

"""Registering the units of a county."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gongjian.foundation.orgs import rules
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.records.usecases import note
from gongjian.lib.refusals import Refused


@transaction.atomic
def register_units(units: Sequence[Unit], *, by: User | None, at: datetime) -> list[Unit]:
    """Keep units that were described but not yet saved, in the given order, after those there are.

    Refused: units.sys-admin-only, units.taken.
    """
    if by is not None:
        rules.check_can_register_units(by)
    last = Unit.objects.aggregate(last=Max("order"))["last"] or 0
    try:
        with transaction.atomic():
            for place, unit in enumerate(units, start=1):
                unit.order = last + place * 10
                unit.save(force_insert=True)
    except IntegrityError as twice:
        sentence = _("有的编码已经有单位用了，一个单位也没有登记。请刷新后核对。")
        raise Refused("units.taken", sentence) from twice
    note("units.registered", *units, by=by, at=at, facts={"count": len(units)})
    return list(units)

"""Registering the units of a county."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gongjian.foundation.orgs import rules
from gongjian.foundation.orgs.models import Region, Unit, User
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


@transaction.atomic
def register_regions(
    named: Mapping[str, str], *, by: User | None, at: datetime
) -> dict[str, Region]:
    """Keep administrative areas, {code: name}, each under the next wider one that is known.

    Refused: units.sys-admin-only.
    """
    if by is not None:
        rules.check_can_register_units(by)
    regions = {region.code: region for region in Region.objects.all()}
    fresh = [code for code in sorted(named) if code not in regions]
    for code in fresh:
        parent = next((regions[wider] for wider in _wider(code) if wider in regions), None)
        regions[code] = Region.objects.create(code=code, name=named[code], parent=parent)
    if fresh:
        note("regions.registered", *(regions[code] for code in fresh), by=by, at=at)
    return regions


def _wider(code: str) -> list[str]:
    """The codes of the areas an area lies in, the narrowest first: town, county, prefecture."""
    wider = [code[:9], code[:6], f"{code[:4]}00", f"{code[:2]}0000"]
    return [one for one in wider if one != code and len(one) <= len(code)]

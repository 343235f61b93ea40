"""Registering the units of a county."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.records.usecases import note


@transaction.atomic
def register_units(units: Sequence[Unit], *, by: User | None, at: datetime) -> list[Unit]:
    """Keep units that were described but not yet saved, in the given order."""
    for order, unit in enumerate(units, start=1):
        unit.order = order * 10
        unit.save(force_insert=True)
    note("units.registered", *units, by=by, at=at, facts={"count": len(units)})
    return list(units)

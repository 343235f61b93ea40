"""A unit ends or goes into another one once nothing is asked of it any more."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.duties.models import Duty
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.orgs.rules import check_can_register_units
from gongjian.foundation.orgs.usecases import end_unit, merge_unit
from gongjian.lib.refusals import Refused


@transaction.atomic
def close_unit(
    unit: Unit,
    *,
    into: Unit | None,
    on: date,
    basis: str,
    version: int,
    by: User,
    at: datetime,
) -> Unit:
    """End a unit, or merge it into another. Refused: unit.open-duties, and as the room of units."""
    check_can_register_units(by)
    open_duties = Duty.objects.filter(unit=unit, valid_to__isnull=True).count()
    if open_duties:
        raise Refused(
            "unit.open-duties",
            _("%(unit)s名下还有 %(n)s 项责任。请攻坚办先在责任清单里调整给承接单位，再撤并。")
            % {"unit": unit, "n": open_duties},
        )
    if into is None:
        return end_unit(unit, on=on, basis=basis, version=version, by=by, at=at)
    return merge_unit(unit, into=into, on=on, basis=basis, version=version, by=by, at=at)

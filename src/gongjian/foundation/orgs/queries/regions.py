"""Administrative areas, and who stands in one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import Region, Unit
from gongjian.lib.refusals import Missing


@dataclass(frozen=True, slots=True)
class RegionBelow:
    """An area within another one, with how many units stand in it."""

    uid: UUID
    code: str
    name: str
    units: int


def regions() -> list[Region]:
    """The administrative areas that are known, by code. One query."""
    return list(Region.objects.all())


def region_by_uid(uid: UUID) -> Region:
    """One area with the one it lies in. Missing where there is none."""
    found = Region.objects.select_related("parent__parent__parent").filter(uid=uid).first()
    if found is None:
        raise Missing("region.missing", _("没有这个区划。"))
    return found


def regions_below(region: Region, *, on: date) -> list[RegionBelow]:
    """The areas right within one, by code. One query."""
    standing = Q(units__in=Unit.objects.in_force(on))
    areas = region.below.annotate(held=Count("units", filter=standing))
    return [RegionBelow(one.uid, one.code, one.name, one.held) for one in areas]


def units_in_region(
    region: Region, *, on: date, words: str = "", offset: int = 0, limit: int | None = None
) -> list[Unit]:
    """The units of an area, in the office's order; not those of the areas below. One query."""
    found = _units_in(region, on, words)
    return list(found[offset : None if limit is None else offset + limit])


def count_units_in_region(region: Region, *, on: date, words: str = "") -> int:
    return _units_in(region, on, words).count()


def _units_in(region: Region, on: date, words: str) -> QuerySet[Unit]:
    found = Unit.objects.in_force(on).filter(region=region)
    if words:
        found = found.filter(
            Q(name__icontains=words) | Q(short_name__icontains=words) | Q(code__icontains=words)
        )
    return found

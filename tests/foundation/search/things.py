"""A room with a few things in it, for tests of the search."""

from datetime import UTC, datetime
from uuid import uuid4

from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.usecases import register_units
from gongjian.foundation.search.models import OFFICE_ONLY, Source, Thing

AT = datetime(2020, 6, 29, 2, tzinfo=UTC)
UNITS = Unit._meta.db_table
GROUP = {"a": "plan", "b": "units"}


class Room:
    """Its things may be changed between two looks."""

    def __init__(self, *things, key="a"):
        self.things = list(things)
        self.source = Source(key, GROUP[key], frozenset({UNITS}), lambda: self.things)


def thing(title, subtitle="", *names, audience="", order=0):
    return Thing(uuid4(), title, subtitle, names=names, page="plan", audience=audience, order=order)


def draft(title):
    return thing(title, audience=OFFICE_ONLY)


def some_act():
    """An act that writes a row of the table the rooms are made of."""
    number = Unit.objects.count()
    unit = Unit(code=f"T{number}", name="示例", short_name="示例", kind=Unit.Kind.OFFICE)
    return register_units([unit], by=None, at=AT)

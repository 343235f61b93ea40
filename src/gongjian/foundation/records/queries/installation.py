"""What this installation is, and what its clock says."""

from datetime import datetime

from django.db.models import QuerySet

from gongjian.foundation.records.models import Installation
from gongjian.foundation.records.queries.prepared import prepared


def installation() -> Installation | None:
    """The one row about this installation; None before its first run."""
    return next(iter(_installation()), None)


@prepared
def _installation() -> QuerySet[Installation]:
    return Installation.objects.filter(pk=1)


def demo_clock() -> datetime | None:
    """Where a demo's clock stands; None where the real clock counts."""
    return Installation.objects.filter(pk=1).values_list("clock", flat=True).first()


def is_demo() -> bool:
    """Whether this is a demo, whose accounts log in with name and password alone."""
    return Installation.objects.filter(pk=1, kind=Installation.Kind.DEMO).exists()

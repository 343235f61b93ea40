"""Which reports are on what some units lead."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest, TruncDate

from gongjian.flow.duties.models import Duty
from gongjian.flow.progress.models import Report
from gongjian.lib.days import LOCAL


def led_by(units: Collection[int | None]) -> Q:
    """Reports on what these units lead by the rule of sides_of_report.

    Confirmed duties in force on the period's day of duties (Period.duty_day), not those of today.
    """
    opening = Coalesce("period__opened_at", "period__opens_at")
    day = Greatest("period__last_day", TruncDate(opening, tzinfo=LOCAL))
    leading = Duty.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("duty_day")),
        Q(target=OuterRef("target"))
        | Q(task=OuterRef("task"))
        | Q(task=OuterRef("milestone__task")),
        unit__in=units,
        role=Duty.Role.LEAD,
        confirmed_at__isnull=False,
        valid_from__lte=OuterRef("duty_day"),
    )
    return Q(pk__in=Report.objects.alias(duty_day=day).filter(Exists(leading)).values("pk"))

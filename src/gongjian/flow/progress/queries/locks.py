"""The order of things at the freeze: whoever moves a report holds its period first."""

import re
from collections.abc import Iterable
from datetime import datetime

from gongjian.flow.progress.models import Period, Report
from gongjian.flow.progress.queries.periods import closed_months

MONTH = re.compile(r"\d{4}-\d\d", re.ASCII)


def hold_period(report: Report) -> None:
    """Lock the period of a report and see it as it stands, so that a freeze is before or after.

    Whoever waited for the freeze finds the period frozen, whatever was read before the wait.
    """
    report.period = Period.objects.select_for_update().get(pk=report.period_id)


def hold_months(months: Iterable[str], *, at: datetime) -> dict[str, str]:
    """Lock the periods of months, and say of those that are closed why. Two queries."""
    keys = [month for month in months if MONTH.fullmatch(month)]
    list(Period.objects.select_for_update().filter(key__in=keys).order_by("key").values_list("pk"))
    return closed_months(at)

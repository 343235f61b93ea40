"""The order of things at the freeze: whoever moves a report holds its period first."""

from gongjian.flow.progress.models import Period, Report


def hold_period(report: Report) -> None:
    """Lock the period of a report and see it as it stands, so that a freeze is before or after.

    Whoever waited for the freeze finds the period frozen, whatever was read before the wait.
    """
    report.period = Period.objects.select_for_update().get(pk=report.period_id)

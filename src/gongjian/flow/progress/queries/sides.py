"""The two units of a report: who fills it, and who leads the matter."""

from gongjian.flow.duties.queries import lead_of_subject, sides_of_targets
from gongjian.flow.progress.models import Report
from gongjian.foundation.acceptance.rules import Sides


def sides_of_report(report: Report) -> Sides:
    """The units of a report as they were on its period's day of duties."""
    day = report.period.duty_day
    if report.target_id is not None:
        lead = sides_of_targets([report.target_id], on=day)[report.target_id].lead
        return Sides(filler=report.unit, lead=lead)
    if report.task_id is not None:
        lead = lead_of_subject(task=report.task_id, on=day)
    elif report.milestone is not None and report.milestone.task_id is not None:
        lead = lead_of_subject(task=report.milestone.task_id, on=day)
    elif report.milestone is not None:
        lead = lead_of_subject(action=report.milestone.action_id, on=day)
    else:
        raise LookupError(f"report {report.pk} has no subject")
    return Sides(filler=lead or report.unit, lead=lead)

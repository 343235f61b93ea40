"""The steps of a report: sent in, withdrawn, checked, confirmed, accepted, returned."""

from datetime import datetime

from django.db import transaction

from gongjian.flow.progress import rules
from gongjian.flow.progress.models import LatestAccepted, Report
from gongjian.flow.progress.queries import counted_for, hold_period, sides_of_report
from gongjian.foundation.acceptance import usecases as acceptance
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note


@transaction.atomic
def submit_report(report: Report, *, by: User, at: datetime) -> Report:
    """Send a filled-in report to the unit's approver: V0.

    A figure that is counted from the projects is taken as it stands at this moment.
    Refused: report.not-yours, .not-a-reporter, .not-open, .frozen, .no-value, .no-words,
    .no-evidence, .changed.
    """
    hold_period(report)
    sides = sides_of_report(report)
    counted = counted_for(report, known_at=at)
    if counted is not None:
        report.value = counted.value
    rules.check_can_submit(
        report,
        by=by,
        sides=sides,
        evidence=report.evidence.count(),
        counted=counted is not None,
        at=at,
    )
    if counted is not None:
        still = Report.objects.filter(pk=report.pk, version=report.version)
        still.update(value=counted.value)  # one that moved meanwhile is refused by the next step
    acceptance.mark_filled(report, by=by, sides=sides, at=at)
    note("report.submitted", report, by=by, at=at)
    return report


@transaction.atomic
def withdraw_report(report: Report, *, by: User, at: datetime) -> Report:
    """Take a report back before anybody checked it. Refused: report.not-withdrawable, …"""
    hold_period(report)
    rules.check_can_decide(report, at=at)
    acceptance.mark_withdrawn(report, by=by, at=at)
    note("report.withdrawn", report, by=by, at=at)
    return report


@transaction.atomic
def check_report(report: Report, *, by: User, at: datetime) -> Report:
    """The unit's approver checks: V1. Refused: report.not-filled, .not-your-check, .same-person."""
    hold_period(report)
    rules.check_can_decide(report, at=at)
    acceptance.mark_checked(report, by=by, sides=sides_of_report(report), at=at)
    note("report.checked", report, by=by, at=at)
    return report


@transaction.atomic
def confirm_report(report: Report, *, by: User, at: datetime) -> Report:
    """The lead unit confirms another unit's figure: V2. Refused: report.not-your-confirmation, …"""
    hold_period(report)
    rules.check_can_decide(report, at=at)
    acceptance.mark_confirmed(report, by=by, sides=sides_of_report(report), at=at)
    note("report.confirmed", report, by=by, at=at)
    return report


@transaction.atomic
def accept_report(report: Report, *, by: User, at: datetime) -> Report:
    """The office accepts: V3, and the figure is the newest of its target and period.

    Interfaces call judgement.accept_report, which does this and judges the path anew.
    Refused: report.office-accepts, .not-ready, .same-person, .own-unit, .changed, .frozen.
    """
    hold_period(report)
    rules.check_can_decide(report, at=at)
    acceptance.mark_accepted(report, by=by, sides=sides_of_report(report), at=at)
    newest = []
    if report.target_id is not None and report.value is not None:
        latest, _new = LatestAccepted.objects.update_or_create(
            target_id=report.target_id,
            period_id=report.period_id,
            defaults={"report": report, "value": report.value},
        )
        newest.append(latest)
    note("report.accepted", report, *newest, by=by, at=at)
    return report


@transaction.atomic
def return_report(report: Report, reason: str, *, by: User, at: datetime) -> Report:
    """Send a report back with the reason. Refused: report.no-reason, and those of the step."""
    hold_period(report)
    rules.check_can_decide(report, at=at)
    sides = sides_of_report(report)
    acceptance.mark_returned(report, by=by, sides=sides, reason=reason, at=at)
    note("report.returned", report, by=by, at=at)
    return report

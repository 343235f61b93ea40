"""Correcting a frozen figure: a new row with its reason; the snapshot stays what it was."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.flow.progress import rules
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import hold_period, sides_of_report
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note
from gongjian.lib.refusals import Refused


@transaction.atomic
def correct_report(report: Report, reason: str, *, by: User, at: datetime) -> Report:
    """Begin a correction of a report whose period is frozen; it goes the same way to acceptance.

    Refused: report.not-frozen, .not-your-correction, .correction-no-reason, .correction-open.
    """
    hold_period(report)
    rules.check_can_correct(report, by=by, sides=sides_of_report(report), reason=reason)
    first = report.corrects or report
    correction = Report(
        period=first.period,
        target=first.target,
        task=first.task,
        milestone=first.milestone,
        unit=first.unit,
        value=report.value,
        words=report.words,
        risk=report.risk,
        measures=report.measures,
        corrects=first,
        correction_reason=reason.strip()[:300],
    )
    try:
        with transaction.atomic():
            correction.save(force_insert=True)
    except IntegrityError as twice:
        raise Refused(
            "report.correction-open", _("这一项已经有一份更正在办，请在待办里打开它。")
        ) from twice
    note("report.correction-begun", correction, by=by, at=at)
    return correction

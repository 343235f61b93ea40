"""Another unit's unaccepted report, opened in one case and with a reason."""

from datetime import datetime
from uuid import UUID

from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import REPORT, closed_report, row_of
from gongjian.foundation.acceptance.rules import READ_UNACCEPTED
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.usecases import open_past


def open_unaccepted(uid: UUID, *, reason: str, by: User, at: datetime) -> Report:
    """Open a report to who may not see it, for the rest of the day; its unit and the audit
    administrator see that, by whom and why. Refused: bypass.*, words.*, delegation.in-person.
    """
    report = closed_report(uid, reader=by)
    line = row_of(report, evidence=0, files=0)
    open_past(
        READ_UNACCEPTED,
        unit=report.unit,
        kind=REPORT,
        subject=report.uid,
        title=f"{report.period.key} {line.code} {line.subject}",
        reason=reason,
        by=by,
        at=at,
    )
    return report

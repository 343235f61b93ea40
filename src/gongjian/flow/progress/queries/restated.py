"""Figures of frozen periods that were corrected: what stood, what stands, and why."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from gongjian.flow.plan.models import Target
from gongjian.flow.progress.models import Report
from gongjian.foundation.acceptance.models import State


@dataclass(frozen=True, slots=True)
class Restated:
    """One accepted correction of one period's figure."""

    period: str
    was: Decimal | None
    now: Decimal | None
    reason: str
    accepted_at: datetime | None
    accepted_by: str
    report: UUID


def restated_figures(target: Target) -> list[Restated]:
    """The accepted corrections of a target's figures, in time. One query."""
    corrections = (
        Report.objects.filter(target=target, corrects__isnull=False, state=State.ACCEPTED)
        .select_related("period", "corrects", "accepted_by")
        .order_by("accepted_at", "pk")
    )
    return [
        Restated(
            period=report.period.key,
            was=report.corrects.value if report.corrects else None,
            now=report.value,
            reason=report.correction_reason,
            accepted_at=report.accepted_at,
            accepted_by=report.accepted_by.display_name if report.accepted_by else "",
            report=report.uid,
        )
        for report in corrections
    ]

"""Figures of frozen periods that were corrected: what stood, what stands, and why."""

from collections.abc import Iterable
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
            was=before.value,
            now=report.value,
            reason=report.correction_reason,
            accepted_at=report.accepted_at,
            accepted_by=report.accepted_by.display_name if report.accepted_by else "",
            report=report.uid,
        )
        for report, before in with_what_stood(corrections)
    ]


def with_what_stood(corrections: Iterable[Report]) -> list[tuple[Report, Report]]:
    """Each accepted correction with the report that stood until it.

    Shapes: in the order of their acceptance, `corrects` loaded. That is the first report for the
    first correction, and for a later one the correction before it.
    """
    standing: dict[int, Report] = {}
    pairs = []
    for report in corrections:
        if report.corrects is None:
            raise LookupError(f"report {report.pk} corrects nothing")
        pairs.append((report, standing.get(report.corrects.pk, report.corrects)))
        standing[report.corrects.pk] = report
    return pairs

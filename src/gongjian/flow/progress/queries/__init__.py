"""What can be asked of progress: whose turn it is, what was reported, what was accepted."""

from gongjian.flow.progress.queries.desk import DeskRow, desk_rows, waiting_count
from gongjian.flow.progress.queries.figures import (
    Figure,
    accepted_figures,
    accepted_words,
    figure_history,
    snapshot_figures,
    wrong_latest,
)
from gongjian.flow.progress.queries.periods import (
    Moment,
    PeriodRow,
    moments_ahead,
    period_by_key,
    period_rows,
    period_shown,
    periods_upto,
    usual_hours,
)
from gongjian.flow.progress.queries.reports import (
    EvidenceRow,
    ReportRow,
    count_reports,
    evidence_by_uid,
    evidence_rows,
    report_as_seen,
    report_by_uid,
    report_of_target,
    report_rows,
    visible_to,
)
from gongjian.flow.progress.queries.restated import Restated, restated_figures
from gongjian.flow.progress.queries.sides import sides_of_report
from gongjian.flow.progress.queries.trail import (
    Beginning,
    beginnings,
    corrections_of,
    report_before,
)
from gongjian.flow.progress.queries.units import (
    PeriodCounts,
    UnitGap,
    next_hands,
    period_counts,
    sent_rows,
    unit_gaps,
)

__all__ = [
    "Beginning",
    "DeskRow",
    "EvidenceRow",
    "Figure",
    "Moment",
    "PeriodCounts",
    "PeriodRow",
    "ReportRow",
    "Restated",
    "UnitGap",
    "accepted_figures",
    "accepted_words",
    "beginnings",
    "corrections_of",
    "count_reports",
    "desk_rows",
    "evidence_by_uid",
    "evidence_rows",
    "figure_history",
    "moments_ahead",
    "next_hands",
    "period_by_key",
    "period_counts",
    "period_rows",
    "period_shown",
    "periods_upto",
    "report_as_seen",
    "report_before",
    "report_by_uid",
    "report_of_target",
    "report_rows",
    "restated_figures",
    "sent_rows",
    "sides_of_report",
    "snapshot_figures",
    "unit_gaps",
    "usual_hours",
    "visible_to",
    "waiting_count",
    "wrong_latest",
]

"""What can be asked of progress: whose turn it is, what was reported, what was accepted."""

from gongjian.flow.progress.queries.desk import DeskRow, desk_rows, waiting_count
from gongjian.flow.progress.queries.figures import (
    Figure,
    accepted_figures,
    accepted_words,
    figure_history,
    snapshot_figures,
)
from gongjian.flow.progress.queries.periods import (
    PeriodRow,
    period_by_key,
    period_rows,
    period_shown,
)
from gongjian.flow.progress.queries.reports import (
    EvidenceRow,
    ReportRow,
    count_reports,
    evidence_by_uid,
    evidence_rows,
    report_by_uid,
    report_of_target,
    report_rows,
    visible_to,
)
from gongjian.flow.progress.queries.sides import sides_of_report

__all__ = [
    "DeskRow",
    "EvidenceRow",
    "Figure",
    "PeriodRow",
    "ReportRow",
    "accepted_figures",
    "accepted_words",
    "count_reports",
    "desk_rows",
    "evidence_by_uid",
    "evidence_rows",
    "figure_history",
    "period_by_key",
    "period_rows",
    "period_shown",
    "report_by_uid",
    "report_of_target",
    "report_rows",
    "sides_of_report",
    "snapshot_figures",
    "visible_to",
    "waiting_count",
]

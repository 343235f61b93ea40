"""The views of the progress room."""

from gongjian.interfaces.web.progress.views.beginning import (
    report_begin_milestone,
    report_begin_task,
    report_correct,
)
from gongjian.interfaces.web.progress.views.evidence import evidence_file, report_evidence
from gongjian.interfaces.web.progress.views.filling import (
    report_page,
    report_preview,
    report_save,
)
from gongjian.interfaces.web.progress.views.listing import report_list
from gongjian.interfaces.web.progress.views.openings import report_open_past
from gongjian.interfaces.web.progress.views.planning import period_plan
from gongjian.interfaces.web.progress.views.steps import (
    check_page,
    report_accept,
    report_confirm,
    report_pass,
    report_return,
    report_withdraw,
)

__all__ = [
    "check_page",
    "evidence_file",
    "period_plan",
    "report_accept",
    "report_begin_milestone",
    "report_begin_task",
    "report_confirm",
    "report_correct",
    "report_evidence",
    "report_list",
    "report_open_past",
    "report_page",
    "report_pass",
    "report_preview",
    "report_return",
    "report_save",
    "report_withdraw",
]

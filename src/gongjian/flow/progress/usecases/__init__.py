"""What is done with reports: opened, filled, checked, accepted, frozen, corrected."""

from gongjian.flow.progress.usecases.assignment import (
    assign_in_bulk,
    assign_target,
    assign_units,
    confirm_duties,
    decide_opinion,
)
from gongjian.flow.progress.usecases.caches import rebuild_latest
from gongjian.flow.progress.usecases.copying import (
    copy_nodes,
)
from gongjian.flow.progress.usecases.corrections import correct_report
from gongjian.flow.progress.usecases.drafts import (
    Draft,
    EvidenceFile,
    add_evidence,
    begin_report,
    open_evidence,
    remove_evidence,
    save_draft,
)
from gongjian.flow.progress.usecases.openings import open_unaccepted
from gongjian.flow.progress.usecases.periods import (
    FREEZE,
    OPEN,
    freeze_period,
    open_period,
    plan_period,
)
from gongjian.flow.progress.usecases.sheets import keep_cells, send_cells
from gongjian.flow.progress.usecases.steps import (
    accept_report,
    check_report,
    confirm_report,
    return_report,
    submit_report,
    withdraw_report,
)

__all__ = [
    "FREEZE",
    "OPEN",
    "Draft",
    "EvidenceFile",
    "accept_report",
    "add_evidence",
    "assign_in_bulk",
    "assign_target",
    "assign_units",
    "begin_report",
    "check_report",
    "confirm_duties",
    "confirm_report",
    "copy_nodes",
    "correct_report",
    "decide_opinion",
    "freeze_period",
    "keep_cells",
    "open_evidence",
    "open_period",
    "open_unaccepted",
    "plan_period",
    "rebuild_latest",
    "remove_evidence",
    "return_report",
    "save_draft",
    "send_cells",
    "submit_report",
    "withdraw_report",
]

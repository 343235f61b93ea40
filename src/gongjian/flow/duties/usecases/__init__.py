"""What is done about duties: proposed, assigned, put to the units, issued, handed over."""

from gongjian.flow.duties.queries import Allotment
from gongjian.flow.duties.usecases.adoption import adopt_plan
from gongjian.flow.duties.usecases.assignment import (
    Assigned,
    assign_many,
    assign_target,
    assign_units,
    confirm_duties,
)
from gongjian.flow.duties.usecases.bulk import assign_in_bulk
from gongjian.flow.duties.usecases.forces import (
    ForceWords,
    change_force,
    end_force,
    make_force,
    make_forces,
)
from gongjian.flow.duties.usecases.handovers import hand_over_post, sign_handover
from gongjian.flow.duties.usecases.imports import (
    answer_project_import,
    bring_project_ledger,
    import_projects,
    read_project_import,
    undo_project_import,
    weigh_ledger,
)
from gongjian.flow.duties.usecases.leaders import Naming, name_leader, name_leaders
from gongjian.flow.duties.usecases.lists import (
    approve_list,
    arrange_list,
    draft_list,
    issue_list,
    return_list,
    scrap_list,
    send_list,
    settle_list,
)
from gongjian.flow.duties.usecases.merging import merge_duplicates
from gongjian.flow.duties.usecases.opinions import (
    claim_lines,
    decide_opinion,
    decide_silences,
    object_line,
)
from gongjian.flow.duties.usecases.phones import show_phone
from gongjian.flow.duties.usecases.proposals import propose_duties
from gongjian.flow.duties.usecases.units import close_unit

__all__ = [
    "Allotment",
    "Assigned",
    "ForceWords",
    "Naming",
    "adopt_plan",
    "answer_project_import",
    "approve_list",
    "arrange_list",
    "assign_in_bulk",
    "assign_many",
    "assign_target",
    "assign_units",
    "bring_project_ledger",
    "change_force",
    "claim_lines",
    "close_unit",
    "confirm_duties",
    "decide_opinion",
    "decide_silences",
    "draft_list",
    "end_force",
    "hand_over_post",
    "import_projects",
    "issue_list",
    "make_force",
    "make_forces",
    "merge_duplicates",
    "name_leader",
    "name_leaders",
    "object_line",
    "propose_duties",
    "read_project_import",
    "return_list",
    "scrap_list",
    "send_list",
    "settle_list",
    "show_phone",
    "sign_handover",
    "undo_project_import",
    "weigh_ledger",
]

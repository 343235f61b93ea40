"""What may be done with duties, the list of them, leaders and teams, and by whom."""

from gongjian.flow.duties.rules.assigning import (
    LONGEST_BASIS,
    check_can_assign,
    check_can_confirm_duty,
    check_can_read_duties,
    check_can_reassign,
    check_list_is_open,
)
from gongjian.flow.duties.rules.forces import check_can_keep_force, check_force_is_whole
from gongjian.flow.duties.rules.handovers import check_can_see_handover, check_can_sign
from gongjian.flow.duties.rules.leaders import (
    LEADING,
    check_can_name_lead_leader,
    check_can_name_leader,
    check_can_see_load,
    check_can_see_loads,
)
from gongjian.flow.duties.rules.lists import (
    check_can_approve,
    check_can_arrange,
    check_can_draft_list,
    check_can_issue,
    check_can_return,
    check_can_scrap,
    check_can_see_list,
    check_can_send,
    check_can_settle,
    check_is_principal,
)
from gongjian.flow.duties.rules.opinions import (
    check_can_answer,
    check_can_decide,
    check_can_object,
    check_can_see_asks,
    check_speaks_for,
)

__all__ = [
    "LEADING",
    "LONGEST_BASIS",
    "check_can_answer",
    "check_can_approve",
    "check_can_arrange",
    "check_can_assign",
    "check_can_confirm_duty",
    "check_can_decide",
    "check_can_draft_list",
    "check_can_issue",
    "check_can_keep_force",
    "check_can_name_lead_leader",
    "check_can_name_leader",
    "check_can_object",
    "check_can_read_duties",
    "check_can_reassign",
    "check_can_return",
    "check_can_scrap",
    "check_can_see_asks",
    "check_can_see_handover",
    "check_can_see_list",
    "check_can_see_load",
    "check_can_see_loads",
    "check_can_send",
    "check_can_settle",
    "check_can_sign",
    "check_force_is_whole",
    "check_is_principal",
    "check_list_is_open",
    "check_speaks_for",
]

"""The pages of 责任, a file a subject."""

from gongjian.interfaces.web.duties.views.asks import asks, asks_claim, opinion_object
from gongjian.interfaces.web.duties.views.assigning import (
    duties_bulk,
    target_assign,
    work_assign,
    work_leader,
)
from gongjian.interfaces.web.duties.views.coverage import coverage
from gongjian.interfaces.web.duties.views.exports import duties_file, one_page_file
from gongjian.interfaces.web.duties.views.forces import force, force_end, force_new, forces
from gongjian.interfaces.web.duties.views.handovers import handover, handover_sign, handovers
from gongjian.interfaces.web.duties.views.leaders import leader, loads
from gongjian.interfaces.web.duties.views.listing import duties, duties_confirm
from gongjian.interfaces.web.duties.views.versions import (
    duty_list,
    duty_list_draft,
    duty_list_step,
    duty_lists,
    opinion_decide,
    opinion_letter,
    opinions_silent,
)

__all__ = [
    "asks",
    "asks_claim",
    "coverage",
    "duties",
    "duties_bulk",
    "duties_confirm",
    "duties_file",
    "duty_list",
    "duty_list_draft",
    "duty_list_step",
    "duty_lists",
    "force",
    "force_end",
    "force_new",
    "forces",
    "handover",
    "handover_sign",
    "handovers",
    "leader",
    "loads",
    "one_page_file",
    "opinion_decide",
    "opinion_letter",
    "opinion_object",
    "opinions_silent",
    "target_assign",
    "work_assign",
    "work_leader",
]

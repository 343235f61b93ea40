"""What is done with plans: brought in, read, judged finding by finding, adopted."""

from gongjian.flow.plan.usecases.adoption import adopt_plan
from gongjian.flow.plan.usecases.candidates import (
    accept_candidate,
    accept_sure_candidates,
    edit_candidate,
    reject_candidate,
    reopen_candidate,
)
from gongjian.flow.plan.usecases.documents import (
    PlanFile,
    keep_plan,
    open_plan,
    read_plan_document,
    upload_plan,
)
from gongjian.flow.plan.usecases.tree import (
    create_campaign,
    define_target,
    describe_target,
    register_superior_tasks,
)

__all__ = [
    "PlanFile",
    "accept_candidate",
    "accept_sure_candidates",
    "adopt_plan",
    "create_campaign",
    "define_target",
    "describe_target",
    "edit_candidate",
    "keep_plan",
    "open_plan",
    "read_plan_document",
    "register_superior_tasks",
    "reject_candidate",
    "reopen_candidate",
    "upload_plan",
]

"""What is done with plans: brought in, read, judged finding by finding, adopted."""

from gongjian.flow.plan.usecases.adoption import adopt_plan
from gongjian.flow.plan.usecases.candidates import (
    Listed,
    accept_candidate,
    accept_listed_candidates,
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
from gongjian.flow.plan.usecases.spans import (
    add_candidate,
    merge_candidates,
    split_candidate,
)
from gongjian.flow.plan.usecases.steps import undo_step
from gongjian.flow.plan.usecases.tree import (
    create_campaign,
    define_target,
    describe_target,
    name_leader,
    register_superior_tasks,
)

__all__ = [
    "Listed",
    "PlanFile",
    "accept_candidate",
    "accept_listed_candidates",
    "add_candidate",
    "adopt_plan",
    "create_campaign",
    "define_target",
    "describe_target",
    "edit_candidate",
    "keep_plan",
    "merge_candidates",
    "name_leader",
    "open_plan",
    "read_plan_document",
    "register_superior_tasks",
    "reject_candidate",
    "reopen_candidate",
    "split_candidate",
    "undo_step",
    "upload_plan",
]

"""What is done with plans: brought in, read, judged finding by finding, adopted."""

from gongjian.flow.plan.usecases.adoption import (
    adopt_plan,
)
from gongjian.flow.plan.usecases.alignment import (
    SuperiorWords,
    align,
    end_alignment,
    keep_superior_task,
)
from gongjian.flow.plan.usecases.candidates import (
    Listed,
    accept_candidate,
    accept_listed_candidates,
    edit_candidate,
    reject_candidate,
    reopen_candidate,
)
from gongjian.flow.plan.usecases.changes import (
    approve_changes,
    propose_date,
    propose_value,
    refuse_change,
    withdraw_change,
)
from gongjian.flow.plan.usecases.comparing import (
    compare_anew,
)
from gongjian.flow.plan.usecases.copying import (
    copy_nodes,
)
from gongjian.flow.plan.usecases.documents import (
    PlanFile,
    keep_plan,
    move_plan,
    open_plan,
    read_plan_document,
    upload_plan,
)
from gongjian.flow.plan.usecases.growing import (
    NodeWords,
)
from gongjian.flow.plan.usecases.imports import TARGET_LIST, import_targets, try_targets
from gongjian.flow.plan.usecases.looking import (
    confirm_candidate,
    tie_candidate,
)
from gongjian.flow.plan.usecases.nodes import (
    ActionWords,
    FormWords,
    add_action,
    add_milestone,
    add_node,
    create_part,
    edit_node,
    end_node,
    form_target,
    move_node,
    put_under_part,
    set_value,
)
from gongjian.flow.plan.usecases.pasting import (
    Pasted,
    PastedLine,
    plant_pasted,
    read_pasted,
)
from gongjian.flow.plan.usecases.spans import (
    add_candidate,
    merge_candidates,
    split_candidate,
)
from gongjian.flow.plan.usecases.steps import (
    undo_step,
)
from gongjian.flow.plan.usecases.tags import (
    TagTargetWords,
    add_tag_target,
    create_tag,
    end_tag,
    place_tag,
    tag_node,
    untag_node,
)
from gongjian.flow.plan.usecases.tree import (
    create_campaign,
    define_node,
    define_target,
    describe_measures,
    describe_target,
    register_superior_tasks,
)
from gongjian.flow.plan.usecases.versions import (
    freeze_version,
)

__all__ = [
    "TARGET_LIST",
    "ActionWords",
    "FormWords",
    "Listed",
    "NodeWords",
    "Pasted",
    "PastedLine",
    "PlanFile",
    "SuperiorWords",
    "TagTargetWords",
    "accept_candidate",
    "accept_listed_candidates",
    "add_action",
    "add_candidate",
    "add_milestone",
    "add_node",
    "add_tag_target",
    "adopt_plan",
    "align",
    "approve_changes",
    "compare_anew",
    "confirm_candidate",
    "copy_nodes",
    "create_campaign",
    "create_part",
    "create_tag",
    "define_node",
    "define_target",
    "describe_measures",
    "describe_target",
    "edit_candidate",
    "edit_node",
    "end_alignment",
    "end_node",
    "end_tag",
    "form_target",
    "freeze_version",
    "import_targets",
    "keep_plan",
    "keep_superior_task",
    "merge_candidates",
    "move_node",
    "move_plan",
    "open_plan",
    "place_tag",
    "plant_pasted",
    "propose_date",
    "propose_value",
    "put_under_part",
    "read_pasted",
    "read_plan_document",
    "refuse_change",
    "register_superior_tasks",
    "reject_candidate",
    "reopen_candidate",
    "set_value",
    "split_candidate",
    "tag_node",
    "tie_candidate",
    "try_targets",
    "undo_step",
    "untag_node",
    "upload_plan",
    "withdraw_change",
]

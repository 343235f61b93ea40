"""The views of the plan: its documents, their review, its tree, its tables."""

from gongjian.interfaces.web.plan.views.above import (
    plan_superior,
    superior_add,
    superior_edit,
)
from gongjian.interfaces.web.plan.views.changes import (
    changes_decide,
    plan_changes,
    plan_difference,
    plan_versions_list,
    version_freeze,
)
from gongjian.interfaces.web.plan.views.documents import (
    plan_begin,
    plan_documents,
    plan_move,
    plan_source,
    plan_upload,
)
from gongjian.interfaces.web.plan.views.editing import (
    action_edit,
    milestone_edit,
    target_edit,
    task_edit,
)
from gongjian.interfaces.web.plan.views.exports import (
    breakdown_file,
)
from gongjian.interfaces.web.plan.views.growing import (
    plan_add,
    plan_copy,
    plan_kinds,
    plan_paste,
)
from gongjian.interfaces.web.plan.views.panels import (
    review_add,
    review_bulk,
    review_merge,
)
from gongjian.interfaces.web.plan.views.review import (
    candidate_decide,
    plan_adopt,
    plan_review,
    plan_untaken,
    review_undo,
)
from gongjian.interfaces.web.plan.views.tags import (
    plan_tags,
    tag_add,
    tag_edit,
)
from gongjian.interfaces.web.plan.views.trail import (
    review_differences,
    review_steps,
)
from gongjian.interfaces.web.plan.views.tree import (
    action,
    milestone,
    plan,
    target,
    task,
)

__all__ = [
    "action",
    "action_edit",
    "breakdown_file",
    "candidate_decide",
    "changes_decide",
    "milestone",
    "milestone_edit",
    "plan",
    "plan_add",
    "plan_adopt",
    "plan_begin",
    "plan_changes",
    "plan_copy",
    "plan_difference",
    "plan_documents",
    "plan_kinds",
    "plan_move",
    "plan_paste",
    "plan_review",
    "plan_source",
    "plan_superior",
    "plan_tags",
    "plan_untaken",
    "plan_upload",
    "plan_versions_list",
    "review_add",
    "review_bulk",
    "review_differences",
    "review_merge",
    "review_steps",
    "review_undo",
    "superior_add",
    "superior_edit",
    "tag_add",
    "tag_edit",
    "target",
    "target_edit",
    "task",
    "task_edit",
    "version_freeze",
]

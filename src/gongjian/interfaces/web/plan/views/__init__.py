"""The views of the plan: its documents, their review, its tree, its tables."""

from gongjian.interfaces.web.plan.views.documents import (
    plan_begin,
    plan_documents,
    plan_source,
    plan_upload,
)
from gongjian.interfaces.web.plan.views.exports import breakdown_docx_file, breakdown_xlsx_file
from gongjian.interfaces.web.plan.views.panels import plan_add, plan_bulk, plan_merge
from gongjian.interfaces.web.plan.views.review import (
    candidate_decide,
    plan_adopt,
    plan_review,
    plan_undo,
    plan_untaken,
)
from gongjian.interfaces.web.plan.views.trail import plan_changes, plan_steps
from gongjian.interfaces.web.plan.views.tree import plan, target, task

__all__ = [
    "breakdown_docx_file",
    "breakdown_xlsx_file",
    "candidate_decide",
    "plan",
    "plan_add",
    "plan_adopt",
    "plan_begin",
    "plan_bulk",
    "plan_changes",
    "plan_documents",
    "plan_merge",
    "plan_review",
    "plan_source",
    "plan_steps",
    "plan_undo",
    "plan_untaken",
    "plan_upload",
    "target",
    "task",
]

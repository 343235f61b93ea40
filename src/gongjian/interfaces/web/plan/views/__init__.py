"""The views of the plan: its documents, their review, its tree, its tables."""

from gongjian.interfaces.web.plan.views.documents import (
    plan_begin,
    plan_documents,
    plan_source,
    plan_upload,
)
from gongjian.interfaces.web.plan.views.exports import breakdown_docx_file, breakdown_xlsx_file
from gongjian.interfaces.web.plan.views.panels import review_add, review_bulk, review_merge
from gongjian.interfaces.web.plan.views.review import (
    candidate_decide,
    plan_adopt,
    plan_review,
    plan_untaken,
    review_undo,
)
from gongjian.interfaces.web.plan.views.trail import review_differences, review_steps
from gongjian.interfaces.web.plan.views.tree import plan, target, task

__all__ = [
    "breakdown_docx_file",
    "breakdown_xlsx_file",
    "candidate_decide",
    "plan",
    "plan_adopt",
    "plan_begin",
    "plan_documents",
    "plan_review",
    "plan_source",
    "plan_untaken",
    "plan_upload",
    "review_add",
    "review_bulk",
    "review_differences",
    "review_merge",
    "review_steps",
    "review_undo",
    "target",
    "task",
]

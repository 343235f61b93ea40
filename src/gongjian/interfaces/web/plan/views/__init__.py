"""The views of the plan: its documents, their review, its tree, its tables."""

from gongjian.interfaces.web.plan.views.documents import (
    plan_begin,
    plan_documents,
    plan_source,
    plan_upload,
)
from gongjian.interfaces.web.plan.views.exports import breakdown_docx_file, breakdown_xlsx_file
from gongjian.interfaces.web.plan.views.review import (
    candidate_decide,
    plan_accept_sure,
    plan_adopt,
    plan_review,
    plan_untaken,
)
from gongjian.interfaces.web.plan.views.tree import plan, target, task

__all__ = [
    "breakdown_docx_file",
    "breakdown_xlsx_file",
    "candidate_decide",
    "plan",
    "plan_accept_sure",
    "plan_adopt",
    "plan_begin",
    "plan_documents",
    "plan_review",
    "plan_source",
    "plan_untaken",
    "plan_upload",
    "target",
    "task",
]

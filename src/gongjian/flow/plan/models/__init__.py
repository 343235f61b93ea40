"""What is kept of a plan: its documents, its tree, the terms of it, and what moved."""

from gongjian.flow.plan.models.campaigns import Campaign, Precision
from gongjian.flow.plan.models.changes import PlanChange, PlanVersion
from gongjian.flow.plan.models.documents import Candidate, PlanDocument, ReviewChange, ReviewStep
from gongjian.flow.plan.models.superior import Alignment, SuperiorTask
from gongjian.flow.plan.models.tags import Tag, TagMember, TagTarget
from gongjian.flow.plan.models.terms import Definition, TargetSource, TargetValue
from gongjian.flow.plan.models.tree import Action, Endable, Milestone, Sourced, Target, Task

__all__ = [
    "Action",
    "Alignment",
    "Campaign",
    "Candidate",
    "Definition",
    "Endable",
    "Milestone",
    "PlanChange",
    "PlanDocument",
    "PlanVersion",
    "Precision",
    "ReviewChange",
    "ReviewStep",
    "Sourced",
    "SuperiorTask",
    "Tag",
    "TagMember",
    "TagTarget",
    "Target",
    "TargetSource",
    "TargetValue",
    "Task",
]

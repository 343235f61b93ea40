"""What is kept of a plan: its documents, its tree, the terms of it, and what moved."""

from gongjian.flow.plan.models.changes import PlanChange, PlanVersion
from gongjian.flow.plan.models.superior import Alignment, SuperiorTask
from gongjian.flow.plan.models.tags import Tag, TagMember, TagTarget
from gongjian.flow.plan.models.terms import Definition, TargetSource, TargetValue
from gongjian.flow.plan.models.tree import (
    Action,
    Campaign,
    Candidate,
    Endable,
    Milestone,
    PlanDocument,
    Precision,
    Sourced,
    Target,
    Task,
)

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

"""What is kept of projects: what they are, their stages, dates, money, lists and rates."""

from gongjian.flow.projects.models.changes import (
    AmountChange,
    DateChange,
    DoubtAnswer,
    DuplicateVerdict,
    ProgressText,
    StandingChange,
)
from gongjian.flow.projects.models.lists import (
    ListChange,
    ListMembership,
    ListRename,
    ProjectList,
)
from gongjian.flow.projects.models.money import FundingSource, InvestmentMonth, MonthPlan
from gongjian.flow.projects.models.project import (
    Category,
    Nature,
    PlanClass,
    Project,
    ProjectDescent,
    ProjectName,
    ProjectYear,
    Standing,
    Track,
)
from gongjian.flow.projects.models.rates import RateDefinition, RateResult
from gongjian.flow.projects.models.stages import PermitItem, Stage, StageEvent, StageEvidence

__all__ = [
    "AmountChange",
    "Category",
    "DateChange",
    "DoubtAnswer",
    "DuplicateVerdict",
    "FundingSource",
    "InvestmentMonth",
    "ListChange",
    "ListMembership",
    "ListRename",
    "MonthPlan",
    "Nature",
    "PermitItem",
    "PlanClass",
    "ProgressText",
    "Project",
    "ProjectDescent",
    "ProjectList",
    "ProjectName",
    "ProjectYear",
    "RateDefinition",
    "RateResult",
    "Stage",
    "StageEvent",
    "StageEvidence",
    "Standing",
    "StandingChange",
    "Track",
]

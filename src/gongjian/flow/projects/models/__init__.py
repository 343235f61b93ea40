"""What is kept of projects: what they are, their stages, dates, money, lists and rates."""

from gongjian.flow.projects.models.changes import (
    AmountChange,
    DateChange,
    DoubtAnswer,
    DuplicateVerdict,
    StandingChange,
)
from gongjian.flow.projects.models.lists import (
    ListChange,
    ListMembership,
    ListRename,
    ProjectList,
)
from gongjian.flow.projects.models.money import FundingSource, InvestmentMonth, MonthPlan
from gongjian.flow.projects.models.papers import (
    ExportRun,
    SentTable,
    SheetMemory,
    SuperiorSheet,
)
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
    "ExportRun",
    "FundingSource",
    "InvestmentMonth",
    "ListChange",
    "ListMembership",
    "ListRename",
    "MonthPlan",
    "Nature",
    "PermitItem",
    "PlanClass",
    "Project",
    "ProjectDescent",
    "ProjectList",
    "ProjectName",
    "ProjectYear",
    "RateDefinition",
    "RateResult",
    "SentTable",
    "SheetMemory",
    "Stage",
    "StageEvent",
    "StageEvidence",
    "Standing",
    "StandingChange",
    "SuperiorSheet",
    "Track",
]

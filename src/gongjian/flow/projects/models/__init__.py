"""What is kept of projects: what they are, their stages, dates, money, lists and rates."""

from gongjian.flow.projects.models.changes import (
    AmountChange,
    BulkChange,
    DateChange,
    DoubtAnswer,
    DuplicateVerdict,
    ProgressText,
    RegisterChange,
    StandingChange,
)
from gongjian.flow.projects.models.lines import (
    ProjectLook,
    ProjectSheet,
    RegisterLine,
    RegisterMark,
    RegisterSum,
)
from gongjian.flow.projects.models.lists import (
    ListChange,
    ListMembership,
    ListRename,
    ProjectList,
)
from gongjian.flow.projects.models.maps import TownshipMap
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
from gongjian.flow.projects.models.sheet import MonthCell
from gongjian.flow.projects.models.stages import PermitItem, Stage, StageEvent, StageEvidence
from gongjian.flow.projects.models.views import SavedView

__all__ = [
    "AmountChange",
    "BulkChange",
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
    "MonthCell",
    "MonthPlan",
    "Nature",
    "PermitItem",
    "PlanClass",
    "ProgressText",
    "Project",
    "ProjectDescent",
    "ProjectList",
    "ProjectLook",
    "ProjectName",
    "ProjectSheet",
    "ProjectYear",
    "RateDefinition",
    "RateResult",
    "RegisterChange",
    "RegisterLine",
    "RegisterMark",
    "RegisterSum",
    "SavedView",
    "SentTable",
    "SheetMemory",
    "Stage",
    "StageEvent",
    "StageEvidence",
    "Standing",
    "StandingChange",
    "SuperiorSheet",
    "TownshipMap",
    "Track",
]

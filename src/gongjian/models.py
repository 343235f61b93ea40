"""All tables of the house, gathered from their rooms, so that one migration chain holds them."""

from gongjian.flow.bulletins.models import Bulletin
from gongjian.flow.duties.models import Duty
from gongjian.flow.judgement.models import RulePackVersion, Verdict
from gongjian.flow.plan.models import (
    Action,
    Campaign,
    Candidate,
    Definition,
    Milestone,
    PlanDocument,
    SuperiorTask,
    Target,
    TargetSource,
    TargetValue,
    Task,
)
from gongjian.flow.progress.models import (
    LatestAccepted,
    Period,
    Report,
    ReportEvidence,
    Snapshot,
    SnapshotValue,
)
from gongjian.flow.projects.models import Project
from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.orgs.models import (
    Bypass,
    Delegation,
    Person,
    Post,
    PostHolding,
    Region,
    RoleGrant,
    Unit,
    UnitName,
    User,
)
from gongjian.foundation.records.models import (
    ActKey,
    Installation,
    Job,
    LogEntry,
    LogHead,
    LogRow,
    RunningNumber,
)

__all__ = [
    "ActKey",
    "Action",
    "Bulletin",
    "Bypass",
    "Campaign",
    "Candidate",
    "Definition",
    "Delegation",
    "Duty",
    "Installation",
    "Job",
    "LatestAccepted",
    "LogEntry",
    "LogHead",
    "LogRow",
    "Milestone",
    "Period",
    "Person",
    "PlanDocument",
    "Post",
    "PostHolding",
    "Project",
    "Region",
    "Report",
    "ReportEvidence",
    "RoleGrant",
    "RulePackVersion",
    "RunningNumber",
    "Snapshot",
    "SnapshotValue",
    "StoredFile",
    "SuperiorTask",
    "Target",
    "TargetSource",
    "TargetValue",
    "Task",
    "Unit",
    "UnitName",
    "User",
    "Verdict",
]

"""All tables of the house, gathered from their rooms, so that one migration chain holds them."""

from gongjian.flow.bulletins.models import (
    Bulletin,
)
from gongjian.flow.duties.models import (
    Duty,
)
from gongjian.flow.judgement.models import (
    RulePackVersion,
    Verdict,
)
from gongjian.flow.plan.models import (
    Action,
    Alignment,
    Campaign,
    Candidate,
    Definition,
    Milestone,
    PlanChange,
    PlanDocument,
    PlanVersion,
    ReviewChange,
    ReviewStep,
    SuperiorTask,
    Tag,
    TagMember,
    TagTarget,
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
from gongjian.flow.projects.models import (
    Project,
)
from gongjian.foundation.files.models import (
    StoredFile,
)
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
from gongjian.foundation.search.models import (
    SearchEntry,
    SearchMark,
)

__all__ = [
    "ActKey",
    "Action",
    "Alignment",
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
    "PlanChange",
    "PlanDocument",
    "PlanVersion",
    "Post",
    "PostHolding",
    "Project",
    "Region",
    "Report",
    "ReportEvidence",
    "ReviewChange",
    "ReviewStep",
    "RoleGrant",
    "RulePackVersion",
    "RunningNumber",
    "SearchEntry",
    "SearchMark",
    "Snapshot",
    "SnapshotValue",
    "StoredFile",
    "SuperiorTask",
    "Tag",
    "TagMember",
    "TagTarget",
    "Target",
    "TargetSource",
    "TargetValue",
    "Task",
    "Unit",
    "UnitName",
    "User",
    "Verdict",
]

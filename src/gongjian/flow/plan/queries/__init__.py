"""What can be asked of plans: their review, their tree, and what a file would give."""

from gongjian.flow.plan.queries.findings import (
    FileReading,
    check_bears_no_mark,
    read_file,
    reading_as_json,
    text_findings,
)
from gongjian.flow.plan.queries.phrases import phrase_reason, phrase_unreadable
from gongjian.flow.plan.queries.review import (
    CandidateRow,
    Passage,
    PlanRow,
    ReviewCounts,
    candidate_by_uid,
    candidate_rows,
    document_by_uid,
    document_rows,
    passages,
    review_counts,
)
from gongjian.flow.plan.queries.tree import (
    ActionRow,
    MilestoneRow,
    TargetRow,
    TaskRow,
    campaign_in_force,
    plan_actions,
    target_by_uid,
    targets_in_order,
    task_by_uid,
)

__all__ = [
    "ActionRow",
    "CandidateRow",
    "FileReading",
    "MilestoneRow",
    "Passage",
    "PlanRow",
    "ReviewCounts",
    "TargetRow",
    "TaskRow",
    "campaign_in_force",
    "candidate_by_uid",
    "candidate_rows",
    "check_bears_no_mark",
    "document_by_uid",
    "document_rows",
    "passages",
    "phrase_reason",
    "phrase_unreadable",
    "plan_actions",
    "read_file",
    "reading_as_json",
    "review_counts",
    "target_by_uid",
    "targets_in_order",
    "task_by_uid",
    "text_findings",
]

"""The plan reader: rules of the language that find actions, targets, tasks and milestones."""

from gongjian.engine.extract.findings import (
    Finding,
    Findings,
    FoundAction,
    FoundMilestone,
    FoundTarget,
    FoundTask,
    Reason,
    as_record,
)
from gongjian.engine.extract.reader import read_plan

__all__ = [
    "Finding",
    "Findings",
    "FoundAction",
    "FoundMilestone",
    "FoundTarget",
    "FoundTask",
    "Reason",
    "as_record",
    "read_plan",
]

"""The plan reader: rules of the language that find actions, targets, tasks and milestones."""

from gongjian.engine.extract.findings import (
    Finding,
    Findings,
    FoundAction,
    FoundCampaign,
    FoundMilestone,
    FoundTarget,
    FoundTask,
    Reason,
)
from gongjian.engine.extract.reader import read_plan
from gongjian.engine.extract.records import as_record, untaken_as_record
from gongjian.engine.extract.untaken import Untaken, explain_plan

__all__ = [
    "Finding",
    "Findings",
    "FoundAction",
    "FoundCampaign",
    "FoundMilestone",
    "FoundTarget",
    "FoundTask",
    "Reason",
    "Untaken",
    "as_record",
    "explain_plan",
    "read_plan",
    "untaken_as_record",
]

"""What the house remembers of its own acts: the log, waiting jobs, numbers, imports."""

from gongjian.foundation.records.models.imports import ImportMemory, ImportRow, ImportRun, TrialRow
from gongjian.foundation.records.models.log import (
    ActKey,
    Editable,
    Installation,
    Job,
    Kept,
    LogEntry,
    LogHead,
    LogRow,
    RunningNumber,
)

__all__ = [
    "ActKey",
    "Editable",
    "ImportMemory",
    "ImportRow",
    "ImportRun",
    "Installation",
    "Job",
    "Kept",
    "LogEntry",
    "LogHead",
    "LogRow",
    "RunningNumber",
    "TrialRow",
]

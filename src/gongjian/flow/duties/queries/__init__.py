"""What can be asked of duties: who answers, and the list of it as a table."""

from gongjian.flow.duties.queries.allotments import (
    Allotment,
    AllotmentWords,
    allotment_named,
    duties_named,
    target_duties,
    words_of,
)
from gongjian.flow.duties.queries.breakdown import BreakdownRow, breakdown_rows
from gongjian.flow.duties.queries.duties import (
    DutyLine,
    TargetSides,
    duty_lines,
    lead_names,
    lead_of_subject,
    lines_of,
    proposed_duties,
    sides_of_targets,
)
from gongjian.flow.duties.queries.exports import breakdown_word, breakdown_xlsx
from gongjian.flow.duties.queries.named import PlanWords, plan_words

__all__ = [
    "Allotment",
    "AllotmentWords",
    "BreakdownRow",
    "DutyLine",
    "PlanWords",
    "TargetSides",
    "allotment_named",
    "breakdown_rows",
    "breakdown_word",
    "breakdown_xlsx",
    "duties_named",
    "duty_lines",
    "lead_names",
    "lead_of_subject",
    "lines_of",
    "plan_words",
    "proposed_duties",
    "sides_of_targets",
    "target_duties",
    "words_of",
]

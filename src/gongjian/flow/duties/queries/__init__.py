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
    lead_of_subject,
    proposed_duties,
    sides_of_targets,
)
from gongjian.flow.duties.queries.exports import breakdown_word, breakdown_xlsx
from gongjian.flow.duties.queries.leaders import (
    Holder,
    actions_led_by,
    holders,
    leader_lines,
    leader_over,
)
from gongjian.flow.duties.queries.named import PlanWords, plan_words

__all__ = [
    "Allotment",
    "AllotmentWords",
    "BreakdownRow",
    "DutyLine",
    "Holder",
    "PlanWords",
    "TargetSides",
    "actions_led_by",
    "allotment_named",
    "breakdown_rows",
    "breakdown_word",
    "breakdown_xlsx",
    "duties_named",
    "duty_lines",
    "holders",
    "lead_of_subject",
    "leader_lines",
    "leader_over",
    "plan_words",
    "proposed_duties",
    "sides_of_targets",
    "target_duties",
    "words_of",
]

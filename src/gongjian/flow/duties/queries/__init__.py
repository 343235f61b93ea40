"""What can be asked of duties: who answers, and the list of it as a table."""

from gongjian.flow.duties.queries.breakdown import BreakdownRow, breakdown_rows
from gongjian.flow.duties.queries.duties import (
    DutyLine,
    TargetSides,
    duty_lines,
    lead_of_subject,
    proposed_duties,
    sides_of_targets,
    unit_leads_or_fills,
)
from gongjian.flow.duties.queries.exports import breakdown_word, breakdown_xlsx

__all__ = [
    "BreakdownRow",
    "DutyLine",
    "TargetSides",
    "breakdown_rows",
    "breakdown_word",
    "breakdown_xlsx",
    "duty_lines",
    "lead_of_subject",
    "proposed_duties",
    "sides_of_targets",
    "unit_leads_or_fills",
]

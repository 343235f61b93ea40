"""Sheets of units and people with our own heads: read, and compared with what is there."""

from gongjian.foundation.orgs.queries.sheets.people import PersonPlan, people_plan
from gongjian.foundation.orgs.queries.sheets.plan import Change, RowState, SheetPlan, SheetRow
from gongjian.foundation.orgs.queries.sheets.templates import people_template, unit_template
from gongjian.foundation.orgs.queries.sheets.units import UnitPlan, unit_plan

__all__ = [
    "Change",
    "PersonPlan",
    "RowState",
    "SheetPlan",
    "SheetRow",
    "UnitPlan",
    "people_plan",
    "people_template",
    "unit_plan",
    "unit_template",
]

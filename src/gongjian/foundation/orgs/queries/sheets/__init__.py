"""Sheets of units and people with our own heads: read, and compared with what is there."""

from gongjian.foundation.orgs.queries.sheets.ledgers import PEOPLE, UNITS, cells_of
from gongjian.foundation.orgs.queries.sheets.people import (
    PersonPlan,
    people_plan,
    people_plan_of,
)
from gongjian.foundation.orgs.queries.sheets.plan import Change, RowState, SheetPlan, SheetRow
from gongjian.foundation.orgs.queries.sheets.templates import people_template, unit_template
from gongjian.foundation.orgs.queries.sheets.units import UnitPlan, unit_plan, unit_plan_of

__all__ = [
    "PEOPLE",
    "UNITS",
    "Change",
    "PersonPlan",
    "RowState",
    "SheetPlan",
    "SheetRow",
    "UnitPlan",
    "cells_of",
    "people_plan",
    "people_plan_of",
    "people_template",
    "unit_plan",
    "unit_plan_of",
    "unit_template",
]

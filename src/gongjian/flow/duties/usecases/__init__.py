"""What is done about duties: proposed from the plan's words, assigned, confirmed."""

from gongjian.flow.duties.queries import Allotment
from gongjian.flow.duties.usecases.adoption import adopt_plan
from gongjian.flow.duties.usecases.assignment import assign_target, confirm_duties
from gongjian.flow.duties.usecases.proposals import propose_duties
from gongjian.flow.duties.usecases.units import close_unit

__all__ = [
    "Allotment",
    "adopt_plan",
    "assign_target",
    "close_unit",
    "confirm_duties",
    "propose_duties",
]

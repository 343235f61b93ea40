"""What is kept of duties: who answers, the list of it with its consultation, leaders, teams."""

from gongjian.flow.duties.models.duty import Duty
from gongjian.flow.duties.models.forces import TaskForce, TaskForceMember
from gongjian.flow.duties.models.handovers import Handover
from gongjian.flow.duties.models.leaders import Sponsorship
from gongjian.flow.duties.models.lists import DutyList, ListLine, Opinion
from gongjian.flow.duties.models.subjects import KINDS

__all__ = [
    "KINDS",
    "Duty",
    "DutyList",
    "Handover",
    "ListLine",
    "Opinion",
    "Sponsorship",
    "TaskForce",
    "TaskForceMember",
]

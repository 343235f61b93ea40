"""任务分解表: the whole plan with its units as one table, for Excel and for an official paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjian.flow.duties.models import DutyList
from gongjian.flow.duties.queries.duties import DutyLine, duty_lines
from gongjian.flow.duties.queries.leaders import Holder, Key, leader_lines, leader_over
from gongjian.flow.duties.queries.lists import unit_order_of
from gongjian.flow.duties.queries.sheets import goal
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import ActionRow, TargetRow, plan_actions


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One line of the table: an action, one of its targets, or one of its tasks."""

    code: str
    kind: str
    title: str
    goal: str
    leader: str
    lead: str
    responsible: str
    supporting: str
    deadline: date | None
    proposed: bool


def breakdown_rows(campaign: Campaign, *, on: date) -> list[BreakdownRow]:
    """The table in the plan's order. A constant number of queries."""
    official = unit_order_of(campaign) == DutyList.UnitOrder.OFFICIAL
    duties = duty_lines(campaign, on=on, official=official)
    leaders = leader_lines(campaign, on=on)
    return [
        row
        for action in plan_actions(campaign, on=on)
        for row in _action_rows(action, duties, leaders)
    ]


def _action_rows(
    action: ActionRow, duties: dict[Key, DutyLine], leaders: dict[Key, Holder]
) -> Iterator[BreakdownRow]:
    def leader(kind: str, pk: int) -> str:
        found = leader_over(leaders, (kind, pk), action=action.pk)
        return found.words if found else ""

    yield _row(
        str(action.seq),
        _("行动"),
        action.name,
        duties[("action", action.pk)],
        leader("action", action.pk),
    )
    for target in action.targets:
        line = duties[("target", target.pk)]
        yield _row(
            target.code, _("目标"), target.metric, line, leader("target", target.pk), target=target
        )
    for task in action.tasks:
        line = duties[("task", task.pk)]
        yield _row(
            task.code, _("任务"), task.title, line, leader("task", task.pk), deadline=task.deadline
        )


def _row(
    code: str,
    kind: str,
    title: str,
    line: DutyLine,
    leader: str,
    *,
    target: TargetRow | None = None,
    deadline: date | None = None,
) -> BreakdownRow:
    return BreakdownRow(
        code=code,
        kind=kind,
        title=title,
        goal=goal(target) if target else "",
        leader=leader,
        lead=line.lead,
        responsible=_("、").join(line.responsible),
        supporting=_("、").join(line.supporting),
        deadline=target.deadline if target else deadline,
        proposed=bool(line.proposed),
    )

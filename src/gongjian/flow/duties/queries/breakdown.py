"""任务分解表: the whole plan with its units as one table, for Excel and for an official paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjian.flow.duties.queries.duties import DutyLine, duty_lines
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import ActionRow, TargetRow, plan_actions
from gongjian.lib.rounding import written


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
    duties = duty_lines(campaign, on=on)
    return [row for action in plan_actions(campaign, on=on) for row in _action_rows(action, duties)]


def _action_rows(
    action: ActionRow, duties: dict[tuple[str, int], DutyLine]
) -> Iterator[BreakdownRow]:
    yield _row(action, str(action.seq), _("行动"), action.name, duties[("action", action.pk)])
    for target in action.targets:
        line = duties[("target", target.pk)]
        yield _row(action, target.code, _("目标"), target.metric, line, target=target)
    for task in action.tasks:
        line = duties[("task", task.pk)]
        yield _row(action, task.code, _("任务"), task.title, line, deadline=task.deadline)


def _row(
    action: ActionRow,
    code: str,
    kind: str,
    title: str,
    line: DutyLine,
    *,
    target: TargetRow | None = None,
    deadline: date | None = None,
) -> BreakdownRow:
    return BreakdownRow(
        code=code,
        kind=kind,
        title=title,
        goal=_goal(target) if target else "",
        leader=action.leader,
        lead=line.lead,
        responsible=_("、").join(line.responsible),
        supporting=_("、").join(line.supporting),
        deadline=target.deadline if target else deadline,
        proposed=bool(line.proposed),
    )


def _goal(target: TargetRow) -> str:
    if target.value is None:
        return _("未定")
    words = {
        ">=": _("%(value)s%(unit)s以上"),
        "<=": _("不高于%(value)s%(unit)s"),
        "~": _("%(value)s%(unit)s左右"),
    }.get(target.comparator, "%(value)s%(unit)s")
    return words % {"value": written(target.value / target.factor), "unit": target.unit}

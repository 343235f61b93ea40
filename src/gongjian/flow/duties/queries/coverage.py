"""What nobody answers for yet: no lead unit, leader or task force, no 五定, words not read."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from gongjian.flow.duties.models import TaskForce
from gongjian.flow.duties.queries.duties import duty_lines
from gongjian.flow.duties.queries.leaders import leader_lines, leader_over, over_campaign
from gongjian.flow.duties.queries.named import unread_lines
from gongjian.flow.duties.queries.sheets import goal
from gongjian.flow.duties.queries.terms import gaps
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import plan_actions
from gongjian.flow.projects.queries import ProjectFilter, project_rows
from gongjian.foundation.orgs.queries import in_force

LACKS = ("lead", "leader", "force", "five", "words")


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One action, target, task or project, and what it lacks."""

    kind: str
    uid: UUID
    code: str
    name: str
    group: str
    lead: str
    leader: str
    force: str
    missing: tuple[str, ...]
    lacks: tuple[str, ...]
    key: tuple[str, int]
    goal: str = ""
    deadline: date | None = None
    unread: tuple[str, ...] = ()


def coverage_rows(campaign: Campaign, *, on: date) -> list[CoverageRow]:
    """Everything that has to have somebody, in the plan's order. A constant number of queries.

    Actions, targets and tasks want a lead unit and a leader, targets and tasks the 五定, projects
    a lead unit, a sponsor and a task force. Task forces over the rest are shown where there are.
    """
    actions = plan_actions(campaign, on=on)
    keys = [("target", row.pk) for action in actions for row in action.targets]
    keys += [("task", row.pk) for action in actions for row in action.tasks]
    missing, unread = gaps(keys, on=on), unread_lines(campaign, on=on)
    lines, leaders = duty_lines(campaign, on=on), leader_lines(campaign, on=on)
    forces = {
        force.subject_key: force.name
        for force in TaskForce.objects.filter(over_campaign(campaign)).filter(in_force(on))
    }

    def row(
        kind: str,
        pk: int,
        uid: UUID,
        code: str,
        name: str,
        *,
        group: str = "",
        action: int | None = None,
        wants: str = "",
        deadline: date | None = None,
    ) -> CoverageRow:
        key = (kind, pk)
        line, leader = lines.get(key), leader_over(leaders, key, action=action)
        lead, five = (line.lead if line else ""), missing.get(key, ())
        force = forces.get(key, "")
        found = {
            "lead": not lead,
            "leader": leader is None or not leader.name,
            "force": kind == "project" and not force,
            "five": bool(five),
            "words": key in unread,
        }
        return CoverageRow(
            kind=kind,
            uid=uid,
            code=code,
            name=name,
            group=group,
            lead=lead,
            leader=leader.words if leader else "",
            force=force,
            missing=five,
            lacks=tuple(lack for lack in LACKS if found[lack]),
            key=key,
            goal=wants,
            deadline=deadline,
            unread=unread.get(key, ()),
        )

    rows = []
    for action in actions:
        rows.append(row("action", action.pk, action.uid, str(action.seq), action.name))
        under = partial(row, group=action.name, action=action.pk)
        rows += [
            under("target", t.pk, t.uid, t.code, t.metric, wants=goal(t), deadline=t.deadline)
            for t in action.targets
        ]
        rows += [
            under("task", t.pk, t.uid, t.code, t.title, deadline=t.deadline) for t in action.tasks
        ]
    # A project's sponsor is its own: the leader of its action does not stand in.
    rows += [
        row("project", project.pk, project.uid, project.code, project.name)
        for project in project_rows(campaign, ProjectFilter())
    ]
    return rows

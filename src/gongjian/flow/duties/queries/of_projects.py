"""Who answers for each project of a campaign, in the words its ledger takes."""

from datetime import date

from gongjian.flow.duties.queries.duties import duty_lines
from gongjian.flow.duties.queries.leaders import leader_lines
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.queries import Answering


def answering_for_projects(campaign: Campaign, on: date) -> dict[int, Answering]:
    """{project: lead unit, responsible units, sponsor with the post} on a day. Three queries."""
    lines, leaders = duty_lines(campaign, on=on), leader_lines(campaign, on=on)
    keys = {pk for kind, pk in {*lines, *leaders} if kind == "project"}
    found = {}
    for pk in keys:
        line, leader = lines.get(("project", pk)), leaders.get(("project", pk))
        found[pk] = Answering(
            lead=line.lead if line else "",
            responsible=tuple(line.responsible) if line else (),
            sponsor=leader.words if leader else "",
            sponsor_post=leader.post if leader else "",
        )
    return found

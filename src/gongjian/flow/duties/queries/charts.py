"""Projects in groups of who leads them: the grouping of a chart that knows of duties."""

from datetime import date

from gongjian.flow.duties.queries.of_projects import beside_lines, units_leading_projects
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.queries import ByColumn


def by_lead_unit(campaign: Campaign, *, on: date) -> ByColumn:
    """By the unit that leads a project on a day, in the office's order of units."""
    return ByColumn(
        beside_lines(on=on)["lead"],
        lambda: {name: name for name in units_leading_projects(campaign, on=on)},
    )

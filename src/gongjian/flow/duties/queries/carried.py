"""Which projects hang on a unit, as host or by its duties, and which on a leader's post."""

from datetime import date

from django.db.models import Q, QuerySet

from gongjian.flow.duties.models import Duty, Sponsorship
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries import standing_projects
from gongjian.foundation.orgs.models import Post, Unit
from gongjian.foundation.orgs.queries import in_force

HOST = "host"
PARTS = (HOST, *Duty.Role.values)


def projects_of_unit(unit: Unit, campaign: Campaign, part: str, *, on: date) -> QuerySet[Project]:
    """The projects of a year that stand in a township, or in which a unit has a part; "" is any.

    No query by itself.
    """
    duties = Duty.objects.filter(in_force(on), unit=unit, project__isnull=False)
    if part in Duty.Role.values:
        duties = duties.filter(role=part)
    own = Q(township=unit)
    by_duty = Q(pk__in=duties.order_by().values("project"))
    meant = {"": own | by_duty, HOST: own}.get(part, by_duty)
    return standing_projects(campaign).filter(meant)


def projects_of_post(post: Post, campaign: Campaign, *, on: date) -> QuerySet[Project]:
    """The projects of a year that the holder of a post sponsors. No query by itself."""
    rows = Sponsorship.objects.filter(in_force(on), post=post, project__isnull=False)
    return standing_projects(campaign).filter(pk__in=rows.order_by().values("project"))

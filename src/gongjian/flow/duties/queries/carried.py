"""Which projects hang on a unit, as host or by its duties; for the lines of the register."""

from datetime import date

from django.db.models import Q, QuerySet

from gongjian.flow.duties.models import Duty
from gongjian.flow.projects.models import Project
from gongjian.foundation.orgs.queries import in_force

HOST = "host"
PARTS = (HOST, *Duty.Role.values)


def projects_of_unit(whose: tuple[int, str], *, on: date) -> QuerySet[Project, int]:
    """The keys of the projects that stand in a township, or in which a unit (by its key) has a
    part on a day; "" is any part. For another query."""
    unit, part = whose
    duties = Duty.objects.filter(in_force(on), unit=unit, project__isnull=False)
    if part in Duty.Role.values:
        duties = duties.filter(role=part)
    own, by_duty = Q(township=unit), Q(pk__in=duties.order_by().values("project"))
    meant = {"": own | by_duty, HOST: own}.get(part, by_duty)
    return Project.objects.filter(meant).values_list("pk", flat=True)

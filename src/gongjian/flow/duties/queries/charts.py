"""Projects in groups of who leads them: the grouping of a chart that knows of duties."""

from datetime import date

from django.db.models import OuterRef, Subquery

from gongjian.flow.duties.models import Duty
from gongjian.flow.projects.queries import ByColumn
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.queries import in_force


def by_lead_unit(*, on: date) -> ByColumn:
    """By the unit that leads a project on a day, in the office's order of units."""
    leads = Duty.objects.filter(in_force(on), role=Duty.Role.LEAD, project__isnull=False)

    def labels() -> dict[str, str]:
        units = Unit.objects.filter(pk__in=leads.order_by().values("unit"))
        return {name: name for name in units.values_list("short_name", flat=True)}

    own = leads.filter(project=OuterRef("pk")).order_by().values("unit__short_name")[:1]
    return ByColumn(Subquery(own), labels)

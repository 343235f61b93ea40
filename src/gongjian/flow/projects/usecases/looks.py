"""Remembering when a reader last looked at a project, for that reader's own marks. No act: it is
nobody else's, it says nothing of anybody's work, and it is counted nowhere."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from gongjian.flow.projects.models import Project, ProjectLook
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.queries import prepared

VISIT = timedelta(minutes=30)  # looks closer together are one visit
OFTEN = timedelta(minutes=5)  # how exactly the end of a visit is kept


@prepared
def _looks(*, reader: int, project: int) -> QuerySet[ProjectLook]:
    return ProjectLook.objects.filter(user=reader, project=project)


def look_at_project(project: Project, *, by: User, at: datetime) -> datetime | None:
    """When the visit before this one was; None at the first. One query, sometimes a second."""
    look = next(iter(_looks(reader=by.pk, project=project.pk)), None)
    if look is None:
        with transaction.atomic():
            ProjectLook.objects.get_or_create(
                user_id=by.pk, project=project, defaults={"before": at, "at": at}
            )
        return None
    before = look.at if at - look.at >= VISIT else look.before
    if at - look.at >= OFTEN:
        ProjectLook.objects.filter(pk=look.pk).update(before=before, at=at)
    return None if before == look.before == at else before

"""What was taken away as a file, by whom."""

from datetime import datetime

from django.db import transaction

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import Project, ProjectList
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note


@transaction.atomic
def note_export(
    what: Campaign | ProjectList | Project, form: str, rows: int, *, by: User | None, at: datetime
) -> None:
    """Note that projects were taken away: of what, in which form, how many.

    `by` None is the command line. Refused: business.*
    """
    if by is not None:
        rules.check_can_read_projects(by)
    kinds = {ProjectList: "list", Project: "project"}
    kind = kinds.get(type(what), "campaign")
    facts: dict[str, str | int] = {"of": kind, "uid": str(what.uid), "form": form, "rows": rows}
    note("projects.exported", by=by, at=at, facts=facts)

"""What is said of many projects at once, and of which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gongjian.flow.plan.models import Action
from gongjian.flow.projects.models import BulkChange, Project
from gongjian.foundation.orgs.models import User


@dataclass(frozen=True, slots=True)
class BulkValue:
    """What is said of all: the field, the plain value, and how a person reads it."""

    field: str
    value: str | Action | date
    words: str
    precision: str = ""


def projects_ticked(uids: Sequence[UUID]) -> list[Project]:
    """The projects of a form, as they were registered. One query."""
    rows = Project.objects.filter(uid__in=uids).select_related("action", "township", "filler")
    return list(rows.order_by("pk"))


def bulk_change_by(uid: str, *, reader: User) -> BulkChange | None:
    """A change of many projects that a reader made, to be told of; None where there is none such.
    One query."""
    try:
        meant = UUID(uid)
    except ValueError:
        return None
    return BulkChange.objects.filter(uid=meant, by=reader.pk).first()

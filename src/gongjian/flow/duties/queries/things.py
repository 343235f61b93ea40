"""What of the duties can be found by name: the task forces."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gongjian.flow.duties.models import KINDS, TaskForce
from gongjian.flow.duties.queries.subjects import TABLES, name_of
from gongjian.foundation.search.models import Source, Thing


def duty_sources() -> tuple[Source, ...]:
    """The task forces, with what each was set up for as their second line."""
    tables = {TaskForce._meta.db_table, *(table._meta.db_table for table in TABLES.values())}
    return (Source("force", "projects", frozenset(tables), _forces),)


def _forces() -> Iterator[Thing]:
    """One that was dissolved is found too, and says so."""
    for force in TaskForce.objects.select_related(*KINDS).order_by("pk"):
        kind, _pk = force.subject_key
        subject = name_of(getattr(force, kind))
        ended = _("已撤销") if force.valid_to is not None else ""
        second = _(" · ").join(filter(None, (subject, ended)))
        yield Thing(force.uid, force.name, second, page="force", order=force.pk)

"""What was done to a list: each act with its paper, and whom it concerned."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongjian.flow.projects.models import ListChange, ListMembership, ProjectList


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One act on a list: its version, its day, its paper, and whom it concerned."""

    number: int
    day: date
    kind: str
    label: str
    doc_no: str
    reason: str
    by: str
    came: tuple[str, ...]
    went: tuple[str, ...]
    renamed: tuple[str, str] | None


def version_rows(
    listed: ProjectList,
    *,
    since: date | None = None,
    until: date | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> list[VersionRow]:
    """The acts on a list, the newest first, with whom each concerned. Three queries."""
    found = _changes(listed, since, until).select_related("by", "renamed")
    found = found.order_by("-number", "-pk")
    changes = list(found[offset : None if limit is None else offset + limit])
    keys = [change.pk for change in changes]
    came, went = _names(keys, "entered"), _names(keys, "left")
    return [_version(change, came[change.pk], went[change.pk]) for change in changes]


def count_versions(
    listed: ProjectList, *, since: date | None = None, until: date | None = None
) -> int:
    return _changes(listed, since, until).count()


def first_day(listed: ProjectList) -> date | None:
    """The day of the first act on a list; None before it. One query."""
    return listed.changes.order_by("number").values_list("day", flat=True).first()


def _changes(listed: ProjectList, since: date | None, until: date | None) -> QuerySet[ListChange]:
    found = listed.changes.all()
    if since is not None:
        found = found.filter(day__gt=since)
    return found if until is None else found.filter(day__lte=until)


def _names(changes: Collection[int], side: str) -> dict[int, list[str]]:
    """{change: the names of those that came by it, or left by it}. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = ListMembership.objects.filter(**{f"{side}__in": changes}).order_by("pk")
    for change, name in rows.values_list(side, "project__name"):
        found[change].append(name)
    return found


def _version(change: ListChange, came: list[str], went: list[str]) -> VersionRow:
    renamed = getattr(change, "renamed", None)
    return VersionRow(
        number=change.number,
        day=change.day,
        kind=change.kind,
        label=str(change.get_kind_display()),
        doc_no=change.doc_no,
        reason=change.reason,
        by=change.by.display_name if change.by else "",
        came=tuple(came),
        went=tuple(went),
        renamed=(renamed.old, renamed.new) if renamed else None,
    )

"""Which projects an act on a list may be done to, and which ones a form names."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from gongjian.flow.projects.models import ListChange, Project, ProjectList, Standing
from gongjian.flow.projects.queries.listing import of_year

ENDED = (Standing.TERMINATED, Standing.RELOCATED, Standing.SPLIT, Standing.MERGED)


def candidates(
    listed: ProjectList, act: str, words: str, *, offset: int = 0, limit: int | None = None
) -> list[Project]:
    """The projects an act on a list may be done to: those on it, or for 调入 those that are not."""
    found = _candidates(listed, act, words).select_related("township")
    return list(found.order_by("pk")[offset : None if limit is None else offset + limit])


def count_candidates(listed: ProjectList, act: str, words: str) -> int:
    return _candidates(listed, act, words).count()


def projects_written(
    listed: ProjectList, lines: Collection[str], *, uids: Collection[UUID] = ()
) -> tuple[list[Project], list[str]]:
    """The projects of a list's campaign by name, code or uid, and the lines nobody bears.

    A name that several bear names none of them. One query.
    """
    wanted = {line.strip() for line in lines if line.strip()}
    named_so = Q(name__in=wanted) | Q(code__in=wanted) | Q(uid__in=list(uids))
    found = list(of_year(listed.campaign).filter(named_so).order_by("pk"))
    borne: dict[str, list[Project]] = defaultdict(list)
    for project in found:
        for word in {project.name, project.code}:
            borne[word].append(project)
    named = [borne[word][0] for word in sorted(wanted) if len(borne[word]) == 1]
    ticked = [project for project in found if project.uid in set(uids)]
    both = {project.pk: project for project in (*ticked, *named)}
    unknown = [word for word in sorted(wanted) if len(borne[word]) != 1]
    return [both[key] for key in sorted(both)], unknown


def _candidates(listed: ProjectList, act: str, words: str) -> QuerySet[Project]:
    """Those still on a list; for 调入 those of its campaign's year that are not and go on."""
    there = listed.memberships.filter(valid_to__isnull=True).values("project")
    if act == ListChange.Kind.ADD:
        found = of_year(listed.campaign).exclude(pk__in=there).exclude(standing__in=ENDED)
    else:
        found = Project.objects.filter(pk__in=there)
    if words:
        found = found.filter(
            Q(name__icontains=words) | Q(code__icontains=words) | Q(owner__icontains=words)
        )
    return found

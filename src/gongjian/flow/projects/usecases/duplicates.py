"""Two projects found to be one, or found not to be."""

from datetime import datetime

from django.db import transaction

from gongjian.flow.projects import rules
from gongjian.flow.projects.models import (
    DuplicateVerdict,
    Project,
    ProjectDescent,
    Standing,
)
from gongjian.flow.projects.usecases.lists import Paper, replace_on_lists
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day


@transaction.atomic
def merge_duplicates(
    kept: Project, gone: Project, reason: str, *, by: User, at: datetime
) -> Project:
    """Let one of two stay. Nothing is deleted: the other keeps its rows, and its stages and those
    months the first has not count for the first.

    Refused: office.only, duplicate.same, .no-reason, project.ended, list.*
    """
    rules.check_can_merge(kept, gone, by=by, reason=reason)
    held = Project.objects.select_for_update().get(pk=gone.pk)
    rules.check_is_going(held)
    paper = Paper(doc_no=reason.strip()[:80], day=local_day(at), reason=reason)
    written = replace_on_lists(held, kept, paper, by=by, at=at)
    held.standing = Standing.MERGED
    held.version += 1
    held.save(update_fields=["standing", "version"])
    descent = ProjectDescent.objects.create(
        kind=ProjectDescent.Kind.MERGE,
        earlier=held,
        later=kept,
        day=paper.day,
        basis=reason.strip()[:120],
    )
    gone.refresh_from_db()
    note("duplicate.merged", held, descent, *written, by=by, at=at)
    return kept


@transaction.atomic
def keep_apart(
    one: Project, other: Project, reason: str, *, by: User, at: datetime
) -> DuplicateVerdict:
    """Say that two are not one; nobody is asked again.

    Refused: office.only, duplicate.same, .no-reason, project.ended.
    """
    rules.check_can_merge(one, other, by=by, reason=reason)
    first, second = sorted((one, other), key=lambda project: project.pk)
    verdict = DuplicateVerdict.objects.filter(one=first, other=second).first()
    if verdict is not None:
        return verdict
    verdict = DuplicateVerdict.objects.create(
        one=first, other=second, day=local_day(at), reason=reason.strip()[:300], by=by, at=at
    )
    note("duplicate.kept-apart", verdict, by=by, at=at)
    return verdict

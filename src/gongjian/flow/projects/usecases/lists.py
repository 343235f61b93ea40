"""调入, 调出, 更名, 拆分, 打捆: what is done to lists, each by a paper, each a new version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import (
    ListChange,
    ListMembership,
    ListRename,
    Project,
    ProjectDescent,
    ProjectList,
    ProjectName,
    Standing,
)
from gongjian.flow.projects.usecases.register import ProjectWords, YearWords, register_projects
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

Kind = ListChange.Kind


@dataclass(frozen=True, slots=True)
class Paper:
    """The approving document of a change: its number, the day it takes effect, the reason."""

    doc_no: str
    day: date
    reason: str = ""


@transaction.atomic
def make_list(campaign: Campaign, kind: str, name: str, *, by: User, at: datetime) -> ProjectList:
    """Set up an empty list. Refused: office.only, list.kind, .no-name, .known, .too-long."""
    rules.check_can_keep_lists(by)
    rules.check_list_words(kind, name)
    try:
        with transaction.atomic():
            listed = ProjectList.objects.create(campaign=campaign, kind=kind, name=name.strip())
    except IntegrityError as twice:
        raise Refused("list.known", _("已经有一份同名的清单。")) from twice
    note("list.made", listed, by=by, at=at)
    return listed


@transaction.atomic
def add_to_list(
    listed: ProjectList, projects: Sequence[Project], paper: Paper, *, by: User, at: datetime
) -> ListChange:
    """调入: bring projects onto a list.

    Refused: office.only, list.no-paper, .ahead, .backwards, .nobody, .there, project.ended.
    """
    rules.check_are_named(projects)
    for project in projects:
        rules.check_is_going(project)
    change = _change(listed, Kind.ADD, paper, by=by, at=at)
    rules.check_none_there(listed, projects, set(_open(listed, projects)))
    entered = _enter(listed, projects, change)
    note("list.added", change, *entered, by=by, at=at, facts={"projects": len(projects)})
    return change


@transaction.atomic
def drop_from_list(
    listed: ProjectList, projects: Sequence[Project], paper: Paper, *, by: User, at: datetime
) -> ListChange:
    """调出: take projects off a list, for a reason; they stay in the register.

    Refused: office.only, list.no-paper, .ahead, .backwards, .nobody, .not-there, .no-reason.
    """
    rules.check_are_named(projects)
    rules.check_has_reason(paper.reason)
    change = _change(listed, Kind.DROP, paper, by=by, at=at)
    there = _open(listed, projects)
    rules.check_all_there(listed, projects, set(there))
    left = _leave(list(there.values()), change)
    note("list.dropped", change, *left, by=by, at=at, facts={"projects": len(projects)})
    return change


@transaction.atomic
def rename_project(project: Project, name: str, paper: Paper, *, by: User, at: datetime) -> Project:
    """更名: a project bears another name from a day on, on every list it stands on.

    Refused: office.only, list.no-paper, .ahead, .backwards, .same-name, project.too-long.
    """
    rules.check_new_name(project, name)
    rules.check_fits(name, project.code)
    rules.check_can_keep_lists(by)
    rules.check_paper(doc_no=paper.doc_no, day=paper.day, today=local_day(at), last=None)
    held = Project.objects.select_for_update().get(pk=project.pk)
    last = held.former_names.order_by("-valid_to").first()
    since = last.valid_to if last and last.valid_to else held.registered_on or paper.day
    former = ProjectName.objects.create(
        project=held,
        name=held.name,
        basis=paper.doc_no.strip()[:120],
        valid_from=min(since, paper.day),
        valid_to=paper.day,
    )
    written: list[Kept] = [former]
    for row in held.memberships.filter(valid_to__isnull=True).select_related("list"):
        change = _change(row.list, Kind.RENAME, paper, by=by, at=at)
        written += [
            change,
            ListRename.objects.create(change=change, project=held, old=held.name, new=name.strip()),
        ]
    held.name = name.strip()
    held.version += 1
    held.save(update_fields=["name", "version"])
    project.refresh_from_db()
    note("project.renamed", held, *written, by=by, at=at)
    return project


@transaction.atomic
def split_project(
    project: Project,
    parts: Sequence[tuple[ProjectWords, YearWords]],
    paper: Paper,
    *,
    by: User,
    at: datetime,
) -> list[Project]:
    """拆分: one project goes on as several, which stand on its lists in its place.

    The parts begin with the stages it had reached; its money stays with it.
    Refused: list.too-few, project.ended, and those of registering and of changing a list.
    """
    rules.check_parts(len(parts))
    rules.check_is_going(project)
    held = _ended(project, Standing.SPLIT)
    made = register_projects(held.campaign, parts, by=by, at=at)
    descents = _descend([held], made, ProjectDescent.Kind.SPLIT, paper)
    written = _replaced([held], made, Kind.SPLIT, paper, by=by, at=at)
    project.refresh_from_db()
    note("project.split", held, *descents, *written, by=by, at=at, facts={"parts": len(made)})
    return made


@transaction.atomic
def bundle_projects(
    projects: Sequence[Project],
    words: ProjectWords,
    paper: Paper,
    *,
    by: User,
    at: datetime,
    year: YearWords | None = None,
) -> Project:
    """打捆: several projects go on as one, which stands on their lists in their place.

    Targets go on counting the parts, so that a bundle never counts for less.
    Refused: list.too-few, project.ended, and those of registering and of changing a list.
    """
    rules.check_parts(len(projects))
    for project in projects:
        rules.check_is_going(project)
    held = [_ended(project, Standing.MERGED) for project in projects]
    made = register_projects(held[0].campaign, [(words, year or YearWords())], by=by, at=at)
    descents = _descend(held, made, ProjectDescent.Kind.BUNDLE, paper)
    written = _replaced(held, made, Kind.BUNDLE, paper, by=by, at=at)
    for project in projects:
        project.refresh_from_db()
    rows = (*held, *descents, *written)
    note("project.bundled", *rows, by=by, at=at, facts={"parts": len(held)})
    return made[0]


def replace_on_lists(
    gone: Project, kept: Project, paper: Paper, *, by: User, at: datetime
) -> list[Kept]:
    """Take a project off its lists; where the other is not on one, it comes in its place.

    Refused: list.*
    """
    written: list[Kept] = []
    for row in gone.memberships.filter(valid_to__isnull=True).select_related("list"):
        change = _change(row.list, Kind.DROP, paper, by=by, at=at)
        written += [change, *_leave([row], change)]
        if not _open(row.list, [kept]):
            added = _change(row.list, Kind.ADD, paper, by=by, at=at)
            written += [added, *_enter(row.list, [kept], added)]
    return written


def _change(listed: ProjectList, kind: Kind, paper: Paper, *, by: User, at: datetime) -> ListChange:
    """A change with the number of its version: changes of one day are one version."""
    rules.check_can_keep_lists(by)
    ProjectList.objects.select_for_update().get(pk=listed.pk)
    last = listed.changes.order_by("-number").first()
    rules.check_paper(
        doc_no=paper.doc_no, day=paper.day, today=local_day(at), last=last.day if last else None
    )
    same = last is not None and last.day == paper.day
    number = (last.number if last else 0) + (0 if same else 1)
    return ListChange.objects.create(
        list=listed,
        kind=kind,
        day=paper.day,
        number=number,
        doc_no=paper.doc_no.strip()[:80],
        reason=paper.reason.strip()[:300],
        by=by,
        at=at,
    )


def _open(listed: ProjectList, projects: Sequence[Project]) -> dict[int, ListMembership]:
    rows = listed.memberships.filter(
        project__in=[project.pk for project in projects], valid_to__isnull=True
    )
    return {row.project_id: row for row in rows}


def _enter(
    listed: ProjectList, projects: Sequence[Project], change: ListChange
) -> list[ListMembership]:
    rows = [
        ListMembership(list=listed, project=project, entered=change, valid_from=change.day)
        for project in projects
    ]
    ListMembership.objects.bulk_create(rows)
    return rows


def _leave(rows: Sequence[ListMembership], change: ListChange) -> list[ListMembership]:
    for row in rows:
        row.valid_to = change.day
        row.left = change
    ListMembership.objects.bulk_update(rows, ["valid_to", "left"])
    return list(rows)


def _ended(project: Project, standing: Standing) -> Project:
    held = Project.objects.select_for_update().get(pk=project.pk)
    rules.check_is_going(held)
    held.standing = standing
    held.version += 1
    held.save(update_fields=["standing", "version"])
    return held


def _descend(
    earlier: Sequence[Project],
    later: Sequence[Project],
    kind: ProjectDescent.Kind,
    paper: Paper,
) -> list[ProjectDescent]:
    rows = [
        ProjectDescent(
            kind=kind, earlier=one, later=other, day=paper.day, basis=paper.doc_no.strip()[:120]
        )
        for one in earlier
        for other in later
    ]
    ProjectDescent.objects.bulk_create(rows)
    return rows


def _replaced(
    earlier: Sequence[Project],
    later: Sequence[Project],
    kind: Kind,
    paper: Paper,
    *,
    by: User,
    at: datetime,
) -> list[Kept]:
    """On every list where the earlier stood, the later stand from the day on."""
    written: list[Kept] = []
    standing = ListMembership.objects.filter(
        project__in=[one.pk for one in earlier], valid_to__isnull=True
    )
    by_list: dict[ProjectList, list[ListMembership]] = {}
    for row in standing.select_related("list").order_by("list", "pk"):
        by_list.setdefault(row.list, []).append(row)
    for listed, rows in by_list.items():
        change = _change(listed, kind, paper, by=by, at=at)
        written += [change, *_leave(rows, change), *_enter(listed, later, change)]
    return written

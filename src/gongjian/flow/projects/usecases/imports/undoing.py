"""An import is taken back: what nobody touched since, and nothing else."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ForeignObjectRel
from django.utils.translation import gettext as _

from gongjian.flow.plan.queries import campaign_by_uid
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import AmountChange, DateChange, Project, ProjectYear
from gongjian.flow.projects.queries import (
    COLUMNS,
    DATE_COLUMNS,
    Townships,
    read_back,
    townships,
)
from gongjian.flow.projects.usecases.imports.beside import Beside, all_or_each
from gongjian.flow.projects.usecases.imports.facts import FACTS
from gongjian.flow.projects.usecases.imports.opening import KIND
from gongjian.flow.projects.usecases.register import (
    Changed,
    ProjectWords,
    YearWords,
    change_projects,
)
from gongjian.foundation.files.usecases import person_of
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import ImportRow, ImportRun, Kept
from gongjian.foundation.records.queries import import_by_uid
from gongjian.foundation.records.usecases import (
    Deed,
    begin_undo,
    end_undo,
    keep_undone,
    lock_import,
    note_each,
)
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

BATCH = 200
OWN = (ProjectYear, DateChange, AmountChange)  # what registering writes beside a project


def ask_to_undo_project_import(
    run: ImportRun, *, version: int, by: User, at: datetime
) -> ImportRun:
    """Take an import back in the background. Refused: office.only, import.changed, .begun."""
    rules.check_can_keep_project(by)
    return begin_undo(run, version=version, by=by, at=at, delegation=by.delegation)


def undo_project_import(
    key: str, *, at: datetime, beside: Sequence[Beside] = (FACTS,)
) -> ImportRun:
    """Take back what a run wrote: projects it brought go, values it changed are set as before.

    What was touched since is left, with the reason; the log keeps both the import and its
    undoing. Refused: office.only, import.taken-over.
    """
    run = import_by_uid(key, kinds=(KIND,))
    if run.state != ImportRun.State.UNDOING:
        return run
    by = person_of(run, at=at)
    rules.check_can_keep_project(by)
    wrote = run.rows.filter(outcome__in=("new", "changed")).order_by("-number")
    while rows := list(wrote[run.position : run.position + BATCH]):
        run = _undo(run, rows, beside, by=by, at=at)
    return end_undo(run, by=by, at=at)


@transaction.atomic
def _undo(
    run: ImportRun,
    rows: Sequence[ImportRow],
    beside: Sequence[Beside],
    *,
    by: User,
    at: datetime,
) -> ImportRun:
    run = lock_import(run, state=ImportRun.State.UNDOING, position=run.position, at=at)
    stand = {
        project.uid: project
        for project in Project.objects.select_related("township", "action", "filler", "place")
        .filter(uid__in=[row.thing for row in rows])
        .select_for_update(of=("self",))
    }
    made = _made(rows, beside)
    touched = _touched([project.pk for project in stand.values()], made)
    pairs: list[tuple[ImportRow, Project]] = []
    for row in rows:
        project = stand.get(row.thing) if row.thing else None
        row.left = _why_left(row, project, touched)
        if project is not None and not row.left:
            pairs.append((row, project))
    pairs = _take_back(run, pairs, beside, by=by, at=at)
    _remove([pair for pair in pairs if pair[0].outcome == "new"], by=by, at=at)
    _set_back(run, [pair for pair in pairs if pair[0].outcome != "new"], by=by, at=at)
    keep_undone(run, rows, by=by, at=at)
    return run


def _why_left(row: ImportRow, project: Project | None, touched: Collection[int]) -> str:
    if project is None:
        return _("项目已经不在登记册里。")
    if project.version != row.version:
        return _("导入以后又改过，留着没动。")
    if row.outcome == "new" and project.pk in touched:
        return _("导入以后又有了阶段、投资、责任等记录，留着没动。")
    return ""


def _made(rows: Sequence[ImportRow], beside: Sequence[Beside]) -> dict[type[Kept], set[int]]:
    """What these rows wrote beside projects, by table."""
    found: dict[type[Kept], set[int]] = {}
    for one in beside:
        for model, keys in one.made(rows).items():
            found.setdefault(model, set()).update(keys)
    return found


def _touched(keys: Sequence[int], made: Mapping[type[Kept], set[int]]) -> set[int]:
    """The projects that something hangs on besides what registering, and the import, wrote.

    A query a table.
    """
    found: set[int] = set()
    for relation in Project._meta.related_objects:
        model = relation.related_model
        if (
            model in OWN
            or not issubclass(model, Kept)
            or not isinstance(relation, ForeignObjectRel)
        ):
            continue
        name = relation.field.attname
        rows = model._default_manager.filter(**{f"{name}__in": keys})
        rows = rows.exclude(pk__in=made.get(model, ()))
        found.update(rows.values_list(name, flat=True))
    years = ProjectYear.objects.filter(project__in=keys).values_list("project", "version")
    counted = Counter(key for key, _version in years)
    return found | {key for key, version in years if version > 1 or counted[key] > 1}


def _take_back(
    run: ImportRun,
    pairs: Sequence[tuple[ImportRow, Project]],
    beside: Sequence[Beside],
    *,
    by: User,
    at: datetime,
) -> list[tuple[ImportRow, Project]]:
    """Take back what was written beside projects; a row of which that cannot be is left whole."""
    left: dict[int, str] = {}
    for one in beside:
        left |= one.why_left(pairs)
    for row, _project in pairs:
        row.left = left.get(row.pk, "")[:300]
    kept = [pair for pair in pairs if not pair[0].left]

    def write(some: Sequence[tuple[ImportRow, Project]]) -> None:
        for one in beside:
            one.take_back(some, _why(run), by=by, at=at)

    def refuse(pair: tuple[ImportRow, Project], no: Refused) -> None:
        pair[0].left = no.sentence[:300]

    all_or_each(kept, write, refuse)
    return [pair for pair in kept if not pair[0].left]


def _why(run: ImportRun) -> str:
    return _("撤销导入“%(file)s”（导入编号 %(run)s）") % {
        "file": run.file_name[:200], "run": str(run.uid)[:8],
    }  # fmt: skip


def _remove(gone: Sequence[tuple[ImportRow, Project]], *, by: User, at: datetime) -> None:
    """Projects that only the import knew: they and what was written beside them go."""
    keys = [project.pk for _row, project in gone]
    beside: dict[int, list[Kept]] = {key: [] for key in keys}
    for model in OWN:
        for held in model._default_manager.filter(project__in=keys):
            beside[held.project_id].append(held)
    note_each(
        [
            Deed("project.unregistered", removed=(project, *beside[project.pk]))
            for _row, project in gone
        ],
        by=by,
        at=at,
    )
    for model in OWN:
        model._default_manager.filter(project__in=keys).delete()
    Project.objects.filter(pk__in=keys).delete()
    for row, _project in gone:
        row.undone = True


def _set_back(
    run: ImportRun, back: Sequence[tuple[ImportRow, Project]], *, by: User, at: datetime
) -> None:
    """What a project said before the import is said again, with the reason."""
    why = _why(run)
    places = Townships(townships(on=local_day(at)))
    campaign = campaign_by_uid(UUID(run.into))
    years = {
        year.project_id: year
        for year in ProjectYear.objects.filter(
            campaign=campaign, project__in=[project.pk for _row, project in back]
        )
    }
    for row, project in back:
        if not set(row.new) & set(COLUMNS):
            row.undone = True
            continue
        old = {
            column: read_back(column, kept, places.by_code)
            for column, kept in row.old.items()
            if column in COLUMNS
        }
        words = replace(ProjectWords.of(project), **_in_words(old))
        year = years.get(project.pk)
        stood = _year(year) if year else YearWords()
        said = replace(stood, **{name: old[name] for name in asdict(stood) if name in old})
        try:
            with transaction.atomic():
                changed = Changed(project, words, project.version, why, said)
                change_projects([changed], by=by, at=at)
        except Refused as no:
            row.left = no.sentence[:300]
        else:
            row.undone = True


def _in_words(old: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, value in old.items():
        if name in DATE_COLUMNS:
            said[name], said[f"{name}_precision"] = value or (None, "")
        elif name in ProjectWords.__dataclass_fields__:
            said[name] = value
    return said


def _year(year: ProjectYear) -> YearWords:
    return YearWords(year.plan_class, year.plan_investment, year.done_before)

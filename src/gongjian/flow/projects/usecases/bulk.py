"""One thing said of many projects, as it was previewed: an act a project, and one for the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.projects import rules
from gongjian.flow.projects.models import BulkChange, Project, ProjectYear
from gongjian.flow.projects.queries import BulkValue
from gongjian.flow.projects.usecases.bulk_rows import rehearse_in_bulk
from gongjian.flow.projects.usecases.register import (
    Changed,
    ProjectWords,
    YearWords,
    change_projects,
)
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note
from gongjian.lib.refusals import Conflict, Refused

Field = BulkChange.Field


@transaction.atomic
def change_in_bulk(
    projects: Sequence[Project],
    said: BulkValue,
    *,
    seen: Mapping[UUID, int],
    reason: str,
    by: User,
    at: datetime,
) -> BulkChange:
    """Do what the preview showed, all of it or nothing; what it skipped stays as it is.

    `seen` are the versions of the preview. Refused: office.only, bulk.none, .too-many, .no-reason,
    .reason-long, .nothing-to-do, and as change_project; Conflict: bulk.moved.
    """
    rules.check_can_change_in_bulk(by=by, many=len(projects), reason=reason)
    moved = [one for one in projects if seen.get(one.uid) != one.version]
    if moved:
        raise Conflict(
            "bulk.moved",
            _("有 %(count)s 个项目刚被别人改过，这次一个也没有改。请看新的对照再确认。")
            % {"count": len(moved)},
            mine={one.name: said.words for one in moved},
            theirs={one.name: _("第 %(n)s 版") % {"n": one.version} for one in moved},
        )
    rows = rehearse_in_bulk(projects, said, at=at)
    meant = [row.project for row in rows if not row.skipped]
    if not meant:
        raise Refused("bulk.nothing-to-do", _("选中的项目都不用改，或者都不能改。原因写在每一行。"))
    years = _years(meant) if said.field == Field.PLAN_CLASS else {}
    change_projects(
        [
            Changed(one, _words(one, said), one.version, reason, _year(years.get(one.pk), said))
            for one in meant
        ],
        by=by,
        at=at,
    )
    whole = BulkChange.objects.create(
        field=said.field, value=said.words[:120], reason=reason.strip(), many=len(meant),
        by=by, at=at,
    )  # fmt: skip
    note("project.changed-in-bulk", whole, by=by, at=at, facts={"many": len(meant)})
    return whole


def _words(project: Project, said: BulkValue) -> ProjectWords:
    words = ProjectWords.of(project)
    if said.field == Field.PLAN_CLASS:
        return words
    changed = {said.field: said.value}
    if said.precision:
        changed[f"{said.field}_precision"] = said.precision
    return replace(words, **changed)  # type: ignore[arg-type]  # the field says which


def _years(projects: Sequence[Project]) -> dict[int, ProjectYear]:
    rows = ProjectYear.objects.filter(project__in=[one.pk for one in projects])
    return {row.project_id: row for row in rows.order_by("campaign__year", "pk")}


def _year(stands: ProjectYear | None, said: BulkValue) -> YearWords | None:
    if stands is None:
        return None
    return YearWords(str(said.value), stands.plan_investment, stands.done_before)

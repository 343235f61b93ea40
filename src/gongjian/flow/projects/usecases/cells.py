"""The cells of the month sheet, kept as they are typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.engine.typed import read_typed
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import InvestmentMonth, MonthCell, MonthPlan, Project
from gongjian.flow.projects.queries import WAN, cells_seen_by, month_of, months_sent_in
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Missing, Refused
from gongjian.lib.rounding import rounded

Column = MonthCell.Column
Place = tuple[int, str, str]  # project, month, column


UNSEEN = -1  # the version of a draft on a page that nobody looks at


@dataclass(frozen=True, slots=True)
class CellTyped:
    """What somebody typed into a cell, over the version of the draft the page had; 0: none.

    UNSEEN: the cell stands on no page they see, whatever its draft: they overwrite their own.
    """

    project: UUID
    month: str
    column: str
    typed: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class CellKept:
    """What became of a cell: kept in a version, refused, or met by what another one typed."""

    cell: CellTyped
    version: int = 0
    refused: Refused | None = None
    theirs: MonthCell | None = None

    @property
    def kept(self) -> bool:
        return self.refused is None and self.theirs is None


@transaction.atomic
def keep_cells(
    cells: Sequence[CellTyped],
    *,
    closed: Mapping[str, str],
    again: bool = False,
    by: User,
    at: datetime,
) -> list[CellKept]:
    """Keep cells as drafts, each for itself: one that is refused keeps no other from being kept.

    A cell that somebody else changed since is not overwritten; both values come back. One's own
    draft on a page that one does not see is: a paste by name knows no versions of it. The same
    words again, or the figure that stands already, change nothing; `again` says what became of
    them and writes nothing at all. `closed` says of each closed month why. Refused as a whole:
    cell.read-only, cell.at-once. A constant number of queries.
    """
    rules.check_can_fill_sheet(by)
    uids = {cell.project for cell in cells}
    rows = Project.objects.select_related("township", "filler").filter(uid__in=uids)
    projects = {row.uid: row for row in rows}
    sent = months_sent_in(projects.values(), {cell.month for cell in cells})
    there = _cells_of(projects.values(), {cell.month for cell in cells}, by)
    plans = _plans(cells, projects)
    fresh: list[MonthCell] = []
    changed: list[MonthCell] = []
    found: list[CellKept] = []
    for cell in cells:
        project = projects.get(cell.project)
        if project is not None and _stands_already(cell, project, sent, plans, there):
            found.append(CellKept(cell))
            continue
        try:
            kept = _checked(cell, project, sent, closed, by=by, at=at)
        except Refused as no:
            found.append(CellKept(cell, refused=no))
            continue
        found.append(_write(kept, cell, there, fresh, changed, at=at))
    if again:
        return found
    try:
        with transaction.atomic():
            MonthCell.objects.bulk_create(fresh)
    except IntegrityError as twice:
        raise Refused("cell.at-once", _("同时有人在填同一格。稍等再送一次，不会重复。")) from twice
    MonthCell.objects.bulk_update(changed, ["typed", "typed_by", "typed_at", "version"])
    if written := [*fresh, *changed]:
        note("cells.typed", *written, by=by, at=at, facts={"cells": len(written)})
    return found


def _month(at: datetime) -> str:
    return month_of(local_day(at))


def _cells_of(projects: Iterable[Project], months: set[str], by: User) -> dict[Place, MonthCell]:
    """The drafts there are, held until the act is done."""
    rows = MonthCell.objects.select_for_update(of=("self",)).select_related("typed_by")
    mine = rows.filter(cells_seen_by(by), project__in=projects, month__in=months).order_by("pk")
    return {(row.project_id, row.month, row.column): row for row in mine}


def _plans(
    cells: Sequence[CellTyped], of: Mapping[UUID, Project]
) -> dict[tuple[int, str], Decimal]:
    """The last plan of each month for which one is typed. No query where none is."""
    planned = [cell for cell in cells if cell.column == Column.PLANNED and cell.project in of]
    if not planned:
        return {}
    rows = MonthPlan.objects.filter(
        project__in={of[cell.project].pk for cell in planned},
        month__in={cell.month for cell in planned},
    ).order_by("number")
    return {(row.project_id, row.month): row.planned for row in rows}


def _stands_already(
    cell: CellTyped,
    project: Project,
    sent: Mapping[tuple[int, str], InvestmentMonth],
    plans: Mapping[tuple[int, str], Decimal],
    there: Mapping[Place, MonthCell],
) -> bool:
    """Whether a cell without a draft says what stands there, as exactly as the page shows it.

    A whole sheet that is pasted back from Excel says mostly what it said when it was taken.
    """
    place = (project.pk, cell.month)
    seen = cell.version not in (0, UNSEEN)
    if seen or (*place, cell.column) in there or cell.column not in Column.values:
        return False
    if cell.column == Column.PLANNED:
        standing = plans.get(place)
    else:
        standing = getattr(sent.get(place), cell.column, None)
    if not isinstance(standing, Decimal):
        return bool(standing) and str(standing).split() == cell.typed.split()
    read = read_typed(cell.typed)
    return read.yuan is not None and rounded(read.yuan / WAN, 2) == rounded(standing / WAN, 2)


def _checked(
    cell: CellTyped,
    project: Project | None,
    sent: Mapping[tuple[int, str], InvestmentMonth],
    closed: Mapping[str, str],
    *,
    by: User,
    at: datetime,
) -> MonthCell:
    """The cell as it would be kept. Refused: cell.*, money.*, stage.*, project.*"""
    if project is None or cell.column not in Column.values:
        raise Missing("project.missing", _("没有这个项目，它可能已经调出清单。"))
    rules.check_is_kept(cell.typed)
    rules.check_can_fill_cell(project, cell.column, by=by)
    rules.check_month_is_open(cell.month, cell.column, today=_month(at), closed=closed)
    of_office = cell.column == Column.PLANNED
    if not of_office:
        rules.check_is_unsent(sent.get((project.pk, cell.month)))
    return MonthCell(
        project=project,
        month=cell.month,
        column=cell.column,
        unit=None if of_office else rules.filling_unit(project),
        typed=cell.typed,
        typed_by=by,
        typed_at=at,
    )


def _write(
    kept: MonthCell,
    cell: CellTyped,
    there: dict[Place, MonthCell],
    fresh: list[MonthCell],
    changed: list[MonthCell],
    *,
    at: datetime,
) -> CellKept:
    place = (kept.project_id, kept.month, kept.column)
    standing = there.get(place)
    if standing is None:
        if not cell.typed.strip() and cell.version in (0, UNSEEN):
            return CellKept(cell)
        there[place] = kept
        fresh.append(kept)
        return CellKept(cell, kept.version)
    if standing.typed == cell.typed:
        return CellKept(cell, standing.version)
    own = cell.version == UNSEEN and standing.typed_by_id == kept.typed_by_id
    if standing.version != cell.version and not own:
        return CellKept(cell, standing.version, theirs=standing)
    standing.typed, standing.typed_by, standing.typed_at = kept.typed, kept.typed_by, at
    standing.version += 1
    if not any(standing is one for one in (*fresh, *changed)):
        changed.append(standing)
    return CellKept(cell, standing.version)

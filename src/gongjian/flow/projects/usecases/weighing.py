"""What sending in a month of the sheet would come to, before it is done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import MonthCell, Project
from gongjian.flow.projects.queries import (
    Asked,
    MonthOf,
    SheetRow,
    doubts_of,
    drafts_held,
    start_months,
)
from gongjian.foundation.orgs.models import User
from gongjian.lib.refusals import Refused

Column = MonthCell.Column
AMOUNTS = ("done", "stat_done", "arrived", "early_cost")


@dataclass(slots=True)
class MonthDraft:
    """All that is typed of one month of one project."""

    project: Project
    row: SheetRow
    of: MonthOf
    cells: list[MonthCell]
    faults: dict[str, str] = field(default_factory=dict)
    asked: dict[str, list[Asked]] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        return not self.faults

    @property
    def said(self) -> list[MonthCell]:
        """The cells that say or change something; the others are blank where nothing stood."""
        return [
            cell
            for cell in self.cells
            if cell.typed.strip() or self.of.standing_value(cell.column) not in (None, "")
        ]

    @property
    def reports(self) -> bool:
        """Whether it says what was done, and not only what is planned."""
        return any(cell.column != Column.PLANNED for cell in self.cells)

    @property
    def slips(self) -> dict[str, Asked]:
        """Cells that want a word before they go in: ten thousand times their neighbours."""
        return {column: one for column, found in self.asked.items() for one in found if one.fix}

    @property
    def moves_plan(self) -> bool:
        """Whether a plan that stands would be changed."""
        standing = self.of.planned
        if standing is None or Column.PLANNED not in self.of.cells or not self.ready:
            return False
        return self.meaning(Column.PLANNED) != standing

    def meaning(self, column: str) -> Decimal | str | None:
        """What the month will say in a column. Refused: as the cell."""
        if column in self.of.cells:
            return rules.meaning_of(column, self.of.cells[column][0])
        return self.of.standing_value(column)


@dataclass(frozen=True, slots=True)
class MonthWeighed:
    """The drafts of a month, by project; the digest tells whether they are still the same."""

    month: str
    drafts: list[MonthDraft]

    def only(self, projects: Collection[int] | None) -> "MonthWeighed":
        """The same of these projects alone, by key; None: of all."""
        if projects is None:
            return self
        meant = frozenset(projects)
        return replace(self, drafts=[one for one in self.drafts if one.project.pk in meant])

    @property
    def ready(self) -> list[MonthDraft]:
        return [draft for draft in self.drafts if draft.ready]

    @property
    def digest(self) -> str:
        held = sorted((cell.pk, cell.version) for draft in self.drafts for cell in draft.cells)
        return sha256(repr(held).encode()).hexdigest()[:16]


def refused_drafts(
    rows: Sequence[SheetRow], *, year: int, at: datetime
) -> dict[tuple[int, str, str], str]:
    """{(project, month, column): the sentence} of what cannot go in as it was typed.

    It is marked in the rows, so that it counts in none of their sums. No query without drafts,
    else three.
    """
    typed = [row for row in rows if any(month.cells for month in row.months)]
    starts = start_months([row.pk for row in typed], at=at) if typed else {}
    found: dict[tuple[int, str, str], str] = {}
    for row in typed:
        for number, one in enumerate(row.months, start=1):
            if not one.cells:
                continue
            month = f"{year}-{number:02}"
            faults = _faults(row, one, month, starts.get(row.pk))
            one.refused = frozenset(faults)
            found |= {(row.pk, month, column): fault for column, fault in faults.items()}
    return found


def weigh_month(campaign: Campaign, month: str, *, by: User, at: datetime) -> MonthWeighed:
    """What of the drafts of a month would go in, what stays behind and why, what is asked back.

    Writes nothing. Refused: cell.read-only, money.month. A constant number of queries.
    """
    rules.check_can_fill_sheet(by)
    rules.check_planned_month(month, year=campaign.year)
    held, projects, rows = drafts_held(month, campaign, reader=by)
    starts = start_months(rows, at=at)
    asked = doubts_of(rows.values(), month)
    drafts = []
    for key, cells in held.items():
        of = rows[key].months[int(month[5:]) - 1]
        if not of.says_anything:
            continue
        draft = MonthDraft(projects[key], rows[key], of, cells)
        draft.faults = _faults(draft.row, of, month, starts.get(key))
        draft.faults |= _forbidden(draft, by=by)
        draft.asked = {column: found for (place, column), found in asked.items() if place == key}
        drafts.append(draft)
    return MonthWeighed(month, drafts)


def _faults(row: SheetRow, of: MonthOf, month: str, started: str | None) -> dict[str, str]:
    """{column: the sentence} of cells that cannot go in as they are."""
    faults = {}
    planned = of.planned is not None
    for column, (typed, _version) in of.cells.items():
        try:
            rules.check_cell(row, column, typed, month=month, started=started, planned=planned)
        except Refused as no:
            faults[column] = no.sentence
    return faults


def _forbidden(draft: MonthDraft, *, by: User) -> dict[str, str]:
    """What the project or the month allows no more since it was typed, and a month of no figure."""
    told = [cell.column for cell in draft.cells if cell.column != Column.PLANNED]
    try:
        for cell in draft.cells:
            rules.check_can_fill_cell(draft.project, cell.column, by=by)
        if told and not draft.of.is_open:
            raise Refused("cell.sent", _("这个月已经报送，草稿没有用了。要改请走更正。"))
        if told:
            rules.check_says_something(*(draft.of.would_say(column) for column in AMOUNTS))
    except Refused as no:
        return {(told or [Column.PLANNED.value])[0]: no.sentence}
    return {}

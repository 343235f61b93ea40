"""The drafts of a month: what each cell means, what is wrong with it, what is to be asked back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

import numpy as np
from django.utils.translation import gettext as _

from gongjian.engine.money import Doubt, Found, Limits, Money, doubts_about
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import DoubtAnswer, MonthCell, Project, ProjectYear
from gongjian.flow.projects.queries.amounts import COLUMNS
from gongjian.flow.projects.queries.doubts import doubt_sentence
from gongjian.flow.projects.queries.reached import stages_gone_through
from gongjian.flow.projects.queries.sheet import MonthOf, SheetRow, cells_seen_by, fill_months
from gongjian.foundation.orgs.models import User
from gongjian.lib.refusals import Refused

Column = MonthCell.Column
ASKED = (Doubt.SCALE, Doubt.SPIKE, Doubt.STUCK, Doubt.OVER_TOTAL)  # of a cell, before it counts
NAN = float("nan")
Starts = Mapping[int, str]
Place = tuple[int, str]  # a project and a column


@dataclass(frozen=True, slots=True)
class Asked:
    """What is odd about a cell; `fix` is what it would be in the other unit, of a slip alone."""

    code: str
    sentence: str
    fix: Decimal | None = None


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
    def slips(self) -> dict[str, Asked]:
        """Cells that want a word before they go in: ten thousand times their neighbours."""
        return {column: one for column, found in self.asked.items() for one in found if one.fix}

    @property
    def reports(self) -> bool:
        """Whether it says what was done, and not only what is planned."""
        return any(cell.column != Column.PLANNED for cell in self.cells)

    def typed_meaning(self, column: str) -> Decimal | str | None:
        """What the draft of a column says; None where there is none. Refused: as the cell."""
        return self.meaning(column) if column in self.of.cells else None

    def meaning(self, column: str) -> Decimal | str | None:
        """What the month will say in a column. Refused: as the cell."""
        if column in self.of.cells:
            return meaning_of(column, self.of.cells[column][0])
        return self.of.standing_value(column)


def meaning_of(column: str, typed: str) -> Decimal | str | None:
    """What a cell says: 元, words, or None for nothing. Refused: sheet.*, money.*"""
    return rules.words_typed(typed) if column == Column.WORDS else rules.amount_typed(typed)


def month_drafts(campaign: Campaign, month: str, *, reader: User, at: datetime) -> list[MonthDraft]:
    """What a reader may send in of a month, by project. Eight queries, however much."""
    cells = MonthCell.objects.filter(cells_seen_by(reader), month=month).order_by("project", "pk")
    of: dict[int, list[MonthCell]] = {}
    for cell in cells:
        of.setdefault(cell.project_id, []).append(cell)
    projects = Project.objects.select_related("township", "filler").in_bulk(of)
    plans = {
        year.project_id: (year.plan_investment, year.done_before)
        for year in ProjectYear.objects.filter(project__in=of, campaign=campaign)
    }
    rows = {key: _row(project, *plans.get(key, (None, None))) for key, project in projects.items()}
    fill_months(rows.values(), year=int(month[:4]), reader=reader)
    number = int(month[5:])
    starts = start_months(rows, at=at)
    asked = doubts_of(rows.values(), month)
    drafts = []
    for key, held in of.items():
        one = rows[key].months[number - 1]
        if not one.says_anything:
            continue
        draft = MonthDraft(projects[key], rows[key], one, held)
        draft.faults = faults_of(rows[key], month, starts) | _forbidden(draft, by=reader)
        draft.asked = {column: found for (of_key, column), found in asked.items() if of_key == key}
        drafts.append(draft)
    return drafts


def drafts_digest(drafts: Iterable[MonthDraft]) -> str:
    """What tells whether a preview is still what would be sent in."""
    held = sorted((cell.pk, cell.version) for draft in drafts for cell in draft.cells)
    return sha256(repr(held).encode()).hexdigest()[:16]


def start_months(projects: Iterable[int], *, at: datetime) -> dict[int, str]:
    """{project: the month in which works began, also where that waits}. Three queries."""
    ways = stages_gone_through(projects, known_at=at)
    return {key: f"{way['started']:%Y-%m}" for key, way in ways.items() if "started" in way}


def faults_of(row: SheetRow, month: str, starts: Starts) -> dict[str, str]:
    """{column: the sentence} of drafts of a month that cannot go in as they are."""
    one = row.months[int(month[5:]) - 1]
    faults = {}
    for column, (typed, _version) in one.cells.items():
        try:
            said = meaning_of(column, typed)
            if column == Column.PLANNED and said is None and one.planned is not None:
                raise Refused("sheet.plan", _("计划数不能清空；没有计划就填 0。"))
            if column in (Column.DONE, Column.STAT_DONE) and isinstance(said, Decimal):
                rules.check_has_begun(row, done=said, month=month, started=starts.get(row.pk))
        except Refused as no:
            faults[column] = no.sentence
    return faults


def _forbidden(draft: MonthDraft, *, by: User) -> dict[str, str]:
    """What the project or the month allows no more since it was typed, and a month of no figure."""
    faults = {}
    told = [cell.column for cell in draft.cells if cell.column != Column.PLANNED]
    try:
        for cell in draft.cells:
            rules.check_can_fill_cell(draft.project, cell.column, by=by)
        if told and not draft.of.is_open:
            raise Refused("sheet.sent", _("这个月已经报送，草稿没有用了。要改请走更正。"))
        if told:
            rules.check_says_something(*(draft.of.as_told(column) for column in COLUMNS))
    except Refused as no:
        faults[(told or [Column.PLANNED])[0]] = no.sentence
    return faults


def doubts_of(rows: Iterable[SheetRow], month: str) -> dict[Place, list[Asked]]:
    """What is odd about figures of a month that do not count yet, by project and column.

    A figure is held against the other months of its row; where too few are known, against what
    they plan.
    """
    found: dict[Place, list[Asked]] = {}
    number = int(month[5:])
    for column in (Column.PLANNED, Column.DONE, Column.STAT_DONE):
        typed = [row for row in rows if row.months[number - 1].is_unsettled(column)]
        if not typed:
            continue
        figures, plans = _grid(typed, column), _grid(typed, Column.PLANNED)
        odd = doubts_about(_money(typed, figures, plans), Limits())
        filled = np.where(np.isnan(figures), plans, figures)
        slips = doubts_about(_money(typed, filled, plans), Limits())
        known = [one for one in odd if one.doubt in ASKED and column == Column.DONE]
        scale = [one for one in odd + slips if one.doubt == Doubt.SCALE]
        for one in known + scale:
            if one.month in (number - 1, None):
                _ask(found.setdefault((typed[one.row].pk, column), []), one, month)
    return found


def _ask(asked: list[Asked], one: Found, month: str) -> None:
    if any(said.code == one.doubt.value for said in asked):
        return
    fix = None
    if one.doubt == Doubt.SCALE:
        value = Decimal(repr(one.value))
        fix = value * 10_000 if one.value < one.against else value / 10_000
    asked.append(Asked(one.doubt.value, doubt_sentence(one, month), fix))


def _grid(rows: list[SheetRow], column: str) -> np.ndarray:
    told = [[_number(one.as_told(column)) for one in row.months] for row in rows]
    return np.array(told, dtype=np.float64)


def _money(rows: list[SheetRow], done: np.ndarray, planned: np.ndarray) -> Money:
    def column(values: list[Decimal | None]) -> np.ndarray:
        return np.array([_number(value) for value in values], dtype=np.float64)

    return Money(
        planned=planned,
        done=done,
        year_plan=column([row.year_plan for row in rows]),
        total=column([row.total for row in rows]),
        done_before=column([row.done_before for row in rows]),
        start=np.zeros(len(rows)),
    )


def _number(value: Decimal | None) -> float:
    return NAN if value is None else float(value)


def _row(project: Project, year_plan: Decimal | None, done_before: Decimal | None) -> SheetRow:
    unit = project.filler or project.township
    return SheetRow(
        pk=project.pk,
        uid=project.uid,
        name=project.name,
        code=project.code,
        township=project.township.short_name if project.township else "",
        unit=unit.short_name if unit else "",
        unit_pk=unit.pk if unit else None,
        standing=project.standing,
        total=project.total_investment,
        year_plan=year_plan,
        done_before=done_before,
    )


def answers_given(rows: Iterable[SheetRow], month: str) -> dict[int, str]:
    """{project: why a figure of the month that was asked back is right}. One query."""
    answers = DoubtAnswer.objects.filter(project__in=[row.pk for row in rows], month=month)
    return dict(answers.order_by("pk").values_list("project", "reason"))

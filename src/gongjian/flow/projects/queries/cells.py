"""The drafts of a month: what each cell means, what is wrong with it, what is to be asked back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import numpy as np

from gongjian.engine.money import Doubt, Found, Limits, Money, doubts_about
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import DoubtAnswer, InvestmentMonth, MonthCell, Project
from gongjian.flow.projects.queries.doubts import doubt_sentence
from gongjian.flow.projects.queries.reached import stages_gone_through
from gongjian.flow.projects.queries.sheet import sheet_rows
from gongjian.flow.projects.queries.sheet_money import cells_seen_by
from gongjian.flow.projects.queries.sheet_months import SheetRow
from gongjian.foundation.orgs.models import User

Column = MonthCell.Column
ASKED = (Doubt.SCALE, Doubt.SPIKE, Doubt.STUCK, Doubt.OVER_TOTAL)  # of a cell, before it counts
NAN = float("nan")
Place = tuple[int, str]  # a project and a column


@dataclass(frozen=True, slots=True)
class Asked:
    """What is odd about a cell; `fix` is what it would be in the other unit, of a slip alone."""

    code: str
    sentence: str
    fix: Decimal | None = None


def drafts_held(
    month: str, campaign: Campaign, *, reader: User
) -> tuple[dict[int, list[MonthCell]], dict[int, Project], dict[int, SheetRow]]:
    """The drafts of a month a reader may send in, their projects and rows, by project.

    Four queries, however many.
    """
    cells = MonthCell.objects.filter(cells_seen_by(reader), month=month).order_by("project", "pk")
    held: dict[int, list[MonthCell]] = {}
    for cell in cells:
        held.setdefault(cell.project_id, []).append(cell)
    projects = Project.objects.select_related("township", "filler").in_bulk(held)
    uids = [project.uid for project in projects.values()]
    rows = {row.pk: row for row in sheet_rows(campaign, uids, reader=reader)}
    return {key: found for key, found in held.items() if key in rows}, projects, rows


def start_months(projects: Iterable[int], *, at: datetime) -> dict[int, str]:
    """{project: the month in which works began, also where that waits}. Three queries."""
    ways = stages_gone_through(projects, known_at=at)
    return {key: f"{way['started']:%Y-%m}" for key, way in ways.items() if "started" in way}


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


def answers_given(rows: Iterable[SheetRow], month: str) -> dict[int, str]:
    """{project: why a figure of the month that was asked back is right}. One query."""
    answers = DoubtAnswer.objects.filter(project__in=[row.pk for row in rows], month=month)
    return dict(answers.order_by("pk").values_list("project", "reason"))


def months_sent_in(
    projects: Iterable[Project], months: set[str]
) -> dict[tuple[int, str], InvestmentMonth]:
    """The first row of each month that was told, by project and month. One query."""
    rows = InvestmentMonth.objects.filter(
        project__in=projects, month__in=months, corrects__isnull=True
    )
    return {(row.project_id, row.month): row for row in rows}

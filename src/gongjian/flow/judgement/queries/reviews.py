"""What waits on a desk, each with what its figure would mean and what should be looked at twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongjian.flow.judgement.queries.doubts import doubts_of
from gongjian.flow.judgement.queries.previews import Preview, preview_verdict, preview_verdicts
from gongjian.flow.plan.queries import TargetRow, campaign_of_year, targets_in_order
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import DeskRow, evidence_rows, period_by_key, periods_upto


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One thing to do; target and preview are None for what is reported in words."""

    desk: DeskRow
    target: TargetRow | None
    preview: Preview | None
    doubts: tuple[str, ...]

    @property
    def turns(self) -> bool:
        """Whether the light would be another one than in the period before."""
        return self.preview is not None and self.preview.light != self.preview.before


@dataclass(frozen=True, slots=True)
class ReportJudged:
    """One report on a target as it would be judged."""

    target: TargetRow
    preview: Preview
    doubts: tuple[str, ...]


def desk_items(rows: Sequence[DeskRow], *, known_at: datetime) -> list[DeskItem]:
    """Desk rows with their judgement, doubtful ones first, else in the order given.

    Ten queries a period, however many rows.
    """
    items: list[DeskItem] = []
    for period in dict.fromkeys(row.period for row in rows):
        items += _items([row for row in rows if row.period == period], period, known_at=known_at)
    return sorted(items, key=lambda item: not item.doubts)


def judged_report(report: Report, *, known_at: datetime) -> ReportJudged | None:
    """What the figure of one report would mean; None where it is reported in words."""
    if report.target is None:
        return None
    target = target_row_of(report)
    periods = periods_upto(report.period.key)
    preview = preview_verdict(target, periods, report.value, known_at=known_at)
    files = sum(bool(row.file_name) for row in evidence_rows(report))
    doubts = doubts_of(target, report.value, preview.history[:-1], files=files)
    return ReportJudged(target, preview, doubts)


def target_row_of(report: Report) -> TargetRow:
    """The target of a report with the value in force at the end of its period."""
    if report.target is None:
        raise LookupError(f"report {report.pk} is not on a target")
    campaign = report.target.action.campaign
    rows = targets_in_order(campaign, on=report.period.last_day)
    return next(row for row in rows if row.pk == report.target_id)


def _items(rows: list[DeskRow], key: str, *, known_at: datetime) -> list[DeskItem]:
    campaign = campaign_of_year(int(key[:4]))
    day = period_by_key(key).last_day
    values = {row.row.target: row.row.value for row in rows if row.row.target is not None}
    plan = targets_in_order(campaign, on=day) if campaign and values else []
    targets = {target.pk: target for target in plan if target.pk in values}
    previews = preview_verdicts(
        list(targets.values()), periods_upto(key), values, known_at=known_at
    )
    return [_item(row, targets, previews) for row in rows]


def _item(desk: DeskRow, targets: dict[int, TargetRow], previews: dict[int, Preview]) -> DeskItem:
    target = targets.get(desk.row.target) if desk.row.target is not None else None
    if target is None:
        return DeskItem(desk, None, None, ())
    preview = previews[target.pk]
    filling = desk.step == "fill"
    past = preview.history[:-1]
    doubts = () if filling else doubts_of(target, desk.row.value, past, files=desk.row.files)
    return DeskItem(desk, target, preview, doubts)

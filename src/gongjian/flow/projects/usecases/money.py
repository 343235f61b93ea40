"""Money by month: planned by the office, reported by the unit, checked and accepted by others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import FundingSource, InvestmentMonth, MonthPlan, Project
from gongjian.flow.projects.queries import month_of, sides_of, stages_gone_through
from gongjian.flow.projects.usecases.steps import step_on
from gongjian.foundation.acceptance import usecases as acceptance
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.usecases import Deed, note, note_each
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class MonthWords:
    """What one reports of a month, in 元: 调度口径, 统计口径, money from outside, early costs."""

    month: str
    done: Decimal | None = None
    stat_done: Decimal | None = None
    arrived: Decimal | None = None
    early_cost: Decimal | None = None
    words: str = ""
    doc_no: str = ""

    @property
    def amounts(self) -> tuple[Decimal | None, ...]:
        return (self.done, self.stat_done, self.arrived, self.early_cost)

    @property
    def columns(self) -> dict[str, object]:
        """As they are kept."""
        return {
            "month": self.month,
            "done": self.done,
            "stat_done": self.stat_done,
            "arrived": self.arrived,
            "early_cost": self.early_cost,
            "words": self.words.strip(),
            "doc_no": self.doc_no.strip()[:80],
        }


@dataclass(frozen=True, slots=True)
class PlannedMonths:
    """What a project plans to invest, by month, in 元."""

    project: Project
    months: dict[str, Decimal]


@transaction.atomic
def plan_months(
    plans: Sequence[PlannedMonths],
    campaign: Campaign,
    *,
    reason: str = "",
    by: User,
    at: datetime,
) -> list[MonthPlan]:
    """Set down what projects plan by month; what stood before is kept as an older version.

    A figure that does not change makes no new version; `reason` stays with those that do.
    Refused: office.only, money.month, money.negative, money.too-much.
    """
    rules.check_can_plan_money(by)
    keys = [plan.project.pk for plan in plans]
    standing = {
        (row.project_id, row.month): row
        for row in MonthPlan.objects.filter(
            project__in=keys, month__startswith=f"{campaign.year}-"
        ).order_by("number")
    }
    rows = []
    for plan in plans:
        for month, amount in sorted(plan.months.items()):
            rules.check_planned_month(month, year=campaign.year)
            rules.check_amount(amount)
            last = standing.get((plan.project.pk, month))
            if last is None or last.planned != amount:
                rows.append(
                    MonthPlan(
                        project=plan.project,
                        month=month,
                        number=last.number + 1 if last else 1,
                        planned=amount,
                        set_at=at,
                        reason=reason.strip()[:LONGEST_REASON] if last else "",
                    )
                )
    MonthPlan.objects.bulk_create(rows)
    note_each(_by_project("money.planned", rows), by=by, at=at)
    return rows


@transaction.atomic
def report_month(project: Project, words: MonthWords, *, by: User, at: datetime) -> InvestmentMonth:
    """Report a month of a project; it goes to the unit's approver: V0.

    Refused: stage.not-yours, .no-unit, project.ended, money.*.
    """
    return report_months([(project, words)], by=by, at=at)[0]


@transaction.atomic
def report_months(
    rows: Sequence[tuple[Project, MonthWords]], *, by: User, at: datetime
) -> list[InvestmentMonth]:
    """Report many months, each under the same rules and with its own entry in the log.

    All of them, or none. Refused as report_month.
    """
    day = local_day(at)
    for project, _words in rows:
        rules.check_can_report(project, by=by, day=day, today=day)
    months = enter_months(rows, at=at)
    acceptance.mark_all_filled([(row, sides_of(row)) for row in months], by=by, at=at)
    note_each([Deed("money.reported", (row,)) for row in months], by=by, at=at)
    return months


def enter_months(
    rows: Sequence[tuple[Project, MonthWords]], *, at: datetime
) -> list[InvestmentMonth]:
    """Write months of projects, whoever tells them; the caller says how far they are believed.

    Refused: stage.no-unit, money.*.
    """
    ways = stages_gone_through([project.pk for project, _words in rows], known_at=at)
    for project, words in rows:
        check_figures(project, words, ways.get(project.pk, {}), at=at)
    months = [
        InvestmentMonth(project=project, unit=rules.filling_unit(project), **words.columns)
        for project, words in rows
    ]
    try:
        with transaction.atomic():
            InvestmentMonth.objects.bulk_create(months)
    except IntegrityError as twice:
        raise Refused("money.known", _("有的月份已经报过了。要改，请走更正或等退回。")) from twice
    return months


@transaction.atomic
def revise_month(
    row: InvestmentMonth, words: MonthWords, *, by: User, at: datetime
) -> InvestmentMonth:
    """Report a returned or withdrawn month anew. Refused as report_month; report.changed."""
    ways = stages_gone_through([row.project_id], known_at=at)
    _check(row.project, words, ways.get(row.project_id, {}), by=by, at=at)
    still = InvestmentMonth.objects.filter(pk=row.pk, state=row.state, version=row.version)
    columns = {name: value for name, value in words.columns.items() if name != "month"}
    if not still.update(**columns, version=row.version + 1):
        raise Refused("report.changed", _("这项刚被别人办过了。请刷新后再看。"))
    row.refresh_from_db()
    acceptance.mark_filled(row, by=by, sides=sides_of(row), at=at)
    note("money.reported", row, by=by, at=at)
    return row


def check_months(rows: Sequence[InvestmentMonth], *, by: User, at: datetime) -> None:
    """The unit's approver checks: V1. Refused: report.*"""
    step_on(rows, acceptance.mark_all_checked, "money.checked", by=by, at=at)


def accept_months(rows: Sequence[InvestmentMonth], *, by: User, at: datetime) -> None:
    """The office accepts: V3, and from now on it counts. Refused: report.*"""
    step_on(rows, acceptance.mark_all_accepted, "money.accepted", by=by, at=at)


@transaction.atomic
def return_month(row: InvestmentMonth, reason: str, *, by: User, at: datetime) -> InvestmentMonth:
    """Send a month back with the reason. Refused: report.no-reason, and those of the step."""
    acceptance.mark_returned(row, by=by, sides=sides_of(row), reason=reason, at=at)
    note("money.returned", row, by=by, at=at)
    return row


@transaction.atomic
def correct_month(
    row: InvestmentMonth, words: MonthWords, reason: str, *, by: User, at: datetime
) -> InvestmentMonth:
    """Correct a month that counts by a new row that goes the same way; both are kept.

    Refused: money.*, stage.not-yours.
    """
    first = row.corrects or row
    rules.check_can_correct_month(row, by=by, reason=reason)
    ways = stages_gone_through([row.project_id], known_at=at)
    _check(row.project, words, ways.get(row.project_id, {}), by=by, at=at)
    correction = InvestmentMonth(
        project=first.project,
        unit=first.unit,
        corrects=first,
        correction_reason=reason.strip()[:300],
        **(words.columns | {"month": first.month}),
    )
    try:
        with transaction.atomic():
            correction.save(force_insert=True)
    except IntegrityError as twice:
        raise Refused("money.correction-open", _("这个月已经有一份更正在办。")) from twice
    acceptance.mark_filled(correction, by=by, sides=sides_of(correction), at=at)
    note("money.corrected", correction, by=by, at=at)
    return correction


@dataclass(frozen=True, slots=True)
class FundingWords:
    """Where part of the money comes from, in 元."""

    kind: str
    amount: Decimal
    basis: str = ""


@transaction.atomic
def set_funding(
    project: Project, sources: Sequence[FundingWords], *, by: User, at: datetime
) -> list[FundingSource]:
    """Say where a project's money comes from; replaces what was said before.

    Refused: office.only, money.negative, money.too-much.
    """
    rules.check_can_plan_money(by)
    for source in sources:
        rules.check_amount(source.amount)
    gone = list(project.funding.all())
    rows = [
        FundingSource(
            project=project, kind=source.kind, amount=source.amount, basis=source.basis.strip()
        )
        for source in sources
    ]
    FundingSource.objects.bulk_create(rows)
    note("money.funded", project, *rows, removed=gone, by=by, at=at)
    FundingSource.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return rows


def check_figures(
    project: Project, words: MonthWords, way: dict[str, date], *, at: datetime
) -> None:
    """What the figures of a month must be; `way` are the stages that are known. Refused: money.*"""
    rules.check_month(words.month, today=month_of(local_day(at)))
    rules.check_says_something(*words.amounts)
    for amount in words.amounts:
        rules.check_amount(amount)
    started = way.get("started")
    rules.check_has_begun(
        project,
        done=words.done or words.stat_done,
        month=words.month,
        started=f"{started:%Y-%m}" if started else None,
    )


def _check(
    project: Project, words: MonthWords, way: dict[str, date], *, by: User, at: datetime
) -> None:
    today = local_day(at)
    rules.check_can_report(project, by=by, day=today, today=today)
    check_figures(project, words, way, at=at)


def _by_project(act: str, rows: Sequence[MonthPlan]) -> list[Deed]:
    of: dict[int, list[Kept]] = {}
    for row in rows:
        of.setdefault(row.project_id, []).append(row)
    return [Deed(act, tuple(written)) for written in of.values()]

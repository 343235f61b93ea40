"""Periods: planned, opened on their day, frozen at their hour."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.engine.calendar import first_day, last_day, shifted
from gongjian.flow.duties.queries import sides_of_targets
from gongjian.flow.plan.queries import campaign_of_year, targets_in_order
from gongjian.flow.progress import rules
from gongjian.flow.progress.models import LatestAccepted, Period, Report, Snapshot, SnapshotValue
from gongjian.flow.progress.queries import targets_held_back, usual_hours
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import leave_job, note
from gongjian.lib.refusals import Refused

OPEN = "progress.open"
FREEZE = "judgement.freeze"


@transaction.atomic
def plan_period(
    key: str,
    *,
    by: User | None,
    at: datetime,
    opens_at: datetime | None = None,
    freezes_at: datetime | None = None,
) -> Period:
    """Set a period down, and leave the work of opening and freezing it to the worker.

    Opens on the 25th of its month and freezes at 18:00 on the first workday of the next from its
    1st on, unless told otherwise (handbook 1.3). Refused: office.only, period.known, period.key.
    """
    if by is not None:
        rules.check_can_keep_periods(by)
    try:
        first, last = first_day(key), last_day(key)
    except ValueError as wrong:
        raise Refused("period.key", _("报告期写成“年-月”，例如 2020-06。")) from wrong
    opens, freezes = usual_hours(key)
    opens, freezes = opens_at or opens, freezes_at or freezes
    try:
        with transaction.atomic():
            period = Period.objects.create(
                key=key, first_day=first, last_day=last, opens_at=opens, freezes_at=freezes
            )
    except IntegrityError as twice:
        raise Refused("period.known", _("%(key)s 期已经有了。") % {"key": key}) from twice
    leave_job(OPEN, key, run_at=opens)
    leave_job(FREEZE, key, run_at=freezes)
    note("period.planned", period, by=by, at=at)
    return period


@transaction.atomic
def open_period(key: str, *, at: datetime, by: User | None = None) -> Period:
    """Open a period: one draft for every target whose figure is reported, at its filling unit.

    Targets without a filling unit get none, nor those that lack one of the 五定; the list of gaps
    shows both. What was reported on before stays open. Refused: period.open, .early.
    """
    period = Period.objects.select_for_update().get(key=key)
    rules.check_can_open_period(period, at=at)
    period.opened_at = at
    period.version += 1
    period.save(update_fields=["opened_at", "version"])
    drafts = _drafts(period)
    note("period.opened", period, *drafts, by=by, at=at, facts={"drafts": len(drafts)})
    return period


def _drafts(period: Period) -> list[Report]:
    campaign = campaign_of_year(period.first_day.year)
    if campaign is None:
        return []
    targets = targets_in_order(campaign, on=period.last_day)
    keys = [target.pk for target in targets]
    sides = sides_of_targets(keys, on=period.duty_day)
    held_back = targets_held_back(keys, on=period.duty_day)
    drafts = []
    for target in targets:
        fills = sides[target.pk].fills
        if fills is not None and target.pk not in held_back:
            drafts.append(Report(period=period, target_id=target.pk, unit=fills))
    Report.objects.bulk_create(drafts)
    return list(period.reports.all())


@transaction.atomic
def freeze_period(key: str, *, at: datetime) -> Snapshot:
    """Freeze a period into a numbered snapshot of what was accepted; then plan the next period.

    Every target of the plan has a row: without a value it was not reported. It bears the hour the
    period freezes at, from which nothing is accepted any more, not the hour the worker came; so no
    later correction counts as known at the snapshot. Refused:
    period.frozen, period.not-due.
    """
    period = Period.objects.select_for_update().get(key=key)
    rules.check_can_freeze(period, at=at)
    period.frozen_at = period.freezes_at
    period.version += 1
    period.save(update_fields=["frozen_at", "version"])
    snapshot = Snapshot.objects.create(period=period, number=f"S-{key}", taken_at=period.freezes_at)
    values = _values(snapshot, period)
    note("period.frozen", period, snapshot, *values, by=None, at=at, facts={"rows": len(values)})
    following = shifted(key, 1)
    if not Period.objects.filter(key=following).exists():
        plan_period(following, by=None, at=at)
    return snapshot


def _values(snapshot: Snapshot, period: Period) -> list[SnapshotValue]:
    campaign = campaign_of_year(period.first_day.year)
    if campaign is None:
        return []
    latest = {
        row.target_id: row
        for row in LatestAccepted.objects.filter(period=period).select_related("report")
    }
    rows = []
    for target in targets_in_order(campaign, on=period.last_day):
        accepted = latest.get(target.pk)
        rows.append(
            SnapshotValue(
                snapshot=snapshot,
                target_id=target.pk,
                value=accepted.value if accepted else None,
                level=accepted.report.level if accepted else None,
                report=accepted.report if accepted else None,
            )
        )
    SnapshotValue.objects.bulk_create(rows)
    return list(snapshot.values.all())

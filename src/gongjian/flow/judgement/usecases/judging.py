"""Lighting periods, and the acts of earlier rooms that move a light."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gongjian.flow.judgement.models import Verdict
from gongjian.flow.judgement.queries import (
    Judgement,
    is_pack_published,
    judgements,
)
from gongjian.flow.plan.queries import campaign_of_year, targets_in_order
from gongjian.flow.progress import usecases as progress
from gongjian.flow.progress.models import Period, Report, Snapshot
from gongjian.flow.progress.queries import periods_upto
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day


@transaction.atomic
def accept_report(report: Report, *, by: User, at: datetime) -> Report:
    """Accept a report and light its target anew, in one transaction.

    Refused: what progress.accept_report refuses.
    """
    accepted = progress.accept_report(report, by=by, at=at)
    if accepted.target_id is not None:
        judge_period(accepted.period.key, at=at, only=[accepted.target_id])
    return accepted


@transaction.atomic
def open_period(key: str, *, at: datetime, by: User | None = None) -> Period:
    """Open a period and show what it asks of each target. Refused: period.open, period.early."""
    period = progress.open_period(key, at=at, by=by)
    judge_period(key, at=at)
    return period


@transaction.atomic
def freeze_period(key: str, *, at: datetime) -> Snapshot:
    """Freeze a period and light all its targets from the snapshot. Refused: period.*."""
    snapshot = progress.freeze_period(key, at=at)
    judge_period(key, at=at)
    return snapshot


@transaction.atomic
def judge_period(
    key: str, *, at: datetime, only: Iterable[int] = (), by: User | None = None
) -> list[Verdict]:
    """Light the targets of a period's year, from what is accepted by now.

    The whole year, since a figure of one month may make good another and ends a run of later ones.

    Only verdicts that changed are written: a newer one supersedes the older, which stays. The
    light a period was first given after its freeze is kept beside the one it has now. Before the
    office has published rules nothing has a light, and nothing is refused for that.
    """
    year = int(key[:4])
    campaign = campaign_of_year(year)
    if campaign is None or not is_pack_published():
        return []
    periods = periods_upto(f"{year}-12")
    wanted = set(only)
    day = periods[-1].last_day if periods else local_day(at)
    every = targets_in_order(campaign, on=day, with_ended=True)
    targets = [t for t in every if not wanted or t.pk in wanted]
    written = _write(judgements(targets, periods, known_at=at), periods, at=at)
    if written:
        older = [verdict for verdict in written if verdict.superseded]
        note("period.judged", *written, by=by, at=at, facts={"period": key, "older": len(older)})
    return [verdict for verdict in written if not verdict.superseded]


def _write(found: list[Judgement], periods: list[Period], *, at: datetime) -> list[Verdict]:
    """The newer verdicts and the older ones they supersede."""
    if not found:
        return []
    by_key = {period.key: period for period in periods}
    standing = {
        (v.target_id, v.period_id): v
        for v in Verdict.objects.standing().filter(
            period__in=periods, target__in={j.target.pk for j in found}
        )
    }
    older, newer = [], []
    for judgement in found:
        period = by_key[judgement.period]
        before = standing.get((judgement.target.pk, period.pk))
        verdict = _verdict(judgement, period, before, at=at)
        if before is not None and _same(before, verdict):
            continue
        newer.append(verdict)
        if before is not None:
            before.superseded = True
            older.append(before)
    Verdict.objects.bulk_update(older, ["superseded"])
    Verdict.objects.bulk_create(newer)
    return [*older, *newer]


def _verdict(found: Judgement, period: Period, before: Verdict | None, *, at: datetime) -> Verdict:
    kept_first = before is not None and before.frozen
    return Verdict(
        target_id=found.target.pk,
        period=period,
        pack=found.pack,
        report_id=found.figure.report if found.figure else None,
        as_of=local_day(at),
        judged_at=at,
        frozen=found.frozen,
        light=found.light,
        first_light=before.first_light if before is not None and kept_first else found.first,
        made_good=found.made_good,
        rule=found.rule,
        numbers=dict(found.numbers),
    )


def _same(before: Verdict, now: Verdict) -> bool:
    """Whether a verdict says nothing new."""
    said = ("light", "rule", "numbers", "report_id", "frozen", "made_good", "pack_id")
    return all(getattr(before, name) == getattr(now, name) for name in said)

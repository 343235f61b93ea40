"""Whether the verdicts that stand are those a full recomputation gives."""

from datetime import datetime

from gongjian.flow.judgement.models import Verdict
from gongjian.flow.judgement.queries.judging import is_pack_published, judgements
from gongjian.flow.plan.queries import campaign_of_year, targets_in_order
from gongjian.flow.progress.models import Period


def stale_verdicts(*, at: datetime) -> list[tuple[int, str]]:
    """(target, period) whose standing light is not what the accepted figures give now.

    A period that froze but waits for its worker is judged by then and not before.
    """
    stale: list[tuple[int, str]] = []
    periods = list(Period.objects.filter(opened_at__isnull=False).order_by("key"))
    waiting = {p.key for p in periods if p.frozen_at is None and at >= p.freezes_at}
    for year in sorted({period.key[:4] for period in periods}):
        campaign = campaign_of_year(int(year))
        of_year = [period for period in periods if period.key.startswith(year)]
        if campaign is None or not is_pack_published():
            continue
        targets = targets_in_order(campaign, on=of_year[-1].last_day)
        standing = {
            (verdict.target_id, verdict.period.key): verdict
            for verdict in Verdict.objects.standing()
            .filter(period__in=of_year)
            .select_related("period")
        }
        for found in judgements(targets, of_year, known_at=at):
            if found.period in waiting:
                continue
            verdict = standing.get((found.target.pk, found.period))
            if verdict is None or verdict.light != found.light:
                stale.append((found.target.pk, found.period))
    return stale

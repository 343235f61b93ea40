"""Caches of what was accepted, rebuilt from the reports themselves."""

from datetime import datetime

from django.db import transaction

from gongjian.flow.progress.models import LatestAccepted, Period
from gongjian.flow.progress.queries import accepted_figures, wrong_latest
from gongjian.foundation.records.usecases import note


@transaction.atomic
def rebuild_latest(*, at: datetime) -> int:
    """Make the newest accepted figure of each target and period anew, as known at a moment.

    Returns how many rows were wrong. Nothing that counts changes: the reports are the facts.
    """
    wrong = wrong_latest()
    known = accepted_figures({target for target, _period in wrong}, known_at=at)
    periods = {period.key: period for period in Period.objects.all()}
    for target, key in wrong:
        stale = list(LatestAccepted.objects.filter(target=target, period__key=key))
        note("latest.dropped", removed=stale, by=None, at=at)
        LatestAccepted.objects.filter(pk__in=[row.pk for row in stale]).delete()
        figure = known.get((target, key))
        if figure is not None:
            row = LatestAccepted.objects.create(
                target_id=target,
                period=periods[key],
                report_id=figure.report,
                value=figure.value,
            )
            note("latest.rebuilt", row, by=None, at=at)
    return len(wrong)

"""Periods, and which one a page speaks of."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gongjian.flow.progress.models import Period
from gongjian.lib.refusals import Missing


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period as the top bar shows it."""

    key: str
    month: int
    state: str
    opens_at: datetime
    freezes_at: datetime
    frozen_at: datetime | None
    snapshot: str

    @property
    def frozen(self) -> bool:
        return self.frozen_at is not None


def period_by_key(key: str) -> Period:
    """A period by its key. Missing where it was never planned."""
    period = Period.objects.filter(key=key).first()
    if period is None:
        raise Missing(
            "period.missing", _("没有 %(key)s 期。报告期写成“年-月”，例如 2020-06。") % {"key": key}
        )
    return period


def period_shown(at: datetime) -> PeriodRow | None:
    """The period whose numbers are looked at: the newest that has opened."""
    period = (
        Period.objects.select_related("snapshot")
        .filter(opened_at__isnull=False)
        .order_by("-key")
        .first()
    )
    return _row(period, at) if period else None


def period_rows(at: datetime) -> list[PeriodRow]:
    """All periods, newest first. One query."""
    periods = Period.objects.select_related("snapshot").order_by("-key")
    return [_row(period, at) for period in periods]


def periods_upto(key: str) -> list[Period]:
    """The periods of a year that have opened, in time, up to and with one. One query."""
    return list(
        Period.objects.filter(key__lte=key, key__gte=key[:4], opened_at__isnull=False).order_by(
            "key"
        )
    )


def _row(period: Period, at: datetime) -> PeriodRow:
    snapshot = getattr(period, "snapshot", None)
    if period.frozen_at is not None:
        state = "frozen"
    elif at >= period.freezes_at:
        state = "freezing"
    else:
        state = "open" if period.opened_at is not None else "planned"
    return PeriodRow(
        key=period.key,
        month=period.first_day.month,
        state=state,
        opens_at=period.opens_at,
        freezes_at=period.freezes_at,
        frozen_at=period.frozen_at,
        snapshot=snapshot.number if snapshot else "",
    )

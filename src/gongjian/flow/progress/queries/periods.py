"""Periods, and which one a page speaks of."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.engine.calendar import WorkCalendar, first_day, period_of, shifted
from gongjian.flow.progress.models import Period
from gongjian.foundation.records.queries import prepared
from gongjian.lib.days import LOCAL, at_local, local_day
from gongjian.lib.refusals import Missing

OPENING_DAY = 25
WORKDAYS = WorkCalendar()


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


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment to come at which a period opens or freezes."""

    at: datetime
    month: int
    freezes: bool


def period_by_key(key: str) -> Period:
    """A period by its key. Missing where it was never planned."""
    period = Period.objects.filter(key=key).first()
    if period is None:
        raise Missing(
            "period.missing", _("没有 %(key)s 期。报告期写成“年-月”，例如 2020-06。") % {"key": key}
        )
    return period


def period_shown(at: datetime) -> PeriodRow | None:
    """The period whose numbers are looked at: the newest that has opened. One query."""
    period = next(iter(_newest()), None)
    return period_row(period, at) if period else None


def newest_opened_period() -> QuerySet[Period]:
    """The newest period that has opened, with its snapshot."""
    opened = Period.objects.select_related("snapshot").filter(opened_at__isnull=False)
    return opened.order_by("-key")[:1]


_newest = prepared(newest_opened_period)


def period_rows(at: datetime) -> list[PeriodRow]:
    """All periods, newest first. One query."""
    periods = Period.objects.select_related("snapshot").order_by("-key")
    return [period_row(period, at) for period in periods]


def newest_opened(at: datetime) -> str:
    """The key of the newest period that had opened by a moment; empty before the first."""
    opened = Period.objects.filter(opened_at__lte=at).order_by("-key")
    return opened.values_list("key", flat=True).first() or ""


def periods_upto(key: str) -> list[Period]:
    """The periods of a year that have opened, in time, up to and with one. One query."""
    return list(
        Period.objects.filter(key__lte=key, key__gte=key[:4], opened_at__isnull=False).order_by(
            "key"
        )
    )


def closed_months(at: datetime) -> dict[str, str]:
    """{month: why it takes no figure any more} of the periods whose hour has passed. One query."""
    words = _("%(month)s 期已在 %(when)s 冻结，表里不能改。已采信的数走更正，漏报的单独补报。")
    return {
        key: words % {"month": key, "when": f"{hour.astimezone(LOCAL):%Y-%m-%d %H:%M}"}
        for key, hour in _closed(at=at)
    }


@prepared
def _closed(*, at: datetime) -> QuerySet[Period, tuple[str, datetime]]:
    periods = Period.objects.filter(Q(freezes_at__lte=at) | Q(frozen_at__isnull=False))
    return periods.values_list("key", "freezes_at")


def usual_hours(key: str) -> tuple[datetime, datetime]:
    """When a period opens and freezes unless told otherwise (handbook 1.3).

    On the 25th of its month, and at 18:00 on the 1st of the next, or the first workday after it:
    weekends roll, public holidays only once they are kept (docs/rules/trajectory.md, T-10).
    ValueError where it is none.
    """
    opens = at_local(first_day(key).replace(day=OPENING_DAY), 0)
    return opens, WORKDAYS.freeze(key)


def moments_ahead(at: datetime, *, periods: int = 4) -> list[Moment]:
    """What the next periods will do and when: as planned, else at the usual hours. One query."""
    planned = {p.key: p for p in Period.objects.filter(frozen_at__isnull=True).order_by("key")}
    key = min(planned, default=period_of(local_day(at)))
    moments = []
    for _number in range(periods):
        period, month = planned.get(key), first_day(key).month
        hours = (period.opens_at, period.freezes_at) if period else usual_hours(key)
        moments += [Moment(hours[0], month, freezes=False), Moment(hours[1], month, freezes=True)]
        key = shifted(key, 1)
    return [moment for moment in moments if moment.at > at]


def period_row(period: Period, at: datetime) -> PeriodRow:
    """A period as it stands at a moment."""
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

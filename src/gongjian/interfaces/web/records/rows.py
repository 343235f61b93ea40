"""Periods and moments to come as the clock's page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from gongjian.flow.progress.queries import Moment, PeriodRow
from gongjian.lib.days import LOCAL


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A moment one may move the clock to, and what happens then."""

    to: str
    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A period and where it stands; busy while the worker has it in hand."""

    key: str
    opens_at: datetime
    freezes_at: datetime
    state: str
    snapshot: str
    busy: bool


def moment_rows(moments: Sequence[Moment]) -> list[MomentRow]:
    rows = []
    for moment in moments:
        local = _next_morning(moment.at)
        words = _("过 %(month)s 月期冻结") if moment.freezes else _("%(month)s 月期开始填报")
        rows.append(MomentRow(f"{local:%Y-%m-%dT%H:%M}", local, words % {"month": moment.month}))
    return rows


def _next_morning(at: datetime) -> datetime:
    """The office's first 09:00 at or after a moment: by then what falls due has been done."""
    local = at.astimezone(LOCAL)
    morning = local.replace(hour=9, minute=0, second=0, microsecond=0)
    return morning if local <= morning else morning + timedelta(days=1)


def period_lines(periods: Sequence[PeriodRow]) -> list[PeriodLine]:
    words = {
        "planned": _("未开放"),
        "open": _("填报中"),
        "freezing": _("正在冻结"),
        "frozen": _("已冻结"),
    }
    return [
        PeriodLine(
            key=period.key,
            opens_at=period.opens_at,
            freezes_at=period.freezes_at,
            state=words[period.state],
            snapshot=period.snapshot,
            busy=period.state == "freezing",
        )
        for period in periods
    ]

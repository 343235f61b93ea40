"""The office's part of the desk: who still owes what, the plans that wait, the periods."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.judgement.queries import lights_before
from gongjian.flow.plan.queries import PlanRow, document_rows
from gongjian.flow.plan.rules import check_can_review
from gongjian.flow.progress.queries import (
    PeriodRow,
    count_reports,
    period_counts,
    period_rows,
    unit_gaps,
)
from gongjian.flow.progress.rules import check_can_keep_periods
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import why_not
from gongjian.interfaces.web.desk.rows import Silent, silent_row
from gongjian.interfaces.web.tags import moment

WAITING_PLANS = ("waiting", "review")


def office_parts(reader: User, period: PeriodRow | None, *, at: datetime) -> dict[str, Any]:
    """Nothing for who does not keep the periods."""
    periods = period_rows(at)
    coming = [(moment(p.opens_at), _opening(p)) for p in periods if p.state == "planned"][-2:]
    known = [(_month(p), _state(p)) for p in periods if p.state != "planned"]
    if why_not(check_can_keep_periods, reader):
        return {"later": coming, "silent": [], "plans": [], "checks": [], "periods": known}
    owing = _silent(period) if period else []
    return {
        "later": coming,
        "office_hero": _hero(period, owing),
        "silent": owing,
        "plans": [] if why_not(check_can_review, reader) else _plans(reader),
        "checks": _checks(period, reader) if period else [],
        "checks_for": _month(period) if period else "",
        "periods": known,
    }


def _hero(period: PeriodRow | None, owing: list[Silent]) -> tuple[str, str, str, str] | None:
    """What the office is asked first: how much is still missing, until when, and where it stands.

    The list of reports has none for a target nobody began on; the board has a line for each.
    """
    if period is None or period.frozen or not owing:
        return None
    title = _("%(month)s 月期还有 %(n)s 项目标未报") % {
        "month": period.month,
        "n": sum(row.missing for row in owing),
    }
    facts = _("涉及 %(units)s 个单位；%(when)s 冻结，冻结后记为“未报”。") % {
        "units": len(owing),
        "when": moment(period.freezes_at),
    }
    return title, facts, _("看作战室"), board_of(period)


def _silent(period: PeriodRow) -> list[Silent]:
    gaps = [gap for gap in unit_gaps(period.key) if gap.missing]
    lights = lights_before(period.key)
    return [silent_row(gap, lights, board_of(period)) for gap in gaps]


def _plans(reader: User) -> list[tuple[str, str, str, str]]:
    waiting = [row for row in document_rows(reader) if row.state in WAITING_PLANS]
    return [
        (row.title, reverse("plan_review", args=[row.uid]), _plan_words(row), _("审核"))
        for row in waiting
    ]


def _plan_words(row: PlanRow) -> str:
    return _("%(who)s，%(when)s 上传，%(state)s；提取 %(found)s 条，待审 %(pending)s 条") % {
        "who": row.uploaded_by,
        "when": moment(row.uploaded_at),
        "state": row.state_label,
        "found": row.found,
        "pending": row.pending,
    }


def _checks(period: PeriodRow, reader: User) -> list[tuple[str, str]]:
    """What stands before the freeze, the office's own part of it too, and what it will make."""
    if period.frozen:
        words = _("%(when)s 已冻结为快照 %(number)s") % {
            "when": moment(period.frozen_at),
            "number": period.snapshot,
        }
        return [("lock", words)]
    missing = sum(gap.missing for gap in unit_gaps(period.key))
    returned = period_counts(period.key).returned
    ours = count_reports(period.key, reader=reader, state=State.CONFIRMED)
    lines = [
        ("warn", _("%(n)s 项未报，冻结后记为“未报”"), missing),
        ("warn", _("其中 %(n)s 项已退回，等单位改好再报"), returned),
        ("warn", _("待攻坚办采信 %(n)s 项"), ours),
    ]
    found = [(state, words % {"n": count}) for state, words, count in lines if count]
    if not missing:
        found.insert(0, ("ok", _("应报的目标都已报送")))
    words = _("%(when)s 冻结为快照") % {"when": moment(period.freezes_at)}
    return [*found, ("lock", words)]


def board_of(period: PeriodRow) -> str:
    """The targets of a period on the board."""
    return f"{reverse('board')}?period={period.key}#targets"


def _opening(period: PeriodRow) -> str:
    return _("%(month)s 月期开放填报") % {"month": period.month}


def _month(period: PeriodRow) -> str:
    return _("%(month)s 月期") % {"month": period.month}


def _state(period: PeriodRow) -> str:
    if period.frozen:
        return _("已冻结，快照 %(number)s") % {"number": period.snapshot}
    return _("填报中，%(when)s 冻结") % {"when": moment(period.freezes_at)}

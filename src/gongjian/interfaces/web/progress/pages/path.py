"""The way of a report from hand to hand, as far as it has come."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import next_hands
from gongjian.foundation.acceptance.rules import Sides
from gongjian.foundation.orgs.models import User
from gongjian.lib.days import local_day

ORDER = ("filled", "checked", "confirmed", "accepted")
REACHED = {"draft": 0, "returned": 0, "filled": 1, "checked": 2, "confirmed": 3, "accepted": 4}


@dataclass(frozen=True, slots=True)
class Step:
    """One hand a report passes through; state is done, now, later or returned."""

    label: str
    state: str
    by: str
    at: datetime | None
    words: str


def path_of(report: Report, sides: Sides, *, at: datetime) -> list[Step]:
    """填报 → 单位审核 → 牵头核对 → 攻坚办采信, without the lead unit where it fills itself."""
    labels = {
        "filled": _("填报"),
        "checked": _("单位审核"),
        "confirmed": _("牵头单位核对"),
        "accepted": _("攻坚办采信"),
    }
    names = [name for name in ORDER if name != "confirmed" or sides.lead_is_another]
    return [_step(report, name, labels[name], names, at=at) for name in names]


def _step(report: Report, name: str, label: str, names: list[str], *, at: datetime) -> Step:
    reached = REACHED[report.state]
    if ORDER.index(name) < reached:
        by: User | None = getattr(report, f"{name}_by")
        who = by.display_name if by else ""
        return Step(label, "done", who, getattr(report, f"{name}_at"), "")
    if name != next(other for other in names if ORDER.index(other) >= reached):
        return Step(label, "later", "", None, "")
    if report.state == "returned":
        by = report.returned_by
        who = by.display_name if by else ""
        return Step(_("退回修改"), "returned", who, report.returned_at, report.return_reason)
    if report.state == "draft":
        return Step(label, "now", report.unit.short_name, None, _("填报中"))
    waits = _("等 %(who)s") % {"who": next_hands(report, on=local_day(at))}
    return Step(label, "now", "", None, waits)


def sent_words(report: Report, *, at: datetime) -> str:
    """What the filler is told once after sending in: who has it now, and how to get it back."""
    if report.state != "filled":
        return _("已报送。")
    hands = next_hands(report, on=local_day(at))
    return _("已报送，待 %(who)s 审核。审核前可以撤回。") % {"who": hands}

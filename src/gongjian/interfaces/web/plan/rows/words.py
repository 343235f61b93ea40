"""How the pages of the plan say progress, lateness and moves."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.flow.judgement.queries import TargetLine
from gongjian.flow.plan.queries import Slip
from gongjian.flow.progress.models import Report
from gongjian.interfaces.web.tags import day
from gongjian.lib.days import days_past


def slip_words(slips: Sequence[Slip]) -> str:
    """时限调整 2 次，累计推后 45 天: the approved moves of a date."""
    days = sum(slip.days for slip in slips)
    counted = ngettext("时限调整 %(count)s 次", "时限调整 %(count)s 次", len(slips))
    counted %= {"count": len(slips)}
    way = _("累计推后 %(days)s 天") if days >= 0 else _("累计提前 %(days)s 天")
    return _("%(counted)s，%(way)s") % {"counted": counted, "way": way % {"days": abs(days)}}


def target_name(line: TargetLine) -> str:
    """The metric with what it is limited to."""
    target = line.target
    return f"{target.metric}（{target.qualifier}）" if target.qualifier else target.metric


def told_words(report: Report | None, *, brief: bool = False) -> str:
    """The newest accepted progress in words; done things say so first."""
    if report is None:
        return ""
    if report.done_on is None:
        return report.words
    done = _("已办结 %(day)s") % {"day": day(report.done_on)}
    return done if brief or not report.words else f"{done}，{report.words}"


def late_words(deadline: date, report: Report | None, *, on: date) -> str:
    """逾期 13 天, while nothing accepted says that it is done."""
    if report is not None and report.done_on is not None:
        return ""
    days = days_past(deadline, on=on)
    return _("逾期 %(days)s 天") % {"days": days} if days else ""


def report_url(uid: object) -> str:
    """The report behind a figure; nothing where nothing was accepted."""
    return reverse("report_check", args=[uid]) if uid else ""

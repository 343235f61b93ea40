"""The page of one report after it was sent in: what it says, where it stands, what may be done."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.judgement.queries import ReportJudged, judged_report
from gongjian.flow.progress import rules
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import corrections_of, sides_of_report
from gongjian.foundation.acceptance import rules as acceptance
from gongjian.foundation.acceptance.rules import Sides
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import why_not
from gongjian.interfaces.web.progress.pages.parts import (
    address_of,
    files_of,
    head_of,
    month_of,
    pile_of,
    where_next,
)
from gongjian.interfaces.web.progress.pages.path import path_of
from gongjian.interfaces.web.tags import day, number

STAND_IN = "…"  # asks a rule about everything but the reason, which is still to be written


@dataclass(frozen=True, slots=True)
class Value:
    """The figure beside the one before it."""

    label: str
    text: str
    last_label: str = ""
    last: str = ""
    change: str = ""
    rate: str = ""
    due_words: str = ""


@dataclass(frozen=True, slots=True)
class LightTurn:
    """The light before and the one this figure gives, with the rule."""

    before: str
    after: str
    note: str
    why: str


@dataclass(frozen=True, slots=True)
class Act:
    """What may be done next; `blocked` is the sentence of the rule, `link` needs no form."""

    label: str
    url: str
    blocked: str
    link: bool = False


def check_context(report: Report, *, reader: User, at: datetime) -> dict[str, Any]:
    """All the page needs."""
    judged = judged_report(report, known_at=at)
    pile = pile_of(reader, at=at)
    following = where_next(report, pile)
    return {
        "head": head_of(report, judged, pile),
        "value": _value(report, judged),
        "light": _light(judged),
        "doubts": judged.doubts if judged and report.state != "draft" else (),
        "words": _words(report),
        "evidence": files_of(report),
        "steps": path_of(report, sides_of_report(report), at=at),
        "next_url": address_of(following) if following else "",
        "months": judged.preview.months[-6:] if judged else (),
        "months_words": _months(judged) if judged else "",
        "lineage": _lineage(report, reader),
        **acts_context(report, reader=reader, at=at),
    }


def acts_context(report: Report, *, reader: User, at: datetime) -> dict[str, Any]:
    """What the reader may do with the report now, and why not."""
    sides = sides_of_report(report)
    return {
        "act": _act(report, reader, sides, at=at),
        "give_back": _give_back(report, reader, sides, at=at),
        "take_back": _take_back(report, reader, at=at),
        "correct": _correct(report, reader, sides),
        "version": report.version,
        "key": uuid4(),
    }


def _act(report: Report, reader: User, sides: Sides, *, at: datetime) -> Act | None:
    """The one step the report waits for, whoever has to take it."""
    if report.state in ("draft", "returned"):
        blocked = why_not(rules.check_can_save, report, by=reader, sides=sides, at=at)
        return Act(_("填报"), reverse("report", args=[report.uid]), blocked, link=True)
    step = {
        "filled": (_("审核通过"), "report_pass", acceptance.check_can_check),
        "checked": (_("核对通过"), "report_confirm", acceptance.check_can_confirm),
        "confirmed": (_("采信"), "report_accept", acceptance.check_can_accept),
    }.get(report.state)
    if step is None:
        return None
    label, name, rule = step
    blocked = why_not(rules.check_can_decide, report, at=at)
    blocked = blocked or why_not(rule, report, by=reader, sides=sides)
    return Act(label, reverse(name, args=[report.uid]), blocked)


def _give_back(report: Report, reader: User, sides: Sides, *, at: datetime) -> Act | None:
    if why_not(rules.check_can_decide, report, at=at):
        return None
    if why_not(acceptance.check_can_return, report, by=reader, sides=sides, reason=STAND_IN):
        return None
    return Act(_("退回"), reverse("report_return", args=[report.uid]), "")


def _take_back(report: Report, reader: User, *, at: datetime) -> Act | None:
    if why_not(rules.check_can_decide, report, at=at):
        return None
    if why_not(acceptance.check_can_withdraw, report, by=reader):
        return None
    return Act(_("撤回"), reverse("report_withdraw", args=[report.uid]), "")


def _correct(report: Report, reader: User, sides: Sides) -> Act | None:
    if why_not(rules.check_can_correct, report, by=reader, sides=sides, reason=STAND_IN):
        return None
    return Act(_("更正"), reverse("report_correct", args=[report.uid]), "")


def _value(report: Report, judged: ReportJudged | None) -> Value:
    if judged is None:
        done = _("%(day)s 办结") % {"day": day(report.done_on)} if report.done_on else _("还没办结")
        return Value(_("办结情况"), done)
    preview = judged.preview
    due = _("%(month)s 月底序时 %(due)s") % {
        "month": report.period.first_day.month,
        "due": preview.expected,
    }
    return Value(
        label=_("累计完成"),
        text=preview.value,
        last_label=_("上期"),
        last=preview.before_value,
        change=_("本期增加 %(change)s") % {"change": preview.change} if preview.change else "",
        rate=_("%(rate)s（%(sum)s）") % {"rate": preview.rate, "sum": preview.sum},
        due_words=due if preview.expected else "",
    )


def _light(judged: ReportJudged | None) -> LightTurn | None:
    if judged is None:
        return None
    preview = judged.preview
    before = preview.before if preview.before_value else ""
    return LightTurn(before, preview.light, "", preview.why)


def _words(report: Report) -> list[tuple[str, str]]:
    rows = [
        (_("进展"), report.words),
        (_("存在问题"), report.risk),
        (_("下步打算"), report.measures),
        (_("更正理由"), report.correction_reason),
        (_("退回原因"), report.return_reason if report.state == "returned" else ""),
    ]
    return [(label, text) for label, text in rows if text]


def _months(judged: ReportJudged) -> str:
    return _("；").join(
        _("%(month)s 月 %(value)s") % {"month": month, "value": number(value) or _("未报")}
        for month, value in _numbered(judged.preview.months)
    )


def _numbered(months: tuple[Decimal | None, ...]) -> list[tuple[int, Decimal | None]]:
    return list(enumerate(months, start=1))


def _lineage(report: Report, reader: User) -> list[tuple[str, str, str]]:
    """Where the figure stands elsewhere: the board of its period, what it corrects, corrections."""
    rows = [
        (_("作战室"), month_of(report), f"{reverse('board')}?period={report.period.key}"),
    ]
    if report.corrects is not None:
        rows.append((_("更正的是"), _("原来的数"), _address(report.corrects)))
    rows += [
        (_("更正"), correction.correction_reason, _address(correction))
        for correction in corrections_of(report, reader=reader)
    ]
    return rows


def _address(report: Report) -> str:
    return reverse("report_check", args=[report.uid])

"""The form of a report, three steps: the figure, the words, the check."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.flow.judgement.queries import Preview, ReportJudged, judged_report
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import counted_for, next_hands, report_before
from gongjian.flow.projects.queries import CountedFigure
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.web.progress.pages import asks
from gongjian.interfaces.web.progress.pages.parts import (
    evidence_context,
    head_of,
    month_of,
    pile_of,
    saying,
    subject_of,
    where_next,
)
from gongjian.interfaces.web.tags import day, number
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused
from gongjian.lib.rounding import written

KINDS = {  # by Target.Kind
    "flow": gettext_lazy("填当年累计数，不是当月数。没有进展就填上期的数，空着不算 0。"),
    "stock": gettext_lazy("填期末的总数，含以前年度就有的。"),
    "rate": gettext_lazy("填期末的比率。"),
    "growth": gettext_lazy("填累计同比增长的比率。"),
    "done": gettext_lazy("办成填 1，没办成填 0。"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stood in the fields when the form could not go on, and what stood in the way."""

    fields: dict[str, str] = field(default_factory=dict)
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Previous:
    """The period before, beside the input."""

    label: str
    value: str
    light: str = ""
    note: str = ""
    due_label: str = ""
    due: str = ""
    months: tuple[Decimal | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked on the first step."""

    label: str
    hint: str
    unit: str
    value: str
    preview_url: str
    error: str
    counted: bool = False  # from the projects: shown, not typed
    counted_url: str = ""  # which projects


def fill_context(
    report: Report, *, step: int, reader: User, at: datetime, typed: Typed | None = None
) -> dict[str, Any]:
    """All the page needs; what was typed wins over what is kept."""
    typed = typed or Typed()
    counted = counted_for(report, known_at=at) if step == 1 else None
    if counted is not None:
        report.value = counted.value
    judged = judged_report(report, known_at=at)
    pile = [row for row in pile_of(reader, at=at) if row.step == "fill"]
    following = where_next(report, pile)
    return {
        "step": step,
        "version": report.version,
        "key": uuid4(),
        "draft_key": report.uid,
        "head": head_of(report, judged, pile),
        "refused": typed.refused,
        "errors": _errors(typed.refused),
        "subject": _kind(report),
        "returned": report.return_reason if report.state == "returned" else "",
        "next_item": _("下一项：%(name)s") % {"name": following.row.subject} if following else "",
        "save_url": reverse("report_save", args=[report.uid]),
        **_step(report, judged, counted, step, typed=typed, at=at),
        **_beside(report, judged),
    }


def _step(
    report: Report,
    judged: ReportJudged | None,
    counted: CountedFigure | None,
    step: int,
    *,
    typed: Typed,
    at: datetime,
) -> dict[str, Any]:
    if step == 1:
        return _figure(report, judged, counted, typed)
    if step == 2:
        return {
            "asks": asks.asks_of(report, judged, typed.fields),
            "ask_reason": asks.reason_of(judged),
            **evidence_context(report),
        }
    return {
        "answers": asks.answers_of(report, judged),
        "reviewer": next_hands(report, on=local_day(at)),
    }


def _figure(
    report: Report, judged: ReportJudged | None, counted: CountedFigure | None, typed: Typed
) -> dict[str, Any]:
    last = _("%(month)s 月底") % {"month": report.period.first_day.month}
    wrong = typed.refused.sentence if typed.refused and _errors(typed.refused) else ""
    if judged is None:
        subject = subject_of(report)
        due = getattr(subject, "deadline", None) or subject.day
        hint = _("办结了才填。还没办结就空着，下一步写进展。")
        given = typed.fields.get("done_on", report.done_on.isoformat() if report.done_on else "")
        return {
            "previous": Previous(_("完成时限"), f"{due:%Y} {day(due)}"),
            "done_on": {"value": given, "hint": hint, "error": wrong},
        }
    if counted is None:
        hint = str(KINDS[judged.target.kind])
        value = typed.fields.get("value", number(judged.preview.months[-1]))
    else:
        hint = _("由项目台账累计（%(n)s 个项目），不用填；要改，请改项目的阶段或月度数。")
        hint = hint % {"n": len(counted.projects)}
        value = written(counted.value / judged.target.factor)
    question = Question(
        label=_("截至 %(when)s，%(metric)s") % {"when": last, "metric": judged.target.metric},
        hint=hint,
        unit=judged.target.unit,
        value=value,
        counted=counted is not None,
        counted_url=reverse("target_counted", args=[report.target.uid])
        if counted is not None and report.target
        else "",
        preview_url=reverse("report_preview", args=[report.uid]),
        error=wrong,
    )
    return {
        "previous": _previous(judged.preview, last),
        "question": question,
        "say": None if wrong else saying(judged.preview),
    }


def _previous(preview: Preview, last: str) -> Previous:
    return Previous(
        label=_("上期"),
        value=preview.before_value,
        light=preview.before if preview.before_value else "",
        due_label=_("%(when)s序时") % {"when": last},
        due=preview.expected,
        months=preview.months[-6:],
    )


def _beside(report: Report, judged: ReportJudged | None) -> dict[str, Any]:
    """What one looks up while filling in."""
    before = report_before(report)
    if judged is None:
        words = [(month_of(before), before.words)] if before else []
        return {"last": words}
    preview, target = judged.preview, judged.target
    last = [(_("上期数"), preview.before_value), (_("规则"), preview.before_why)]
    if before and before.words:
        last.append((_("说明"), before.words))
    columns = _year(preview.months)
    return {
        "last": [(label, text) for label, text in last if text],
        "last12": columns,
        "last12_words": _("；").join(
            _("%(month)s 月 %(value)s") % {"month": month, "value": number(value) or _("未报")}
            for month, value, _open in columns[: len(preview.months)]
        ),
        "last12_note": _("今年各月，单位：%(unit)s；虚框为本期，未采信。") % {"unit": target.unit},
        "definition": _definition(target.definition),
    }


def _year(months: tuple[Decimal | None, ...]) -> list[tuple[str, Decimal | None, str]]:
    """Twelve columns: the months so far, this one open, the rest still empty."""
    now = len(months)
    padded = [*months, *[None] * (12 - now)]
    return [
        (str(month), value, "open" if month == now else "now")
        for month, value in enumerate(padded, start=1)
    ]


def _definition(text: str) -> dict[str, str] | None:
    return {"text": text, "source": _("调度口径，不作统计数据使用。")} if text else None


def _kind(report: Report) -> str:
    return "target" if report.target_id else "task" if report.task_id else "milestone"


def _errors(refused: Refused | None) -> list[tuple[str, str]]:
    """The refusals that belong to one field, as links to it."""
    fields = {"report.value": "value", "report.no-value": "value", "report.day": "done_on"}
    if refused is None or refused.code not in fields:
        return []
    return [(fields[refused.code], refused.sentence)]

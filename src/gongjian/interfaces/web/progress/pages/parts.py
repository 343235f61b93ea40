"""Rows that the form and the check page share."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.judgement.queries import Preview, ReportJudged, goal
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import DeskRow, desk_rows, evidence_rows
from gongjian.foundation.orgs.models import User


@dataclass(frozen=True, slots=True)
class Head:
    """The title of the page, its facts, and where in the pile one is."""

    title: str
    facts: str
    place: str
    back_url: str


@dataclass(frozen=True, slots=True)
class File:
    """One piece of evidence."""

    uid: UUID
    title: str
    doc_no: str
    size: str
    url: str
    state: str


@dataclass(frozen=True, slots=True)
class Say:
    """The live sentence: what a figure means and which light it would get."""

    change: str
    rate: str
    sum: str
    light: str
    why: str


def head_of(report: Report, judged: ReportJudged | None, pile: list[DeskRow]) -> Head:
    """6-3 · 行动 · 目标 ≥60 个 · 6 月期; the subject in full."""
    subject = subject_of(report)
    aim = _("目标 %(goal)s") % {"goal": goal(judged.target)} if judged else _("用文字报进展")
    facts = [f"{subject.action.seq}-{subject.seq}", subject.action.name, aim, month_of(report)]
    if report.corrects_id:
        facts.append(_("更正：%(why)s") % {"why": report.correction_reason})
    place = [row.uid for row in pile]
    words = (
        _("第 %(n)s 项，共 %(all)s 项") % {"n": place.index(report.uid) + 1, "all": len(place)}
        if report.uid in place
        else ""
    )
    return Head(str(subject), " · ".join(facts), words, reverse("desk"))


def subject_of(report: Report) -> Any:
    """The target, task or milestone a report is on."""
    return report.target or report.task or report.milestone


def month_of(report: Report) -> str:
    return _("%(month)s 月期") % {"month": report.period.first_day.month}


def pile_of(reader: User, *, at: datetime) -> list[DeskRow]:
    """What waits for the reader, in the order of the desk."""
    return desk_rows(reader, at=at)


def where_next(report: Report, pile: list[DeskRow]) -> DeskRow | None:
    """The one that waits after this report, or the first of those left."""
    place = [row.uid for row in pile]
    after = place.index(report.uid) + 1 if report.uid in place else 0
    left = [row for row in (*pile[after:], *pile[:after]) if row.uid != report.uid]
    return left[0] if left else None


def address_of(row: DeskRow) -> str:
    return reverse("report" if row.step == "fill" else "report_check", args=[row.uid])


def saying(preview: Preview | None) -> Say | None:
    """The live sentence; None before anything was typed."""
    if preview is None or preview.history[-1] is None:
        return None
    return Say(preview.change, preview.rate, preview.sum, preview.light, preview.why)


def files_of(report: Report) -> list[File]:
    return [
        File(
            uid=row.uid,
            title=row.title,
            doc_no=row.doc_no,
            size=filesizeformat(row.size) if row.file_name else "",
            url=reverse("evidence", args=[row.uid]) if row.file_name else "",
            state=row.scan,
        )
        for row in evidence_rows(report)
    ]


def evidence_context(report: Report) -> dict[str, Any]:
    return {
        "evidence": files_of(report),
        "evidence_url": reverse("report_evidence", args=[report.uid]),
        "evidence_key": uuid4(),
    }

"""Uploaded plans as their pages list them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.plan.queries import PlanRow
from gongjian.flow.plan.rules import other_year_in
from gongjian.interfaces.web.answers import saved_as
from gongjian.interfaces.web.tags import moment

SHOWN = 10  # of the newest; the list of documents has them all


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of the upload page."""

    name: str
    size: str
    state: str
    sentence: str
    url: str = ""
    action: str = ""
    year: int = 0
    other_year: int = 0
    steps: list[tuple[str, str]] = field(default_factory=list)
    done: int = 0
    total: int = 0


def uploads_context(rows: Sequence[PlanRow]) -> dict[str, Any]:
    """Newest first; adopted plans stand at the side."""
    uploads = [_upload(row) for row in rows if row.state != "adopted"]
    states = [upload.state for upload in uploads]
    counts = [
        (_("读完 %(count)s"), states.count("review")),
        (_("在读 %(count)s"), states.count("waiting")),
        (_("读不出来 %(count)s"), states.count("unreadable")),
    ]
    adopted = [row for row in rows if row.state == "adopted"]
    return {
        "uploads": uploads,
        "counts": _("，").join(words % {"count": count} for words, count in counts if count),
        "busy": "waiting" in states,
        "earlier": [(row.title, _review(row), _words(row)) for row in adopted],
    }


def documents_context(rows: Sequence[PlanRow], *, may_move: bool) -> list[dict[str, Any]]:
    """The lines of the list of plan documents."""
    return [
        {
            "uid": row.uid,
            "title": row.title,
            "year": row.year,
            "other_year": _other_year(row),
            "moved": row.moved,
            "version": row.version,
            "movable": may_move and row.state != "adopted" and not row.replaces,
            "url": _review(row) if row.state in ("review", "adopted") else "",
            "file_url": reverse("plan_source", args=[row.uid]),
            "file_name": saved_as(row.title, row.file_name),
            "size": filesizeformat(row.size),
            "state": row.state,
            "state_label": row.state_label,
            "trouble": row.trouble,
            "found": row.found,
            "pending": row.pending,
            "by": row.uploaded_by,
            "at": row.uploaded_at,
        }
        for row in rows
    ]


def _upload(row: PlanRow) -> Upload:
    reading = row.state == "waiting"
    ready = row.state == "review"
    action = _("去审核 %(count)s 条") % {"count": row.pending} if row.pending else _("去定稿")
    return Upload(
        name=row.file_name,
        size=filesizeformat(row.size),
        state=row.state,
        sentence=_sentence(row),
        url=_review(row) if ready else "",
        action=action if ready else "",
        year=row.year,
        other_year=_other_year(row),
        steps=[(_("收到"), "ok"), (_("读取识别"), "now"), (_("逐条审核"), "")] if reading else [],
    )


def _other_year(row: PlanRow) -> int:
    """The year the title names where that is another one; an adopted plan was asked about it."""
    return 0 if row.state == "adopted" else other_year_in(row.title, row.year)


def _sentence(row: PlanRow) -> str:
    if row.state == "waiting":
        return _("排队读取，读完自动出现在这里。")
    if row.state == "unreadable":
        return row.trouble
    if row.replaces:
        return _("“%(old)s”的新版本：识别出 %(found)s 条，%(pending)s 条是新增或有变化，未审。") % {
            "old": row.replaces,
            "found": row.found,
            "pending": row.pending,
        }
    return _("《%(title)s》识别出 %(found)s 条，%(pending)s 条未审。") % {
        "title": row.title,
        "found": row.found,
        "pending": row.pending,
    }


def _words(row: PlanRow) -> str:
    return _("%(state)s · %(by)s %(at)s") % {
        "state": row.state_label,
        "by": row.uploaded_by,
        "at": moment(row.uploaded_at),
    }


def _review(row: PlanRow) -> str:
    return reverse("plan_review", args=[row.uid])

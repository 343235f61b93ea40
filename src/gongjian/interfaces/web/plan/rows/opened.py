"""The finding that is open as a form under its sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import PlanDocument
from gongjian.flow.plan.queries import (
    CandidateRow,
    ChangeRow,
    Home,
    finding_differences,
    node_lines,
    pages_of,
    restated_changes,
    trail_of,
)
from gongjian.interfaces.web.plan.rows.fields import Field, fields_of
from gongjian.interfaces.web.plan.rows.filters import Filters
from gongjian.interfaces.web.plan.rows.paper import anchor_of, in_cells
from gongjian.interfaces.web.tags import day, moment

AROUND = 40  # characters of the paragraph shown on both sides of a finding
Quote = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Open:
    """The open finding, ready to print."""

    seq: int
    kind: str
    kind_label: str
    title: str
    doubtful: bool
    state: str
    state_label: str
    confidence: str
    why: str
    where: str
    characters: str
    anchor: str
    quote: Quote
    also: list[Quote]
    plain: str
    evidence: str
    fields: list[Field]
    version: int
    decide_url: str
    keep_url: str
    merge_url: str
    blocked: str
    decided: str
    why_rejected: str
    merged_into: int
    change: str
    change_label: str
    differences: Sequence[tuple[str, str, str]]
    moved: str
    resembles: str
    restates: list[str]
    trail: list[str]


def opened(
    document: PlanDocument,
    row: CandidateRow,
    homes: Sequence[Home],
    filters: Filters,
    *,
    blocked: str,
    typed: Mapping[str, str] | None,
    version: int = 0,
) -> Open:
    """The open finding with its form, or with what was typed into it and refused.

    `version` is the one a refused form was filled from: the form that comes back carries it on,
    so that saving it again cannot overwrite what another did meanwhile.
    """
    decided = _("%(who)s：%(what)s") % {"who": row.decided_by, "what": row.state_label}
    query = filters.query(c=row.seq)
    lines = node_lines(document, [row.twin if row.moved else None, row.resembles])
    like = lines.get(row.resembles, "") if row.resembles else ""
    return Open(
        seq=row.seq,
        kind=row.kind,
        kind_label=row.kind_label,
        title=in_cells(row.headline),
        doubtful=row.doubtful,
        state=row.state,
        state_label=row.state_label,
        confidence=f"{row.confidence:.2f}",
        why=row.reason,
        where=row.where,
        characters=_characters(row),
        anchor=anchor_of(row.spot),
        quote=quoted(document, row.start, row.end),
        also=[quoted(document, start, end) for start, end in row.joined],
        plain=in_cells(row.plain),
        evidence=row.evidence,
        fields=fields_of(row, homes, typed=typed),
        version=version or row.version,
        decide_url=reverse("candidate_decide", args=[row.uid]) + query,
        keep_url=reverse("plan_review", args=[document.uid]) + query,
        merge_url=reverse("review_merge", args=[document.uid]) + query,
        blocked=blocked,
        decided=decided if row.decided_by else "",
        why_rejected=(typed or {}).get("why_rejected", "") or row.why_rejected,
        merged_into=row.merged_into,
        change=row.change,
        change_label=row.change_label,
        differences=finding_differences(document, row.seq) if row.twin else (),
        moved=_moved(row, lines.get(row.twin, "") if row.twin else "", like) if row.moved else "",
        resembles=like,
        restates=[_restated(change) for change in restated_changes(document, row)],
        trail=[_step(*step) for step in trail_of(document, row.seq)],
    )


def quoted(document: PlanDocument, start: int, end: int) -> Quote:
    """Words of a plan with what stands around them in their paragraph."""
    pages = pages_of(document)
    first, last = pages.extent(start)
    left, right = max(first, start - AROUND), min(max(last, end), end + AROUND)
    text = pages.text
    return [
        (("…" if left > first else "") + text[left:start], False),
        (in_cells(text[start:end]), True),
        (text[end:right] + ("…" if right < last else ""), False),
    ]


def _moved(row: CandidateRow, now: str, like: str) -> str:
    """What the plan said when it was judged, and what it says now."""
    if like and not row.stood:
        return _("审核以后计划变了：计划里添了一条很像的“%(like)s”。") % {"like": like}
    if not now:
        return _("审核以后计划变了：当时计划里是“%(was)s”，现在计划里没有这一条了。") % {
            "was": row.stood
        } + (_("采用就会重新加进计划。") if row.state in ("accepted", "edited") else "")
    if not row.stood:
        return _("审核以后计划变了：当时计划里没有，现在有“%(now)s”，定稿时不再新增。") % {
            "now": now
        }
    return _("审核以后计划变了：当时计划里是“%(was)s”，现在是“%(now)s”。") % {
        "was": row.stood,
        "now": now,
    }


def _restated(change: ChangeRow) -> str:
    """A change that was approved, and that the new version does not know."""
    return _(
        "新稿写的是调整以前的%(what)s：%(day)s 已批准从 %(old)s 调到 %(new)s（%(reason)s）。"
        "新稿若只是照抄原文，请驳回；真要改回去，采用后再走调整。"
    ) % {
        "what": change.what,
        "day": day(change.decided_at),
        "old": change.old,
        "new": change.new,
        "reason": change.basis or change.reason,
    }


def _characters(row: CandidateRow) -> str:
    """Which characters of its paragraph or cell it is, counted from 1."""
    first, last = row.start - row.extent[0] + 1, row.end - row.extent[0]
    if row.end > row.extent[1]:  # it goes on in the next cells
        return ""
    return _("第 %(first)s–%(last)s 字") % {"first": first, "last": last}


def _step(act: str, who: str, at: datetime, undone: bool) -> str:
    words = _("%(act)s，%(who)s %(at)s") % {"act": act, "who": who, "at": moment(at)}
    return _("%(words)s，已撤销") % {"words": words} if undone else words

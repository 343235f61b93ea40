"""A document under review as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import PlanDocument
from gongjian.flow.plan.queries import (
    CandidateRow,
    Home,
    ReviewCounts,
    candidate_rows,
    homes,
    pages_of,
    review_counts,
    taken_candidates,
)
from gongjian.flow.plan.rules import check_can_adopt, check_can_decide
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import why_not
from gongjian.interfaces.web.answers import saved_as
from gongjian.interfaces.web.plan.rows.fields import Field, fields_of
from gongjian.interfaces.web.plan.rows.paper import anchor_of, in_cells, paper_of
from gongjian.interfaces.web.tags import day
from gongjian.lib.pages import Table
from gongjian.lib.refusals import Refused

Choice = tuple[str, str, int | None, bool]
AROUND = 40  # characters of the paragraph shown on both sides of a finding
FILTERS = ("kind", "doubt", "state")


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the findings is listed, and which one is open."""

    kind: str = ""
    doubt: str = ""
    state: str = ""
    open: int = 0

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filters":
        words = {name: given.get(name, "") for name in FILTERS}
        number = given.get("c", "")
        return cls(**words, open=int(number) if number.isdecimal() else 0)

    def query(self, **other: object) -> str:
        """These filters as the end of an address, with some of them changed."""
        words = {name: getattr(self, name) for name in FILTERS} | {"c": self.open} | other
        kept = {name: word for name, word in words.items() if word}
        return f"?{urlencode(kept)}" if kept else ""

    def keep(self, rows: Sequence[CandidateRow]) -> list[CandidateRow]:
        return [row for row in rows if self._keeps(row)]

    def _keeps(self, row: CandidateRow) -> bool:
        doubt = {"": True, "doubtful": row.doubtful, "homeless": is_homeless(row)}
        return (
            self.kind in ("", row.kind)
            and doubt.get(self.doubt, True)
            and (self.state in ("", row.state) or (self.state == "taken" and is_taken(row)))
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of findings."""

    seq: int
    kind: str
    kind_label: str
    title: str
    where: str
    hint: str
    state: str
    state_label: str
    doubtful: bool
    url: str


@dataclass(frozen=True, slots=True)
class Open:
    """The finding that is open as a form under its sentence."""

    seq: int
    kind: str
    kind_label: str
    title: str
    doubtful: bool
    state: str
    confidence: str
    why: str
    where: str
    characters: str
    anchor: str
    quote: list[tuple[str, bool]]
    plain: str
    fields: list[Field]
    version: int
    decide_url: str
    blocked: str
    decided: str
    why_rejected: str


@dataclass(frozen=True, slots=True)
class Review:
    """Everything of one document under review, read once."""

    document: PlanDocument
    rows: list[CandidateRow]
    homes: list[Home]
    filters: Filters

    @classmethod
    def of(cls, document: PlanDocument, filters: Filters) -> "Review":
        return cls(document, candidate_rows(document), homes(document), filters)

    @property
    def open(self) -> CandidateRow | None:
        """The one asked for, else the first listed that waits, else the first listed."""
        listed = self.filters.keep(self.rows)
        asked = next((row for row in self.rows if row.seq == self.filters.open), None)
        waiting = next((row for row in listed if row.state == "pending"), None)
        return asked or waiting or next(iter(listed), None)

    def after(self, seq: int) -> int:
        """The next listed finding that waits behind one that was just judged, round the end."""
        listed = [row for row in self.filters.keep(self.rows) if row.state == "pending"]
        behind = [row.seq for row in listed if row.seq > seq]
        return behind[0] if behind else listed[0].seq if listed else seq

    def address(self, filters: Filters | None = None) -> str:
        return reverse("plan_review", args=[self.document.uid]) + (filters or self.filters).query()


def review_context(
    review: Review,
    *,
    by: User,
    refused: Refused | None = None,
    typed: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The context that plan/review.html names."""
    counts = review_counts(review.rows)
    chosen = review.open
    listed = review.filters.keep(review.rows)
    if chosen is not None and chosen not in listed:
        listed = sorted([*listed, chosen], key=lambda row: row.seq)
    blocked = why_not(check_can_decide, review.document, by=by)
    return {
        "document": _document(review.document, counts),
        "progress": {
            "decided": counts.seen,
            "total": counts.total,
            "words": _("采用 %(accepted)s · 驳回 %(rejected)s")
            % {"accepted": counts.accepted, "rejected": counts.rejected},
        },
        "adopt": _adopt(review, counts, by=by),
        "parts": paper_of(
            review.document,
            review.rows,
            chosen,
            lambda row: review.address() if row is chosen else _address(review, row),
        ),
        "untaken_url": reverse("plan_untaken", args=[review.document.uid]),
        "kinds": _kinds(review, counts),
        "doubts": _doubts(review, counts),
        "states": _states(review, counts),
        "candidates": [_listed(review, row) for row in listed],
        "open": _open(review, chosen, blocked=blocked, typed=typed) if chosen else None,
        "refused": refused,
        "bulk": _bulk(review, counts, blocked=blocked),
    }


def is_taken(row: CandidateRow) -> bool:
    return row.state in ("accepted", "edited")


def is_homeless(row: CandidateRow) -> bool:
    return row.kind != "action" and not row.home and row.state != "rejected"


def _document(document: PlanDocument, counts: ReviewCounts) -> dict[str, Any]:
    kinds = counts.kinds
    facts = _(
        "%(size)s · 识别出 %(total)s 条：行动 %(action)s、目标 %(target)s、"
        "任务 %(task)s、节点 %(milestone)s · 上传人 %(who)s %(day)s"
    ) % {
        "size": _size(document),
        "total": counts.total,
        **kinds,
        "who": document.uploaded_by.display_name,
        "day": day(document.uploaded_at),
    }
    return {
        "uid": document.uid,
        "title": document.title,
        "facts": facts,
        "version": document.version,
        "file_url": reverse("plan_source", args=[document.uid]),
        "file_name": saved_as(document.title, document.file.name),
        "state": document.state,
        "state_label": document.get_state_display(),
        "trouble": document.trouble,
    }


def _size(document: PlanDocument) -> str:
    """How long it is: 97 段; for a workbook 2 张表."""
    blocks = pages_of(document).blocks
    tables = sum(isinstance(block, Table) for block in blocks)
    if tables == len(blocks):
        return _("%(count)s 张表") % {"count": tables}
    return _("%(count)s 段") % {"count": len(blocks)}


def _adopt(review: Review, counts: ReviewCounts, *, by: User) -> dict[str, str]:
    taken = taken_candidates(review.document)
    why = why_not(check_can_adopt, review.document, by=by, pending=counts.pending, taken=taken)
    return {
        "url": reverse("plan_adopt", args=[review.document.uid]),
        "label": _("定稿，采用 %(count)s 条") % {"count": counts.accepted},
        "why": why,
    }


def _address(review: Review, row: CandidateRow) -> str:
    return reverse("plan_review", args=[review.document.uid]) + review.filters.query(c=row.seq)


def _listed(review: Review, row: CandidateRow) -> Listed:
    hint = row.action if row.kind != "action" else ""
    if is_homeless(row):
        hint = _("还没有所属行动")
    return Listed(
        seq=row.seq,
        kind=row.kind,
        kind_label=row.kind_label,
        title=in_cells(row.headline),
        where=row.where,
        hint=hint,
        state=row.state,
        state_label=row.state_label,
        doubtful=row.doubtful or is_homeless(row),
        url=_address(review, row),
    )


def _open(
    review: Review, row: CandidateRow, *, blocked: str, typed: Mapping[str, str] | None
) -> Open:
    decided = _("%(who)s：%(what)s") % {"who": row.decided_by, "what": row.state_label}
    return Open(
        seq=row.seq,
        kind=row.kind,
        kind_label=row.kind_label,
        title=in_cells(row.headline),
        doubtful=row.doubtful,
        state=row.state,
        confidence=f"{row.confidence:.2f}",
        why=row.reason,
        where=row.where,
        characters=_characters(row),
        anchor=anchor_of(row.spot),
        quote=_quote(review.document, row),
        plain=in_cells(row.plain),
        fields=fields_of(row, review.homes, typed=typed),
        version=row.version,
        decide_url=reverse("candidate_decide", args=[row.uid]) + review.filters.query(c=row.seq),
        blocked=blocked,
        decided=decided if row.decided_by else "",
        why_rejected=row.why_rejected,
    )


def _quote(document: PlanDocument, row: CandidateRow) -> list[tuple[str, bool]]:
    """The finding with what stands around it in its paragraph."""
    start, end = row.extent
    left, right = max(start, row.start - AROUND), min(max(end, row.end), row.end + AROUND)
    text = document.text
    return [
        (("…" if left > start else "") + text[left : row.start], False),
        (in_cells(row.evidence), True),
        (text[row.end : right] + ("…" if right < end else ""), False),
    ]


def _characters(row: CandidateRow) -> str:
    """Which characters of its paragraph or cell it is, counted from 1."""
    first, last = row.start - row.extent[0] + 1, row.end - row.extent[0]
    if row.end > row.extent[1]:  # it goes on in the next cells
        return ""
    return _("第 %(first)s–%(last)s 字") % {"first": first, "last": last}


def _kinds(review: Review, counts: ReviewCounts) -> list[Choice]:
    labels = {
        "": _("全部"),
        "action": _("行动"),
        "target": _("目标"),
        "task": _("任务"),
        "milestone": _("节点"),
    }
    numbers = {"": counts.total, **counts.kinds}
    return [
        _choice(review, "kind", key, label, numbers[key])
        for key, label in labels.items()
        if numbers[key]
    ]


def _doubts(review: Review, counts: ReviewCounts) -> list[Choice]:
    homeless = sum(is_homeless(row) for row in review.rows)
    choices = [_toggle(review, "doubt", "doubtful", _("需细看"), counts.doubtful)]
    if homeless or review.filters.doubt == "homeless":
        choices.append(_toggle(review, "doubt", "homeless", _("缺行动"), homeless))
    return choices


def _states(review: Review, counts: ReviewCounts) -> list[Choice]:
    return [
        _toggle(review, "state", "pending", _("未审"), counts.pending),
        _toggle(review, "state", "taken", _("采用"), counts.accepted),
        _toggle(review, "state", "rejected", _("驳回"), counts.rejected),
    ]


def _toggle(review: Review, name: str, key: str, label: str, count: int) -> Choice:
    """A filter that a second click takes off again."""
    on = getattr(review.filters, name) == key
    _label, address, _count, _current = _choice(review, name, "" if on else key, label, count)
    return (label, address, count, on)


def _choice(review: Review, name: str, key: str, label: str, count: int | None) -> Choice:
    address = reverse("plan_review", args=[review.document.uid])
    current = getattr(review.filters, name) == key
    return (label, address + review.filters.query(**{name: key, "c": 0}), count, current)


def _bulk(review: Review, counts: ReviewCounts, *, blocked: str) -> tuple[str, str] | None:
    if blocked or not counts.sure_pending:
        return None
    label = _("把握 0.9 以上的 %(count)s 条一并采用") % {"count": counts.sure_pending}
    return (
        reverse("plan_accept_sure", args=[review.document.uid]) + review.filters.query(c=0),
        label,
    )

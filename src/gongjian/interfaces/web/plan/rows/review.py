"""A document under review as its page shows it: a screenful of findings beside their text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.flow.plan.models import PlanDocument
from gongjian.flow.plan.queries import (
    SCREENFUL,
    CandidateRow,
    Home,
    ReviewCounts,
    Screenful,
    candidate_row,
    decided_since,
    homes,
    last_own_step,
    last_step,
    next_waiting,
    node_headlines,
    pages_of,
    review_counts,
    screenful,
    stretch_around,
    taken_candidates,
)
from gongjian.flow.plan.rules import check_can_adopt, check_can_decide, check_is_of_its_year
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import why_not
from gongjian.interfaces.web.answers import saved_as
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.plan.rows.drawn import drawn_rows
from gongjian.interfaces.web.plan.rows.filters import Filters, choices_context, number
from gongjian.interfaces.web.plan.rows.listed import listed
from gongjian.interfaces.web.plan.rows.opened import opened
from gongjian.interfaces.web.plan.rows.paper import paper_of
from gongjian.interfaces.web.tags import day
from gongjian.lib.pages import Table
from gongjian.lib.refusals import Conflict, Refused

FEW = 5  # numbers of findings that a sentence names


@dataclass(frozen=True, slots=True)
class Review:
    """A screenful of one document under review, read once."""

    document: PlanDocument
    counts: ReviewCounts
    homes: list[Home]
    filters: Filters
    screen: Screenful
    open: CandidateRow | None

    @classmethod
    def of(cls, document: PlanDocument, filters: Filters) -> "Review":
        """Opens what is asked for, else what the page begins with, else the first that waits."""
        asked = candidate_row(document, filters.open) if filters.open else None
        if asked is None and not filters.page:
            seq = next_waiting(document, filters.wanted)
            asked = candidate_row(document, seq) if seq else None
        screen = screenful(document, filters.wanted, page=filters.page, around=asked)
        return cls(
            document,
            review_counts(document),
            homes(document),
            filters,
            screen,
            asked or next(iter(screen.rows), None),
        )

    def address(self, filters: Filters | None = None) -> str:
        return reverse("plan_review", args=[self.document.uid]) + (filters or self.filters).query()


def review_context(
    review: Review,
    *,
    by: User,
    refused: Refused | None = None,
    typed: Mapping[str, str] | None = None,
    seen: int = 0,
    notice: str = "",
    panel: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The context that plan/review.html names.

    `seen` is the last step that the page knew from which the act came; `panel` takes the place of
    the open finding.
    """
    document, counts, chosen = review.document, review.counts, review.open
    blocked = why_not(check_can_decide, document, by=by)
    rows = review.screen.rows
    if chosen is not None and chosen.seq not in {row.seq for row in rows} and panel is None:
        rows = (chosen, *rows)
    here = chosen.seq if chosen and panel is None else 0
    url = review.filters.opening(reverse("plan_review", args=[document.uid]))
    old = node_headlines(document, [row.twin for row in rows if row.change == "changed"])
    return {
        "document": _document(document, counts),
        "progress": {
            "decided": counts.seen,
            "total": counts.to_decide,
            "words": _("采用 %(accepted)s · 驳回 %(rejected)s")
            % {"accepted": counts.accepted, "rejected": counts.rejected},
        },
        "adopt": _adopt(review, by=by),
        **_paper(review, panel),
        "untaken_url": reverse("plan_untaken", args=[document.uid]),
        **choices_context(document, review.filters, counts, review.homes),
        "listed": [
            drawn_rows(listed(row, old, url=url(row.seq)) for row in part)
            for part in _around(rows, here)
        ],
        "page": _pager(review),
        "open": opened(
            document,
            chosen,
            review.homes,
            review.filters,
            blocked=blocked,
            typed=typed,
            version=_filled_from(refused, typed or {}),
        )
        if chosen and panel is None
        else None,
        "panel": panel,
        "refused": refused,
        "typed_act": (typed or {}).get("act", ""),
        "acts": _acts(review, blocked=blocked, by=by),
        "seen": last_step(document),
        "notices": [*([notice] if notice else []), *_moved(review), *_others(document, by, seen)],
    }


def _around(
    rows: Sequence[CandidateRow], here: int
) -> tuple[Sequence[CandidateRow], Sequence[CandidateRow]]:
    """The rows above the open one, and those below; all are above where none is open."""
    at = next((place for place, row in enumerate(rows) if row.seq == here), len(rows))
    return rows[:at], rows[at + 1 :]


def _filled_from(refused: Refused | None, typed: Mapping[str, str]) -> int:
    """The version a refused form was filled from; 0 where what stands now was shown beside it."""
    judged = refused is not None and "act" in typed
    return 0 if not judged or isinstance(refused, Conflict) else number(typed.get("version", ""))


def _paper(review: Review, panel: Mapping[str, Any] | None) -> dict[str, Any]:
    """The text around the place that is looked at, and the ways to what stands before and after."""
    chosen = review.open
    place = review.filters.place
    if place is None:
        place = panel["start"] if panel else chosen.start if chosen else 0
    stretch = stretch_around(review.document, place)
    address = reverse("plan_review", args=[review.document.uid])

    def turned(to: int | None) -> str:
        return "" if to is None else address + review.filters.query(at=to or 1)

    here = chosen.seq if chosen and panel is None else 0
    opening = review.filters.opening(address)
    return {
        "parts": paper_of(
            review.document, stretch, here, lambda seq: opening(0 if seq == here else seq)
        ),
        "before_url": turned(stretch.before),
        "after_url": turned(stretch.after),
    }


def _document(document: PlanDocument, counts: ReviewCounts) -> dict[str, Any]:
    facts = _(
        "%(size)s · 识别出 %(total)s 条：行动 %(action)s、目标 %(target)s、"
        "任务 %(task)s、节点 %(milestone)s · 上传人 %(who)s %(day)s"
    ) % {
        "size": _size(document),
        "total": counts.total,
        **{kind: counts.kinds.get(kind, 0) for kind in ("action", "target", "task", "milestone")},
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
        "replaces": document.replaces.title if document.replaces else "",
        "changes_url": reverse("review_differences", args=[document.uid])
        if document.replaces
        else "",
    }


def _size(document: PlanDocument) -> str:
    """How long it is: 97 段; for a workbook 2 张表."""
    blocks = pages_of(document).blocks
    if all(isinstance(block, Table) for block in blocks):
        return _("%(count)s 张表") % {"count": len(blocks)}
    return _("%(count)s 段") % {"count": len(blocks)}


def _next(review: Review) -> tuple[str, str] | None:
    """Where the findings are listed that keep the plan from being adopted."""
    counts, url = review.counts, reverse("plan_review", args=[review.document.uid])
    if review.document.state != PlanDocument.State.REVIEW:
        return None
    if counts.pending and counts.pending == counts.moved:
        return f"{url}?change=moved", _("看这些条目")
    if counts.pending:
        return f"{url}?state=pending", _("看没有审的")
    return (f"{url}?action=none", _("看缺行动的")) if counts.homeless else None


def _adopt(review: Review, *, by: User) -> dict[str, Any]:
    """Whether the plan can be adopted now; what was taken is read where nothing waits any more."""
    pending, adopted = review.counts.pending, review.document.state == "adopted"
    moved = review.counts.moved
    taken = [] if pending or adopted else taken_candidates(review.document)
    why = why_not(
        check_can_adopt, review.document, by=by, pending=pending, moved=moved, taken=taken
    )
    return {
        "url": reverse("plan_adopt", args=[review.document.uid]),
        "other_year": ""
        if adopted
        else why_not(check_is_of_its_year, review.document, confirmed=False),
        "label": _("定稿，采用 %(count)s 条") % {"count": review.counts.accepted},
        "why": why,
        "next": _next(review) if why else None,
    }


def _pager(review: Review) -> Page | None:
    """The pages of the list; None where it is one."""
    if review.screen.total <= SCREENFUL:
        return None
    query = review.filters.query(c=0).lstrip("?")
    return Page(review.screen.page, review.screen.total, SCREENFUL, query)


def _acts(review: Review, *, blocked: str, by: User) -> dict[str, Any]:
    """What can be done with the whole review: taken as a list, added to, taken back, looked up."""
    uid, query = review.document.uid, review.filters.query()
    steps = reverse("review_steps", args=[uid])
    if blocked:
        return {"blocked": blocked, "steps_url": steps}
    bulk = _("把握 0.95 以上的 %(count)s 条…") % {"count": review.counts.bulk}
    return {
        "blocked": "",
        "steps_url": steps,
        "bulk": (reverse("review_bulk", args=[uid]), bulk) if review.counts.bulk else None,
        "add_url": reverse("review_add", args=[uid]) + query,
        "undo_url": reverse("review_undo", args=[uid]) + query,
        "undo": last_own_step(review.document, by),
    }


def _moved(review: Review) -> list[str]:
    """How many findings the plan moved under since they were judged, with where they are listed."""
    count = review.counts.moved
    if not count or review.document.state == PlanDocument.State.ADOPTED:
        return []
    words = ngettext(
        "审核以后计划变了：%(count)s 条要再看一遍，排在最前面。",
        "审核以后计划变了：%(count)s 条要再看一遍，排在最前面。",
        count,
    )
    return [words % {"count": count}]


def _others(document: PlanDocument, by: User, seen: int) -> list[str]:
    """What other reviewers judged since the page was opened; nothing where it was not said."""
    if not seen:
        return []
    return [
        _("你打开这一页以后，%(who)s审了第 %(which)s 条。") % {"who": who, "which": numbered(seqs)}
        for who, seqs in decided_since(document, by, seen)
    ]


def numbered(seqs: Sequence[int]) -> str:
    """3、5、8 等 12; a few in full."""
    words = _("、").join(str(seq) for seq in seqs[:FEW])
    if len(seqs) <= FEW:
        return words
    return _("%(few)s 等 %(count)s") % {"few": words, "count": len(seqs)}

"""Reviewing a plan: the page, and the acts that judge its findings one by one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.flow.duties.usecases import adopt_plan
from gongjian.flow.plan.models import Candidate, PlanDocument
from gongjian.flow.plan.queries import (
    CandidateRow,
    candidate_by_uid,
    candidate_row,
    document_by_uid,
    next_waiting,
)
from gongjian.flow.plan.rules import check_can_read_plan, check_can_review
from gongjian.flow.plan.usecases import (
    accept_candidate,
    confirm_candidate,
    edit_candidate,
    reject_candidate,
    reopen_candidate,
    split_candidate,
    tie_candidate,
    undo_step,
)
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.kept import kept_until_written
from gongjian.interfaces.web.plan.rows.fields import shown_values
from gongjian.interfaces.web.plan.rows.filters import Filters, number
from gongjian.interfaces.web.plan.rows.review import Review, numbered
from gongjian.interfaces.web.plan.rows.untaken import untaken_context
from gongjian.interfaces.web.plan.views.pages import onwards, review_page
from gongjian.lib.refusals import Refused

STAYS = ("reopen", "split")  # after them the same finding waits


class Who(TypedDict):
    """What every act on a finding is told: which version was seen, by whom, when."""

    version: int
    by: User
    at: datetime


@require_GET
@opens(check_can_read_plan)
@kept_until_written()
def plan_review(request: PageRequest, uid: UUID) -> HttpResponse:
    """The document beside what was found in it."""
    document = document_by_uid(uid, reader=request.user)
    if document.state not in (PlanDocument.State.REVIEW, PlanDocument.State.ADOPTED):
        return redirect("plan_upload")
    review = Review.of(document, Filters.of(request.GET))
    return review_page(request, review, notice=_notice(request))


@require_GET
@opens(check_can_read_plan)
def plan_untaken(request: PageRequest, uid: UUID) -> HttpResponse:
    """The numbers of a plan that are in no target, read when they are asked for."""
    document = document_by_uid(uid, reader=request.user)
    context = untaken_context(document, request.GET, by=request.user)
    template = "plan/untaken.html#numbers" if request.htmx else "plan/untaken.html"
    return render(request, template, context)


@require_POST
@opens(check_can_review)
def candidate_decide(request: PageRequest, uid: UUID) -> HttpResponse:
    """Accept, edit, reject, reopen, split, confirm or tie one finding, and go on to the next that
    waits."""
    candidate = candidate_by_uid(uid, reader=request.user)
    document = document_by_uid(candidate.document.uid, reader=request.user)
    filters = Filters.of(request.GET).at(candidate.seq)
    shown = candidate_row(document, candidate.seq)
    try:
        _decide(candidate, shown, request.POST, by=request.user, at=now())
    except Refused as no:
        return review_page(request, Review.of(document, filters), refused=no)
    if request.POST.get("act") not in STAYS:
        filters = replace(filters, open=_next(document, filters, shown))
    return onwards(request, Review.of(document, filters), filters)


@require_POST
@opens(check_can_review)
def review_undo(request: PageRequest, uid: UUID) -> HttpResponse:
    """Take back this reviewer's last step, and go to the finding that it was about."""
    document = document_by_uid(uid, reader=request.user)
    filters = Filters.of(request.GET)
    try:
        step = undo_step(document, by=request.user, at=now())
    except Refused as no:
        return review_page(request, Review.of(document, filters), refused=no)
    filters = filters.at(step.seqs[0] if step.seqs else filters.open)
    notice = _("已撤销：%(act)s第 %(which)s 条。") % {
        "act": step.act_label,
        "which": numbered(step.seqs),
    }
    return onwards(request, Review.of(document, filters), filters, notice=notice)


@require_POST
@opens(check_can_review)
def plan_adopt(request: PageRequest, uid: UUID) -> HttpResponse:
    """Make the plan of what was taken, and lay out who answers for it."""
    document = document_by_uid(uid, reader=request.user)
    if document.state == PlanDocument.State.ADOPTED:
        return redirect(_landing(document))  # the first of two clicks has done it
    try:
        meant = bool(request.POST.get("of_this_year"))
        adopt_plan(document, of_this_year=meant, by=request.user, at=now())
    except Refused as no:
        return review_page(request, Review.of(document, Filters()), refused=no)
    return redirect(_landing(document))


def _landing(document: PlanDocument) -> str:
    """Where what was adopted is seen: the changes of a new version, else the tree as far as the
    document brought it."""
    if document.replaces:
        return reverse("review_differences", args=[document.uid])
    return f"{reverse('plan')}?year={document.campaign.year}&document={document.uid}"


def _decide(
    candidate: Candidate,
    shown: CandidateRow | None,
    given: Mapping[str, str],
    *,
    by: User,
    at: datetime,
) -> None:
    """The act the form names; an accept of changed fields is an edit, so nothing typed is lost."""
    who: Who = {"version": number(given.get("version", "")), "by": by, "at": at}
    typed = _changed(shown, given) if shown else {}
    act = given.get("act", "")
    if act == "reject":
        reject_candidate(candidate, given.get("why_rejected", ""), **who)
    elif act == "reopen":
        reopen_candidate(candidate, **who)
    elif act == "confirm" and not typed:
        confirm_candidate(candidate, **who)
    elif act == "tie":
        tie_candidate(candidate, **who)
    elif act == "split":
        split_candidate(candidate, number(given.get("after", "")), **who)
    elif act == "edit" or (act in ("accept", "confirm") and typed):
        edit_candidate(candidate, typed, **who)
    elif act == "accept":
        accept_candidate(candidate, **who)
    else:
        raise Refused("candidate.act", _("不知道要做什么：请用页面上的按钮。"))


def _changed(shown: CandidateRow, given: Mapping[str, str]) -> dict[str, str]:
    """The fields that came back otherwise than they were shown."""
    return {
        name: given[name].strip()
        for name, value in shown_values(shown).items()
        if name in given and given[name].strip() != value
    }


def _next(document: PlanDocument, filters: Filters, behind: CandidateRow | None) -> int:
    """The next that waits behind one that was just judged; the same where nothing waits."""
    return next_waiting(document, filters.wanted, behind) or filters.open


def _notice(request: PageRequest) -> str:
    """What became of a list that was just taken."""
    taken, left = request.GET.get("taken"), request.GET.get("left", "")
    if taken is None:
        return ""
    words = _("采用了 %(count)s 条。") % {"count": number(taken)}
    seqs = tuple(n for n in map(number, left.split(".")) if n)
    if not seqs:
        return words
    return words + _("第 %(which)s 条没有采用：清单打开以后，它们被人改过、审过，或计划变了。") % {
        "which": numbered(seqs)
    }

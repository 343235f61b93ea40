"""Reviewing a plan: the page, and the acts that judge its findings one by one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.flow.duties.usecases import adopt_plan
from gongjian.flow.plan.models import Candidate, PlanDocument
from gongjian.flow.plan.queries import CandidateRow, candidate_by_uid, document_by_uid
from gongjian.flow.plan.rules import check_can_read_plan, check_can_review
from gongjian.flow.plan.usecases import (
    accept_candidate,
    accept_sure_candidates,
    edit_candidate,
    reject_candidate,
    reopen_candidate,
)
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.plan.rows.fields import shown_values
from gongjian.interfaces.web.plan.rows.review import Filters, Review, review_context
from gongjian.interfaces.web.plan.rows.untaken import untaken_context
from gongjian.lib.refusals import Refused

PART = "plan/review.html#review"


class Who(TypedDict):
    """What every act on a finding is told: which version was seen, by whom, when."""

    version: int
    by: User
    at: datetime


@require_GET
@opens(check_can_read_plan)
def plan_review(request: PageRequest, uid: UUID) -> HttpResponse:
    """The document beside what was found in it."""
    document = document_by_uid(uid, reader=request.user)
    if not document.blocks:
        return redirect("plan_upload")
    return _page(request, Review.of(document, Filters.of(request.GET)))


@require_GET
@opens(check_can_read_plan)
def plan_untaken(request: PageRequest, uid: UUID) -> HttpResponse:
    """The numbers of a plan that are in no target, read when they are asked for."""
    document = document_by_uid(uid, reader=request.user)
    context = untaken_context(document, request.GET)
    template = "plan/untaken.html#numbers" if request.htmx else "plan/untaken.html"
    return render(request, template, context)


@require_POST
@opens(check_can_review)
def candidate_decide(request: PageRequest, uid: UUID) -> HttpResponse:
    """Accept, edit, reject or undo one finding, and go on to the next that waits."""
    candidate = candidate_by_uid(uid, reader=request.user)
    document = document_by_uid(candidate.document.uid, reader=request.user)
    before = Review.of(document, Filters.of({**request.GET.dict(), "c": str(candidate.seq)}))
    try:
        _decide(candidate, before.open, request.POST, by=request.user, at=now())
    except Refused as no:
        return _page(request, Review.of(document, before.filters), refused=no)
    return _onwards(request, Review.of(document, before.filters), undone=_act(request) == "undo")


@require_POST
@opens(check_can_review)
def plan_accept_sure(request: PageRequest, uid: UUID) -> HttpResponse:
    """Take at once what the reader was sure of; doubtful findings stay."""
    document = document_by_uid(uid, reader=request.user)
    filters = Filters.of(request.GET)
    try:
        accept_sure_candidates(document, by=request.user, at=now())
    except Refused as no:
        return _page(request, Review.of(document, filters), refused=no)
    return redirect(Review.of(document, filters).address())


@require_POST
@opens(check_can_review)
def plan_adopt(request: PageRequest, uid: UUID) -> HttpResponse:
    """Make the plan of what was taken, and lay out who answers for it."""
    document = document_by_uid(uid, reader=request.user)
    if document.state == PlanDocument.State.ADOPTED:
        return redirect("plan")  # the first of two clicks has done it
    try:
        adopt_plan(document, by=request.user, at=now())
    except Refused as no:
        return _page(request, Review.of(document, Filters()), refused=no)
    return redirect("plan")


def _decide(
    candidate: Candidate,
    shown: CandidateRow | None,
    given: Mapping[str, str],
    *,
    by: User,
    at: datetime,
) -> None:
    """The act the form names; an accept of changed fields is an edit, so nothing typed is lost."""
    number = given.get("version", "")
    who: Who = {"version": int(number) if number.isdecimal() else 0, "by": by, "at": at}
    typed = _changed(shown, given) if shown else {}
    act = given.get("act", "")
    if act == "reject":
        reject_candidate(candidate, given.get("why_rejected", ""), **who)
    elif act == "undo":
        reopen_candidate(candidate, **who)
    elif act == "edit" or (act == "accept" and typed):
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


def _page(request: PageRequest, review: Review, *, refused: Refused | None = None) -> HttpResponse:
    """The whole page, or for a swap its part; a refusal stands where the act was."""
    typed = request.POST.dict() if refused else None
    context = review_context(review, by=request.user, refused=refused, typed=typed)
    template = PART if request.htmx else "plan/review.html"
    return render(request, template, context, status=409 if refused else 200)


def _onwards(request: PageRequest, review: Review, *, undone: bool) -> HttpResponse:
    """To the next finding that waits; after an undo the same one waits again."""
    here = review.filters.open
    filters = replace(review.filters, open=here if undone else review.after(here))
    if not request.htmx:
        return redirect(review.address(filters))
    answer = _page(request, replace(review, filters=filters))
    answer["HX-Push-Url"] = review.address(filters)
    return answer


def _act(request: PageRequest) -> str:
    return request.POST.get("act", "")

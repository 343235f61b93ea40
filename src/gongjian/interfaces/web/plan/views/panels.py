"""What a reviewer does with several findings, or with words that are none yet."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.flow.plan.models import PlanDocument
from gongjian.flow.plan.queries import (
    bulk_rows,
    candidate_row,
    candidates_by_uid,
    document_by_uid,
)
from gongjian.flow.plan.rules import check_can_decide, check_can_review
from gongjian.flow.plan.usecases import (
    accept_listed_candidates,
    add_candidate,
    merge_candidates,
)
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.plan.rows.filters import Filters, number
from gongjian.interfaces.web.plan.rows.panels import (
    adding_panel,
    bulk_context,
    merging_panel,
    named_versions,
)
from gongjian.interfaces.web.plan.rows.review import Review
from gongjian.interfaces.web.plan.views.pages import onwards, review_page
from gongjian.lib.refusals import Missing, Refused

BATCH = 200  # findings of a list that are taken at once


@require_http_methods(["GET", "POST"])
@opens(check_can_review)
def review_add(request: PageRequest, uid: UUID) -> HttpResponse:
    """Words selected in the text become a finding, its fields read by the grammar."""
    document = _under_review(request, uid)
    review = Review.of(document, Filters.of(request.GET))
    if request.method == "GET":
        return review_page(request, review, panel=adding_panel(review, request.GET))
    given = request.POST.dict()
    span = (number(given.get("start", "")), number(given.get("end", "")))
    kind = given.get("what", "")  # `kind` is a field of a target
    try:
        added = add_candidate(document, kind, span, given, by=request.user, at=now())
    except Refused as no:
        panel = adding_panel(review, given, typed=given)
        return review_page(request, review, refused=no, panel=panel)
    filters = Filters(open=added.seq)
    notice = _("已从原文新增第 %(seq)s 条。") % {"seq": added.seq}
    return onwards(request, Review.of(document, filters), filters, notice=notice)


@require_http_methods(["GET", "POST"])
@opens(check_can_review)
def review_merge(request: PageRequest, uid: UUID) -> HttpResponse:
    """The open finding with others of its kind: shown first, then made one."""
    document = _under_review(request, uid)
    filters = Filters.of(request.GET)
    row = candidate_row(document, filters.open)
    if row is None:
        raise Missing("candidate.missing", _("没有这条候选，方案可能已经重新读取。"))
    if request.method == "GET":
        review = Review.of(document, filters)
        return review_page(request, review, panel=merging_panel(review, row, request.GET))
    named = named_versions([request.POST.get("first", ""), *request.POST.getlist("with")])
    candidates = candidates_by_uid(document, list(named))
    versions = {candidate.pk: named[candidate.uid] for candidate in candidates}
    try:
        first = merge_candidates(candidates, versions=versions, by=request.user, at=now())
    except Refused as no:
        review = Review.of(document, filters)
        words = " ".join(str(c.seq) for c in candidates)
        panel = merging_panel(review, row, {"with": words})
        return review_page(request, review, refused=no, panel=panel)
    filters = filters.at(first.seq)
    notice = _("已把 %(count)s 条合并到第 %(seq)s 条。") % {
        "count": len(candidates) - 1,
        "seq": first.seq,
    }
    return onwards(request, Review.of(document, filters), filters, notice=notice)


@require_http_methods(["GET", "POST"])
@opens(check_can_review)
def review_bulk(request: PageRequest, uid: UUID) -> HttpResponse:
    """The findings that can be taken as a list: looked at, then those with a tick are taken."""
    document = _under_review(request, uid)
    filters = Filters.of(request.GET)
    refused = None
    if request.method == "POST":
        versions = named_versions(request.POST.getlist("with"))
        try:
            listed = accept_listed_candidates(document, versions, by=request.user, at=now())
        except Refused as no:
            refused = no
        else:
            left = ".".join(str(seq) for seq in listed.left_out)
            address = Review.of(document, filters).address()
            mark = "&" if "?" in address else "?"
            return redirect(f"{address}{mark}taken={listed.taken}&left={left}")
    context = bulk_context(document, bulk_rows(document), filters, batch=BATCH)
    context["refused"] = refused
    return render(request, "plan/bulk.html", context, status=409 if refused else 200)


def _under_review(request: PageRequest, uid: UUID) -> PlanDocument:
    """The plan, while its findings may be judged. Refused: plan.adopted, plan.not-read."""
    document = document_by_uid(uid, reader=request.user)
    check_can_decide(document, by=request.user)
    return document

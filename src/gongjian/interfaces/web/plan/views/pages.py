"""What every answer of the review has in common: the whole page, or for a swap its part."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from gongjian.interfaces.request import PageRequest
from gongjian.interfaces.web.plan.rows.filters import Filters, number
from gongjian.interfaces.web.plan.rows.review import Review, review_context
from gongjian.lib.refusals import Refused

PART = "plan/review.html#review"


def review_page(
    request: PageRequest,
    review: Review,
    *,
    refused: Refused | None = None,
    panel: Mapping[str, Any] | None = None,
    notice: str = "",
) -> HttpResponse:
    """The page as it is now; a refusal stands where the act was, with what was typed."""
    context = review_context(
        review,
        by=request.user,
        refused=refused,
        typed=request.POST.dict() if refused else None,
        seen=number(request.POST.get("seen", "") or request.GET.get("seen", "")),
        notice=notice,
        panel=panel,
    )
    template = PART if request.htmx else "plan/review.html"
    return render(request, template, context, status=409 if refused else 200)


def onwards(
    request: PageRequest, review: Review, filters: Filters, *, notice: str = ""
) -> HttpResponse:
    """To another finding of a review that an act has just changed."""
    address = review.address(filters)
    if not request.htmx:
        return redirect(address)
    answer = review_page(request, Review.of(review.document, filters), notice=notice)
    answer["HX-Push-Url"] = address
    return answer

"""The office sets the first period down; each freeze plans the next one by itself."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjian.flow.progress.queries import period_rows
from gongjian.flow.progress.rules import check_can_keep_periods
from gongjian.flow.progress.usecases import plan_period
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.lib.refusals import Refused


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_periods)
def period_plan(request: PageRequest) -> HttpResponse:
    """The periods that are set down, and a form for one more."""
    at, refused = now(), None
    typed = request.POST.get("key", "").strip()
    if request.method == "POST":
        try:
            plan_period(typed, by=request.user, at=at)
            return redirect("period_plan")
        except Refused as no:
            refused = no
    context = {
        "periods": period_rows(at),
        "typed": typed or f"{at:%Y-%m}",
        "refused": refused,
    }
    return render(request, "progress/periods.html", context, status=409 if refused else 200)

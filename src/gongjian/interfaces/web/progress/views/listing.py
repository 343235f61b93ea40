"""The list of a period's reports."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongjian.flow.progress.queries import count_reports, period_rows, report_rows
from gongjian.flow.progress.rules import check_can_keep_periods, check_can_see_reports
from gongjian.interfaces.request import PageRequest, now, opens, why_not
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.progress import rows


@require_GET
@opens(check_can_see_reports)
def report_list(request: PageRequest) -> HttpResponse:
    """The reports of a period that the reader may see, in the plan's order."""
    periods = [period for period in period_rows(now()) if period.state != "planned"]
    asked = rows.Asked.of(request.GET, periods)
    reader, state, words = request.user, asked.state, asked.words
    total = count_reports(asked.period, reader=reader, state=state, words=words)
    page = Page.of(request.GET, total=total)
    lines = report_rows(
        asked.period,
        reader=reader,
        state=state,
        words=words,
        offset=page.offset,
        limit=page.size,
    )
    context = {
        "asked": asked,
        "periods": [rows.period_choice(period, asked) for period in periods],
        "states": rows.state_choices(asked),
        "rows": [rows.report_line(line) for line in lines],
        "page": page,
        "without_filter": asked.without_filter,
        "may_plan": not why_not(check_can_keep_periods, request.user),
    }
    return render(request, "progress/progress.html", context)

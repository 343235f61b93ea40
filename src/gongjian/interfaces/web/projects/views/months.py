"""Reporting a month of a project's money, and taking one step further what was reported."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.flow.projects.models import InvestmentMonth, Project
from gongjian.flow.projects.queries import (
    field_words,
    month_by_uid,
    month_of,
    project_by_uid,
    sides_of,
)
from gongjian.flow.projects.rules import check_can_read_projects, check_reports_on, investment_of
from gongjian.flow.projects.usecases import (
    MonthWords,
    accept_months,
    check_months,
    correct_month,
    report_month,
    return_month,
    revise_month,
)
from gongjian.foundation.acceptance.rules import (
    check_can_accept,
    check_can_check,
    check_can_fill,
)
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import version_typed
from gongjian.interfaces.web.projects.forms import clean
from gongjian.interfaces.web.projects.money import wan
from gongjian.lib.refusals import Refused

FIELDS = ("done", "stat_done", "arrived", "early_cost")


@require_http_methods(["GET", "POST"])
@opens(check_can_read_projects)
def month_new(request: PageRequest, uid: UUID) -> HttpResponse:
    """Report what was invested and arrived in a month, in 万元."""
    found = project_by_uid(uid, reader=request.user)
    check_reports_on(found, by=request.user)
    if request.method == "GET":
        return _form(request, found, {"month": request.GET.get("month", month_of(today()))})
    try:
        row = report_month(found, _words(request), by=request.user, at=now())
    except Refused as no:
        return _form(request, found, request.POST.dict(), refused=no)
    return redirect("month", uid=row.uid)


@require_http_methods(["GET", "POST"])
@opens(check_can_read_projects)
def month(request: PageRequest, uid: UUID) -> HttpResponse:
    """One month of a project: its figures, and the step that is this account's."""
    row = month_by_uid(uid, reader=request.user)
    if request.method == "GET":
        return _page(request, row)
    row.version = version_typed(request.POST.get("version", ""))
    try:
        done = _act(request, row)
    except Refused as no:
        return _page(request, month_by_uid(uid, reader=request.user), refused=no)
    return redirect("month", uid=done.uid)


def _act(request: PageRequest, row: InvestmentMonth) -> InvestmentMonth:
    """The act a button asked for. Refused: stage.act, and those of the act."""
    by, at, reason = request.user, now(), clean(request.POST).get("reason", "")
    match request.POST.get("act", ""):
        case "check":
            check_months([row], by=by, at=at)
        case "accept":
            accept_months([row], by=by, at=at)
        case "return":
            return_month(row, reason, by=by, at=at)
        case "revise":
            return revise_month(row, _words(request, row.month), by=by, at=at)
        case "correct":
            return correct_month(row, _words(request, row.month), reason, by=by, at=at)
        case _:
            raise Refused("stage.act", _("不知道要做什么：请用页面上的按钮。"))
    return row


def _words(request: PageRequest, of_month: str = "") -> MonthWords:
    given = clean(request.POST)
    return MonthWords(
        month=of_month or given.get("month", "").strip(),
        **{
            name: investment_of(given.get(name, ""), "wan", label=field_words(name))
            for name in FIELDS
        },
        words=given.get("words", ""),
        doc_no=given.get("doc_no", ""),
    )


def _form(
    request: PageRequest,
    found: Project,
    typed: dict[str, str],
    *,
    refused: Refused | None = None,
) -> HttpResponse:
    context = {"project": found, "typed": typed, "refused": refused}
    return render(request, "projects/month_new.html", context, status=409 if refused else 200)


def _page(
    request: PageRequest, row: InvestmentMonth, *, refused: Refused | None = None
) -> HttpResponse:
    sides, by = sides_of(row), request.user
    shown = {name: wan(getattr(row, name)) for name in FIELDS}
    context = {
        "row": row,
        "shown": shown,
        "typed": {**shown, "words": row.words, "doc_no": row.doc_no},
        "may": {
            "check": not why_not(check_can_check, row, by=by, sides=sides),
            "accept": not why_not(check_can_accept, row, by=by, sides=sides),
            "revise": not why_not(check_can_fill, row, by=by, sides=sides),
        },
        "refused": refused,
    }
    return render(request, "projects/month.html", context, status=409 if refused else 200)

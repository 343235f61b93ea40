"""Task forces: the list, setting one up, changing and ending it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.flow.duties.models import TaskForce
from gongjian.flow.duties.queries import (
    Subject,
    count_forces,
    force_by_uid,
    force_rows,
    name_of,
    rows_xlsx,
    subject_by_uid,
    subject_of,
)
from gongjian.flow.duties.rules import check_can_keep_force, check_can_read_duties
from gongjian.flow.duties.usecases import change_force, end_force, make_force
from gongjian.flow.plan.models import Campaign
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.duties.forms import force_words, version_of
from gongjian.interfaces.web.duties.rows.forces import force_context
from gongjian.interfaces.web.duties.rows.papers import XLSX, footing
from gongjian.interfaces.web.duties.rows.tabs import room
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.plan.views.tree import campaign_asked
from gongjian.lib.refusals import Refused


@require_GET
@opens(check_can_read_duties)
def forces(request: PageRequest) -> HttpResponse:
    """Every task force with who is in it."""
    campaign, words = campaign_asked(request), request.GET.get("q", "").strip()
    context: dict[str, Any] = {
        **room(request.user, "forces", campaign),
        "q": words,
        "rows": [],
        "blocked": why_not(check_can_keep_force, request.user),
    }
    if campaign is not None:
        if request.GET.get("format") == "xlsx":
            rows = force_rows(campaign, on=today(), words=words)
            return attachment(_file(rows, request, campaign), f"{_('专班')}.xlsx", kind=XLSX)
        page = Page.of(request.GET.dict(), total=count_forces(campaign, on=today(), words=words))
        shown = force_rows(campaign, on=today(), words=words, offset=page.offset, limit=page.size)
        context |= {"page": page, "rows": shown}
    return render(request, "duties/forces.html", context)


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_force)
def force_new(request: PageRequest, kind: str, uid: UUID) -> HttpResponse:
    """Set a task force up over a piece of work."""
    subject = subject_by_uid(kind, uid, reader=request.user)
    if request.method == "GET" or request.POST.get("find"):
        return _form(request, subject)
    try:
        make_force(subject, force_words(request.POST), by=request.user, at=now())
    except Refused as no:
        return _form(request, subject, refused=no)
    return redirect("forces")


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_force)
def force(request: PageRequest, uid: UUID) -> HttpResponse:
    """Say who is in a task force from today."""
    found = force_by_uid(uid, reader=request.user)
    if request.method == "GET" or request.POST.get("find"):
        return _form(request, subject_of(found), force=found)
    try:
        words = force_words(request.POST)
        change_force(found, words, version=version_of(request.POST), by=request.user, at=now())
    except Refused as no:
        return _changed_form(request, uid, no)
    return redirect("forces")


@require_POST
@opens(check_can_keep_force)
def force_end(request: PageRequest, uid: UUID) -> HttpResponse:
    """The task force ends today."""
    found = force_by_uid(uid, reader=request.user)
    try:
        end_force(found, version=version_of(request.POST), by=request.user, at=now())
    except Refused as no:
        return _changed_form(request, uid, no)
    return redirect("forces")


def _changed_form(request: PageRequest, uid: UUID, refused: Refused) -> HttpResponse:
    """The form again, upon the task force as it is now."""
    found = force_by_uid(uid, reader=request.user)
    return _form(request, subject_of(found), force=found, refused=refused)


def _form(
    request: PageRequest,
    subject: Subject,
    *,
    force: TaskForce | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    context = {
        "force": force,
        "over": name_of(subject),
        "refused": refused,
        **force_context(force, subject, request.POST, on=today()),
    }
    return render(request, "duties/force.html", context, status=409 if refused else 200)


def _file(rows: list[Any], request: PageRequest, campaign: Campaign) -> bytes:
    heads = (
        (_("专班"), 26.0),
        (_("对应事项"), 32.0),
        (_("组长"), 14.0),
        (_("副组长"), 18.0),
        (_("成员单位"), 34.0),
        (_("联络员"), 14.0),
        (_("服务专员"), 14.0),
        (_("依据"), 24.0),
    )
    between = _("、")
    lines = [
        (
            row.name,
            row.over,
            row.head.words if row.head else "",
            between.join(one.words for one in row.deputies),
            between.join(row.units),
            between.join(one.words for one in row.liaisons),
            between.join(one.words for one in row.officers),
            row.basis,
        )
        for row in rows
    ]
    return rows_xlsx(
        _("专班名单"), heads, lines, notes=[footing(request.user.display_name, campaign)]
    )

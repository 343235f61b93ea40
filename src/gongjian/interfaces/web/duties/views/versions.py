"""Versions of the list, and the consultation of one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.flow.duties.models import DutyList, Opinion
from gongjian.flow.duties.queries import (
    count_lists,
    list_by_uid,
    list_in_the_making,
    list_rows,
    may_see_version,
    opinion_by_uid,
    opinions_named,
)
from gongjian.flow.duties.rules import (
    check_can_assign,
    check_can_draft_list,
    check_can_see_list,
    check_is_principal,
)
from gongjian.flow.duties.usecases import (
    approve_list,
    arrange_list,
    decide_silences,
    draft_list,
    issue_list,
    return_list,
    scrap_list,
    send_list,
    settle_list,
)
from gongjian.flow.plan.models import Campaign
from gongjian.flow.progress.usecases import decide_opinion
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import uids_named
from gongjian.interfaces.web.duties.forms import (
    answered_by_letter,
    day_of,
    unit_of,
    version_of,
)
from gongjian.interfaces.web.duties.rows.tabs import room, year_of
from gongjian.interfaces.web.duties.rows.versions import version_context
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.plan.views.tree import campaign_asked
from gongjian.lib.refusals import Missing, Refused


@require_GET
@opens(check_can_see_list)
def duty_lists(request: PageRequest) -> HttpResponse:
    """Every version with its state, number and papers."""
    return _versions_page(request)


@require_POST
@opens(check_can_assign)
def duty_list_draft(request: PageRequest) -> HttpResponse:
    """Begin the next version."""
    try:
        draft = draft_list(_campaign(request), by=request.user, at=now())
    except Refused as no:
        return _versions_page(request, refused=no)
    return redirect("duty_list", uid=draft.uid)


@require_GET
@opens(check_can_see_list)
def duty_list(request: PageRequest, uid: UUID) -> HttpResponse:
    """One version: how units answered, what is to decide, what it changed."""
    return _version_page(request, list_by_uid(uid, reader=request.user))


@require_POST
@opens(check_can_see_list)
def duty_list_step(request: PageRequest, uid: UUID, step: str) -> HttpResponse:
    """Move a version on: send, scrap, settle, return, approve, issue."""
    duties = list_by_uid(uid, reader=request.user)
    try:
        _step(request, duties, step)
    except Refused as no:
        fresh = list_by_uid(uid, reader=request.user)
        return _version_page(request, fresh, refused=no)
    if step == "scrap":
        return redirect(reverse("duty_lists") + year_of(duties.campaign))
    return redirect("duty_list", uid=uid)


@require_POST
@opens(check_can_assign)
def opinion_decide(request: PageRequest, uid: UUID) -> HttpResponse:
    """Decide one objection or silence."""
    opinion, given = opinion_by_uid(uid), request.POST
    duties = opinion.line.list
    if given.get("find"):
        return _version_page(request, list_by_uid(duties.uid, reader=request.user), of=opinion)
    try:
        decide_opinion(
            opinion,
            given.get("outcome", ""),
            given.get("sentence", ""),
            unit=unit_of(given.get("unit", "")),
            stays=given.get("stays", ""),
            version=version_of(given),
            by=request.user,
            at=now(),
        )
    except Refused as no:
        found = list_by_uid(duties.uid, reader=request.user)
        return _version_page(request, found, refused=no, of=opinion)
    return redirect(_line_of(opinion))


@require_POST
@opens(check_can_assign)
def opinions_silent(request: PageRequest, uid: UUID) -> HttpResponse:
    """Decide all silences of a version in one sentence."""
    duties = list_by_uid(uid, reader=request.user)
    try:
        found = opinions_named(uids_named(request.POST.getlist("opinion")))
        decide_silences(found, request.POST.get("sentence", ""), by=request.user, at=now())
    except Refused as no:
        return _version_page(request, duties, refused=no)
    return redirect("duty_list", uid=uid)


@require_POST
@opens(check_can_assign)
def opinion_letter(request: PageRequest, uid: UUID) -> HttpResponse:
    """Enter what a unit without an account answered by letter."""
    opinion = opinion_by_uid(uid)
    duties = opinion.line.list
    if request.POST.get("find"):
        return _version_page(request, list_by_uid(duties.uid, reader=request.user), of=opinion)
    try:
        answered_by_letter(opinion, request.POST, by=request.user, at=now())
    except Refused as no:
        found = list_by_uid(duties.uid, reader=request.user)
        return _version_page(request, found, refused=no, of=opinion)
    return redirect(_line_of(opinion))


def _line_of(opinion: Opinion) -> str:
    """Where the office goes on: the version with that line open."""
    line = opinion.line
    return f"{reverse('duty_list', args=[line.list.uid])}?line={line.uid}#l-{line.uid}"


def _step(request: PageRequest, duties: DutyList, step: str) -> None:
    given, by, at = request.POST, request.user, now()
    (check_is_principal if step in ("approve", "return") else check_can_assign)(by)
    version = version_of(given)
    if step == "arrange":
        arrange_list(duties, given.get("order", ""), version=version, by=by, at=at)
    elif step == "send":
        send_list(duties, version=version, by=by, at=at)
    elif step == "settle":
        settle_list(duties, version=version, by=by, at=at)
    elif step == "return":
        return_list(duties, given.get("why", ""), version=version, by=by, at=at)
    elif step == "scrap":
        scrap_list(duties, given.get("why", ""), version=version, by=by, at=at)
    elif step == "approve":
        approve_list(duties, version=version, by=by, at=at)
    elif step == "issue":
        day = day_of(given.get("day", ""), label=_("印发日期"))
        issue_list(duties, given.get("doc_no", ""), day=day, version=version, by=by, at=at)
    else:
        raise Missing("list.step", _("没有这一步。"))


def _campaign(request: PageRequest) -> Campaign:
    campaign = campaign_asked(request)
    if campaign is None:
        raise Missing("plan.none", _("还没有定稿的方案，没有可以列的责任。"))
    return campaign


def _versions_page(request: PageRequest, *, refused: Refused | None = None) -> HttpResponse:
    campaign = campaign_asked(request)
    context = room(request.user, "duty_lists", campaign) | {"refused": refused}
    if campaign is not None:
        page = Page.of(request.GET.dict(), total=count_lists(campaign, reader=request.user))
        making = list_in_the_making(campaign)
        shown = making if may_see_version(making, request.user) else None
        context |= {
            "campaign": campaign,
            "page": page,
            "rows": list_rows(campaign, reader=request.user, offset=page.offset, limit=page.size),
            "making": shown,
            "blocked": why_not(check_can_draft_list, making, by=request.user),
        }
    return render(request, "duties/versions.html", context, status=409 if refused else 200)


def _version_page(
    request: PageRequest,
    duties: DutyList,
    *,
    refused: Refused | None = None,
    of: Opinion | None = None,
) -> HttpResponse:
    """`of` is the answer whose form was sent: it comes back open, with what was typed."""
    given = request.GET.dict()
    if of is not None:
        given |= {"line": str(of.line.uid), "of": str(of.uid)}
    context = version_context(duties, request.user, given, request.POST, on=today(), at=now())
    context |= {
        **room(request.user, "duty_lists", duties.campaign, years_at=reverse("duty_lists")),
        "refused": refused,
        "typed": request.POST,
        "of": given.get("of", ""),
        "today": today().isoformat(),
    }
    return render(request, "duties/version.html", context, status=409 if refused else 200)

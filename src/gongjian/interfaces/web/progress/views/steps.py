"""Taking a report a step further, or back: each act by whoever's turn it is."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.flow.judgement.queries import judged_report
from gongjian.flow.judgement.usecases import accept_report
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import report_as_seen, report_by_uid
from gongjian.flow.progress.rules import check_can_see_reports
from gongjian.flow.progress.usecases import (
    check_report,
    confirm_report,
    return_report,
    withdraw_report,
)
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.progress import forms
from gongjian.interfaces.web.progress.pages import check_context, sent_words
from gongjian.interfaces.web.progress.views.filling import JUST_SENT
from gongjian.interfaces.web.tags import LIGHTS
from gongjian.lib.refusals import Refused

Act = Callable[[Report], Report]


@require_GET
@opens(check_can_see_reports)
def check_page(request: PageRequest, uid: UUID) -> HttpResponse:
    """One report as it stands, with what the reader may do and why not; once that it was sent."""
    report = report_by_uid(uid, reader=request.user)
    context = check_context(report, reader=request.user, at=now())
    if request.session.get(JUST_SENT) == str(uid):
        del request.session[JUST_SENT]
        context["said"] = sent_words(report, at=now())
    return render(request, "progress/check.html", context)


@require_POST
@opens(check_can_see_reports)
def report_pass(request: PageRequest, uid: UUID) -> HttpResponse:
    """The unit's approver checks: V1."""
    return _done(request, uid, lambda seen: check_report(seen, by=request.user, at=now()))


@require_POST
@opens(check_can_see_reports)
def report_confirm(request: PageRequest, uid: UUID) -> HttpResponse:
    """The lead unit confirms: V2."""
    return _done(request, uid, lambda seen: confirm_report(seen, by=request.user, at=now()))


@require_POST
@opens(check_can_see_reports)
def report_accept(request: PageRequest, uid: UUID) -> HttpResponse:
    """The office accepts: V3, and the light is judged anew."""
    return _done(request, uid, lambda seen: accept_report(seen, by=request.user, at=now()))


@require_POST
@opens(check_can_see_reports)
def report_return(request: PageRequest, uid: UUID) -> HttpResponse:
    """Back to the filling unit, with what is to be changed."""
    why = request.POST.get("reason", "")
    return _done(request, uid, lambda seen: return_report(seen, why, by=request.user, at=now()))


@require_POST
@opens(check_can_see_reports)
def report_withdraw(request: PageRequest, uid: UUID) -> HttpResponse:
    """Back to one's own desk, as long as nobody has checked it."""
    return _done(request, uid, lambda seen: withdraw_report(seen, by=request.user, at=now()))


def _done(request: PageRequest, uid: UUID, act: Act) -> HttpResponse:
    """Act once on the report as the page showed it; say what became of it, or why not."""
    post, refused = request.POST, None
    try:
        with once(
            act_key(post.get("key", "")), by=request.user, act="report.decide", at=now()
        ) as claim:
            if not claim.done_before:
                version = forms.typed_version(post)
                act(report_as_seen(uid, reader=request.user, version=version))
    except Refused as no:
        refused = no
    if not request.htmx and refused is None:
        return redirect("report_check", uid)
    return _state(request, uid, refused)


def _state(request: PageRequest, uid: UUID, refused: Refused | None) -> HttpResponse:
    report = report_by_uid(uid, reader=request.user)
    context = check_context(report, reader=request.user, at=now()) | {"refused": refused}
    context |= (
        {"swapped": bool(request.htmx)} if refused else {"swapped": True, "said": _said(report)}
    )
    page = "progress/check.html#state" if request.htmx else "progress/check.html"
    return render(request, page, context, status=409 if refused else 200)


def _said(report: Report) -> str:
    """What the act made of the report."""
    if report.state == "accepted":
        judged = judged_report(report, known_at=now())
        if judged is None:
            return _("已采信。")
        preview = judged.preview
        return _("已采信，亮%(light)s灯：%(why)s") % {
            "light": LIGHTS[preview.light],
            "why": preview.why,
        }
    return {
        "draft": _("已撤回，可以再改。"),
        "returned": _("已退回%(unit)s。") % {"unit": report.unit},
        "checked": _("已审核，待牵头单位核对。"),
        "confirmed": _("已通过，待攻坚办采信。"),
    }.get(report.state, report.get_state_display())

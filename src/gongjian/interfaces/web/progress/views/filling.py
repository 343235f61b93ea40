"""Filling in a report: the page of each step, the live sentence, the draft that saves itself."""

from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.flow.judgement.queries import judged_report
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import report_as_seen, report_by_uid, sides_of_report
from gongjian.flow.progress.rules import check_can_save, check_can_see_reports
from gongjian.flow.progress.usecases import Draft, save_draft, submit_report
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, why_not
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.progress import forms
from gongjian.interfaces.web.progress.pages import Typed, fill_context, saying
from gongjian.interfaces.web.progress.pages.asks import typed_fields
from gongjian.lib.refusals import Refused

JUST_SENT = "just_sent"  # the report whose page says once that it was sent in


@require_http_methods(["GET", "POST"])
@opens(check_can_see_reports)
def report_page(request: PageRequest, uid: UUID) -> HttpResponse:
    """One step of the form; who may not fill it in sees the report as it stands, and why."""
    report = report_by_uid(uid, reader=request.user)
    if request.method == "POST":
        return _take_step(request, report)
    if _closed(request, report):
        return redirect("report_check", uid)
    return _page(request, report, step=forms.typed_step(request.GET.get("step", "1")))


@require_GET
@opens(check_can_see_reports)
def report_preview(request: PageRequest, uid: UUID) -> HttpResponse:
    """The live sentence for what is being typed; nothing is kept."""
    report = report_by_uid(uid, reader=request.user)
    try:
        report.value = forms.typed_draft(request.GET, report).value
    except Refused as no:
        return render(request, "progress/report.html#say", {"say_error": no.sentence})
    judged = judged_report(report, known_at=now())
    return render(
        request, "progress/report.html#say", {"say": saying(judged.preview) if judged else None}
    )


@require_POST
@opens(check_can_see_reports)
def report_save(request: PageRequest, uid: UUID) -> HttpResponse:
    """Keep the draft as it is typed; the answer is the small line that says so."""
    report, at = report_by_uid(uid, reader=request.user), now()
    try:
        check_can_save(report, by=request.user, sides=sides_of_report(report), at=at)
        draft = forms.typed_draft(request.POST, report)
        version = forms.typed_version(request.POST)
        report = save_draft(report, draft, version=version, by=request.user, at=at)
    except Refused as no:
        said = {"save_error": no}
        return render(request, "progress/report.html#saved", said, status=409)
    context = {"saved_at": at, "saved_version": report.version}
    return render(request, "progress/report.html#saved", context)


def _page(
    request: PageRequest, report: Report, *, step: int, typed: Typed | None = None
) -> HttpResponse:
    context = fill_context(report, step=step, reader=request.user, at=now(), typed=typed)
    status = 409 if typed and typed.refused else 200
    return render(request, "progress/report.html", context, status=status)


def _take_step(request: PageRequest, report: Report) -> HttpResponse:
    """Do what the pressed button says, once; a refusal keeps the step and all that was typed."""
    post, at = request.POST, now()
    try:
        with once(act_key(post.get("key", "")), by=request.user, act="report.step", at=at) as claim:
            if not claim.done_before:
                claim.outcome = _act(request, report)
        return redirect(claim.outcome)
    except Refused as no:
        if _closed(request, report_by_uid(report.uid, reader=request.user)):
            raise
        typed = Typed(typed_fields(post), no)
        again = _as_typed(report_by_uid(report.uid, reader=request.user), post)
        return _page(request, again, step=forms.typed_step(post.get("step", "")), typed=typed)


def _as_typed(report: Report, post: QueryDict) -> Report:
    """The report with the figure that was typed, where it is one; nothing is kept."""
    with suppress(Refused):
        report.value = forms.typed_draft(post, report).value
    return report


def _act(request: PageRequest, report: Report) -> str:
    """Where the step leads. Refused: those of saving and of sending in."""
    post, at = request.POST, now()
    act, step = post.get("act", ""), forms.typed_step(post.get("step", ""))
    version = forms.typed_version(post)
    page = reverse("report", args=[report.uid])
    if act == "send":
        seen = report_as_seen(report.uid, reader=request.user, version=version)
        submit_report(seen, by=request.user, at=at)
        request.session[JUST_SENT] = str(report.uid)
        return reverse("report_check", args=[report.uid])
    if step < 3:
        draft = forms.typed_draft(post, report) if act != "same" else _unchanged(report)
        save_draft(report, draft, version=version, by=request.user, at=at)
    return f"{page}?step={step - 1 if act == 'back' else step + 1}"


def _unchanged(report: Report) -> Draft:
    """本期无变化: the newest known figure again, and the words that say so."""
    draft = Draft.of(report)
    judged = judged_report(report, known_at=now())
    words = draft.words or _("本期无变化。")
    if judged is None:
        return replace(draft, words=words)
    return replace(draft, words=words, value=judged.preview.last_known)


def _closed(request: PageRequest, report: Report) -> bool:
    """Whether the reader cannot fill the report in now."""
    sides = sides_of_report(report)
    return bool(why_not(check_can_save, report, by=request.user, sides=sides, at=now()))

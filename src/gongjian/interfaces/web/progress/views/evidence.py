"""Evidence: put behind a report, taken off again, and read."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import evidence_by_uid, report_by_uid
from gongjian.flow.progress.rules import check_can_see_reports
from gongjian.flow.progress.usecases import (
    EvidenceFile,
    add_evidence,
    open_evidence,
    remove_evidence,
)
from gongjian.foundation.files.queries import bytes_of
from gongjian.foundation.files.rules import check_can_keep
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.answers import attachment, saved_as
from gongjian.interfaces.web.progress import forms
from gongjian.interfaces.web.progress.pages import evidence_context
from gongjian.lib.refusals import Missing, Refused


@require_POST
@opens(check_can_see_reports)
def report_evidence(request: PageRequest, uid: UUID) -> HttpResponse:
    """Add one piece of evidence, or remove one; the answer is the list of them."""
    report = report_by_uid(uid, reader=request.user)  # missing: no key is kept for it
    refused = None
    try:
        file = _opened(request, report)
        with once(
            act_key(request.POST.get("key", "")), by=request.user, act="report.evidence", at=now()
        ) as claim:
            if not claim.done_before:
                _add_or_remove(request, uid, file)
    except Refused as no:
        refused = no
    if not request.htmx and refused is None:
        return redirect(f"{reverse('report', args=[uid])}?step=2#evidence")
    if not request.htmx and refused is not None:
        raise refused
    report = report_by_uid(uid, reader=request.user)
    context = evidence_context(report) | {"step": 2, "refused_file": refused}
    if refused is None:
        # The form beside the list was filled from the version before; its next save must fit.
        context["saved_version"] = report.version
    status = 409 if refused else 200
    return render(request, "progress/report.html#evidence", context, status=status)


@require_GET
@opens(check_can_see_reports)
def evidence_file(request: PageRequest, uid: UUID) -> HttpResponse:
    """The bytes of one piece of evidence, to be saved and never shown by the browser."""
    evidence = evidence_by_uid(uid, reader=request.user)
    if evidence.file is None:
        raise Missing("evidence.no-file", _("这份佐证只有文号，没有文件。"))
    return attachment(bytes_of(evidence.file), saved_as(evidence.title, evidence.file.name))


def _opened(request: PageRequest, report: Report) -> EvidenceFile | None:
    """The file that was sent, looked at before anything is written."""
    sent = request.FILES.get("file")
    if sent is None or "remove" in request.POST:
        return None
    name = sent.name or ""
    check_can_keep(name, size=sent.size or 0)  # before its bytes are in memory
    return open_evidence(report, name, sent.read(), by=request.user, at=now())


def _add_or_remove(request: PageRequest, uid: UUID, file: EvidenceFile | None) -> None:
    by, at, post = request.user, now(), request.POST
    if "remove" in post:
        evidence = evidence_by_uid(forms.typed_uid(post["remove"]), reader=by)
        remove_evidence(evidence, by=by, at=at)
        return
    add_evidence(
        report_by_uid(uid, reader=by),
        doc_no=post.get("doc_no", ""),
        title=post.get("title", ""),
        file=file,
        by=by,
        at=at,
    )

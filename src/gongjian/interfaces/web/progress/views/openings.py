"""Opening another unit's unaccepted report in a single case, with a reason."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjian.flow.progress.queries import closed_report, row_of
from gongjian.flow.progress.rules import check_can_open_unaccepted
from gongjian.flow.progress.usecases import open_unaccepted
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.acts import act_key
from gongjian.lib.refusals import Refused


@opens(check_can_open_unaccepted)
@require_http_methods(["GET", "POST"])
def report_open_past(request: PageRequest, uid: UUID) -> HttpResponse:
    """Ask for the reason; with one, the report is open to this account for the rest of the day."""
    report, refused = closed_report(uid, reader=request.user), None
    key, why = act_key(request.POST.get("key", "")), request.POST.get("reason", "")
    if request.method == "POST":
        try:
            with once(key, by=request.user, act="report.open-past", at=now()) as claim:
                if not claim.done_before:
                    open_unaccepted(uid, reason=why, by=request.user, at=now())
        except Refused as no:
            refused = no
        else:
            return redirect("report", uid=uid)
    line = row_of(report, evidence=0, files=0)
    context = {"row": line, "key": key, "reason": why, "refused": refused}
    return render(request, "progress/open_past.html", context, status=409 if refused else 200)

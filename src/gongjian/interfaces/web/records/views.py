"""The log and its proof for the audit administrator; the clock of a demo for the office."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.flow.progress.queries import moments_ahead, period_rows
from gongjian.foundation.files.queries import broken_files
from gongjian.foundation.orgs.rules import check_can_move_clock, check_can_read_log
from gongjian.foundation.records.queries import (
    LogLine,
    acts_in_log,
    audit_findings,
    count_log,
    demo_clock,
    log_lines,
    phrase_finding,
)
from gongjian.foundation.records.usecases import move_clock, once
from gongjian.interfaces.request import PageRequest, now, opens, real_now
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.records.act_names import act_label
from gongjian.interfaces.web.records.rows import moment_rows, period_lines
from gongjian.lib.days import LOCAL
from gongjian.lib.refusals import Missing, Refused

SIZE = 40


@opens(check_can_read_log)
@require_GET
def log(request: PageRequest) -> HttpResponse:
    """Who did what when, the newest first; the rows an act wrote are counted, not shown."""
    act, before = request.GET.get("act", ""), request.GET.get("before", "")
    lines = log_lines(act=act, before=_number(before), limit=SIZE + 1)
    rows, more = lines[:SIZE], lines[SIZE:]
    context = {
        "rows": [(line, act_label(line.act)) for line in rows],
        "shown": len(rows),
        "total": count_log(act),
        "act": act,
        "acts": [(code, act_label(code)) for code in acts_in_log()],
        "next": _older(act, rows[-1]) if more else None,
        "first": f"?{urlencode({'act': act})}" if before else None,
    }
    return render(request, "records/log.html", context)


@opens(check_can_read_log)
@require_POST
def log_verify(request: PageRequest) -> HttpResponse:
    """Compare the log, every protected row and every file with what was kept of them."""
    findings = [phrase_finding(finding) for finding in audit_findings()]
    findings += [
        _("文件 %(key)s 的内容被改动或不在了") % {"key": key} for key, _why in broken_files()
    ]
    context = {"findings": findings, "entries": count_log(), "verified_at": real_now()}
    return render(request, "records/verified.html", context)


@opens(check_can_move_clock)
@require_http_methods(["GET", "POST"])
def clock(request: PageRequest) -> HttpResponse:
    """Set the clock of a demo forward, so that what falls due by then is done."""
    if demo_clock() is None:
        raise Missing("clock.real", _("这是正式安装，用的是真实时间，没有可以拨的时钟。"))
    if request.method == "GET":
        return _clock_page(request)
    key = act_key(request.POST.get("key", ""))
    try:
        to = _typed_moment(request.POST.get("to", ""))
        with once(key, by=request.user, act="clock.move", at=now()) as claim:
            if not claim.done_before:
                move_clock(to, by=request.user, at=now())
    except Refused as no:
        return _clock_page(request, refused=no)
    return redirect(f"{request.path}?moved=1")


def _clock_page(request: PageRequest, *, refused: Refused | None = None) -> HttpResponse:
    at = now()
    periods = period_lines(period_rows(at))
    context = {
        "at": at,
        "moments": moment_rows(moments_ahead(at)),
        "periods": periods,
        "busy": any(line.busy for line in periods),
        "moved": "moved" in request.GET,
        "typed": request.POST.get("to", ""),
        "refused": refused,
        "key": uuid4(),
    }
    return render(request, "records/clock.html", context, status=409 if refused else 200)


def _typed_moment(text: str) -> datetime:
    """A local moment as the browser's field or a button sends it. Refused: clock.no-moment."""
    try:
        typed = datetime.fromisoformat(text)
    except ValueError as wrong:
        sentence = _("时间没有填，或写得不对。写成 2020-07-02 09:00。")
        raise Refused("clock.no-moment", sentence) from wrong
    return typed if typed.tzinfo else typed.replace(tzinfo=LOCAL)


def _older(act: str, last: LogLine) -> str:
    return f"?{urlencode({'act': act, 'before': last.seq})}"


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 16 else None

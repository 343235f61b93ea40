"""Reporting a stage, and taking one step further what was reported."""

from datetime import date
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.flow.plan.queries import read_day
from gongjian.flow.projects.models import Project, StageEvent
from gongjian.flow.projects.queries import (
    GateHint,
    StageStep,
    event_by_uid,
    gate_asks,
    project_by_uid,
    proof_rows,
    recognisers,
    sides_of,
    stage_steps,
)
from gongjian.flow.projects.rules import check_can_read_projects, check_reports_on
from gongjian.flow.projects.usecases import (
    Proof,
    StageWords,
    accept_stages,
    check_stages,
    correct_stage,
    open_proof,
    recognise_stages,
    report_stage,
    return_stage,
    withdraw_stage,
)
from gongjian.foundation.acceptance.rules import (
    check_can_accept,
    check_can_check,
    check_can_confirm,
    check_can_withdraw,
)
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import act_key, version_typed
from gongjian.interfaces.web.projects.forms import choices, clean, uid_typed
from gongjian.lib.refusals import Refused

OPEN = ("next", "ahead", "skipped")


@require_http_methods(["GET", "POST"])
@opens(check_can_read_projects)
def stage_new(request: PageRequest, uid: UUID) -> HttpResponse:
    """Report that a project reached a stage, with what the gate asks for."""
    found = project_by_uid(uid, reader=request.user)
    check_reports_on(found, by=request.user)
    steps = [
        one for one in stage_steps(found, reader=request.user, known_at=now()) if one.state in OPEN
    ]
    given = request.POST or request.GET
    following = next((one.code for one in steps if one.state == "next"), "")
    chosen = given.get("stage", "") or following
    if request.method == "GET":
        return _form(request, found, steps, chosen)
    try:
        words = _words(request, found, chosen)
        key = act_key(request.POST.get("key", ""))
        with once(key, by=request.user, act="stage.report", at=now()) as claim:
            if not claim.done_before:
                made = report_stage(found, words, by=request.user, at=now())
                claim.outcome = str(made.uid)
    except Refused as no:
        return _form(request, found, steps, chosen, refused=no)
    return redirect("stage", uid=claim.outcome)


@require_http_methods(["GET", "POST"])
@opens(check_can_read_projects)
def stage(request: PageRequest, uid: UUID) -> HttpResponse:
    """One stage event: what stands behind it, and the step that is this account's."""
    event = event_by_uid(uid, reader=request.user)
    if request.method == "GET":
        return _page(request, event)
    event.version = version_typed(request.POST.get("version", ""))
    try:
        done = _act(request, event)
    except Refused as no:
        return _page(request, event_by_uid(uid, reader=request.user), refused=no)
    return redirect("stage", uid=done.uid)


def _act(request: PageRequest, event: StageEvent) -> StageEvent:
    """The act a button asked for. Refused: stage.act, and those of the act."""
    by, at, reason = request.user, now(), clean(request.POST).get("reason", "")
    match request.POST.get("act", ""):
        case "check":
            check_stages([event], by=by, at=at)
        case "recognise":
            recognise_stages([event], by=by, at=at)
        case "accept":
            accept_stages([event], by=by, at=at)
        case "return":
            return_stage(event, reason, by=by, at=at)
        case "withdraw":
            withdraw_stage(event, by=by, at=at)
        case "correct":
            return correct_stage(event, reason, day=_day(request), by=by, at=at)
        case "void":
            return correct_stage(event, reason, day=None, by=by, at=at)
        case _:
            raise Refused("stage.act", _("不知道要做什么：请用页面上的按钮。"))
    return event


def _words(request: PageRequest, found: Project, chosen: str) -> StageWords:
    given = clean(request.POST)
    proofs = []
    for code, title in _asked(gate_asks(chosen)):
        number = given.get(f"no-{code}", "").strip()
        upload = request.FILES.get(f"file-{code}")
        if not number and upload is None:
            continue
        file = None
        if upload is not None:
            content = upload.read()
            name = upload.name or title
            file = open_proof(found, name, content, by=request.user, at=now())
        proofs.append(Proof(code, title, number, file))
    unit = given.get("recogniser", "")
    known = {str(one.uid): one for one in recognisers(found, on=today())}
    return StageWords(
        stage=chosen,
        day=_day(request),
        proofs=tuple(proofs),
        recogniser=known.get(str(uid_typed(unit))) if unit else None,
        partial=given.get("partial") == "on",
        words=given.get("words", ""),
    )


def _day(request: PageRequest) -> date:
    typed = request.POST.get("day", "").strip()
    if not typed:
        raise Refused("stage.no-day", _("请填日期，写成 2020-06-12。"))
    return read_day(typed, today().year)[0]


def _asked(hint: GateHint | None) -> list[tuple[str, str]]:
    return [pair for group in (hint.any_of if hint else ()) for pair in group]


def _form(
    request: PageRequest,
    found: Project,
    steps: list[StageStep],
    chosen: str,
    *,
    refused: Refused | None = None,
) -> HttpResponse:
    typed, asked = request.POST, gate_asks(chosen)
    context = {
        "project": found,
        "asked": asked,
        "stages": choices([(one.code, one.title) for one in steps], chosen),
        "groups": [
            [(code, title, typed.get(f"no-{code}", "")) for code, title in group]
            for group in (asked.any_of if asked else ())
        ],
        "key": typed.get("key") or uuid4(),
        "day": typed.get("day", ""),
        "words": typed.get("words", ""),
        "recognisers": choices(
            [(str(one.uid), one.short_name) for one in recognisers(found, on=today())],
            typed.get("recogniser", ""),
        ),
        "refused": refused,
    }
    return render(request, "projects/stage_new.html", context, status=409 if refused else 200)


def _page(
    request: PageRequest, event: StageEvent, *, refused: Refused | None = None
) -> HttpResponse:
    sides, by = sides_of(event), request.user
    context = {
        "event": event,
        "evidence": proof_rows(event),
        "may": {
            "check": not why_not(check_can_check, event, by=by, sides=sides),
            "recognise": not why_not(check_can_confirm, event, by=by, sides=sides),
            "accept": not why_not(check_can_accept, event, by=by, sides=sides),
            "withdraw": not why_not(check_can_withdraw, event, by=by),
        },
        "refused": refused,
    }
    return render(request, "projects/stage.html", context, status=409 if refused else 200)

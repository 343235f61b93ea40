"""责任清单, its confirmation, and who answers for one target."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.flow.duties.queries import (
    AllotmentWords,
    allotment_named,
    duties_named,
    duties_over,
    words_of,
)
from gongjian.flow.duties.rules import check_can_assign, check_can_read_duties
from gongjian.flow.plan.models import Target
from gongjian.flow.plan.queries import campaign_in_force, target_by_uid
from gongjian.flow.progress.usecases import assign_target, confirm_duties
from gongjian.foundation.orgs.queries import units
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.duties.forms import allotment_words, uids
from gongjian.interfaces.web.duties.rows import Wanted, duties_context
from gongjian.lib.refusals import Refused


@require_GET
@opens(check_can_read_duties)
def duties(request: PageRequest) -> HttpResponse:
    """One row a target and a task, with who answers for it."""
    return _list_page(request)


@require_POST
@opens(check_can_assign)
def duties_confirm(request: PageRequest) -> HttpResponse:
    """Confirm the duties that were on the page when the button was pressed, and only those."""
    key = act_key(request.POST.get("key", ""))
    try:
        with once(key, by=request.user, act="duties.confirm", at=now()) as claim:
            if not claim.done_before:
                found = duties_named(uids(request.POST.getlist("duty")))
                confirm_duties(found, by=request.user, at=now())
    except Refused as no:
        return _list_page(request, refused=no)
    return redirect("duties")


@require_http_methods(["GET", "POST"])
@opens(check_can_assign)
def target_assign(request: PageRequest, uid: UUID) -> HttpResponse:
    """Say who leads a target, who fills its figure, who answers and who supports."""
    target = target_by_uid(uid, reader=request.user)
    if request.method == "GET":
        return _assign_page(request, target, words_of(duties_over(target)))
    words = allotment_words(request.POST)
    try:
        allotment = allotment_named(words, on=today())
        seen = uids(request.POST.getlist("seen"))
        assign_target(target, allotment, by=request.user, at=now(), seen=seen)
    except Refused as no:
        return _assign_page(request, target, words, refused=no)
    return redirect("target", uid=target.uid)


def _list_page(request: PageRequest, *, refused: Refused | None = None) -> HttpResponse:
    campaign = campaign_in_force(today())
    blocked = why_not(check_can_assign, request.user)
    context: dict[str, Any] = {"refused": refused, "blocked": blocked, "key": uuid4()}
    if campaign is not None:
        wanted = Wanted.of(request.GET.dict())
        context |= duties_context(campaign, wanted, on=today(), may_assign=not blocked)
    return render(request, "duties/duties.html", context, status=409 if refused else 200)


def _assign_page(
    request: PageRequest, target: Target, words: AllotmentWords, *, refused: Refused | None = None
) -> HttpResponse:
    holding = duties_over(target)
    context = {
        "target": target,
        "facts": _("行动 %(seq)s %(name)s")
        % {"seq": target.action.seq, "name": target.action.name},
        "words": words,
        "seen": [duty.uid for duty in holding],
        "proposed": any(duty.confirmed_at is None for duty in holding),
        "quotes": [duty.from_words for duty in holding if duty.from_words],
        "units": [unit.short_name for unit in units(on=today())],
        "refused": refused,
    }
    return render(request, "duties/assign.html", context, status=409 if refused else 200)

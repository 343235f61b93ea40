"""责任清单 and its confirmation."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongjian.flow.duties.queries import (
    duties_named,
    issued_list,
    list_in_the_making,
    may_see_version,
)
from gongjian.flow.duties.rules import check_can_assign, check_can_read_duties
from gongjian.flow.progress.usecases import confirm_duties
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import act_key, uids_named
from gongjian.interfaces.web.duties.rows.listing import Wanted, duties_context
from gongjian.interfaces.web.duties.rows.tabs import room, year_of
from gongjian.interfaces.web.plan.views.tree import campaign_asked
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
                found = duties_named(uids_named(request.POST.getlist("duty")))
                confirm_duties(found, by=request.user, at=now())
    except Refused as no:
        return _list_page(request, refused=no)
    return redirect(reverse("duties") + year_of(campaign_asked(request)))


def _list_page(request: PageRequest, *, refused: Refused | None = None) -> HttpResponse:
    campaign = campaign_asked(request)
    blocked = why_not(check_can_assign, request.user)
    context: dict[str, Any] = {
        "refused": refused,
        "blocked": blocked,
        "key": uuid4(),
        **room(request.user, "duties", campaign),
    }
    if campaign is not None:
        given = request.GET.dict() | {"year": str(campaign.year)}
        context |= duties_context(
            campaign, Wanted.of(given), given, on=today(), at=now(), may_assign=not blocked
        )
        making = list_in_the_making(campaign)
        shown = may_see_version(making, request.user)
        context |= {
            "making": making if shown else None,
            "drafts": shown,
            "issued": issued_list(campaign),
        }
    return render(request, "duties/duties.html", context, status=409 if refused else 200)

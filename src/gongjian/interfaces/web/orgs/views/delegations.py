"""One's own page: posts, what one has delegated to whom, and for whom one may act."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.foundation.orgs.queries import (
    account_by_uid,
    bypass_rows,
    count_bypasses,
    delegation_by_uid,
    delegations_given,
    delegations_received,
    holding_rows,
    holdings_of,
    may_receive,
    person_of,
    standing_in,
)
from gongjian.foundation.orgs.rules import (
    check_account_is_open,
    check_can_delegate,
    check_can_read_bypasses,
    sees_all_bypasses,
)
from gongjian.foundation.orgs.usecases import (
    begin_standing_in,
    give_delegation,
    take_back_delegation,
)
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.middleware import STANDING_IN
from gongjian.interfaces.web.orgs.typed import day_of, uid_of, words_of
from gongjian.interfaces.web.paging import Page
from gongjian.lib.refusals import Missing, Refused


@opens(check_account_is_open)
@require_GET
def own_page(request: PageRequest) -> HttpResponse:
    """Who one is here: posts, delegations given and received."""
    return _page(request)


@opens(check_can_delegate)
@require_POST
def delegation_give(request: PageRequest) -> HttpResponse:
    """Let a colleague do one's acts for a while; the last day that was typed is the last one."""
    sent = request.POST

    def do() -> None:
        to = uid_of(sent, "to")
        if to is None:
            raise Refused("delegation.nobody", _("还没有选委托给谁。"))
        give_delegation(
            account_by_uid(to),
            since=day_of(sent, "since", _("起始日期")),
            until=day_of(sent, "until", _("截止日期")) + timedelta(days=1),
            reason=words_of(sent, "reason"),
            by=request.user,
            at=now(),
        )

    return _act(request, do)


@opens(check_can_delegate)
@require_POST
def delegation_end(request: PageRequest, uid: UUID) -> HttpResponse:
    """Take a delegation back at once."""
    return _act(
        request,
        lambda: take_back_delegation(
            delegation_by_uid(uid, of=request.user), by=request.user, at=now()
        ),
    )


@opens(check_account_is_open)
@require_POST
def delegation_begin(request: PageRequest, uid: UUID) -> HttpResponse:
    """From here on this session does another's acts; each of them says so in the log."""
    if request.user.acting_for or not standing_in(request.user, uid, on=today()):
        raise Missing("delegation.not-running", _("没有这项委托，或者它今天不在委托期内。"))
    begin_standing_in(uid, by=request.user, at=now())
    request.session[STANDING_IN] = str(uid)
    return redirect("home")


@opens(check_account_is_open)
@require_POST
def delegation_leave(request: PageRequest) -> HttpResponse:
    """Back to one's own acts."""
    request.session.pop(STANDING_IN, None)
    return redirect("own")


@opens(check_can_read_bypasses)
@require_GET
def bypasses(request: PageRequest) -> HttpResponse:
    """Every case in which a right was passed with a reason; a unit sees those that concern it."""
    unit = None if sees_all_bypasses(request.user) else request.user.unit
    nothing = unit is None and not sees_all_bypasses(request.user)
    page = Page.of(request.GET, total=0 if nothing else count_bypasses(unit=unit))
    rows = [] if nothing else bypass_rows(unit=unit, offset=page.offset)
    return render(request, "orgs/bypasses.html", {"rows": rows, "page": page})


def _act(request: PageRequest, do: Callable[[], object]) -> HttpResponse:
    """One act, counted once; a refusal stands on one's own page."""
    act = (request.resolver_match and request.resolver_match.url_name) or ""
    try:
        with once(
            act_key(request.POST.get("key", "")), by=request.user, act=act, at=now()
        ) as claim:
            if not claim.done_before:
                do()
    except Refused as no:
        return _page(request, refused=no)
    return redirect("own")


def _page(request: PageRequest, *, refused: Refused | None = None) -> HttpResponse:
    user = request.user
    person = person_of(user)
    context = {
        "somebody": person,
        "holdings": holding_rows(holdings_of(person)) if person else [],
        "given": delegations_given(user, on=today()),
        "received": delegations_received(user, on=today()),
        "receivers": may_receive(user),
        "why_not": why_not(check_can_delegate, user),
        "typed": request.POST,
        "today": today(),
        "key": act_key(""),
        "refused": refused,
    }
    return render(request, "orgs/own.html", context, status=409 if refused else 200)

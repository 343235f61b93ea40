"""The way home, the rules in words, the keys, and where to complain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.flow.judgement.queries.packs import PackCard, pack_card
from gongjian.flow.judgement.rules import check_can_publish_pack
from gongjian.flow.judgement.usecases import publish_pack
from gongjian.foundation.acceptance.models import Level
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_can_enter
from gongjian.interfaces.request import PageRequest, now, open_to_all, opens, today, why_not
from gongjian.interfaces.web.shell import address_for
from gongjian.lib.refusals import Missing

FIRST_PAGES = ("desk", "log", "accounts")


@require_GET
@opens(check_can_enter)
def home(request: PageRequest) -> HttpResponse:
    """The first page whose own rule lets this reader in."""
    addresses = (address_for(request.user, name) for name in FIRST_PAGES)
    return redirect(next(filter(None, addresses), "rules"))


@open_to_all("the rules are published")
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """How a figure comes to count and how a light comes about, with the thresholds in force."""
    context = {
        "pack": _pack(),
        "levels": [level.label for level in Level],
        "may_publish": isinstance(request.user, User)
        and not why_not(check_can_publish_pack, request.user),
    }
    return render(request, "pages/rules.html", context)


@require_POST
@opens(check_can_publish_pack)
def pack_publish(request: PageRequest) -> HttpResponse:
    """The office publishes the rules that come with the product; they light from their own day."""
    publish_pack("zhucheng_default", by=request.user, at=now())
    return redirect("rules")


@open_to_all("the keys are no secret")
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/keys.html")


@open_to_all("everybody may complain")
@require_GET
def complaint(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/complaint.html")


def _pack() -> PackCard | None:
    """The rules of today; a house whose rules begin later shows none yet."""
    try:
        return pack_card(today())
    except Missing:
        return None

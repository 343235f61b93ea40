"""The way home, the rules in words, the keys, and where to complain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from gongjian.flow.judgement.queries.packs import PackCard, pack_card
from gongjian.foundation.acceptance.models import Level
from gongjian.foundation.orgs.rules import check_can_enter
from gongjian.interfaces.request import PageRequest, open_to_all, opens, today
from gongjian.interfaces.web.shell import address_for
from gongjian.lib.refusals import Missing

FIRST_PAGES = ("desk", "accounts", "log")


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
    context = {"pack": _pack(), "levels": [level.label for level in Level]}
    return render(request, "pages/rules.html", context)


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

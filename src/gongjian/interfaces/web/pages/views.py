"""The way home, the rules in words, the keys, and where to complain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from gongjian.foundation.orgs.rules import check_can_enter
from gongjian.interfaces.request import PageRequest, open_to_all, opens
from gongjian.interfaces.web.shell import address_for

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
    return render(request, "pages/rules.html")


@open_to_all("the keys are no secret")
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/keys.html")


@open_to_all("everybody may complain")
@require_GET
def complaint(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/complaint.html")

"""In and out: log-in, the page of a locked account, log-out."""

from typing import Any

from axes.helpers import get_cool_off
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongjian.foundation.orgs.queries import anybody_registered
from gongjian.foundation.orgs.usecases import log_in
from gongjian.foundation.records.queries import installation
from gongjian.interfaces.request import is_demo, now, open_to_all
from gongjian.interfaces.web.orgs.entry import safe_next, tries_left


@open_to_all("the door itself")
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Name and password; five wrong tries lock the name, whether or not somebody has it."""
    if request.user.is_authenticated:
        return redirect(safe_next(request))
    if not anybody_registered():
        return redirect("first_run")
    if request.method == "GET":
        return _login_page(request)
    name = request.POST.get("username", "").strip()
    user = auth.authenticate(request, username=name, password=request.POST.get("password", ""))
    if user is None:
        return _login_page(request, username=name, error=_wrong(tries_left(request, name)))
    auth.login(request, user)
    log_in(user, at=now())
    return redirect(safe_next(request))


@open_to_all("whoever is in may leave")
@never_cache
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    return redirect("login")


def locked_out(
    request: HttpRequest,
    _response: HttpResponse | None = None,
    _credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """What stands in place of the log-in page once the name is locked."""
    cool_off = get_cool_off(request)
    minutes = round(cool_off.total_seconds() / 60)
    return render(request, "errors/locked.html", {"minutes": minutes}, status=429)


def _login_page(request: HttpRequest, *, username: str = "", error: str = "") -> HttpResponse:
    home = installation()
    place = home.place if home else ""
    context = {
        "place": _("%(place)s重点工作攻坚平台") % {"place": place},
        "username": username,
        "error": error,
        "next": safe_next(request),
        "second": not is_demo(),
        "help": _("找系统管理员，由其重置后当面告诉你"),
    }
    return render(request, "orgs/login.html", context)


def _wrong(left: int) -> str:
    """One sentence that never says which of the two was wrong."""
    return ngettext(
        "账号或密码不对。还可试 %(left)s 次，之后锁 15 分钟",
        "账号或密码不对。还可试 %(left)s 次，之后锁 15 分钟",
        left,
    ) % {"left": left}

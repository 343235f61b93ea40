"""One's own password and second factor: both steps of entry, the first also wanted later."""

from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongjian.foundation.orgs.rules import check_account_is_open
from gongjian.foundation.orgs.usecases import (
    confirm_second_factor,
    pass_second_factor,
    set_password,
)
from gongjian.interfaces.request import PageRequest, is_demo, now, opens, real_now
from gongjian.interfaces.web.middleware import SECOND_FACTOR
from gongjian.interfaces.web.orgs.entry import (
    count_wrong_try,
    forget_wrong_tries,
    is_locked,
    step_of_entry,
    tries_left,
)
from gongjian.interfaces.web.orgs.qr import new_secret, qr_picture, spaced
from gongjian.interfaces.web.orgs.views.entry import locked_out
from gongjian.lib.refusals import Refused

SECRET = "second_factor_secret"


@step_of_entry
@opens(check_account_is_open)
@sensitive_post_parameters("old", "new", "again")
@never_cache
@require_http_methods(["GET", "POST"])
def password(request: PageRequest) -> HttpResponse:
    """Change one's own password; every other session of the account ends with it."""
    user, errors = request.user, []
    if not (user.must_change_password or _is_in(request)):
        return redirect("second_factor")
    if request.method == "POST":
        new = request.POST.get("new", "")
        try:
            if new != request.POST.get("again", ""):
                raise Refused("password.differs", _("两次输入的新密码不一样。"))
            set_password(user, new, old=request.POST.get("old", ""), at=now())
        except Refused as no:
            errors = [("old" if no.code == "password.wrong" else "new", no.sentence)]
        else:
            update_session_auth_hash(request, user)
            return redirect("home")
    context = {"errors": errors, "must": user.must_change_password, "username": user.username}
    return render(request, "orgs/password.html", context, status=409 if errors else 200)


@step_of_entry
@opens(check_account_is_open)
@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: PageRequest) -> HttpResponse:
    """Bind an app on one's phone, or type the code it shows. A demo has no such step."""
    if _is_in(request):
        return redirect("home")
    if request.user.must_change_password:
        return redirect("password")
    if request.method == "GET":
        return _code_page(request)
    name = _counted_as(request)
    if is_locked(request, name):
        return _turn_away(request)
    try:
        _check_code(request, request.POST.get("code", "").replace(" ", ""))
    except Refused as no:
        count_wrong_try(request, name)
        left = tries_left(request, name)
        return _code_page(request, error=no.sentence, left=left) if left else _turn_away(request)
    forget_wrong_tries(name)
    request.session[SECOND_FACTOR] = True
    request.session.pop(SECRET, None)
    return redirect("home")


def _is_in(request: PageRequest) -> bool:
    """Whether the second step is behind this session, or not asked for."""
    return is_demo() or bool(request.session.get(SECOND_FACTOR))


def _check_code(request: PageRequest, code: str) -> None:
    if request.user.second_factor:
        pass_second_factor(request.user, code, real=real_now(), at=now())
    else:
        secret = request.session.get(SECRET, "")
        confirm_second_factor(request.user, secret, code, real=real_now(), at=now())


def _code_page(request: PageRequest, *, error: str = "", left: int = 0) -> HttpResponse:
    context: dict[str, object] = {"error": error, "left": left, "bound": True}
    if not request.user.second_factor:
        secret = request.session.setdefault(SECRET, new_secret())
        picture = qr_picture(secret, request.user.username)
        context |= {"bound": False, "secret": spaced(secret), "picture": picture}
    return render(request, "orgs/second_factor.html", context, status=409 if error else 200)


def _counted_as(request: PageRequest) -> str:
    """Codes are counted apart from passwords: a stolen password alone locks nobody out."""
    return f"{request.user.username}#code"


def _turn_away(request: HttpRequest) -> HttpResponse:
    """Out, and onto the page of a locked account."""
    logout(request)
    return locked_out(request)

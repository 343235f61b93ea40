"""What the steps of entry share: their mark, where to go afterwards, wrong tries counted."""

from collections.abc import Callable
from inspect import getclosurevars
from typing import Any, TypeVar
from urllib.parse import urlsplit

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

View = TypeVar("View", bound=Callable[..., HttpResponse])


def step_of_entry(view: View) -> View:
    """Mark a view that must open before a password is changed or a code typed."""
    view.step_of_entry = True  # type: ignore[attr-defined]
    return view


def safe_next(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is a page here; else home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if here and _is_a_page(wanted) else reverse("home")


def _is_a_page(wanted: str) -> bool:
    """Whether the address answers GET: one that takes forms alone leads nowhere after the log-in.

    The methods stand in the closure of Django's decorators, which offer no other way to ask.
    """
    try:
        view: Callable[..., Any] | None = resolve(urlsplit(wanted).path).func
    except Resolver404:
        return False
    while view is not None:
        methods = getclosurevars(view).nonlocals.get("request_method_list", ["GET"])
        if "GET" not in methods:
            return False
        view = getattr(view, "__wrapped__", None)
    return True


def tries_left(request: HttpRequest, name: str) -> int:
    """How often one may still be wrong before the lock; 0 when it is locked."""
    failures: int = AxesProxyHandler.get_failures(request, _credentials(name))
    return max(settings.AXES_FAILURE_LIMIT - failures, 0)


def count_wrong_try(request: HttpRequest, name: str) -> None:
    """Count a wrong code as the log-in counts a wrong password; the fifth one locks."""
    AxesProxyHandler.user_login_failed(__name__, _credentials(name), request)


def is_locked(request: HttpRequest, name: str) -> bool:
    """Whether this name is locked, so that not even a right code counts."""
    return not AxesProxyHandler.is_allowed(request, _credentials(name))


def forget_wrong_tries(name: str) -> None:
    """Start counting again after a right code."""
    AxesProxyHandler.reset_attempts(username=name)


def _credentials(name: str) -> dict[str, Any]:
    return {"username": name}

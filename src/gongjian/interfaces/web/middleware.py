"""What every page goes through: the door, and the places where a refusal becomes a page."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse

from gongjian.foundation.orgs.queries import standing_in
from gongjian.interfaces.request import is_demo, one_request, real_now, today
from gongjian.interfaces.web.sessions import SessionStore
from gongjian.lib.refusals import Conflict, Missing, Refused
from gongjian.lib.texts import as_seen

NUL = "%00"
Answer = Callable[[HttpRequest], HttpResponse]
SECOND_FACTOR = "second_factor_passed"
STANDING_IN = "standing_in"


class PackMiddleware(GZipMiddleware):
    """Pages are packed for browsers that take it: a list of forty rows is a tenth, comes in one
    piece, and no column moves while it comes. Files go as they are; theirs are packed already.

    What is packed has a random length (Django adds it), so that its size tells nothing of a token.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return super().process_response(request, response) if is_page else response


class QueryMiddleware:
    """What an address asks for holds no NUL: nobody looks for one, and PostgreSQL fails on it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        if NUL in asked:
            request.META["QUERY_STRING"] = asked.replace(NUL, "")  # read when GET is asked for
        return self.get_response(request)


CLEANED = "/projects/"  # whose forms are cleaned as they come


class FormMiddleware:
    """What a form of projects says holds no sign that nobody sees: a reason that turns the
    direction of the text behind it would turn the names beside it on every page that shows it.

    Other rooms refuse such signs by their rules.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """After the token of the form was looked for: the form has been read by then."""
        if request.method != "POST" or not request.path.startswith(CLEANED):
            return
        given = request.POST
        odd = {
            name: [as_seen(one) for one in values]
            for name, values in given.lists()
            if not all(one.isprintable() for one in values)
        }
        if odd:
            fresh = given.copy()
            for name, values in odd.items():
                fresh.setlist(name, values)
            request.POST = fresh  # type: ignore[assignment]  # as Django's own test client does


class DoorMiddleware:
    """Nobody passes without an account, a password of their own and, outside a demo, a code."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_request():
            if request.user.is_authenticated:
                self._stand_in(request)
                cast(SessionStore, request.session).renew(at=real_now())
            return self.get_response(request)

    def _stand_in(self, request: HttpRequest) -> None:
        """Whoever chose to do another's acts goes on doing them while that delegation runs."""
        chosen = request.session.get(STANDING_IN)
        if chosen and not standing_in(request.user, UUID(chosen), on=today()):  # type: ignore[arg-type]
            del request.session[STANDING_IN]

    def process_view(
        self, request: HttpRequest, view: Answer, *_arguments: object
    ) -> HttpResponse | None:
        if hasattr(view, "open_to_all"):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        step = getattr(view, "step_of_entry", "")
        if step or is_demo():
            return None
        if request.user.must_change_password:
            return redirect(reverse("password"))
        if not request.session.get(SECOND_FACTOR):
            return redirect(reverse("second_factor"))
        return None


class RefusalMiddleware:
    """A Refused that no view answered becomes a page, or the piece a swap asked for.

    So does an address that takes forms alone, opened as a page: Django's own answer is empty.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code != 405 or request.method not in ("GET", "HEAD"):
            return answer
        page = render(request, "errors/405.html", status=405)
        page["Allow"] = answer["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if isinstance(error, Missing):
            return render(request, "errors/404.html", {"refused": error}, status=404)
        status = 409 if isinstance(error, Conflict) or request.method == "POST" else 403
        return render(request, "errors/refused.html", {"refused": error}, status=status)

"""What all doors share: the one clock of the house, and the mark that says who may come in.

This is the only file that reads the clock. Everything below takes `at` from its caller, so a
demo whose clock stands still, a test and a recomputation behave alike.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_htmx.middleware import HtmxDetails

from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import Installation
from gongjian.foundation.records.queries import installation
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

Guard = Callable[[User], None]
View = TypeVar("View", bound=Callable[..., HttpResponse])
Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class PageRequest(HttpRequest):
    """A request of somebody who has logged in."""

    user: User
    htmx: HtmxDetails


_read: ContextVar[dict[Hashable, Any] | None] = ContextVar("read", default=None)


@contextmanager
def one_request() -> Iterator[None]:
    """While a page is made, what is asked by `once` is read once."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def once(question: Callable[Given, Answer], *given: Given.args, **named: Given.kwargs) -> Answer:
    """What a question answers; while a page is made the first answer to it holds."""
    read = _read.get()
    if read is None:
        return question(*given, **named)
    key = (question, given, *sorted(named.items()))
    if key not in read:
        read[key] = question(*given, **named)
    answer: Answer = read[key]
    return answer


def here() -> Installation | None:
    """What this installation is; None before its first run."""
    return once(installation)


def is_demo() -> bool:
    """Whether this is a demo, whose accounts log in with name and password alone."""
    there = here()
    return there is not None and there.kind == Installation.Kind.DEMO


def now() -> datetime:
    """The installation's time: the real one, or where a demo's clock stands. A page has one."""
    return once(_moment)


def _moment() -> datetime:
    there = here()
    return (there.clock if there else None) or real_now()


def real_now() -> datetime:
    """The real time, which runs leases and one-time codes even where a demo's clock stands."""
    return timezone.now()


def today() -> date:
    """The local day of `now`."""
    return local_day(now())


def opens(guard: Guard) -> Callable[[View], View]:
    """Mark a view with the rule that says who may open it; the rule is asked before the view."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            guard(request.user)  # type: ignore[arg-type]
            return view(request, *args, **kwargs)

        guarded.guard = guard  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return mark


def open_to_all(reason: str) -> Callable[[View], View]:
    """Mark a view that needs no account, with the reason why."""

    def mark(view: View) -> View:
        view.open_to_all = reason  # type: ignore[attr-defined]
        return view

    return mark


def first_run_code() -> str:
    """The code that lets the first run be done, known only to who can read the server's output.

    Derived from the installation's key, so that every web worker knows the same one.
    """
    return salted_hmac("gongjian.first-run", "three administrators").hexdigest()[:12]


def why_not(rule: Callable[..., object], *args: Any, **kwargs: Any) -> str:
    """What a rule has against an act, in its own words; nothing where the act is open."""
    try:
        rule(*args, **kwargs)
    except Refused as no:
        return no.sentence
    return ""

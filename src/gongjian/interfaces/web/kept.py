"""Answers that hold until something is written.

Whatever has a meaning is in the log (`gongjian audit tables`), so a page drawn from the database
is the same until an act of the log writes a row. Who reads it, which address, how it was asked for
and the hour are part of the key: rights end with a day, and a form carries the token of one
browser. A page whose forms carry a key of their own (`act_key`) is not kept: two tabs would hold
the same one.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.queries import last_written
from gongjian.interfaces.request import View, now

SWAPS = ("HX-Request", "HX-Target", "HX-History-Restore-Request")  # what is a piece of the page
DRAWN = "drawn"  # the cache of settings.CACHES; in memory, one a process


def kept_until_written(also: Callable[[], object] = str) -> Callable[[View], View]:
    """Mark a view whose GET answers may be given again to the same reader. One query a request.

    `also` says what else the page shows that is not in the log. Errors and redirects are not kept.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            token = request.META.get("CSRF_COOKIE")  # none before the first page of a browser
            if request.method != "GET" or not token:
                return view(request, *args, **kwargs)
            store, key = caches[DRAWN], _key(request, token, also())
            if (kept := store.get(key)) is not None:
                content, headers = kept
                return HttpResponse(content, headers=headers)
            answer = view(request, *args, **kwargs)
            if answer.status_code == 200 and not answer.streaming and not answer.cookies:
                store.set(key, (answer.content, dict(answer.headers)))
            return answer

        return answered  # type: ignore[return-value]

    return mark


def _key(request: HttpRequest, token: str, also: object) -> str:
    user = request.user
    stands_in = user.acting_for.pk if isinstance(user, User) and user.acting_for else None
    swap = [request.headers.get(name) for name in SWAPS]
    moment = f"{now():%Y%m%d%H}"
    parts = (
        last_written(), user.pk, stands_in, token, request.get_full_path(), swap, get_language(),
        moment, also,
    )  # fmt: skip
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()

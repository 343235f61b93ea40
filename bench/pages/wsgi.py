"""The product as it is served, with the bare page beside it under middleware of its own."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import override_settings

from bench.pages.settings import BARE_MIDDLEWARE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

COUNT = "HTTP_X_BENCH_COUNT"  # asked for once a page, never while it is timed
DRAW = "HTTP_X_BENCH_DRAW"  # nothing kept: as if something had been written since
Environ = dict[str, Any]

product = get_wsgi_application()
with override_settings(MIDDLEWARE=BARE_MIDDLEWARE):
    bare = WSGIHandler()


def application(environ: Environ, start: "StartResponse") -> Iterable[bytes]:
    if DRAW in environ:
        caches["drawn"].clear()
    handler = bare if environ["PATH_INFO"] == "/bare/" else product
    return _counted(handler, environ, start) if COUNT in environ else handler(environ, start)


def _counted(handler: WSGIHandler, environ: Environ, start: "StartResponse") -> Iterable[bytes]:
    """The same answer, with a header that says how many queries it took."""
    asked = 0

    def count(execute: Callable[..., object], *given: object) -> object:
        nonlocal asked
        asked += 1
        return execute(*given)

    def starting(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[..., object]:
        return start(status, [*headers, ("X-Bench-Queries", str(asked))], *rest)

    with connection.execute_wrapper(count):
        return handler(environ, starting)

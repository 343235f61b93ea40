"""Every address asked by every role, for a thing of the own unit and of another one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import undone
from gongjian.interfaces.cli.access.county import OTHER, OWN, County, found_county, readers
from gongjian.interfaces.cli.access.wanted import ABSENT, OPEN, REFUSED, Wanted
from gongjian.lib.refusals import Missing, Refused

FORM = "application/x-www-form-urlencoded"
BACKEND = "gongjian.interfaces.web.sessions.Accounts"
NOT_OURS = ("django.contrib.staticfiles", "django.views.i18n")
CODE = re.compile(r'data-code="([a-z0-9.-]+)"')
METHODS = ("GET", "POST")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one role got at one address, and what it should have got."""

    role: str
    name: str
    url: str
    method: str
    unit: str
    wanted: str
    real: str
    code: str

    @property
    def differs(self) -> bool:
        return self.wanted != self.real

    @property
    def leaks(self) -> bool:
        """Something is open that should not be."""
        return self.real == OPEN and self.wanted != OPEN


class ShortRefusals:
    """Answers a refusal with its code alone: a page around it would be most of the work."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        status = 404 if isinstance(error, Missing) else 409 if request.method == "POST" else 403
        return HttpResponse(f'<p data-code="{error.code}">', status=status)


def addresses(resolver: Any = None, prefix: str = "/") -> dict[str, tuple[str, Any]]:
    """{name: (route, view)} of every address of ours."""
    found: dict[str, tuple[str, Any]] = {}
    for entry in (resolver or get_resolver(settings.ROOT_URLCONF)).url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            found |= addresses(entry, route)
        elif isinstance(entry, URLPattern) and not entry.callback.__module__.startswith(NOT_OURS):
            found[entry.name or route] = (route, entry.callback)
    return found


def ask_everything(wanted: Wanted) -> list[Answer]:
    """Make the county and ask; whatever an answer changed is undone before the next one.

    The caller sees to a database in which that may be done.
    """
    county = found_county()
    short = f"{ShortRefusals.__module__}.{ShortRefusals.__qualname__}"
    served = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    with override_settings(MIDDLEWARE=[*served, short]):
        return _answers(county, wanted)


def _answers(county: County, wanted: Wanted) -> list[Answer]:
    known = addresses()
    found: list[Answer] = []
    for role, user in readers(county).items():
        client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        client.force_login(user, backend=BACKEND)
        for name, (route, view) in known.items():
            if name in wanted:
                found += _asked(client, user, role, name, route, view, county, wanted)
    return found


def _asked(
    client: Client,
    user: User,
    role: str,
    name: str,
    route: str,
    view: Any,
    county: County,
    wanted: Wanted,
) -> Iterator[Answer]:
    row, free = wanted[name], hasattr(view, "open_to_all")
    for unit in _sides(route, user, county):
        address = reverse(name, kwargs=row.arguments | _uids(route, row.thing, unit, county))
        for method in methods_of(view):
            answer = _undone(client, method, address, row.sent)
            real, code = _read(answer, wanted, free=free)
            hoped = row.wanted(role, unit, method)
            yield Answer(role, name, route, method, unit, hoped, real, code)


def _sides(route: str, user: User, county: County) -> tuple[str, ...]:
    """To an account of the own unit both matter; to all others every unit is another one."""
    if "<uuid:" not in route:
        return ("",)
    return (OWN, OTHER) if user.unit_id == county.units[OWN].pk else (OTHER,)


def methods_of(view: Any) -> list[str]:
    """Which of GET and POST a view answers, as Django's decorators hold it; both where none does.

    Not asked of the view itself: a guard answers before the method is looked at.
    """
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            held = cell.cell_contents
            if isinstance(held, list | tuple) and set(held) & set(METHODS):
                return [method for method in METHODS if method in held]
        view = getattr(view, "__wrapped__", None)
    return list(METHODS)


def _uids(route: str, thing: str, unit: str, county: County) -> dict[str, UUID]:
    """The thing of the unit; where an address names two, the second is the other unit's."""
    names = re.findall(r"<uuid:(\w+)>", route)
    if not names:
        return {}
    if thing not in county.things:
        raise LookupError(f"wanted.toml, {route}: object = {thing!r} is nothing the county has")
    mine = county.things[thing]
    beside = mine[OWN if unit == OTHER else OTHER]
    return dict(zip(names, (mine[unit or OWN], beside), strict=False))


def _undone(client: Client, method: str, address: str, sent: dict[str, str]) -> HttpResponse:
    """One answer, and the database as it was before."""
    with undone():
        session = dict(client.cookies)
        query = f"?{urlencode(sent)}" if sent else ""
        form = {"data": urlencode(sent, doseq=True), "content_type": FORM}  # as browsers send one
        asked = form if method == "POST" else {}
        answer: HttpResponse = getattr(client, method.lower())(f"{address}{query}", **asked)
        client.cookies.clear()
        client.cookies.update(session)
    return answer


def _read(answer: HttpResponse, wanted: Wanted, *, free: bool) -> tuple[str, str]:
    """(open | refused | absent, the code of the refusal)."""
    status = answer.status_code
    if status == 404:
        return ABSENT, ""
    if (
        status in (301, 302)
        and not free
        and answer["Location"].startswith(reverse(settings.LOGIN_URL))
    ):
        return REFUSED, "login"
    if status in (403, 409):
        told = CODE.search(answer.content.decode())
        code = told[1] if told else ""
        return (REFUSED if status == 403 or code in wanted.rights else OPEN), code
    if status >= 500:
        return f"error {status}", ""
    return OPEN, ""

"""What the frame of every page shows: the rooms a reader may open, the clock, who is here."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongjian.flow.progress.queries import PeriodRow, TopBar, top_bar
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_can_see_business
from gongjian.interfaces.request import Guard, here, now, once, today
from gongjian.interfaces.web.tags import moment
from gongjian.lib.refusals import Refused

VERSION = version("gongjian")
CURRENT = mark_safe(' aria-current="page"')


@dataclass(frozen=True)
class Room:
    """A room of the house: the name of its first page, and the letter that goes there after g."""

    key: str
    label: Promise
    go: str = ""
    icon: str = ""
    beside: str = ""  # where pages of the room stand beside its own address


ROOMS = (  # in the order of the work
    Room("desk", _("待办"), "d", "home"),
    Room("board", _("作战室"), "b"),
    Room("plan", _("规划"), "p", "list"),
    Room("projects", _("项目"), "x", "building", beside="/imports/"),
    Room("duties", _("责任")),
    Room("progress", _("进度"), icon="progress"),
    Room("judgement", _("研判")),
    Room("supervision", _("督办")),
    Room("support", _("帮扶")),
    Room("assessment", _("考核")),
    Room("bulletins", _("通报")),
    Room("disclosure", _("公开")),
    Room("log", _("日志"), icon="history"),
    Room("accounts", _("账号"), icon="user"),
    Room("units", _("单位")),
)


@dataclass(frozen=True)
class NavEntry:
    """One entry of the top bar; it is drawn here, as every page has some thirty of them."""

    key: str
    label: str
    url: str
    current: bool
    count: int
    go: str
    icon: str

    @property
    def link(self) -> SafeString:
        """The entry, with its letter."""
        return self._link(format_html(' data-go="{}"', self.go) if self.go else "")

    @property
    def plain_link(self) -> SafeString:
        """The entry where it stands a second time."""
        return self._link("")

    def _link(self, go: str) -> SafeString:
        return format_html(
            '<a href="{}"{}{}>{}{}</a>',
            self.url,
            go,
            CURRENT if self.current else "",
            self.label,
            format_html('<span class="g-count">{}</span>', self.count) if self.count else "",
        )


@dataclass(frozen=True)
class Clock:
    """Where a demo's clock stands, and where the reader may move it; no address for the others."""

    at: datetime
    url: str


@dataclass(frozen=True)
class Person:
    """Who is logged in."""

    name: str
    unit: str
    key: str
    giver: str = ""


@dataclass(frozen=True)
class PeriodWords:
    """Which numbers one is looking at, and whether they may still change."""

    label: str
    state: str


def shell(request: HttpRequest) -> dict[str, object]:
    """The context of base.html. Somebody who has not logged in sees a frame without rooms."""
    user = request.user
    if not isinstance(user, User):
        return {"nav": (), "phone_tabs": (), "clock": _clock(None), "app_version": VERSION}
    business = _may(check_can_see_business, user)

    def rooms() -> tuple[NavEntry, ...]:
        waiting = top_of(user).waiting if business else 0
        return navigation(user, path=request.path, waiting=waiting)

    # Asked for when it is drawn: a swap draws a piece without the frame.
    nav = SimpleLazyObject(rooms)
    return {
        "nav": nav,
        "phone_tabs": SimpleLazyObject(lambda: [entry for entry in nav if entry.icon]),
        "period": SimpleLazyObject(lambda: period_words(top_of(user).period) if business else None),
        "person": SimpleLazyObject(lambda: _person(user)),
        "printed_on": today(),
        "find_url": address_for(user, "search"),
        "clock": _clock(user),
        "app_version": VERSION,
    }


def _person(user: User) -> Person:
    return Person(
        user.display_name,
        user.unit.short_name if user.unit else "",
        str(user.uid),
        user.acting_for.display_name if user.acting_for else "",
    )


def navigation(user: User, *, path: str, waiting: int) -> tuple[NavEntry, ...]:
    """The rooms this user may open. A room that is not built yet has no address and no entry."""
    entries = []
    for room in ROOMS:
        url = address_for(user, room.key)
        if url:
            here = path == url or (url != "/" and path.startswith((url, room.beside or url)))
            count = waiting if room.key == "desk" else 0
            label = str(room.label)
            entries.append(NavEntry(room.key, label, url, here, count, room.go, room.icon))
    return tuple(entries)


def top_of(user: User) -> TopBar:
    """The period and what waits for a reader, read once a page."""
    return once(top_bar, user, at=now())


def period_words(period: PeriodRow | None) -> PeriodWords | None:
    """6月期 填报中，7月2日 09:00 冻结; nothing before the first period has opened."""
    if period is None:
        return None
    if period.frozen:
        state = gettext("已冻结，快照 %(number)s") % {"number": period.snapshot}
    elif period.state == "freezing":
        state = gettext("正在冻结")
    else:
        state = gettext("填报中，%(when)s 冻结") % {"when": moment(period.freezes_at)}
    return PeriodWords(gettext("%(month)d月期") % {"month": period.month}, state)


def address_for(user: User, name: str) -> str:
    """The address of a page if it exists and its own rule lets the user in, else nothing."""
    url, guard = _page_named(name)
    return url if url and (guard is None or _may(guard, user)) else ""


@cache
def _page_named(name: str) -> tuple[str, Guard | None]:
    """The address of a page and its rule; the same as long as the server runs."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return "", None
    return url, getattr(resolve(url).func, "guard", None)


def _may(guard: Guard, user: User) -> bool:
    try:
        guard(user)
    except Refused:
        return False
    return True


def _clock(user: User | None) -> Clock | None:
    there = here()
    if there is None or there.clock is None:
        return None
    return Clock(there.clock, address_for(user, "clock") if user else "")

"""What is found: how a kind is called, its icon, its page; and what of it a reader may open."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode
from uuid import UUID

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_is_office
from gongjian.foundation.search.models import OFFICE_ONLY
from gongjian.foundation.search.queries import Hit
from gongjian.interfaces.request import Guard, why_not

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing. Of the pages named the first that is built is its page."""

    source: str
    label: Promise
    icon: str
    pages: tuple[str, ...]
    asks: str = ""  # the filter of a list that stands for a page of its own
    paper: str = ""  # its 一页纸


KINDS = {
    kind.source: kind
    for kind in (
        Kind("action", _("行动"), "list", ("action", "plan"), asks="q"),
        Kind("target", _("目标"), "progress", ("target",)),
        Kind("task", _("任务"), "check", ("task",)),
        Kind("milestone", _("节点"), "clock", ("milestone", "task", "plan")),
        Kind("project", _("项目"), "building", ("project",), paper="project_paper"),
        Kind("force", _("专班"), "user", ("force",)),
        Kind("unit", _("单位"), "building", ("unit", "duties"), asks="unit"),
        Kind("person", _("人员"), "user", ("person",)),
        Kind("account", _("账号"), "user", ("account",)),
        Kind("document", _("方案"), "file", ("plan_review",)),
        Kind("bulletin", _("通报"), "file", ("bulletin",)),
    )
}
GROUPS = {
    "plan": _("行动、目标、任务"),
    "projects": _("项目、专班"),
    "units": _("单位"),
    "people": _("人员"),
    "documents": _("文档"),
}


def sources_for(user: User) -> list[str]:
    """The kinds whose page lets this reader in: nothing else is found, and nothing else counted."""
    return [source for source, kind in KINDS.items() if _page_open_to(user, kind)]


def audiences_for(user: User) -> list[str]:
    """What is not everybody's yet is the office's."""
    return [""] if why_not(check_is_office, user) else ["", OFFICE_ONLY]


def address_of(hit: Hit) -> str:
    """Where a hit leads: to its page, or to the list that shows it."""
    kind = KINDS[hit.source]
    page = hit.page if _address(hit.page, hit.uid) else kind.pages[-1]
    own = _address(page, hit.opens or hit.uid)
    if own.takes_uid or not kind.asks:
        return own.url
    return f"{own.url}?{urlencode({kind.asks: hit.title})}"


def paper_of(hit: Hit) -> str:
    """Where the one page of a hit is; nothing where its kind has none."""
    paper = KINDS[hit.source].paper
    return _address(paper, hit.opens or hit.uid).url if paper else ""


def _page_open_to(user: User, kind: Kind) -> bool:
    for page in kind.pages:
        address = _address(page, NOBODY)
        if address:
            return address.guard is None or not why_not(address.guard, user)
    return False


@dataclass(frozen=True, slots=True)
class _Address:
    """An address, the rule of its view, and whether it is the page of one thing."""

    url: str
    guard: Guard | None
    takes_uid: bool

    def __bool__(self) -> bool:
        return bool(self.url)


def _address(page: str, uid: UUID) -> _Address:
    pattern = _pattern(page)
    return _Address(pattern.url.replace(str(NOBODY), str(uid)), pattern.guard, pattern.takes_uid)


@cache
def _pattern(page: str) -> _Address:
    """The address of a page with nobody's key in it; an empty one while the page is not built."""
    for keys in ((NOBODY,), ()):
        try:
            url = reverse(page, args=keys)
        except NoReverseMatch:
            continue
        return _Address(url, getattr(resolve(url).func, "guard", None), bool(keys))
    return _Address("", None, takes_uid=False)

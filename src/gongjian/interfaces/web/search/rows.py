"""What was found, as the palette and the page show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from gongjian.foundation.search.queries import Hit, Hits
from gongjian.interfaces.web.search.kinds import GROUPS, KINDS, address_of, paper_of


@dataclass(frozen=True, slots=True)
class Found:
    """One line: its title with what was meant marked, its second line, its addresses."""

    number: int
    kind: str
    icon: str
    title: str
    plain: str
    subtitle: str
    url: str
    paper: str


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one heading, and how many more there are."""

    key: str
    label: str
    count: int
    rows: tuple[Found, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Scope:
    """One group to look in."""

    label: str
    count: int
    url: str
    current: bool


def found_rows(hits: Sequence[Hit]) -> list[Found]:
    return [_found(number, hit) for number, hit in enumerate(hits)]


def found_groups(hits: Hits) -> list[Group]:
    """The groups in the order of their best hit; lines are numbered through."""
    rows = found_rows(hits.rows)
    keys = list(dict.fromkeys(hit.group for hit in hits.rows))
    return [
        Group(
            key,
            str(GROUPS[key]),
            hits.counts[key],
            tuple(row for row, hit in zip(rows, hits.rows, strict=True) if hit.group == key),
        )
        for key in keys
    ]


def scopes(counts: dict[str, int], *, chosen: str, typed: str) -> list[Scope]:
    """All, then the groups in which something was found."""
    found = [("", _("全部"), sum(counts.values()))]
    found += [(key, str(label), counts[key]) for key, label in GROUPS.items() if key in counts]
    return [
        Scope(label, count, _scope_url(typed, key), key == chosen) for key, label, count in found
    ]


def _scope_url(typed: str, group: str) -> str:
    return f"{reverse('search')}?{urlencode({'q': typed} | ({'group': group} if group else {}))}"


def _found(number: int, hit: Hit) -> Found:
    kind = KINDS[hit.source]
    return Found(
        number=number,
        kind=str(kind.label),
        icon=kind.icon,
        title=_marked(hit),
        plain=hit.title,
        subtitle=hit.subtitle,
        url=address_of(hit),
        paper=paper_of(hit),
    )


def _marked(hit: Hit) -> str:
    if hit.mark is None:
        return hit.title
    start, end = hit.mark
    title = hit.title
    return format_html("{}<mark>{}</mark>{}", title[:start], title[start:end], title[end:])

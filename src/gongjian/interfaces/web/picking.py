"""A field that is searched as one types: units, posts or people, one of them or several."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.foundation.orgs.queries import (
    Choice,
    Choices,
    choose,
    people_choices,
    post_choices,
    unit_choices,
)
from gongjian.lib.refusals import Missing

LONGEST = 60
THINGS: Mapping[str, Callable[..., list[Choice]]] = {
    "units": unit_choices,
    "posts": post_choices,
    "people": people_choices,
}


@dataclass(frozen=True, slots=True)
class Pick:
    """A field as parts/pick.html shows it; `nobody`: the words of choosing none, where one may."""

    field: str
    label: str
    words: str
    choices: Choices
    first: tuple[UUID, ...]
    one: bool = False
    optional: bool = False
    hint: str = ""
    nobody: str = ""
    url: str = ""
    place: str = ""  # the id of the field, where a page has several of one name
    placeholder: str = ""


def uids_in(given: QueryDict, field: str) -> list[UUID]:
    """What is chosen in a field; what is no uid is none."""
    found = []
    for value in given.getlist(field):
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def pick(
    field: str,
    label: str,
    there: Sequence[Choice],
    *,
    of: str,
    given: QueryDict,
    chosen: Sequence[UUID] = (),
    first: Collection[UUID] = (),
    bare: bool = False,
    **more: Any,
) -> Pick:
    """A field of a form; `given` is what was typed, `chosen` what stands before anything was.

    `bare`: nothing but the chosen is listed before something is typed.
    """
    typed = f"{field}_q" in given
    words = given.get(f"{field}_q", "").strip()[:LONGEST]
    picked = uids_in(given, field) if typed else list(chosen)
    one = bool(more.get("one"))
    query = {"field": field} | ({"one": "1"} if one else {})
    if more.get("nobody"):
        query["nobody"] = more["nobody"]
    return Pick(
        field=field,
        label=label,
        words=words,
        choices=choose(
            there,
            words,
            chosen=picked[:1] if one else picked,
            first=first,
            **({"shown": 0} if bare and not words else {}),
        ),
        first=tuple(first),
        url=f"{reverse('pick', args=[of])}?{urlencode(query)}",
        placeholder=_("单位名称或拼音首字母") if of == "units" else _("姓名、岗位或拼音首字母"),
        **more,
    )


def pick_again(of: str, given: QueryDict, *, on: date) -> Pick:
    """The list of a field after another letter was typed. Missing where there is no such list."""
    field = given.get("field", "") or "pick"
    if of not in THINGS or not field.isidentifier():
        raise Missing("pick.none", _("没有这个可以选的名单。"))
    there = THINGS[of](on=on, also=uids_in(given, field))
    return pick(
        field,
        "",
        there,
        of=of,
        given=given,
        first=uids_in(given, f"{field}_of"),
        one="one" in given,
        nobody=given.get("nobody", "")[:LONGEST],
    )

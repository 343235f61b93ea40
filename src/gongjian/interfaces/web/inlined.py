"""Templates whose fixed words are put in when they are read, not each time a page is drawn.

A page of ours holds some two hundred tags whose answer is the same on every page: a word of its
language, an icon, an address without a key, a file of ours. They are answered once for each
language, and what is left of a template is text and the tags that look at the page's own rows.
"""

import re
from collections.abc import Callable

from django.template.base import Origin
from django.template.loaders import cached
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.html import escape
from django.utils.translation import get_language, gettext, pgettext

from gongjian.interfaces.web.tags import icon

_QUOTED = r"""(?:"([^"{}|]*)"|'([^'{}|]*)')"""
FIXED = re.compile(
    rf"{{%\s*(translate|icon|url|static)\s+{_QUOTED}(?:\s+context\s+{_QUOTED})?\s*%}}"
)


def inlined(source: str) -> str:
    """A template with its fixed words put in; whatever takes a value of the page stays a tag."""
    return FIXED.sub(_answer, source)


def _answer(tag: re.Match[str]) -> str:
    name, given, context = tag[1], tag[2] or tag[3] or "", tag[4] or tag[5]
    if name == "translate":
        words = given.replace("%", "%%")  # as catalogues keep it
        said = pgettext(context, words) if context else gettext(words)
        return said.replace("%%", "%")
    return tag[0] if context else ANSWERS[name](given, tag[0])


def _address(name: str, tag: str) -> str:
    """The address of a page; one that takes a key, or is not built yet, is asked for as it was."""
    try:
        return escape(reverse(name))
    except NoReverseMatch:
        return tag


ANSWERS: dict[str, Callable[[str, str], str]] = {
    "icon": lambda name, _tag: icon(name),
    "static": lambda path, _tag: escape(static(path)),
    "url": _address,
}


class Loader(cached.Loader):
    """Django's cached loader, with a template for each language and place of the installation."""

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        return f"{get_language()} {get_script_prefix()} {super().cache_key(template_name, skip)}"

    def get_contents(self, origin: Origin) -> str:
        return inlined(super().get_contents(origin))

"""The filters above the list as markup: twenty lists of choices by the template cost a page."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjian.interfaces.web.projects.rows.columns import COLUMNS
from gongjian.interfaces.web.tags import options

Choices = Iterable[tuple[str, str | Promise]]


def select(name: str, title: str, choices: Choices, chosen: str | None) -> SafeString:
    """One list of choices that begins with all; what is chosen is marked."""
    rest = options((value, label, value == chosen) for value, label in choices)
    every = _("%(title)s：全部") % {"title": title}
    return mark_safe(  # values and labels were escaped above
        f'<select class="form-select form-select-sm{" sel" if chosen else ""}" name="{name}"'
        f' aria-label="{escape(title)}"><option value="">{escape(every)}</option>{rest}</select>'
    )


def hidden(given: Mapping[str, str], *, without: Collection[str]) -> SafeString:
    """What a form does not ask for but keeps of the address."""
    kept = ((name, value) for name, value in given.items() if value and name not in without)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)


def column_ticks(chosen: tuple[str, ...]) -> SafeString:
    """A tick for every column there is."""
    return _ticks(chosen, get_language() or "")


@lru_cache(maxsize=64)
def _ticks(chosen: tuple[str, ...], _language: str) -> SafeString:
    return format_html_join(
        "",
        '<label><input class="form-check-input" type="checkbox" name="cols" value="{}"{}>'
        "{}</label>",
        (
            (key, mark_safe(" checked") if key in chosen else "", column.title)
            for key, column in COLUMNS.items()
        ),
    )


def links(shown: Iterable[tuple[str, str, bool]]) -> SafeString:
    """One of several, side by side: (address, label, current)."""
    return format_html_join(
        "",
        '<a href="{}"{}>{}</a>',
        (
            (url, format_html(' aria-current="{}"', "true") if current else "", label)
            for url, label, current in shown
        ),
    )


def view_markup(views: Iterable[tuple[str, str, int | None, bool]]) -> SafeString:
    """(name, address, how many, current) of each view, side by side."""
    return format_html_join(
        "",
        '<a href="{}"{}>{}{}</a>',
        (
            (
                url,
                mark_safe(' aria-current="page"') if current else "",
                name,
                "" if count is None else format_html(" <b>{}</b>", count),
            )
            for name, url, count, current in views
        ),
    )


def head_markup(heads: Iterable[Mapping[str, Any]]) -> SafeString:
    """The heads of a table: title, unit, by which address it is sorted, its place in the order."""
    return format_html_join(
        "",
        '<th scope="col"{}{}>{}{}{}</th>',
        (
            (
                mark_safe(' class="g-num"') if head["right"] else "",
                format_html(' aria-sort="{}"', head["sorted"]) if head["sorted"] else "",
                format_html('<a href="{}">{}</a>', head["url"], head["title"])
                if head["url"]
                else head["title"],
                format_html('<span class="g-3">{}</span>', head["unit"]) if head["unit"] else "",
                format_html("<sup>{}</sup>", head["place"]) if head["place"] else "",
            )
            for head in heads
        ),
    )

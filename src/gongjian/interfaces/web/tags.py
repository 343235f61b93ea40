"""The tag library of the pages: marks for rows and text, and how figures and days are written.

Table rows use these tags and no component: 200 components cost 5.8 ms a page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from html import escape
from pathlib import Path

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from gongjian.interfaces.web import marks
from gongjian.lib.rounding import rounded

register = template.Library()

ICONS = Path(__file__).parent / "static" / "built" / "icons.json"
LIGHTS = {
    "green": pgettext_lazy("light", "绿"),
    "yellow": pgettext_lazy("light", "黄"),
    "red": pgettext_lazy("light", "红"),
    "grey": pgettext_lazy("light", "灰"),
}
SLIPS = {
    "blue": gettext_lazy("蓝单"),
    "orange": gettext_lazy("橙单"),
    "red": gettext_lazy("红单"),
}
FIVE = (  # 五定: what every task must have settled
    ("goal", pgettext_lazy("five", "目"), gettext_lazy("定目标")),
    ("duty", pgettext_lazy("five", "责"), gettext_lazy("定责任")),
    ("time", pgettext_lazy("five", "时"), gettext_lazy("定时限")),
    ("measure", pgettext_lazy("five", "措"), gettext_lazy("定措施")),
    ("check", pgettext_lazy("five", "考"), gettext_lazy("定考核")),
)
WEEKDAYS = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)


@lru_cache(maxsize=1)
def icons() -> dict[str, str]:
    """The shapes that scripts/assets has written; none before it ran."""
    return json.loads(ICONS.read_text()) if ICONS.is_file() else {}


@register.simple_tag
def icon(name: str, cls: str = "") -> SafeString:
    """An outline icon beside a word; it says nothing by itself."""
    return format_html(
        '<svg class="g-ico{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        f" {cls}" if cls else "",
        mark_safe(icons().get(name, "")),  # our own built file
    )


@register.simple_tag
def light(kind: object, note: object = "", count: int | None = None) -> SafeString:
    """A light: shape and word, then a small note (补齐, 未报, 7/12) or the count of such lights.

    Missing: no kind is an em dash: nothing was judged.
    """
    key = _word(kind)
    if key not in LIGHTS:
        return mark_safe("—")
    return format_html(
        '<span class="g-light g-light-{}">{}{}{}</span>',
        key,
        LIGHTS[key],
        "" if count is None else f" {count}",
        format_html(" <small>{}</small>", note) if note else "",
    )


@register.simple_tag
def slip(kind: object) -> SafeString:
    """A slip: one, two or three bars and its word."""
    key = _word(kind)
    return format_html('<span class="g-slip g-slip-{}">{}</span>', key, SLIPS[key])


@register.simple_tag
def none() -> SafeString:
    """Not reported: a box with the word, because it is not 0."""
    return format_html('<span class="g-none">{}</span>', _("未报"))


@register.simple_tag
def fig(value: object, href: str = "", cls: str = "") -> SafeString:
    """A figure that leads to its records. Missing: None or "" is 未报, never 0."""
    if value is None or value == "":
        return none()
    name = f"g-fig {cls}".strip()
    if not href:
        return format_html('<span class="{}">{}</span>', name, value)
    return format_html('<a class="{}" href="{}">{}</a>', name, href, value)


@register.simple_tag
def rate(actual: marks.Number | None, expected: marks.Number | None = None) -> SafeString:
    """A rate in a cell: bar, tick of what is due, number. Both are fractions of the target."""
    return format_html(
        '<div class="g-rate"><span class="g-rate-w">{}</span><span class="g-num">{}</span></div>',
        marks.rate_bar(actual, expected),
        percent(actual),
    )


@register.simple_tag
def bar(done: int, total: int) -> SafeString:
    """How far a count has come, without tick or number: 12 of 34 read."""
    return marks.rate_bar(done / total if total else None, None, end=100)


@register.simple_tag
def stack(green: int, yellow: int, red: int, grey: int) -> SafeString:
    """Counts of lights as a bar; the numbers stand beside it in the page."""
    return marks.light_stack(green, yellow, red, grey)


@register.simple_tag
def trend(values: Sequence[marks.Number | None], width: int = 84, height: int = 22) -> SafeString:
    """The last periods as a small line."""
    return marks.trend_line(values, width=width, height=height)


@register.simple_tag
def columns(periods: Sequence[tuple[str, marks.Number | None, str]]) -> SafeString:
    """The last periods as columns: (label, value, past | now | open)."""
    return marks.column_chart(periods)


@register.simple_tag
def five(missing: Sequence[str] = ()) -> SafeString:
    """五定 in five characters, the missing ones in a dashed box; `missing` holds keys of FIVE."""
    lacking = [full for key, _short, full in FIVE if key in missing]
    label = _("缺：%(what)s") % {"what": "、".join(map(str, lacking))} if lacking else _("五定齐全")
    return format_html(
        '<span class="g-five{}" role="img" aria-label="{}" title="{}">{}</span>',
        "" if lacking else " g-five-ok",
        label,
        label,
        format_html_join(
            "", "<i{}>{}</i>", ((_no(key in missing), short) for key, short, _full in FIVE)
        ),
    )


@register.simple_tag
def options(choices: Iterable[tuple[object, ...]]) -> SafeString:
    """The choices of a select: (value, words, chosen), or (words, chosen) where they are the value.

    A filter holds sixty units: a template would look each of their names up.
    """
    return mark_safe("".join(_option(*choice) for choice in choices))  # of escaped parts alone


def _option(*choice: object) -> str:
    *value, words, chosen = choice
    named = f' value="{escape(str(value[0]))}"' if value else ""
    return f"<option{named}{' selected' if chosen else ''}>{escape(str(words))}</option>"


@register.filter
def percent(fraction: marks.Number | None) -> str:
    """0.3167 → 31.7%. Missing: an em dash."""
    if fraction is None:
        return "—"
    return f"{rounded(Decimal(str(fraction)) * 100, 1)}%"


@register.filter
def points(fraction: marks.Number | None) -> str:
    """0.113 → 11.3, a difference in percentage points. Missing: an em dash."""
    if fraction is None:
        return "—"
    return f"{rounded(abs(Decimal(str(fraction))) * 100, 1)}"


@register.filter
def number(value: marks.Number | None, decimals: int | None = None) -> str:
    """A figure in its written unit, with as many decimals as its target shows, else as kept.

    Missing: an empty string, so that `{% fig %}` writes 未报.
    """
    if value is None:
        return ""
    exact = Decimal(str(value))
    if decimals is not None:
        return f"{rounded(exact, decimals)}"
    whole = exact.to_integral_value()
    return f"{whole:f}" if exact == whole else f"{exact.normalize():f}"


@register.filter
def signed(value: marks.Number | None, decimals: int | None = None) -> str:
    """A change with its sign: +6, −2.10. Missing: an em dash."""
    if value is None:
        return "—"
    exact = Decimal(str(value))
    sign = "+" if exact > 0 else "−" if exact < 0 else ""
    return sign + number(abs(exact), decimals)


@register.filter
def day(value: date | datetime | None) -> str:
    """6月30日, in the time zone of the page. Missing: an empty string."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return _day(local.month, local.day, get_language())


@lru_cache(maxsize=2 * 366)
def _day(month: int, day_of_month: int, _language: str | None) -> str:
    """A page names a few days some hundred times."""
    return _("%(month)d月%(day)d日") % {"month": month, "day": day_of_month}


@register.filter
def moment(value: datetime | None) -> str:
    """6月30日 18:00, in the time zone of the page. Missing: an empty string."""
    if value is None:
        return ""
    return f"{day(value)} {timezone.localtime(value):%H:%M}"


@register.filter
def weekday(value: date | datetime | None) -> str:
    """周三. Missing: an empty string."""
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return str(WEEKDAYS[local.weekday()])


def _word(kind: object) -> str:
    """GREEN, Light.GREEN or green: the key of a table above."""
    return str(getattr(kind, "name", kind)).lower()


def _no(lacking: bool) -> SafeString:
    return mark_safe(' class="no"') if lacking else mark_safe("")

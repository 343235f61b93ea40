"""The money of a project's year as a picture: the plan as a stepped line, what was done as bars.

Written by the server, widths as attributes, colours in the style sheet; the page has the same
numbers as a table.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongjian.interfaces.web.projects.money import WAN, YI
from gongjian.lib.rounding import rounded

LEFT, TOP, WIDE, HIGH, MONTHS = 44, 14, 588, 150, 12
STEP = WIDE / MONTHS
BAR = 22
SMALL = YI / 10  # what comes to less is drawn in 万元


class Chart(NamedTuple):
    """The picture, and the unit its axis is in."""

    svg: SafeString
    unit: str


def money_chart(planned: Sequence[Decimal | None], done: Sequence[Decimal | None]) -> Chart | None:
    """Both accumulated over the twelve months, in 亿元, small ones in 万元.

    Shapes: twelve amounts of 元 each, of the single months; one SVG element out.
    Missing: a month without a plan adds nothing to the line; a month nobody reported has no bar;
    None where no month has either.
    """
    plan, bars = _accumulated(planned), _accumulated(done)
    told = [amount for amount in (*plan, *bars) if amount is not None]
    if not told:
        return None
    one, unit = (WAN, _("万元")) if max(told) < SMALL else (YI, _("亿元"))
    top = _round_top(float(max(told) / one))

    def height(amount: Decimal) -> float:
        return max(HIGH * float(amount / one) / top, 0)

    reported = [month for month, amount in enumerate(done) if amount is not None]
    last = max(reported, default=-1)
    svg = format_html(
        '<svg class="pj-chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}</svg>',
        LEFT + WIDE + 8,
        TOP + HIGH + 24,
        _("累计计划和累计完成，%(unit)s") % {"unit": unit},
        _grid(top),
        format_html_join(
            "",
            '<rect class="a" x="{}" y="{}" width="{}" height="{}"/>',
            (
                (_n(LEFT + STEP * m + (STEP - BAR) / 2), _n(TOP + HIGH - height(bars[m] or YI * 0)),
                 BAR, _n(max(height(bars[m] or YI * 0), 1)))
                for m in reported
            ),
        ),
        _line([height(amount) for amount in plan if amount is not None]),
        _last(last, bars, one, height(bars[last] or YI * 0) if last >= 0 else 0),
    )  # fmt: skip
    return Chart(svg, unit)


def _accumulated(amounts: Sequence[Decimal | None]) -> list[Decimal | None]:
    """The running sum; None before anything was said."""
    whole: Decimal | None = None
    found = []
    for amount in amounts:
        if amount is not None:
            whole = amount if whole is None else whole + amount
        found.append(whole)
    return found


def _round_top(highest: float) -> float:
    """A round number above the highest value, so that four lines have round labels."""
    unit = 0.1
    while unit * 10 < highest:
        unit *= 10
    return next(unit * step for step in (1, 2, 4, 6, 8, 10) if unit * step >= highest)


def _grid(top: float) -> SafeString:
    lines = format_html_join(
        "",
        '<path class="ax" d="M{0} {1}h{2}"/><text class="y" x="{3}" y="{4}">{5}</text>',
        (
            (LEFT, _n(TOP + HIGH - HIGH * part / 4), WIDE, LEFT - 6,
             _n(TOP + HIGH - HIGH * part / 4 + 4), f"{top * part / 4:.4g}")
            for part in range(5)
        ),
    )  # fmt: skip
    months = format_html_join(
        "",
        '<text x="{}" y="{}">{}</text>',
        ((_n(LEFT + STEP * (m + 0.5)), TOP + HIGH + 18, m + 1) for m in range(MONTHS)),
    )
    return lines + months


def _line(heights: list[float]) -> SafeString | str:
    if not heights:
        return ""
    first = MONTHS - len(heights)
    points = " ".join(
        f"{_n(LEFT + STEP * (first + at + side))},{_n(TOP + HIGH - height)}"
        for at, height in enumerate(heights)
        for side in (0, 1)
    )
    return format_html('<polyline class="p" points="{}"/>', points)


def _last(
    month: int, bars: Sequence[Decimal | None], one: Decimal, height: float
) -> SafeString | str:
    """The amount above the last bar."""
    amount = bars[month] if month >= 0 else None
    if amount is None:
        return ""
    return format_html(
        '<text class="v" x="{}" y="{}">{}</text>',
        _n(LEFT + STEP * (month + 0.5)),
        _n(max(TOP + HIGH - height - 6, 10)),
        f"{rounded(amount / one, 2):,.2f}",
    )


def _n(value: float) -> str:
    return f"{value:.1f}"

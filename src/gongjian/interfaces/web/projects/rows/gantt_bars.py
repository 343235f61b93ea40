"""A row of the chart as SVG: for paper, for the phone, and where no script runs.

Places are percentages of the cell, so that no drawing is stretched and nothing needs a style.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongjian.flow.projects.queries import GanttRow

YEARS_BACK, YEARS_ON = 2, 4
QUARTERS_FIT = 12  # more of them are labelled by year
BUILDING = ("started", "completed")  # the ends of the dark bar; the other stages are marks


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day of a quarter to that of another."""

    first: date
    last: date

    @classmethod
    def over(cls, rows: Iterable[GanttRow], today: date) -> "Span":
        """What holds every bar and this year, within a few years of today."""
        year = (date(today.year, 1, 1), date(today.year, 12, 31))
        days = [*year, *(day for row in rows for day in _days(row))]
        low = max(min(days), date(today.year - YEARS_BACK, 1, 1))
        high = min(max(days), date(today.year + YEARS_ON, 12, 31))
        return cls(_quarter(low, 0), _quarter(high, 1))

    def place(self, day: date) -> float:
        """Per cent of the width, within the picture."""
        whole = (self.last - self.first).days
        return round(min(max((day - self.first).days / whole, 0.0), 1.0) * 100, 2)

    def ticks(self) -> list[tuple[float, str]]:
        """(place, label) of each quarter, or of each year where there are many quarters."""
        quarters, day = [], self.first
        while day < self.last:
            quarters.append(day)
            day = _quarter(day, 1)
        if len(quarters) > QUARTERS_FIT:
            quarters = [one for one in quarters if one.month == 1]
        return [(self.place(one), _label(one)) for one in quarters]


def axis(span: Span, today: date) -> SafeString:
    """The head of the column: quarters, and where today is."""
    ticks = format_html_join(
        "",
        '<line class="q" x1="{0}%" x2="{0}%" y1="4" y2="18"/>'
        '<text x="{0}%" dx="3" y="14">{1}</text>',
        span.ticks(),
    )
    return format_html(
        '<svg class="gt-svg gt-axis" width="100%" height="18" aria-hidden="true">{}'
        '<line class="now" x1="{}%" x2="{}%" y1="0" y2="18"/></svg>',
        ticks,
        span.place(today),
        span.place(today),
    )


def bars(row: GanttRow, span: Span, today: date) -> SafeString:
    """Planned now (light), as it went (dark), planned at first (dashed), stages as marks."""
    pieces = [_grid(span)]
    if row.begin.day and row.finish.day:
        pieces.append(_bar("plan", 4, 12, span, row.begin.day, row.finish.day))
    elif one := row.begin.day or row.finish.day:
        pieces.append(_bar("plan", 4, 12, span, one, one))
    began, over = row.went
    if began and began <= today:
        pieces.append(_bar("real", 7, 6, span, began, over or today))
    if row.moved:
        pieces.append(_first(row, span))
    marks = [(span.place(day),) for stage, day in row.reached if stage not in BUILDING]
    pieces.append(
        format_html_join("", '<rect class="mark" x="{}%" y="2" width="3" height="16"/>', marks)
    )
    now = span.place(today)
    return format_html(
        '<svg class="gt-svg" width="100%" height="20" role="img" aria-label="{}">{}'
        '<line class="now" x1="{}%" x2="{}%" y1="0" y2="20"/></svg>',
        said(row),
        format_html_join("", "{}", ((piece,) for piece in pieces)),
        now,
        now,
    )


def said(row: GanttRow) -> str:
    """What the bars show, in words."""
    began, over = row.went
    parts = [
        _("计划 %(begin)s 至 %(end)s")
        % {"begin": row.begin.day or _("未定"), "end": row.finish.day or _("未定")},
        _("开工 %(day)s") % {"day": began} if began else _("未开工"),
        _("竣工 %(day)s") % {"day": over} if over else "",
        _("改 %(n)s 次") % {"n": row.moved} if row.moved else "",
    ]
    return _("，").join(part for part in parts if part)


def _first(row: GanttRow, span: Span) -> SafeString:
    ends = [day for day in (row.begin.first, row.finish.first) if day]
    if not ends:
        return SafeString("")
    low, high = span.place(min(ends)), span.place(max(ends))
    return format_html(
        '<line class="was" x1="{}%" x2="{}%" y1="18.5" y2="18.5"/>'
        '<circle class="was" cx="{}%" cy="18" r="1.5"/>',
        low,
        high,
        low,
    )


def _bar(kind: str, top: int, height: int, span: Span, begin: date, end: date) -> SafeString:
    low, high = span.place(min(begin, end)), span.place(max(begin, end))
    return format_html(
        '<rect class="{}" x="{}%" width="{}%" y="{}" height="{}"/>',
        kind,
        low,
        round(max(high - low, 0.4), 2),
        top,
        height,
    )


def _grid(span: Span) -> SafeString:
    return format_html_join(
        "",
        '<line class="q" x1="{0}%" x2="{0}%" y1="0" y2="20"/>',
        ((place,) for place, _label_ in span.ticks()),
    )


def _days(row: GanttRow) -> Iterable[date]:
    planned = (row.begin, row.finish)
    yield from (day for one in planned for day in (one.day, one.first) if day)
    yield from (day for _stage, day in row.reached)


def _quarter(day: date, later: int) -> date:
    """The first day of the quarter of a day, or of one some quarters later."""
    at = day.year * 4 + (day.month - 1) // 3 + later
    return date(at // 4, at % 4 * 3 + 1, 1)


def _label(day: date) -> str:
    if day.month == 1:
        return _("%(year)s年") % {"year": day.year}
    return _("%(month)s月") % {"month": day.month}

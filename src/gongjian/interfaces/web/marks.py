"""Micro graphics as SVG: rate bar, stack of lights, trend line.

Widths are attributes and colours stand in the style sheet, so nothing here needs an inline style.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Number = Decimal | float | int

BAR_END = 120  # a bar stops at 120 %; the number beside it is never clamped
TICK = 1.4
COLUMN = 26  # room for one column and its label


def rate_bar(actual: Number | None, expected: Number | None, *, end: int = BAR_END) -> SafeString:
    """A bar for what is done with a tick for what should be.

    Shapes: two fractions of the target in, one SVG element out.
    Units: 1 is the whole target.
    Missing: None draws no bar or no tick; 0 draws an empty bar only where 0 was reported.
    Errors: none; below 0 is drawn as 0, above `end` per cent as `end`.
    """
    done = None if actual is None else _clamp(float(actual) * 100, end)
    due = None if expected is None else _clamp(float(expected) * 100, end)
    return format_html(
        '<svg class="g-mb" viewBox="0 0 {} 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="t" y="2" width="100" height="6"/>{}{}</svg>',
        end,
        "" if done is None else _fill(done),
        "" if due is None else _tick(due, end),
    )


def light_stack(green: int, yellow: int, red: int, grey: int) -> SafeString:
    """The counts of four lights as one bar, in this order; an empty count takes no room.

    Shapes: four counts in, one SVG element out; nothing counted gives an empty track.
    Units: items.
    """
    counts = ((green, "lg"), (yellow, "ly"), (red, "lr"), (grey, "ln"))
    total = green + yellow + red + grey
    parts, at = [], 0.0
    for count, kind in counts:
        width = 100 * count / total if total else 0
        if count:
            parts.append((kind, _n(at), _n(max(width - 0.8, 0.4))))
        at += width
    return format_html(
        '<svg class="g-mb" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        "{}{}</svg>",
        "" if total else format_html('<rect class="t" y="1" width="{}" height="8"/>', 100),
        format_html_join("", '<rect class="{}" x="{}" y="1" width="{}" height="8"/>', parts),
    )


def trend_line(values: Sequence[Number | None], *, width: int = 84, height: int = 22) -> SafeString:
    """The values of the last periods as a line with a dot on the latest.

    Shapes: one value a period, oldest first.
    Missing: None breaks the line; a missing last value is drawn as a hollow dot.
    Errors: none; fewer than one value gives an empty picture.
    """
    return format_html(
        '<svg class="g-sp" width="{}" height="{}" viewBox="0 0 {} {}" aria-hidden="true">'
        "{}{}</svg>",
        width,
        height,
        width,
        height,
        format_html_join(
            "",
            '<polyline points="{}"/>',
            ((" ".join(run),) for run in _runs(_points(values, width, height))),
        ),
        _last_dot(values, width, height),
    )


def column_chart(columns: Sequence[tuple[str, Number | None, str]]) -> SafeString:
    """The last periods as columns with their labels; the page has the same numbers as a table.

    Shapes: (label, value, kind) a period, oldest first; kind is past, now or open.
    Units: the target's own; columns start at 0.
    Missing: None leaves a gap. Errors: none; a value below 0 is drawn as 0.
    """
    top = max((float(value) for _label, value, _kind in columns if value is not None), default=0)
    return format_html(
        '<svg class="g-col" viewBox="0 0 {} 132" aria-hidden="true">'
        '<path class="ax" d="M0 110.5h{}"/>{}</svg>',
        COLUMN * len(columns),
        COLUMN * len(columns),
        format_html_join(
            "",
            "{}",
            ((_column(i, *column, top=top or 1),) for i, column in enumerate(columns)),
        ),
    )


def _column(at: int, label: str, value: Number | None, kind: str, *, top: float) -> SafeString:
    middle = COLUMN * at + COLUMN / 2
    word = format_html('<text x="{}" y="126">{}</text>', _n(middle), label)
    if value is None:
        return word
    height = 90 * max(float(value), 0) / top
    return word + format_html(
        '<rect class="{}" x="{}" y="{}" width="12" height="{}"/>',
        kind,
        _n(middle - 6),
        _n(110 - height),
        _n(height),
    )


def _points(
    values: Sequence[Number | None], width: int, height: int
) -> list[tuple[float, float] | None]:
    known = [float(value) for value in values if value is not None]
    if not known:
        return [None] * len(values)
    low, spread = min(known), max(known) - min(known)
    step, room = (width - 6) / max(len(values) - 1, 1), height - 6

    def place(i: int, value: float) -> tuple[float, float]:
        share = (value - low) / spread if spread else 0.5
        return 3 + i * step, 3 + room * (1 - share)

    return [None if value is None else place(i, float(value)) for i, value in enumerate(values)]


def _runs(points: Sequence[tuple[float, float] | None]) -> list[list[str]]:
    """The stretches without a gap, each as the text of its points."""
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{_n(point[0])},{_n(point[1])}")
    return [run for run in runs if len(run) > 1]


def _last_dot(values: Sequence[Number | None], width: int, height: int) -> SafeString | str:
    points = _points(values, width, height)
    known = [point for point in points if point is not None]
    if not known:
        return ""
    dot = format_html('<circle cx="{}" cy="{}" r="2.2"/>', _n(known[-1][0]), _n(known[-1][1]))
    if points[-1] is not None:
        return dot
    return dot + format_html(
        '<circle class="gap" cx="{}" cy="{}" r="2.4"/>', _n(width - 3.0), _n(known[-1][1])
    )


def _fill(done: float) -> SafeString:
    return format_html('<rect class="a" y="2" width="{}" height="6"/>', _n(done))


def _tick(due: float, end: int) -> SafeString:
    left = min(max(due - TICK / 2, 0), end - TICK)
    return format_html('<rect class="e" x="{}" width="{}" height="10"/>', _n(left), _n(TICK))


def _clamp(value: float, end: int) -> float:
    return min(max(value, 0.0), float(end))


def _n(value: float) -> str:
    """One decimal is finer than a pixel here, and keeps pages small."""
    return f"{value:.1f}"

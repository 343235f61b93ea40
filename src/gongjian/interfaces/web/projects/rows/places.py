"""The map of the townships as SVG: outlines that were brought, or tiles; five steps of one blue."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongjian.flow.projects.queries import Placed, PlaceRow
from gongjian.interfaces.web.projects.money import money
from gongjian.interfaces.web.projects.rows.asked import ListAsked
from gongjian.interfaces.web.projects.rows.rates import number_shown
from gongjian.interfaces.web.tags import percent

STEPS, DARK = 5, 4
TILE, GAP = 128, 6
COUNT, AMOUNT = "count", "amount"


@dataclass(frozen=True, slots=True)
class Shown:
    """One township under a measure: its number, as it is written, and how dark it is (0: none)."""

    row: PlaceRow
    value: Decimal | None
    words: str
    beside: str
    step: int
    url: str  # of the same projects: of the list, on the day, of the township


@dataclass(frozen=True, slots=True)
class Measure:
    """What the map is coloured by: a count, a sum, or a rate by its code."""

    code: str
    label: str

    def value(self, row: PlaceRow) -> Decimal | None:
        if self.code == COUNT:
            return Decimal(row.count)
        if self.code == AMOUNT:
            return row.amount if row.count > row.unknown else None
        return row.rates[self.code].rate

    def words(self, row: PlaceRow) -> tuple[str, str]:
        """The number, and for a rate its two numbers."""
        if self.code == COUNT:
            return _("%(n)s 个") % {"n": row.count}, ""
        if self.code == AMOUNT:
            return money(self.value(row)) or "—", ""
        rate = row.rates[self.code]
        two = (number_shown(rate, rate.numerator), number_shown(rate, rate.denominator))
        return percent(rate.rate), f"{two[0]}/{two[1]}" if rate.denominator else ""

    @property
    def is_rate(self) -> bool:
        return self.code not in (COUNT, AMOUNT)


def measures_of(rows: Sequence[PlaceRow]) -> list[Measure]:
    """What a map can be coloured by: the definitions in force say which rates there are."""
    rates = rows[0].rates.values() if rows else ()
    return [
        Measure(COUNT, _("项目数")),
        Measure(AMOUNT, _("总投资")),
        *(Measure(rate.code, rate.name) for rate in rates),
    ]


def shown_by(
    measure: Measure, rows: Sequence[PlaceRow], asked: ListAsked
) -> tuple[list[Shown], list[str]]:
    """Every township with its shade, and the words of the shades from light to dark."""
    values = [value for row in rows if (value := measure.value(row)) is not None]
    top = Decimal(1) if measure.is_rate else max(values, default=Decimal(0))
    shown = []
    for row in rows:
        words, beside = measure.words(row)
        value = measure.value(row)
        shown.append(Shown(row, value, words, beside, _step(value, top), _address(row, asked)))
    return shown, _legend(measure, top)


def picture(shown: Sequence[Shown], where: Placed) -> SafeString:
    """The townships that have a place, each a link to its page."""
    by_code = {one.row.code: one for one in shown}
    if where.outlines:
        width, height = 720.0, where.height
        parts = [_outline(by_code[code], rings) for code, rings in where.rings.items()]
        names = [_name(by_code[code], *_middle(rings)) for code, rings in where.rings.items()]
    else:
        columns = max((column for column, _row in where.cells.values()), default=0) + 1
        lines = max((row for _column, row in where.cells.values()), default=0) + 1
        width, height = float(columns * (TILE + GAP)), float(lines * (TILE * 0.62 + GAP))
        parts = [_tile(by_code[code], *cell) for code, cell in where.cells.items()]
        names = []
    return format_html(
        '<svg class="mp" viewBox="-2 -2 {} {}" role="group" aria-label="{}">{}{}</svg>',
        width + 4,
        height + 4,
        _("镇街示意图"),
        format_html_join("", "{}", ((part,) for part in parts)),
        format_html_join("", "{}", ((name,) for name in names)),
    )


def _tile(one: Shown, column: int, row: int) -> SafeString:
    x, y = column * (TILE + GAP), round(row * (TILE * 0.62 + GAP), 1)
    number, _space, unit = one.words.partition(" ")
    return format_html(
        '<a href="{}"><title>{}</title><rect class="s{}" x="{}" y="{}" width="{}" height="{}"/>'
        '<g{}><text class="n" x="{}" y="{}">{}</text>'
        '<text class="v" x="{}" y="{}">{}<tspan class="u"> {}</tspan></text>'
        '<text class="b" x="{}" y="{}">{}</text></g></a>',
        one.url, _said(one), one.step, x, y, TILE, round(TILE * 0.62, 1),
        _pen(one), x + 10, y + 22, one.row.name, x + 10, y + 47, number, unit,
        x + 10, y + 68, one.beside,
    )  # fmt: skip


def _outline(one: Shown, rings: Sequence[Sequence[tuple[float, float]]]) -> SafeString:
    drawn = " ".join("M" + " ".join(f"{x},{y}" for x, y in ring) + "Z" for ring in rings)
    return format_html(
        '<a href="{}"><title>{}</title><path class="s{}" fill-rule="evenodd" d="{}"/></a>',
        one.url, _said(one), one.step, drawn,
    )  # fmt: skip


def _name(one: Shown, x: float, y: float) -> SafeString:
    return format_html(
        '<g{0}><text class="n c" x="{1}" y="{2}">{3}</text>'
        '<text class="b c" x="{1}" y="{4}">{5}</text></g>',
        _pen(one), round(x, 1), round(y, 1), one.row.name, round(y + 17, 1), one.words,
    )  # fmt: skip


def _middle(rings: Sequence[Sequence[tuple[float, float]]]) -> tuple[float, float]:
    """The middle of the largest ring's box."""
    boxes = [
        (min(x for x, _y in r), max(x for x, _y in r), min(y for _x, y in r), max(y for _x, y in r))
        for r in rings
    ]
    west, east, north, south = max(boxes, key=lambda b: (b[1] - b[0]) * (b[3] - b[2]))
    return (west + east) / 2, (north + south) / 2


def _pen(one: Shown) -> SafeString:
    """White on the dark steps."""
    return SafeString(' class="w"' if one.step >= DARK else "")


def _address(row: PlaceRow, asked: ListAsked) -> str:
    """The list itself, as of the day: the page of the unit shows the whole register of today."""
    if asked.listed is None:
        return reverse("projects")
    where = {"on": asked.day.isoformat(), **({"township": row.name} if row.uid else {})}
    return f"{reverse('project_list', args=[asked.listed.uid])}?{urlencode(where)}"


def _said(one: Shown) -> str:
    return _("，").join(part for part in (one.row.name, one.words, one.beside) if part)


def _step(value: Decimal | None, top: Decimal) -> int:
    """0 where nothing is known or there is nothing; else one of five equal steps up to the top."""
    if not value or not top:
        return 0
    return min(int(value / top * STEPS) + 1, STEPS) if value < top else STEPS


def _legend(measure: Measure, top: Decimal) -> list[str]:
    if not top:
        return []
    if measure.is_rate:
        return [f"{n * 20}–{n * 20 + 20}%" for n in range(STEPS - 1)] + [_("80% 以上")]
    ends = [top * n / STEPS for n in range(STEPS + 1)]
    if measure.code == AMOUNT:
        return [_("到 %(sum)s") % {"sum": money(end)} for end in ends[1:]]
    return [_("到 %(n)s 个") % {"n": f"{end:.0f}"} for end in ends[1:]]

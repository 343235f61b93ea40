"""The columns of the list: what each is called, and its cell, written once as markup.

A row of twelve cells by the template costs a millisecond in twenty; by these it costs none worth
counting. Whatever a person typed is escaped here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Precision
from gongjian.flow.projects.models import Category, Nature, PlanClass, Standing
from gongjian.flow.projects.queries import LineRow, stage_label
from gongjian.interfaces.web.marks import rate_bar
from gongjian.interfaces.web.projects.money import WAN, YI
from gongjian.lib.rounding import rounded

DASH = '<span class="g-3">—</span>'
NEXT = {
    "planned_start": gettext_lazy("开工"),
    "planned_finish": gettext_lazy("竣工"),
    "planned_production": gettext_lazy("投产"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all cells of a page have in common: the day, the unit of money, how dense it is."""

    on: date
    unit: str
    dense: bool
    next: dict[str, str] = field(
        default_factory=lambda: {kind: str(label) for kind, label in NEXT.items()}
    )

    def money(self, amount: Decimal | None) -> str:
        """An amount in the unit of the page, two decimals. Missing: an empty string."""
        if amount is None:
            return ""
        shown = rounded(amount / (YI if self.unit == "yi" else WAN), 2)
        return "<0.01" if amount and not shown else f"{shown:,.2f}"


Cell = Callable[[LineRow, "Sheet"], str]
Shown = tuple[Cell, str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, whether it is money or a number, its key to sort by, its cell.

    `phone` is its label on a narrow screen; None leaves it out there, "" writes none.
    """

    title: Promise
    cell: Cell
    money: bool = False
    number: bool = False
    sort: str = ""
    phone: Promise | str | None = None

    @property
    def right(self) -> bool:
        return self.money or self.number


def rows_markup(rows: Sequence[LineRow], columns: Sequence[str], sheet: Sheet) -> SafeString:
    """The rows of the table: the tick, the name, then the columns that were chosen."""
    shown = [_shown(COLUMNS[key]) for key in columns]
    tick = _("选")
    return mark_safe("".join(_row(row, shown, tick, sheet) for row in rows))  # escaped below


def _shown(column: Column) -> Shown:
    """A column as its rows use it: its cell, how one begins, and one that says nothing, which is
    left out on a narrow screen."""
    opened = '<td class="g-num"' if column.right else "<td"
    if column.phone is None:
        return column.cell, f"{opened} data-e", f"{opened} data-e>{DASH}</td>"
    labelled = f'{opened} data-l="{column.phone}"' if column.phone else opened
    return column.cell, labelled, f"{opened} data-e>{DASH}</td>"


def _row(
    row: LineRow,
    shown: Sequence[Shown],
    tick: str,
    sheet: Sheet,
) -> str:
    name = escape(row.project__name)
    cells = "".join(
        f"{opened}>{text}</td>" if (text := cell(row, sheet)) else empty
        for cell, opened, empty in shown
    )
    return (
        f'<tr><td class="tight no-print" data-e><input class="form-check-input" type="checkbox"'
        f' name="with" value="{row.project__uid}" aria-label="{tick} {name}"></td>'
        f"<td data-w>{_name(row, name, sheet)}</td>{cells}</tr>"
    )


def _name(row: LineRow, name: str, sheet: Sheet) -> str:
    link = f'<a class="nm" href="/projects/{row.project__uid}/">{name}</a>'
    if row.standing != Standing.ACTIVE:
        link += f' <span class="g-tag g-tag-y">{Standing(row.standing).label}</span>'
    if sheet.dense:
        return link
    code = escape(row.project__code) or f'<span class="g-warn">{_("未赋码")}</span>'
    return f'{link}<span class="sub">{code}</span>'


def _stage(row: LineRow, _sheet: Sheet) -> str:
    if not row.stage:
        return f'<span class="g-3">{_("未填阶段")}</span>'
    return _at(row.stage, row.steps, row.way, get_language() or "")


@lru_cache(maxsize=512)
def _at(stage: str, steps: int, way: int, _language: str) -> str:
    return f'<span class="pj-at">{_steps(steps, way)}{stage_label(stage)}</span>'


def _steps(done: int, way: int) -> str:
    """The way as small boxes: those behind full, the one it stands at outlined."""
    boxes = "".join(
        f'<rect class="{"a" if at < done else "n" if at == done else "t"}"'
        f' x="{at * 12 + 1}" y="1" width="9" height="6"/>'
        for at in range(way)
    )
    width = way * 12
    return (
        f'<svg class="pj-way" width="{width}" height="8" viewBox="0 0 {width} 8"'
        f' aria-hidden="true">{boxes}</svg>'
    )


def _done(row: LineRow, sheet: Sheet) -> str:
    if row.year_done is not None:
        return sheet.money(row.year_done)
    return f'<span class="g-none">{_("未报")}</span>'


def _rate(row: LineRow, _sheet: Sheet) -> str:
    if row.year_done is None or not row.year_plan:
        return ""
    rate = row.year_done / row.year_plan
    bar = _bar(int(min(rate, Decimal(2)) * 100))
    return (
        f'<span class="g-rate"><span class="g-rate-w">{bar}</span>'
        f'<span class="g-num">{rounded(rate * 100, 1):,}%</span></span>'
    )


@lru_cache(maxsize=256)
def _bar(percent: int) -> str:
    return str(rate_bar(percent / 100, None))


def _next(row: LineRow, sheet: Sheet) -> str:
    if row.next_day is None:
        return ""
    parts = [sheet.next[row.next_kind]]
    if row.next_old is not None:
        old = span_short(row.next_old, row.next_old_precision)
        parts.append(f'<s class="g-3">{old}</s>')
    parts.append(span_short(row.next_day, row.next_precision))
    if row.due is not None and row.due < sheet.on:
        parts.append(f'<span class="g-warn-r">{_("已过")}</span>')
    return " ".join(parts)


def span_short(day: date | None, precision: str) -> str:
    """A planned date as exactly as it was given, as short as a column: 2020-06中旬."""
    if day is None:
        return ""
    match precision:
        case Precision.YEAR:
            return _("%(year)s年底") % {"year": day.year}
        case Precision.HALF:
            half = _("%(year)s年上半年") if day.month <= 6 else _("%(year)s年下半年")
            return half % {"year": day.year}
        case Precision.QUARTER:
            said = {"year": day.year, "quarter": (day.month + 2) // 3}
            return _("%(year)s年%(quarter)s季度") % said
        case Precision.TEN_DAY:
            third = _("上旬") if day.day <= 10 else _("中旬") if day.day <= 20 else _("下旬")
            return f"{day:%Y-%m}{third}"
        case Precision.DAY | "":
            return day.isoformat()
        case _:
            return f"{day:%Y-%m}"


def _sponsor(row: LineRow, _sheet: Sheet) -> str:
    if row.sponsor:
        return escape(row.sponsor)
    return f'{escape(row.post)}<span class="g-warn">{_("空缺")}</span>' if row.post else ""


def _label(choices: type, value: str) -> str:
    return str(choices(value).label) if value else ""


COLUMNS = {
    "code": Column(
        gettext_lazy("项目代码"), lambda r, _s: escape(r.project__code), sort="code"
    ),
    "township": Column(
        gettext_lazy("属地"), lambda r, _s: escape(r.project__township__short_name or ""),
        sort="township", phone="",
    ),
    "stage": Column(gettext_lazy("阶段"), _stage, sort="stage", phone=""),
    "stage_day": Column(
        gettext_lazy("阶段日期"), lambda r, _s: r.stage_day.isoformat() if r.stage_day else "",
        sort="stage_day",
    ),
    "total": Column(
        gettext_lazy("总投资"), lambda r, s: s.money(r.total), money=True, sort="total",
        phone=gettext_lazy("总投资"),
    ),
    "year_plan": Column(
        gettext_lazy("年计划"), lambda r, s: s.money(r.year_plan), money=True, sort="year_plan",
        phone=gettext_lazy("年计划"),
    ),
    "year_done": Column(
        gettext_lazy("累计完成"), _done, money=True, sort="year_done",
        phone=gettext_lazy("完成"),
    ),
    "rate": Column(gettext_lazy("完成率"), _rate, sort="rate", phone=""),
    "next": Column(gettext_lazy("下一节点"), _next, sort="next", phone=""),
    "moves": Column(
        gettext_lazy("调整次数"), lambda r, _s: str(r.moves or ""), number=True, sort="moves",
        phone=gettext_lazy("日期调整"),
    ),
    "sponsor": Column(gettext_lazy("包靠领导"), _sponsor, phone=gettext_lazy("包靠")),
    "lead": Column(
        gettext_lazy("牵头单位"), lambda r, _s: escape(r.lead or ""), phone=gettext_lazy("牵头")
    ),
    "plan_class": Column(
        gettext_lazy("类别"), lambda r, _s: _label(PlanClass, r.plan_class), sort="plan_class"
    ),
    "action": Column(
        gettext_lazy("所属行动"), lambda r, _s: escape(r.project__action__name or ""),
        sort="action",
    ),
    "category": Column(
        gettext_lazy("项目类别"), lambda r, _s: _label(Category, r.project__category)
    ),
    "nature": Column(gettext_lazy("建设性质"), lambda r, _s: _label(Nature, r.project__nature)),
    "industry": Column(
        gettext_lazy("行业"), lambda r, _s: escape(r.project__industry), sort="industry"
    ),
    "owner": Column(
        gettext_lazy("建设单位"), lambda r, _s: escape(r.project__owner), sort="owner"
    ),
    "planned_start": Column(
        gettext_lazy("计划开工"),
        lambda r, _s: span_short(r.project__planned_start, r.project__planned_start_precision),
        sort="planned_start",
    ),
    "planned_finish": Column(
        gettext_lazy("计划竣工"),
        lambda r, _s: span_short(r.project__planned_finish, r.project__planned_finish_precision),
        sort="planned_finish",
    ),
    "last_month": Column(
        gettext_lazy("最近填报"), lambda r, _s: r.last_month, sort="last_month"
    ),
    "standing": Column(
        gettext_lazy("状态"), lambda r, _s: _label(Standing, r.standing), sort="standing"
    ),
}  # fmt: skip
DEFAULT = (
    "township", "stage", "total", "year_plan", "year_done", "rate", "next", "sponsor", "lead",
)  # fmt: skip
# The columns of a file where they have other names than those of the list.
TAKEN = {
    "stage": ("stage_label",),
    "total": ("total_investment",),
    "year_plan": ("year_plan_investment",),
    "year_done": ("year_done_investment",),
    "rate": ("share_of_plan",),
    "next": ("next_node",),
    "sponsor": ("sponsor", "sponsor_post"),
    "lead": ("lead_unit",),
    "standing": ("standing_label",),
}

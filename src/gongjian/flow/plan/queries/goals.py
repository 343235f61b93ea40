"""How a goal of the plan is written, and how a date is."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.engine.ledger import day_of, goal_of
from gongjian.flow.plan.models import Precision
from gongjian.lib.refusals import Refused
from gongjian.lib.rounding import written

SIGNS = {">=": "≥", "<=": "≤", "~": "≈"}
MIDDLE = 15


def written_goal(
    comparator: str, value: Decimal | None, value_max: Decimal | None, unit: str, factor: Decimal
) -> str:
    """What is aimed at, as the plan writes it: ≥60 个, =300 个; 未定 without a value."""
    if value is None:
        return _("未定")
    low = written(value / factor)
    if value_max is not None:
        low = f"{low}—{written(value_max / factor)}"
    return f"{SIGNS.get(comparator, comparator)}{low} {unit}".strip()


def written_amount(value: Decimal | None, unit: str, factor: Decimal) -> str:
    """A value in its written unit; — where there is none."""
    return "—" if value is None else f"{written(value / factor)} {unit}".strip()


def written_day(day: date, precision: str) -> str:
    """A planned date as exactly as it was given: 2020年6月底, 6月中旬, 二季度末."""
    values = {"year": day.year, "month": day.month, "day": day.day}
    if precision == Precision.YEAR:
        return _("%(year)s年底") % values
    if precision == Precision.HALF:
        half = _("%(year)s年上半年") if day.month <= 6 else _("%(year)s年下半年")
        return half % values
    if precision == Precision.QUARTER:
        return _("%(year)s年%(quarter)s季度末") % (values | {"quarter": (day.month + 2) // 3})
    if precision == Precision.MONTH:
        return _("%(year)s年%(month)s月底") % values
    if precision == Precision.TEN_DAY:
        third = _("上旬") if day.day < MIDDLE else _("中旬") if day.day <= 20 else _("下旬")
        return _("%(year)s年%(month)s月%(third)s") % (values | {"third": third})
    return _("%(year)s年%(month)s月%(day)s日") % values


def read_day(text: str, year: int) -> tuple[date, str]:
    """A date as people type it, with its precision. Refused: plan.day."""
    found = day_of(text, year)
    if found is None:
        raise Refused(
            "plan.day",
            _("时限“%(text)s”看不懂，或没有这一天。写成 2020-06-30、6月底、6月中旬或二季度。")
            % {"text": text.strip()[:20]},
        )
    return found


def read_amount(text: str) -> tuple[Decimal | None, Decimal | None]:
    """A value, or a range as 6—8; nothing where nothing is typed. Refused: plan.value."""
    if not text.strip():
        return None, None
    found = goal_of(text)
    if found is None or found.unit or found.sign:
        raise Refused(
            "plan.value",
            _("“%(text)s”不是数字。只填数，例如 140 或 6—8；单位和比较另外填。")
            % {"text": text.strip()[:20]},
        )
    return found.low, found.high

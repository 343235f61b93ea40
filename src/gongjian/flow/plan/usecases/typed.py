"""What a reviewer types into a finding, as the plain values that are kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engine.extract.deadlines import Frame, last_day, periods
from gongjian.engine.extract.view import normalise
from gongjian.flow.plan import rules
from gongjian.flow.plan.models import Candidate, Precision, Target
from gongjian.flow.plan.queries import EDITABLE, precision_of
from gongjian.lib.refusals import Refused
from gongjian.lib.units import dimension_of

COMPARATORS = (">=", "<=", "=", "~", "+%", "-%")
PARTS = re.compile(r"[、，,；;\s]+")
TEN_DAYS = (10, 20)
PLACES = 6  # after the point


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a finding: its kind, the fields as they stand, the year of its plan."""

    kind: str
    held: Mapping[str, Any]
    year: int

    def checked(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """The typed fields as plain values; whatever makes no sense is named.

        Refused: candidate.field.
        """
        kept = {name: typed[name] for name in EDITABLE[self.kind] if name in typed}
        _check_named(self.kind, {**self.held, **kept})
        if self.kind == Candidate.Kind.TARGET:
            kept |= _checked_value({**self.held, **kept})
        for name in rules.UNITS:
            if name in kept:
                kept[name] = _names(kept[name])
        rules.check_fits(kept)
        return kept | _checked_time(self.held, kept, year=self.year)


def _check_named(kind: str, fields: Mapping[str, Any]) -> None:
    name = {"action": "name", "target": "metric"}.get(kind, "text")
    if not str(fields.get(name) or "").strip():
        raise Refused("candidate.field", _("名称不能空着。"))


def _names(typed: object) -> list[str]:
    """市发改局、市财政局 as a list; a list stays one."""
    parts = typed if isinstance(typed, list | tuple) else PARTS.split(str(typed))
    return [str(part).strip() for part in parts if str(part).strip()]


def _checked_value(fields: Mapping[str, Any]) -> dict[str, Any]:
    value = _number(fields.get("value", ""))
    maximum, base = (
        _number(fields[name]) if str(fields.get(name) or "").strip() else None
        for name in ("value_max", "base_value")
    )
    if value is None:
        raise Refused("candidate.field", _("还没有填数值。"))
    if maximum is not None and maximum <= value:
        raise Refused("candidate.field", _("区间的上限要比下限大。"))
    kinds = {kind.value for kind in Target.Kind}
    if fields.get("kind") and fields["kind"] not in kinds:
        raise Refused("candidate.field", _("没有这种目标类型。"))
    if fields.get("comparator") not in COMPARATORS:
        raise Refused("candidate.field", _("没有这种比较方式。"))
    factor = dimension_of(str(fields.get("unit", "")))[1]
    return {
        "value": format(value, "f"),
        "value_base": format(value * factor, "f"),
        "value_max": None if maximum is None else format(maximum, "f"),
        **({} if base is None and not fields.get("base_value") else {"base_value": _text(base)}),
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _number(typed: object) -> Decimal | None:
    text = normalise(str(typed)).replace(",", "").replace("，", "").strip()
    try:
        number = Decimal(text)
    except InvalidOperation as wrong:
        sentence = _("数值“%(value)s”不是数字，例如填 140。") % {"value": typed}
        raise Refused("candidate.field", sentence) from wrong
    if not number.is_finite() or abs(number) >= rules.LARGEST:
        raise Refused("candidate.field", _("数值太大，请核对单位。"))
    if number != round(number, PLACES):
        raise Refused("candidate.field", _("小数最多 %(places)s 位。") % {"places": PLACES})
    return number


def _checked_time(held: Mapping[str, Any], kept: Mapping[str, Any], *, year: int) -> dict[str, Any]:
    """Deadline or date, and the precision it is given with."""
    name = "date" if "date" in held or "date" in kept else "deadline"
    if name not in kept and not kept.get("precision"):
        return {}
    words = str(kept.get(name, held.get(name)) or "").strip()
    if not words and name == "deadline":
        return {name: None, "precision": ""}
    read, precision = _day(words, year=year)
    if name == "date" and words == held.get("date") and held.get("precision"):
        precision = Precision(held["precision"])
    asked = str(kept.get("precision") or "")
    if asked and asked not in Precision.values:
        raise Refused("candidate.field", _("没有这种时限精度。"))
    if asked and asked != precision and read != "annual":
        read, precision = _widened(date.fromisoformat(last_day(read) or ""), Precision(asked))
    if last := last_day(read):
        rules.check_in_years(date.fromisoformat(last), year=year)
    if name == "date":
        return {"date": last_day(read), "precision": precision.value}
    return {"deadline": read, "precision": precision.value}


def _day(words: str, *, year: int) -> tuple[str, Precision]:
    """A time as the reader writes it (2020-06, 2020-Q2) or as people do (6月底, 二季度)."""
    if words == "annual":
        return words, Precision.YEAR
    try:
        date.fromisoformat(last_day(words) or "")
    except ValueError as wrong:
        frame = Frame(first=year, last=year, stated=True)
        plain = normalise(words)
        found = [one for one in periods(plain, 0, len(plain), frame) if one.deadline]
        if len(found) == 1 and found[0].deadline:
            return found[0].deadline, Precision(found[0].precision)
        raise Refused(
            "candidate.field",
            _("时限“%(words)s”看不懂，写成 2020-06-30、2020-06 或 6月底。") % {"words": words},
        ) from wrong
    return words, precision_of(words)


def _widened(day: date, precision: Precision) -> tuple[str, Precision]:
    """The period of a precision in which a day lies, in the reader's notation."""
    ten = next((end for end in TEN_DAYS if day.day <= end), 0)
    written = {
        Precision.DAY: day.isoformat(),
        Precision.TEN_DAY: day.replace(day=ten).isoformat()
        if ten
        else str(last_day(f"{day:%Y-%m}")),
        Precision.MONTH: f"{day:%Y-%m}",
        Precision.QUARTER: f"{day.year}-Q{(day.month + 2) // 3}",
        Precision.HALF: f"{day.year}-H{(day.month + 5) // 6}",
        Precision.YEAR: str(day.year),
    }
    return written[precision], precision

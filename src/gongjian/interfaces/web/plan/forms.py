"""What was typed on the plan's pages, as plain values."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Precision
from gongjian.flow.plan.queries import read_amount, read_day
from gongjian.flow.plan.usecases import NodeWords
from gongjian.interfaces.web.acts import uids_named
from gongjian.lib.refusals import Refused

Given = Mapping[str, str]


def is_year(text: str) -> bool:
    """Whether it is a year that a plan could be of."""
    return text.isascii() and text.isdecimal() and len(text) == 4 and 2000 <= int(text) <= 2100


def year(text: str) -> int:
    """A year as it is typed. Refused: campaign.year."""
    if not is_year(text):
        raise Refused("campaign.year", _("年度写成四位数，例如 2020。"))
    return int(text)


def version(text: str) -> int:
    """The version a form was filled from. Refused: form.broken."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Refused("form.broken", _("表单不完整，请刷新页面再试。"))
    return int(text)


def uid(text: str) -> UUID:
    """The one row a form names. Refused: form.broken."""
    return uids_named([text])[0]


def share(text: str) -> Decimal | None:
    """60% or 0.6; nothing typed is not divided. Refused: alignment.share."""
    typed = text.strip().replace("％", "%")
    if not typed:
        return None
    try:
        number = Decimal(typed.removesuffix("%"))
    except InvalidOperation as wrong:
        raise Refused("alignment.share", _("承接份额写成 60%。")) from wrong
    if not number.is_finite():
        raise Refused("alignment.share", _("承接份额写成 60%。"))
    return number / 100 if typed.endswith("%") or number > 1 else number


def day(given: Given, name: str, of_year: int) -> tuple[date, str]:
    """A date with its precision; left empty it is the end of the year. Refused: plan.day."""
    typed = given.get(name, "").strip()
    return read_day(typed, of_year) if typed else (date(of_year, 12, 31), Precision.YEAR)


def node_words(given: Given, kind: str, of_year: int) -> NodeWords:
    """A target, task or milestone as it was typed. Refused: plan.day, plan.value, form.broken."""
    if kind not in ("target", "task", "milestone"):
        raise Refused("form.broken", _("表单不完整，请刷新页面再试。"))
    deadline, precision = day(given, "deadline", of_year)
    value, value_max = read_amount(given.get("value", ""))
    base, _most = read_amount(given.get("base", ""))
    return NodeWords(
        kind=kind,  # type: ignore[arg-type]
        name=given.get("name", ""),
        deadline=deadline,
        precision=precision,
        measures=given.get("measures", ""),
        definition=given.get("definition", ""),
        basis=given.get("basis", ""),
        qualifier=given.get("qualifier", ""),
        form=given.get("form", "flow"),
        source=given.get("source", "reported"),
        comparator=given.get("comparator", ">="),
        value=value,
        value_max=value_max,
        base_value=base,
        unit=given.get("unit", ""),
        numerator=given.get("numerator", ""),
        denominator=given.get("denominator", ""),
    )

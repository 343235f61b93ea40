"""A verdict in words: the rule with its arithmetic, nothing about anybody's effort."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.flow.plan.queries import TargetRow, written_goal
from gongjian.lib.rounding import rounded

LEVELS = ("growth", "rate")


def amount(value: Decimal | None, target: TargetRow) -> str:
    """A figure as the plan writes it: 58 个, 38.60 亿元; nothing reported is 未报."""
    if value is None:
        return _("未报")
    return f"{shown(value, target)} {target.unit}".strip()


def shown(value: Decimal, target: TargetRow) -> str:
    """The number alone, in the plan's unit, rounded half up."""
    return f"{rounded(value / target.factor, target.decimals):f}"


def goal(target: TargetRow) -> str:
    """What is aimed at, as the plan writes it: ≥60 个, =300 个, ≥1000 亿元."""
    return written_goal(
        target.comparator, target.value, target.value_max, target.unit, target.factor
    )


def percent_text(share: str | None, places: int = 1) -> str:
    """A fraction as 38.7%; — where there is none."""
    if share is None:
        return "—"
    return f"{rounded(Decimal(share) * 100, places):f}%"


def points(gap: str) -> str:
    """The size of a gap in percentage points, one place."""
    return f"{rounded(abs(Decimal(gap)), 1):f}"


def phrase_verdict(target: TargetRow, month: int, rule: str, numbers: Mapping[str, Any]) -> str:
    """Why this light: what was due, what is there, and which rule that met."""
    if numbers["grey"] != "NONE":
        return _grey(numbers["grey"], month)
    if numbers["unreported"]:
        return _("%(month)s 月期未报（%(rule)s）") % {"month": month, "rule": rule}
    actual = amount(_decimal(numbers["actual"]), target)
    expected = _decimal(numbers["expected"])
    if expected is None:
        return _("实际 %(actual)s") % {"actual": actual}
    values = {"month": month, "due": amount(expected, target), "actual": actual}
    if target.kind in LEVELS:
        facts = _("年度目标 %(due)s，实际 %(actual)s") % values
    elif target.comparator == "<=":
        facts = _("%(month)s 月底应控制在 %(due)s 以内，实际 %(actual)s") % values
    else:
        facts = _("%(month)s 月底应完成 %(due)s，实际 %(actual)s") % values
    return facts + _distance(target, numbers["gap_pp"]) + _ground(rule, numbers)


def _distance(target: TargetRow, gap: str | None) -> str:
    """How far behind or ahead, in the words of the target's kind."""
    if gap is None:
        return ""
    behind = Decimal(gap) < 0
    if target.kind in LEVELS:
        words = _("，差 %(pp)s 个百分点") if behind else _("，好于目标 %(pp)s 个百分点")
    elif target.comparator == "<=":
        words = _("，超出 %(pp)s 个百分点") if behind else _("，低于控制数 %(pp)s 个百分点")
    elif points(gap) == "0.0":
        words = _("，与序时持平")
    else:
        words = _("，落后 %(pp)s 个百分点") if behind else _("，超序时 %(pp)s 个百分点")
    return words % {"pp": points(gap)}


def _ground(rule: str, numbers: Mapping[str, Any]) -> str:
    """The rule that fired and its threshold."""
    if not rule:
        return ""
    measured = {
        "behind_pp": _("落后百分点"),
        "ratio": _("实际÷应完成"),
        "stuck_yellows": _("连续黄灯期数且差距未缩小"),
        "missed": _("连续未报期数"),
    }.get(numbers["measured"] or "", numbers["measured"] or "")
    sign = (numbers["bound"] or "").replace(">=", "≥").replace("<=", "≤")
    return _("（%(rule)s：%(measured)s %(bound)s）") % {
        "rule": rule,
        "measured": measured,
        "bound": sign,
    }


def _grey(reason: str, month: int) -> str:
    return {
        "NOT_REPORTED": _("%(month)s 月期还没有采信的数") % {"month": month},
        "NOT_DUE": _("未到期"),
        "SUSPENDED": _("暂缓"),
        "NOT_APPLICABLE": _("不适用"),
    }[reason]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)

"""The rules for lights as a reader sees them: what each looks at, and from where on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongjian.flow.judgement.models import RulePackVersion
from gongjian.flow.judgement.queries.judging import pack_in_force


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule of a pack in words; an empty colour is one it never gives."""

    code: str
    looks_at: str
    yellow: str
    red: str
    mark: str
    when: str


@dataclass(frozen=True, slots=True)
class PackCard:
    """The rules that hold on a day, with where they come from."""

    name: str
    source: str
    version: int
    since: date
    rules: tuple[RuleLine, ...]


def pack_card(day: date) -> PackCard:
    """The rules published for a day. Missing where none were."""
    return _card(pack_in_force(day))


def _card(pack: RulePackVersion) -> PackCard:
    return PackCard(
        name=pack.name,
        source=pack.source,
        version=pack.number,
        since=pack.valid_from,
        rules=tuple(_line(rule) for rule in pack.params["rules"]),
    )


def _line(rule: Mapping[str, Any]) -> RuleLine:
    return RuleLine(
        code=rule["code"],
        looks_at=_measure(rule["measure"]),
        yellow=_bound(rule.get("yellow")),
        red=_bound(rule.get("red")),
        mark=_bound(rule.get("mark")),
        when=_when(rule),
    )


def _measure(name: str) -> str:
    words = {
        "days_late": _("节点逾期（天）"),
        "behind_pp": _("落后序时（百分点）"),
        "ratio": _("完成数与应完成数之比"),
        "months_unstarted": _("未按计划开工（月）"),
        "months_unlisted": _("开工后未入统（月）"),
        "missed": _("连续未报（期）"),
        "stuck_yellows": _("连续黄灯且差距未缩小（期）"),
        "false_claim": _("核查不实"),
        "problem_days": _("重点问题超过承诺期限（工作日）"),
    }
    return words.get(name, name)


def _bound(text: str | None) -> str:
    return (text or "").replace(">=", "≥").replace("<=", "≤")


def _when(rule: Mapping[str, Any]) -> str:
    words = []
    if "from_month" in rule:
        words.append(_("%(month)s 月起") % {"month": rule["from_month"]})
    if "from_share" in rule:
        words.append(_("应完成不少于 %(share)s%%") % {"share": f"{rule['from_share'] * 100:g}"})
    return _("，").join(words)

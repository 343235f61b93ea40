"""A leader's part of the desk: the lights of the actions in care, and what is behind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.judgement.queries import ActionLine, Board, TargetLine, board_led_by
from gongjian.flow.progress.queries import PeriodRow, overdue
from gongjian.foundation.orgs.models import User
from gongjian.lib.days import local_day


@dataclass(frozen=True, slots=True)
class Led:
    """One action in care with the lights of its targets."""

    name: str
    url: str
    light: str
    unit: str
    lights: dict[str, int]


@dataclass(frozen=True, slots=True)
class Late:
    """One target that is behind, with the rule that says so."""

    name: str
    url: str
    light: str
    unit: str
    value: str | None
    why: str


def led_parts(reader: User, period: PeriodRow | None, *, at: datetime) -> dict[str, Any]:
    """Nothing for who leads no action."""
    found = board_led_by(reader, period.key, on=local_day(at)) if period else None
    if period is None or found is None:
        return {"led": [], "late": []}
    late = [target for target in found.targets if target.light in ("red", "yellow")]
    late.sort(key=lambda target: target.light != "red")
    return {
        "led": [_led(line) for line in found.actions],
        "overdue": overdue([line.action.pk for line in found.actions], on=local_day(at)),
        "late": [_late(target) for target in late],
        "led_hero": _hero(found, period),
    }


def _led(line: ActionLine) -> Led:
    return Led(
        name=f"{line.action.seq} {line.action.name}",
        url=reverse("plan") + f"#a{line.action.seq}",
        light=line.light,
        unit=line.lead,
        lights=line.lights,
    )


def _late(target: TargetLine) -> Late:
    return Late(
        name=target.target.metric,
        url=reverse("target", args=[target.target.uid]),
        light=target.light,
        unit=target.lead,
        value=target.actual,
        why=target.sentence,
    )


def _hero(found: Board, period: PeriodRow) -> tuple[str, str, str, str]:
    if not found.targets:
        title = _("你牵头的 %(n)s 个行动没有数字目标") % {"n": len(found.actions)}
        return title, _("任务和节点的进展在进度里看。"), _("看进度"), reverse("progress")
    title = _("你牵头的 %(n)s 个行动：%(red)s 项红、%(yellow)s 项黄") % {
        "n": len(found.actions),
        "red": found.lights["red"],
        "yellow": found.lights["yellow"],
    }
    facts = _("%(month)s 月期，绿 %(green)s 项，灰 %(grey)s 项。灯按公布的规则亮，旁边写着数。") % {
        "month": period.month,
        "green": found.lights["green"],
        "grey": found.lights["grey"],
    }
    return title, facts, _("看作战室"), reverse("board")

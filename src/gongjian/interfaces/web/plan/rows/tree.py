"""The plan as one table, a screenful at a time: actions with their targets, tasks, milestones.

Every line is written once (lines.py); the template only sets them below each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.flow.duties.queries import Holder, lead_names, leader_lines
from gongjian.flow.judgement.queries import (
    ActionHead,
    PlanFilter,
    TreePage,
    tree_page,
)
from gongjian.flow.plan.models import Action, Campaign
from gongjian.flow.plan.queries import Brought, action_choices, parts_of, tags_of
from gongjian.flow.plan.rules import IMPOSSIBLE
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.plan.rows.lines import Pen
from gongjian.interfaces.web.tags import LIGHTS, light

SIZE = 50
WHOLE = 500


@dataclass(slots=True)
class Group:
    """One action with the lines of it that stand on this page."""

    seq: int
    name: str
    url: str
    part: str
    counts: str
    light: SafeString
    leader: str
    unit: str
    rows: list[SafeString] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader filters by, as it stands in the address."""

    given: Mapping[str, str]

    @property
    def asked(self) -> PlanFilter:
        typed = self.given.get
        return PlanFilter(
            words=typed("q", "").strip()[:80],
            action=_number(typed("action", "")),
            kind=typed("kind", "") if typed("kind", "") in KINDS else "",
            tag=_uid(typed("tag", "")),
            part=_uid(typed("part", "")),
            document=_uid(typed("document", "")),
            light=typed("light", "") if typed("light", "") in LIGHTS else "",
            unit=typed("unit", "")[:60],
            no_number=typed("only") == "no_number",
            unmeasurable=typed("only") == "unmeasurable",
            moved=typed("only") == "moved",
            gaps=typed("only") == "gaps",
            ended=typed("only") == "ended",
        )

    def address(self, **other: str) -> str:
        """The same page with something else asked for; the first page of it."""
        kept = {name: word for name, word in {**self.given, **other}.items() if word}
        kept.pop("page", None)
        return f"{reverse('plan')}?{urlencode(kept)}" if kept else reverse("plan")


KINDS = ("target", "task", "milestone")


def tree_context(
    campaign: Campaign, given: Mapping[str, str], *, period: str, on: date
) -> dict[str, Any]:
    """The rows and filters that plan/plan.html names. A constant number of queries."""
    wanted = Wanted(given)
    asked = wanted.asked
    size = WHOLE if given.get("all") else SIZE
    typed = given.get("page", "")
    number = max(int(typed), 1) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
    found = _page(campaign, asked, number, size, period=period, on=on)
    if not found.lines and found.total:
        number = -(-found.total // size)
        found = _page(campaign, asked, number, size, period=period, on=on)
    page = Page.of({**given, "page": str(number)}, total=found.total, size=size)
    filtered = asked != PlanFilter()
    bare = (asked.action, asked.part, asked.no_number, asked.ended) == (None, None, False, False)
    heads = [head.action for head in found.heads.values()]
    choices = heads if bare else action_choices(campaign, on=on)
    return {
        "campaign": campaign,
        "facts": _facts(campaign, found, choices, filtered=filtered),
        "lights": _lights(found, wanted, asked),
        "groups": _groups(found, campaign, filtered=filtered, first=number == 1, on=on),
        "page": page,
        "all_url": wanted.address(all="1") if size < found.total <= WHOLE else None,
        "filtered": filtered,
        "empty": not choices,
        "q": asked.words,
        "actions": [(str(a.seq), f"{a.seq} {a.name}", a.seq == asked.action) for a in choices],
        "units": [(n, n, n == asked.unit) for n in lead_names(campaign, on=on)],
        "kinds": [
            ("target", _("目标"), asked.kind == "target"),
            ("task", _("任务"), asked.kind == "task"),
            ("milestone", _("节点"), asked.kind == "milestone"),
        ],
        "colours": [(key, str(label), key == asked.light) for key, label in LIGHTS.items()],
        "tags": [(str(t.uid), t.name, t.uid == asked.tag) for t in tags_of(campaign, on=on)],
        "flags": _flags(asked),
        "kept": [(name, given[name]) for name in ("part", "document", "year") if given.get(name)],
        "parts": _parts(campaign, wanted, asked, len(choices), on),
        "definition": _definition(period),
    }


def brought_words(brought: Brought | None) -> str:
    """What an adopted document brought into the plan, in a sentence."""
    if brought is None:
        return ""
    return _(
        "“%(title)s”定稿，带进计划的有：行动 %(action)s 个、目标 %(target)s 项、"
        "任务 %(task)s 项、节点 %(milestone)s 个。"
    ) % {"title": brought.title, **brought.counts}


def _page(
    campaign: Campaign, asked: PlanFilter, number: int, size: int, *, period: str, on: date
) -> TreePage:
    return tree_page(
        campaign,
        asked,
        period=period,
        on=on,
        offset=(number - 1) * size,
        limit=size,
        impossible=IMPOSSIBLE,
    )


def _facts(
    campaign: Campaign, found: TreePage, choices: Sequence[Action], *, filtered: bool
) -> str:
    name = f"{campaign.year} {campaign.name}"
    if filtered:
        words = ngettext(
            "%(name)s · 筛出 %(count)s 条", "%(name)s · 筛出 %(count)s 条", found.total
        )
        return words % {"name": name, "count": found.total}
    return _("%(name)s · %(actions)s 个行动、%(targets)s 项目标、%(tasks)s 项任务") % {
        "name": name,
        "actions": len(choices),
        "targets": found.counts["target"],
        "tasks": found.counts["task"],
    }


def _lights(found: TreePage, wanted: Wanted, asked: PlanFilter) -> list[tuple[SafeString, str]]:
    return [
        (light(kind, "", count), wanted.address(light="" if asked.light == kind else kind))
        for kind, count in found.lights.items()
        if count
    ]


def _flags(asked: PlanFilter) -> list[tuple[str, str, bool]]:
    labels = {
        "gaps": _("五定有缺"),
        "no_number": _("行动无数字"),
        "unmeasurable": _("不能衡量"),
        "moved": _("调整过"),
        "ended": _("已调出"),
    }
    return [(flag, label, getattr(asked, flag)) for flag, label in labels.items()]


def _parts(
    campaign: Campaign, wanted: Wanted, asked: PlanFilter, whole: int, on: date
) -> list[tuple[str, str, int, bool]]:
    """The campaigns within the campaign, with what the whole counts before them."""
    parts = parts_of(campaign, on=on)
    if not parts:
        return []
    every = (_("全年"), wanted.address(part=""), whole, asked.part is None)
    return [
        every,
        *(
            (part.name, wanted.address(part=str(part.uid)), count, part.uid == asked.part)
            for part, count in parts
        ),
    ]


def _definition(period: str) -> str:
    return _(
        "实际为 %(month)s 月期采信的累计数；完成率 = 实际 ÷ 年度目标，刻度为序时；"
        "未报不等于 0。任务和节点的进展是攻坚办采信的文字，不亮灯。"
    ) % {"month": int(period[5:])}


def _groups(
    found: TreePage, campaign: Campaign, *, filtered: bool, first: bool, on: date
) -> list[Group]:
    groups: dict[int, Group] = {}
    leaders = leader_lines(campaign, on=on)
    shown = {line.action for line in found.lines}
    for key, head in found.heads.items():
        bare = not filtered and first and not (head.targets or head.tasks)
        if key in shown or bare:
            groups[key] = _group(head, leaders.get(("action", key)), filtered=filtered)
    pen = Pen.of(campaign.year, on=on)
    for line in found.lines:
        groups[line.action].rows.append(pen.line(line))
    return list(groups.values())


def _group(head: ActionHead, leader: Holder | None, *, filtered: bool) -> Group:
    lights = [f"{LIGHTS[kind]} {count}" for kind, count in head.lights.items() if count]
    lit = f"（{' '.join(lights)}）" if lights and not filtered else ""  # not shown
    targets = f"{head.targets}{lit}"
    worst = next((k for k in ("red", "yellow", "green", "grey") if head.lights.get(k)), "")
    action = head.action
    return Group(
        seq=action.seq,
        name=action.name,
        url=reverse("action", args=[action.uid]),
        part=action.part.name if action.part else "",
        counts=_("目标 %(targets)s · 任务 %(tasks)s") % {"targets": targets, "tasks": head.tasks},
        light=light(worst),
        leader=leader.words if leader else "",
        unit=head.duty.lead,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

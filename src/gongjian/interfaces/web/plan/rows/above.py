"""The chain from above, and the tags, as their pages show them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import Holder, leader_lines
from gongjian.flow.judgement.queries import (
    Chain,
    ChainAnswer,
    TagBoardRow,
    TargetLine,
    percent_text,
)
from gongjian.flow.plan.models import Campaign
from gongjian.interfaces.web.plan.rows.words import report_url, target_name
from gongjian.interfaces.web.tags import fig, light


def chain_context(campaign: Campaign, found: Chain, *, on: date) -> dict[str, Any]:
    """The context that plan/superior.html names."""
    leaders = leader_lines(campaign, on=on)
    return {
        "campaign": campaign,
        "rows": [
            (
                row.row,
                reverse("superior_edit", args=[row.row.task.uid]),
                [_answer(answer, leaders) for answer in row.answers],
            )
            for row in found.rows
        ],
        "missed": [(task.seq, task.title) for task in found.missed],
        "own": [(a.seq, a.name, reverse("action", args=[a.uid])) for a in found.own],
        "facts": _(
            "%(year)s %(name)s · 上级任务 %(all)s 项，漏接 %(missed)s 项；自选行动 %(own)s 个"
        )
        % {
            "year": campaign.year,
            "name": campaign.name,
            "all": len(found.rows),
            "missed": len(found.missed),
            "own": len(found.own),
        },
    }


def tags_context(campaign: Campaign, found: list[TagBoardRow], *, month: int) -> dict[str, Any]:
    """The context that plan/tags.html names."""
    return {
        "campaign": campaign,
        "month": month,
        "facts": _("%(year)s %(name)s · %(count)s 个标签")
        % {"year": campaign.year, "name": campaign.name, "count": len(found)},
        "rows": [
            (
                row.row.tag,
                row.row.depth,
                row.sums,
                f"{reverse('plan')}?year={campaign.year}&tag={row.row.tag.uid}",
                reverse("tag_edit", args=[row.row.tag.uid]),
                len(row.row.targets),
                row.row.tasks,
            )
            for row in found
        ],
    }


def _answer(answer: ChainAnswer, leaders: Mapping[tuple[str, int], Holder]) -> dict[str, Any]:
    kept = answer.answer
    leader = leaders.get(("action", kept.action.pk))
    return {
        "name": kept.name,
        "kind": {"action": _("行动"), "target": _("目标"), "task": _("任务")}[kept.kind],
        "url": reverse(kept.kind, args=[kept.uid_of_node]),
        "share": percent_text(str(kept.share)) if kept.share is not None else "",
        "reason": kept.reason,
        "lead": answer.duty.lead,
        "leader": leader.words if leader else "",
        "tasks": len(kept.tasks),
        "targets": [_target(line) for line in answer.targets],
        "rows": max(len(answer.targets), 1),
    }


def _target(line: TargetLine) -> dict[str, Any]:
    return {
        "name": target_name(line),
        "url": reverse("target", args=[line.target.uid]),
        "goal": line.goal,
        "actual": fig(line.actual, report_url(line.report)),
        "light": light(line.light, _("补齐") if line.made_good else ""),
        "lead": line.lead,
    }

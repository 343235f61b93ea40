"""What nobody answers for yet."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.queries import LACKS, CoverageRow, coverage_rows, rows_xlsx
from gongjian.flow.duties.rules import check_can_assign, check_can_read_duties
from gongjian.flow.plan.models import Campaign
from gongjian.flow.progress.queries import held_items
from gongjian.interfaces.request import PageRequest, opens, today, why_not
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.duties.rows.papers import XLSX, footing
from gongjian.interfaces.web.duties.rows.tabs import room, year_of
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.plan.views.tree import campaign_asked

KINDS = ("", "action", "target", "task", "project")


@require_GET
@opens(check_can_read_duties)
def coverage(request: PageRequest) -> HttpResponse:
    """What has no lead unit, leader, sponsor, task force, or lacks one of the 五定."""
    campaign = campaign_asked(request)
    context: dict[str, Any] = room(request.user, "coverage", campaign) | {"rows": []}
    if campaign is None:
        return render(request, "duties/coverage.html", context)
    every = coverage_rows(campaign, on=today())
    lack, kind = request.GET.get("lack", "any"), request.GET.get("kind", "")
    words = request.GET.get("q", "").strip()
    found = [row for row in every if _kept(row, lack, kind, words)]
    if request.GET.get("format") == "xlsx":
        return attachment(_file(found, request, campaign), f"{_('覆盖情况')}.xlsx", kind=XLSX)
    page = Page.of(request.GET.dict(), total=len(found))
    shown = found[page.offset : page.offset + page.size]
    held = held_items([row.key for row in shown if row.kind in ("target", "task")], on=today())
    context |= {
        "rows": [(row, held.get(row.key)) for row in shown],
        "page": page,
        "q": words,
        "kind": kind,
        "lack": lack,
        "kinds": [(key, label, key == kind) for key, label in _kinds().items()],
        "views": _views(campaign, every, lack, kind),
        "may_assign": not why_not(check_can_assign, request.user),
    }
    return render(request, "duties/coverage.html", context)


def _kept(row: CoverageRow, lack: str, kind: str, words: str) -> bool:
    return (
        (lack == "all" or (bool(row.lacks) if lack not in LACKS else lack in row.lacks))
        and kind in ("", row.kind)
        and (not words or words in f"{row.name}{row.lead}{row.leader}{row.code}")
    )


def _kinds() -> dict[str, str]:
    return {
        "": _("全部类别"),
        "action": _("行动"),
        "target": _("目标"),
        "task": _("任务"),
        "project": _("项目"),
    }


def _views(
    campaign: Campaign, every: list[CoverageRow], lack: str, kind: str
) -> list[tuple[str, str, int, bool]]:
    labels = {
        "any": _("有缺的"),
        "lead": _("没有牵头单位") if kind else _("没有牵头单位（含项目）"),
        "leader": _("没有牵头或包靠领导"),
        "force": _("项目没有专班"),
        "five": _("五定有缺"),
        "words": _("原文单位没认出"),
        "all": _("全部"),
    }
    tail = f"&kind={kind}" if kind in KINDS and kind else ""
    return [
        (
            label,
            f"{reverse('coverage')}{year_of(campaign)}&lack={key}{tail}",
            sum(_kept(row, key, kind, "") for row in every),
            key == lack,
        )
        for key, label in labels.items()
    ]


def _file(rows: list[CoverageRow], request: PageRequest, campaign: Campaign) -> bytes:
    labels = {
        "lead": _("牵头单位"),
        "leader": _("牵头或包靠领导"),
        "force": _("专班"),
        "five": _("五定"),
        "words": _("原文单位没认出"),
    }
    heads = (
        (_("类别"), 8.0),
        (_("序号或代码"), 26.0),
        (_("名称"), 44.0),
        (_("牵头单位"), 20.0),
        (_("领导"), 16.0),
        (_("专班"), 24.0),
        (_("缺什么"), 30.0),
        (_("原文写的、没认出的单位"), 30.0),
    )
    lines = [
        (
            _kinds()[row.kind],
            row.code,
            row.name,
            row.lead,
            row.leader,
            row.force,
            _("、").join(labels[one] for one in row.lacks),
            _("、").join(row.unread),
        )
        for row in rows
    ]
    return rows_xlsx(
        _("覆盖情况"), heads, lines, notes=[footing(request.user.display_name, campaign)]
    )

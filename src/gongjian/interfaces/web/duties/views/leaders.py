"""How much hangs on each leader, and a leader's own sheet."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.queries import (
    MANY_PROJECTS,
    count_loads,
    leader_sheet,
    leader_xlsx,
    load_rows,
    rows_xlsx,
)
from gongjian.flow.duties.rules import (
    check_can_read_duties,
    check_can_see_load,
    check_can_see_loads,
)
from gongjian.flow.plan.models import Campaign
from gongjian.foundation.orgs.queries import holder_on, post_by_uid
from gongjian.interfaces.request import PageRequest, opens, today
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.duties.rows.papers import XLSX, footing
from gongjian.interfaces.web.duties.rows.tabs import room
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.plan.views.tree import campaign_asked
from gongjian.lib.refusals import Missing


@require_GET
@opens(check_can_see_loads)
def loads(request: PageRequest) -> HttpResponse:
    """What hangs on each leader's post, for the office; in the order of posts, never ranked."""
    campaign, words = campaign_asked(request), request.GET.get("q", "").strip()
    context: dict[str, Any] = room(request.user, "loads", campaign)
    context |= {"q": words, "rows": []}
    if campaign is not None:
        if request.GET.get("format") == "xlsx":
            rows = load_rows(campaign, on=today(), words=words)
            return attachment(
                _loads_file(rows, request, campaign), f"{_('领导包联')}.xlsx", kind=XLSX
            )
        page = Page.of(request.GET.dict(), total=count_loads(on=today(), words=words))
        context |= {
            "page": page,
            "many": MANY_PROJECTS,
            "rows": load_rows(
                campaign, on=today(), words=words, offset=page.offset, limit=page.size
            ),
        }
    return render(request, "duties/loads.html", context)


@require_GET
@opens(check_can_read_duties)
def leader(request: PageRequest, uid: UUID) -> HttpResponse:
    """One leader's sheet, for that leader and the office."""
    post, campaign = post_by_uid(uid), campaign_asked(request)
    holding = holder_on(post, today())
    check_can_see_load(holding.person if holding else None, by=request.user)
    if campaign is None:
        raise Missing("plan.none", _("还没有定稿的方案，没有可以列的责任。"))
    sheet = leader_sheet(campaign, post, on=today(), by=request.user.display_name)
    if request.GET.get("format") == "xlsx":
        content = leader_xlsx(sheet.exported, sheet.project_rows(), sheet.team_rows())
        return attachment(content, f"{sheet.exported.of}.xlsx", kind=XLSX)
    context = {
        **room(request.user, "leader", campaign),
        "post": post,
        "sheet": sheet,
        "many": MANY_PROJECTS,
        "parent_url": reverse("duties"),
    }
    return render(request, "duties/leader.html", context)


def _loads_file(rows: list[Any], request: PageRequest, campaign: Campaign) -> bytes:
    heads = (
        (_("岗位"), 26.0),
        (_("姓名"), 14.0),
        (_("牵头行动"), 10.0),
        (_("单独牵头的目标、任务"), 20.0),
        (_("包靠项目"), 10.0),
        (_("任组长的专班"), 14.0),
    )
    lines = [
        (
            row.holder.post,
            row.holder.words,
            str(row.actions),
            str(row.works),
            str(row.projects),
            str(row.forces),
        )
        for row in rows
    ]
    return rows_xlsx(
        _("领导包联"), heads, lines, notes=[footing(request.user.display_name, campaign)]
    )

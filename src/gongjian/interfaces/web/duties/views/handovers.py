"""Handovers: the list of them, one to read and sign."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.flow.duties.models import Handover
from gongjian.flow.duties.queries import (
    count_handovers,
    handover_by_uid,
    handover_rows,
    rows_xlsx,
)
from gongjian.flow.duties.rules import (
    check_can_read_duties,
    check_can_see_handover,
    check_can_sign,
)
from gongjian.flow.duties.usecases import sign_handover
from gongjian.flow.plan.models import Campaign
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.duties.rows.papers import XLSX, footing
from gongjian.interfaces.web.duties.rows.tabs import room, year_of
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.plan.views.tree import campaign_asked
from gongjian.lib.refusals import Refused

STATES = ("", "open", "done")


@require_GET
@opens(check_can_read_duties)
def handovers(request: PageRequest) -> HttpResponse:
    """Handovers a reader may see: the office all, others their own."""
    reader, words = request.user, request.GET.get("q", "").strip()
    campaign = campaign_asked(request)
    year = campaign.year if campaign else None
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    if request.GET.get("format") == "xlsx":
        rows = handover_rows(reader, on=today(), state=state, words=words, year=year, limit=10_000)
        return attachment(_file(rows, request, campaign), f"{_('换岗交接')}.xlsx", kind=XLSX)
    page = Page.of(
        request.GET.dict(), total=count_handovers(reader, state=state, words=words, year=year)
    )
    labels = {"": _("全部"), "open": _("待签收"), "done": _("已签收")}
    context = {
        **room(reader, "handovers", campaign),
        "q": words,
        "states": [
            (
                label,
                f"{year_of(campaign) or '?'}&state={key}",
                count_handovers(reader, state=key, words=words, year=year),
                key == state,
            )
            for key, label in labels.items()
        ],
        "page": page,
        "rows": handover_rows(
            reader,
            on=today(),
            state=state,
            words=words,
            year=year,
            offset=page.offset,
            limit=page.size,
        ),
    }
    return render(request, "duties/handovers.html", context)


@require_GET
@opens(check_can_read_duties)
def handover(request: PageRequest, uid: UUID) -> HttpResponse:
    """One handover: what was open on the day, and who has signed."""
    return _page(request, handover_by_uid(uid))


@require_POST
@opens(check_can_read_duties)
def handover_sign(request: PageRequest, uid: UUID) -> HttpResponse:
    """Sign as the one who hands over or takes over."""
    found = handover_by_uid(uid)
    check_can_see_handover(found, by=request.user)
    try:
        sign_handover(
            found,
            request.POST.get("side", ""),
            paper=request.POST.get("paper", ""),
            by=request.user,
            at=now(),
        )
    except Refused as no:
        return _page(request, handover_by_uid(uid), refused=no)
    return redirect("handover", uid=uid)


def _page(request: PageRequest, found: Handover, *, refused: Refused | None = None) -> HttpResponse:
    check_can_see_handover(found, by=request.user)
    groups: dict[str, list[dict[str, Any]]] = {}
    for item in found.items:
        groups.setdefault(_group(item["group"]), []).append(item)
    context = {
        "handover": found,
        "groups": [
            (label, items, len({item.get("year") for item in items}) > 1)
            for label, items in groups.items()
        ],
        "sides": [_side(found, "given", request), _side(found, "received", request)],
        "refused": refused,
    }
    return render(request, "duties/handover.html", context, status=409 if refused else 200)


def _side(found: Handover, side: str, request: PageRequest) -> dict[str, Any]:
    """One of the two: who, whether and how signed, and whether this reader may sign for it."""
    person = found.giver if side == "given" else found.receiver
    signer = found.given_by if side == "given" else found.received_by
    return {
        "side": side,
        "label": _("移交人") if side == "given" else _("接手人"),
        "person": person,
        "at": getattr(found, f"{side}_at"),
        "paper": getattr(found, f"{side}_paper"),
        "by": signer.display_name if signer else "",
        "blocked": why_not(check_can_sign, found, side, paper="-", by=request.user),
        "own": person is not None and person.account_id == request.user.pk,
    }


def _group(code: str) -> str:
    return {
        "lead_leader": _("牵头的行动、目标、任务"),
        "led_work": _("牵头行动下的目标和任务"),
        "sponsor": _("包靠的项目"),
        "force": _("参加的专班"),
        "duty": _("本单位的责任"),
        "opinion": _("没有答复的征求意见"),
        "paper": _("文件"),
    }[code]


def _file(rows: list[Any], request: PageRequest, campaign: Campaign | None) -> bytes:
    heads = (
        (_("岗位"), 28.0),
        (_("移交人"), 14.0),
        (_("接手人"), 14.0),
        (_("换岗日"), 14.0),
        (_("签收期限"), 14.0),
        (_("事项"), 10.0),
        (_("移交"), 12.0),
        (_("接手"), 12.0),
    )
    lines = [
        (
            f"{row.unit} {row.post}",
            row.giver,
            row.receiver,
            row.day.isoformat(),
            row.due_date.isoformat(),
            str(row.items),
            _("已签") if row.given_at else _("待签"),
            _("已签") if row.received_at else _("待签"),
        )
        for row in rows
    ]
    return rows_xlsx(
        _("换岗交接"), heads, lines, notes=[footing(request.user.display_name, campaign)]
    )

"""The pages of the bulletins."""

import json
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.flow.bulletins import queries, rules
from gongjian.flow.bulletins.usecases import write_bulletin
from gongjian.flow.progress.queries import period_by_key, period_rows, period_shown
from gongjian.foundation.files.queries import bytes_of
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, why_not
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.bulletins import rows
from gongjian.interfaces.web.paging import Page
from gongjian.lib.refusals import Refused

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@opens(rules.check_can_read_bulletins)
def bulletin_list(request: PageRequest) -> HttpResponse:
    return render(request, "bulletins/list.html", _listed(request))


@require_POST
@opens(rules.check_can_write_bulletin)
def bulletin_write(request: PageRequest) -> HttpResponse:
    at = now()
    try:
        key = UUID(request.POST.get("key", ""))
        period = period_by_key(request.POST.get("period", ""))
        with once(key, by=request.user, act="bulletin.write", at=at) as claim:
            if not claim.done_before:
                written = write_bulletin(period, by=request.user, at=at)
                claim.outcome = reverse("bulletin", args=[written.uid])
    except ValueError:
        return redirect("bulletins")
    except Refused as no:
        context = _listed(request) | {"refused": no}
        return render(request, "bulletins/list.html", context, status=409)
    return redirect(claim.outcome)


@require_GET
@opens(rules.check_can_read_bulletins)
def bulletin_page(request: PageRequest, uid: UUID) -> HttpResponse:
    bulletin = queries.bulletin_by_uid(uid, reader=request.user)
    figure = request.GET.get("figure", "")
    chosen = rows.chosen_figure(bulletin, figure)
    if request.htmx:
        return render(request, "bulletins/bulletin.html#lineage", {"chosen": chosen})
    blocks = rows.page_blocks(bulletin, figure)
    context = {
        "title": bulletin.title,
        "facts": rows.facts_line(bulletin),
        "acts": [
            (_("导出 Word"), reverse("bulletin_file", args=[uid])),
            (_("数字清单"), reverse("bulletin_figures", args=[uid])),
        ],
        "outline": rows.outline(blocks),
        "draft": "" if bulletin.snapshot else _("代拟稿，数字为实时，冻结后重新生成"),
        "blocks": blocks,
        "chosen": chosen,
        "stale": [],
        "checks": rows.checks(bulletin),
    }
    return render(request, "bulletins/bulletin.html", context)


@require_GET
@opens(rules.check_can_read_bulletins)
def bulletin_file(request: PageRequest, uid: UUID) -> HttpResponse:
    bulletin = queries.bulletin_by_uid(uid, reader=request.user)
    return attachment(bytes_of(bulletin.file), f"{bulletin.title}.docx", kind=WORD)


@require_GET
@opens(rules.check_can_read_bulletins)
def bulletin_figures(request: PageRequest, uid: UUID) -> HttpResponse:
    bulletin = queries.bulletin_by_uid(uid, reader=request.user)
    text = json.dumps(bulletin.figures, ensure_ascii=False, indent=1)
    return attachment(text.encode(), f"{bulletin.title}.json", kind="application/json")


def _listed(request: PageRequest) -> dict[str, object]:
    """The list, the periods one may write about, and why not."""
    at = now()
    page = Page.of(request.GET, total=queries.count_bulletins())
    shown = period_shown(at)
    return {
        "rows": queries.bulletin_rows(offset=page.offset, limit=page.size),
        "page": page,
        "periods": [row for row in period_rows(at) if row.state != "planned"],
        "chosen": shown.key if shown else "",
        "blocked": why_not(rules.check_can_write_bulletin, request.user),
        "key": uuid4(),
        "refused": None,
    }

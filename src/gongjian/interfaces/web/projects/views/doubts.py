"""数据体检: what is odd about the register, answered or corrected."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.queries import (
    AskedBack,
    DoubtFilter,
    doubt_counts,
    doubts_asked,
    months_spoken_of,
    narrowed_doubts,
    project_by_uid,
)
from gongjian.flow.projects.rules import check_can_keep_project, check_can_read_projects
from gongjian.flow.projects.usecases import answer_doubt
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import uids_named
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.projects.forms import clean
from gongjian.interfaces.web.projects.rows.tabs import tabs
from gongjian.lib.refusals import Refused

EDITED = ("code-", "plan-falls", "no-code", "plan-over-rest", "plan-not-sum", "over-total")


@require_http_methods(["GET", "POST"])
@opens(check_can_read_projects)
def doubts(request: PageRequest) -> HttpResponse:
    """What is asked back of one's projects: a sentence each, to answer or to correct."""
    if request.method == "GET":
        return _page(request)
    given = clean(request.POST)
    try:
        project = project_by_uid(uids_named([given.get("project", "")])[0], reader=request.user)
        answer_doubt(
            project,
            given.get("code", ""),
            given.get("month", ""),
            given.get("sentence", ""),
            given.get("reason", ""),
            by=request.user,
            at=now(),
        )
    except Refused as no:
        return _page(request, refused=no)
    kept = request.GET.urlencode()
    return redirect(f"{reverse('doubts')}?{kept}" if kept else reverse("doubts"))


def doubts_wanted(request: PageRequest) -> DoubtFilter:
    """The filter of an address."""
    given = request.GET
    return DoubtFilter(
        kind=given.get("kind", "").strip(),
        township=given.get("township", "").strip(),
        unit=given.get("unit", "").strip(),
        words=given.get("q", "").strip(),
        answered=given.get("state") == "answered",
    )


def _page(request: PageRequest, *, refused: Refused | None = None) -> HttpResponse:
    campaign, given = campaign_in_force(today()), request.GET
    wanted = doubts_wanted(request)
    context: dict[str, Any] = {
        "room_tabs": tabs(request.user, "doubts"),
        "campaign": campaign,
        "wanted": wanted,
        "rows": [],
        "refused": refused,
        "typed": request.POST,
    }
    if campaign is not None:
        every = doubts_asked(campaign, reader=request.user, as_of=today(), known_at=now())
        found = narrowed_doubts(every, wanted)
        page = Page.of(given.dict(), total=len(found))
        shown = found[page.offset : page.offset + page.size]
        context |= _found(request, every, shown, wanted) | {"page": page}
    return render(request, "projects/doubts.html", context, status=409 if refused else 200)


def _found(
    request: PageRequest, every: list[AskedBack], shown: list[AskedBack], wanted: DoubtFilter
) -> dict[str, Any]:
    months = months_spoken_of(shown)
    keeps = not why_not(check_can_keep_project, request.user)
    still = sum(1 for one in every if not one.answer)
    states = (("", _("待说明"), still), ("answered", _("已说明"), len(every) - still))
    return {
        "rows": [
            (one, *_corrected_at(one, months.get((one.project_uid, one.month)), keeps=keeps))
            for one in shown
        ],
        "kinds": [(code, f"{label} {count}", code == wanted.kind)
                  for code, label, count in doubt_counts(every)],
        "townships": _named({one.township for one in every}, wanted.township),
        "units": _named({one.unit for one in every}, wanted.unit),
        "states": [
            (label, f"?{urlencode({'state': name})}" if name else reverse("doubts"), count,
             wanted.answered == bool(name))
            for name, label, count in states
        ],
        "projects_asked": len({one.project_uid for one in every if not one.answer}),
    }  # fmt: skip


def _named(names: set[str], current: str) -> list[tuple[str, bool]]:
    return [(name, name == current) for name in sorted(names) if name]


def _corrected_at(one: AskedBack, month: UUID | None, *, keeps: bool) -> tuple[str, str]:
    """(what the link says, where the figure is put right)."""
    if month is not None:
        return _("更正这个月"), reverse("month", args=[month])
    if keeps and one.code.startswith(EDITED):
        return _("改登记"), reverse("project_edit", args=[one.project_uid])
    return _("看项目"), reverse("project", args=[one.project_uid])

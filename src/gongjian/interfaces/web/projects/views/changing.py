"""调入, 调出, 更名, 拆分, 打捆: chosen, looked at, then done by a paper."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gongjian.flow.projects.models import ListChange, ProjectList
from gongjian.flow.projects.queries import candidates, count_candidates, list_by_uid, list_version
from gongjian.flow.projects.rules import check_are_named, check_can_keep_lists
from gongjian.flow.projects.usecases import (
    ListTotal,
    add_to_list,
    bundle_projects,
    drop_from_list,
    rehearse_on_list,
    rename_project,
    split_project,
)
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.projects.forms import clean
from gongjian.interfaces.web.projects.money import money
from gongjian.interfaces.web.projects.rows.changing import Changing, act_of
from gongjian.interfaces.web.projects.rows.tabs import tabs
from gongjian.lib.refusals import Refused

Kind = ListChange.Kind
SHOWN = 20
EXPLAINED = {
    Kind.ADD: gettext_lazy("项目列入这份清单，从生效日期起算。"),
    Kind.DROP: gettext_lazy("项目离开这份清单，仍留在项目列表里，已有的阶段和投资不动。"),
    Kind.RENAME: gettext_lazy("项目改用新名称，原名称留下；它所在的每份清单都记一次更名。"),
    Kind.SPLIT: gettext_lazy("一个项目拆成几个，各自列入它原来所在的清单；已报的投资留在原项目。"),
    Kind.BUNDLE: gettext_lazy("几个项目打成一个捆，由它替它们列入清单；目标仍按原来的项目计数。"),
}


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_lists)
def list_change(request: PageRequest, uid: UUID) -> HttpResponse:
    """One act on a list: search and tick, see what it comes to, then do it."""
    listed = list_by_uid(uid, reader=request.user)
    if request.method == "GET":
        typed = Changing(act_of(request.GET.get("act", "")), day=today().isoformat())
        return _page(request, listed, typed)
    given = clean(request.POST)
    typed = Changing(act_of(given.get("act", "")))
    try:
        typed = Changing.of(given, listed)
        if given.get("step") == "find" or given.get("page"):
            return _page(request, listed, typed)
        check_are_named(typed.chosen)
        paper = typed.paper()
        if given.get("step") != "do":
            seen = rehearse_on_list(
                listed, lambda: _do(request, listed, typed), on=paper.day, at=now()
            )
            return _page(request, listed, Changing.of(given, listed), seen=seen)
        key = act_key(given.get("key", ""))
        with once(key, by=request.user, act=f"list.{typed.act}", at=now()) as claim:
            if not claim.done_before:
                _do(request, listed, typed)
    except Refused as no:
        return _page(request, listed, typed, refused=no)
    return redirect("project_list", uid=uid)


def _do(request: PageRequest, listed: ProjectList, typed: Changing) -> None:
    """The act itself. Refused: list.*, project.*"""
    by, at, paper = request.user, now(), typed.paper()
    match typed.act:
        case Kind.ADD:
            add_to_list(listed, typed.chosen, paper, by=by, at=at)
        case Kind.DROP:
            drop_from_list(listed, typed.chosen, paper, by=by, at=at)
        case Kind.RENAME:
            rename_project(typed.only(), typed.name, paper, by=by, at=at)
        case Kind.SPLIT:
            split_project(typed.only(), typed.split_into(), paper, by=by, at=at)
        case _:
            bundle_projects(typed.chosen, typed.bundled_as(), paper, by=by, at=at)


def _page(
    request: PageRequest,
    listed: ProjectList,
    typed: Changing,
    *,
    seen: tuple[ListTotal, ListTotal] | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    given = request.POST or request.GET
    total = count_candidates(listed, typed.act, typed.words)
    page = Page.of({"page": given.get("page", "")}, total=total, size=SHOWN)
    there = {one.pk for one in typed.chosen}
    rows = candidates(listed, typed.act, typed.words, offset=page.offset, limit=page.size)
    here = reverse("list_change", args=[listed.uid])
    context: dict[str, Any] = {
        "room_tabs": tabs(request.user, "project_lists"),
        "listed": listed,
        "version": list_version(listed, today()),
        "typed": typed,
        "act_label": Kind(typed.act).label,
        "explained": EXPLAINED[Kind(typed.act)],
        "acts": [(k.label, f"{here}?act={k.value}", None, k.value == typed.act) for k in Kind],
        "chosen": [(one, money(one.total_investment)) for one in typed.chosen],
        "rows": [(one, money(one.total_investment)) for one in rows if one.pk not in there],
        "page": page,
        "before": page.number - 1,
        "after": page.number + 1 if page.next else 0,
        "unknown": "\n".join(typed.unknown),
        "seen": [(one.count, money(one.amount)) for one in seen] if seen else None,
        "key": given.get("key") or uuid4(),
        "refused": refused,
        "doing": _("确认%(act)s") % {"act": Kind(typed.act).label},
    }
    return render(request, "projects/list_change.html", context, status=409 if refused else 200)

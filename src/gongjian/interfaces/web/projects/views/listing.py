"""The list of projects: how far each is, what it costs, what is late; filtered, sorted, kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.queries import (
    beside_lines,
    sponsors_of_projects,
    units_leading_projects,
)
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force, plan_actions
from gongjian.flow.projects.models import Category, PlanClass
from gongjian.flow.projects.queries import (
    GONE_STAGE,
    NONE,
    LineFilter,
    Sums,
    bulk_change_by,
    gates_in_force,
    line_rows,
    line_sums,
    lists_of,
    newest_rates,
    sums_shown,
    township_names,
    view_links,
)
from gongjian.flow.projects.rules import check_can_keep_project, check_can_read_projects
from gongjian.flow.projects.usecases import follow_register
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.kept import kept_until_written
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.projects.rows.asked import unknown_names
from gongjian.interfaces.web.projects.rows.columns import COLUMNS, Sheet, rows_markup
from gongjian.interfaces.web.projects.rows.filters import (
    column_ticks,
    head_markup,
    hidden,
    links,
    select,
    view_markup,
)
from gongjian.interfaces.web.projects.rows.list_asked import (
    FILTERS,
    LOOKS,
    SIZES,
    ListAsked,
    list_asked,
    page_wrong,
)
from gongjian.interfaces.web.projects.rows.list_words import (
    asked_in_words,
    names_asked,
    stage_words,
    state_choices,
)
from gongjian.interfaces.web.projects.rows.rates import rates_shown
from gongjian.interfaces.web.projects.rows.tabs import tabs

PRINT = "print"  # opens the printer's window as soon as the page is there (shell.js)
DONE = "done"  # a change of many projects that has just been made
PRINTED = 1_000  # rows of one print; above, a workbook is the better paper


@require_GET
@opens(check_can_read_projects)
@kept_until_written(also=today)
def projects(request: PageRequest) -> HttpResponse:
    """Every project of the campaign as the address asks for them, with counts and sums."""
    on = today()
    campaign = campaign_in_force(on)
    places = township_names(on=on)
    asked = list_asked(request.GET, townships=places)
    context: dict[str, Any] = {
        "campaign": campaign,
        "asked": asked,
        "wrong": _wrong(request, asked),
        "blocked": why_not(check_can_keep_project, request.user),
        "room_tabs": tabs(request.user, "projects", counted=False),
        "on": on,
    }
    if campaign is not None:
        follow_register(at=now())
        context |= _found(request, campaign, asked, on)
        context |= _choices(campaign, asked, places, context["groups"], on)
        context["done"] = _done(request)
        context["words"] = asked_in_words(asked, names=names_asked(campaign, asked, on))
    return render(request, "projects/projects.html", context)


def _found(request: PageRequest, campaign: Campaign, asked: ListAsked, on: date) -> dict[str, Any]:
    """The rows, what they come to, and the views beside them."""
    groups = line_sums(campaign, asked.wanted, on=on)
    whole = groups
    if asked.filtered and asked.wanted != LineFilter(stage=asked.wanted.stage):
        whole = line_sums(campaign, LineFilter(), on=on)
    sums = sums_shown(groups, asked.wanted.stage)
    given = {**asked.given, "page": request.GET.get("page", "")}
    size = PRINTED if PRINT in request.GET else asked.size
    page = Page.of(given, total=sums.count, size=size)
    last = max(-(-sums.count // size), 1)
    wrong = page_wrong(given["page"], number=page.number, last=last)
    rows = line_rows(
        campaign, asked.wanted, on=on, order=asked.order, beside=beside_lines,
        offset=page.offset, limit=page.size,
    )  # fmt: skip
    sheet = Sheet(on, asked.unit, asked.dense)
    cut = page.size < sums.count <= PRINTED
    return {
        "groups": groups,
        "page": page,
        "print_url": asked.address(size="", page="", **{PRINT: "1"}) if cut else "",
        "rows": rows_markup(rows, asked.columns, sheet),
        "heads": head_markup(_heads(asked)),
        "sums": _sums(sums, sheet),
        "wrong": [*_wrong(request, asked), *([wrong] if wrong else [])],
        "rates": rates_shown(newest_rates(campaign)),
        "views": _views(request, asked, sums_shown(whole, "")),
    }


def _done(request: PageRequest) -> str:
    """What the reader has just done to many projects; nothing asked, nothing said."""
    typed = request.GET.get(DONE, "")
    change = bulk_change_by(typed, reader=request.user) if typed else None
    if change is None:
        return ""
    said = {"many": change.many, "field": change.get_field_display(), "value": change.value}
    return _("已把 %(many)s 个项目的%(field)s改成“%(value)s”。") % said


def _wrong(request: PageRequest, asked: ListAsked) -> list[str]:
    return [*asked.wrong, *unknown_names(request.GET, (*FILTERS, *LOOKS, "page", PRINT, DONE))]


def _sums(sums: Sums, sheet: Sheet) -> dict[str, Any]:
    """What a filter comes to, in the unit of the page; a sum of nothing reported is none."""
    return {
        "count": sums.count,
        "total": sheet.money(sums.total),
        "year_plan": sheet.money(sums.year_plan),
        "year_done": sheet.money(sums.year_done),
        "unreported": sums.unreported,
        "late": sums.late_start + sums.late_finish,
    }


def _heads(asked: ListAsked) -> list[dict[str, Any]]:
    """The heads of the columns: title, how to sort by it, where it stands in the order."""
    places = {key: (at, down) for at, (key, down) in enumerate(asked.order, start=1)}
    money = _("亿元") if asked.unit == "yi" else _("万元")
    heads = []
    for key in ("name", *asked.columns):
        column = COLUMNS.get(key)
        sort = column.sort if column else "name"
        at, down = places.get(sort, (0, False))
        heads.append(
            {
                "title": column.title if column else _("项目名称"),
                "unit": money if column and column.money else "",
                "right": bool(column and column.right),
                "phone": column is None or column.phone is not None,
                "url": asked.sorted_by(sort) if sort else "",
                "sorted": ("descending" if down else "ascending") if at else "",
                "place": at if at and len(asked.order) > 1 else "",
            }
        )
    return heads


def _views(request: PageRequest, asked: ListAsked, whole: Sums) -> SafeString:
    """The views everybody has, with how many projects they show, and those that were kept."""
    asked_now = {n: v for n, v in asked.given.items() if n not in ("size", "dense", "more") and v}
    shown: list[tuple[str, Mapping[str, str], int | None]] = [
        (_("全部"), {}, whole.count),
        (_("新开工"), {"class": PlanClass.NEW.value}, whole.new),
        (_("应开未开"), {"state": "late_start"}, whole.late_start),
        (_("应竣未竣"), {"state": "late_finish"}, whole.late_finish),
        (_("日期调整过"), {"state": "moved"}, whole.moved),
        (_("上月未报"), {"state": "unreported"}, whole.unreported),
    ]
    views = [
        (name, "?" + "&".join(f"{k}={v}" for k, v in said.items()), count, said == asked_now)
        for name, said, count in shown
    ]
    now_at = asked.address(size="", dense="", more="", page="")
    kept = [
        (name, f"?{query}", None, f"?{query}" == now_at) for name, query in view_links(request.user)
    ]
    return view_markup([*views, *kept])


def _choices(
    campaign: Campaign,
    asked: ListAsked,
    places: list[str],
    groups: Mapping[str, Sums],
    on: date,
) -> dict[str, Any]:
    """What the filters offer; the rarer ones are asked for only where they are laid open."""
    given = asked.given
    order = [NONE, *(gate.code for gate in gates_in_force().gates), GONE_STAGE]
    stages = [
        (
            code,
            _("%(stage)s（%(count)s）") % {"stage": stage_words(code), "count": groups[code].count},
        )
        for code in order
        if code in groups
    ]
    usual = [
        select("township", _("属地"), [(name, name) for name in places], given.get("township")),
        select("stage", _("阶段"), stages, given.get("stage")),
        select("class", _("类别"), PlanClass.choices, given.get("class")),
        select("state", _("情况"), state_choices(), given.get("state")),
    ]
    shown = ("q", "township", "stage", "class", "state")
    rest = [name for name in FILTERS if name not in shown]
    money = (("yi", _("亿元")), ("wan", _("万元")))
    return {
        "usual": usual,
        "rare": _rare(campaign, asked, on) if asked.more else [],
        "hidden": hidden(given, without=(*shown, *(rest if asked.more else ()))),
        "more_url": asked.address(more="" if asked.more else "1"),
        "more_count": sum(1 for name in rest if given.get(name)),
        "money": dict(money)[asked.unit],
        "late_url": asked.address(state="late"),
        "unreported_url": asked.address(state="unreported"),
        "units": links(
            (asked.address(unit="" if unit == "yi" else unit), label, asked.unit == unit)
            for unit, label in money
        ),
        "densities": links(
            (asked.address(dense=dense), label, asked.dense == bool(dense))
            for dense, label in (("", _("宽松")), ("1", _("紧凑")))
        ),
        "sizes": links(
            (
                asked.address(size="" if size == SIZES[0] else str(size)),
                str(size),
                size == asked.size,
            )
            for size in SIZES
        ),
        "columns": column_ticks(asked.columns),
        "columns_hidden": hidden(given, without=("cols",)),
        "columns_count": f"{len(asked.columns)}/{len(COLUMNS)}",
    }


def _rare(campaign: Campaign, asked: ListAsked, on: date) -> list[SafeString]:
    given = asked.given
    actions = [(one.name, one.name) for one in plan_actions(campaign, on=on)]
    leads = [(name, name) for name in units_leading_projects(campaign, on=on)]
    posts = [
        (str(one.post_uid), f"{one.words} {one.post}")
        for one in sponsors_of_projects(campaign, on=on)
    ]
    lists = [(str(one.uid), one.name) for one in lists_of(campaign)]
    return [
        select("kind", _("项目类别"), Category.choices, given.get("kind")),
        select("action", _("行动"), actions, given.get("action")),
        select("lead", _("牵头单位"), leads, given.get("lead")),
        select("sponsor", _("包靠领导"), posts, given.get("sponsor")),
        select("list", _("项目清单"), lists, given.get("list")),
    ]

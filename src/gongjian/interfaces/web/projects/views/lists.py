"""The official lists: which there are, who stands on one as of a day, what changed."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.models import PlanClass, ProjectList
from gongjian.flow.projects.queries import (
    MemberRow,
    RegisterFilter,
    StatementSpan,
    count_members,
    count_versions,
    first_day,
    list_by_uid,
    list_overviews,
    list_version,
    member_rows,
    rates_as_of,
    sentences,
    statement,
    told,
    townships,
    version_rows,
    whole_of_members,
)
from gongjian.flow.projects.rules import check_can_keep_lists, check_can_read_projects
from gongjian.flow.projects.usecases import make_list
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.projects.forms import choices, clean
from gongjian.interfaces.web.projects.money import money, wan, yi
from gongjian.interfaces.web.projects.rows.asked import DayAsked
from gongjian.interfaces.web.projects.rows.rates import rates_shown
from gongjian.interfaces.web.projects.rows.tabs import tabs
from gongjian.lib.refusals import Missing, Refused

NEWEST = 6


@require_http_methods(["GET", "POST"])
@opens(check_can_read_projects)
def project_lists(request: PageRequest) -> HttpResponse:
    """Every list of the campaign as of a day; the office sets up another one."""
    if request.method == "GET":
        return _lists_page(request)
    given = clean(request.POST)
    try:
        made = _make(request)
    except Refused as no:
        return _lists_page(request, refused=no, typed=given.dict())
    return redirect("project_list", uid=made) if made else redirect("project_lists")


@require_GET
@opens(check_can_read_projects)
def project_list(request: PageRequest, uid: UUID) -> HttpResponse:
    """Who stands on a list as of a day, how far each is by then, the rates over them."""
    listed = list_by_uid(uid, reader=request.user)
    given = request.GET
    asked = DayAsked.of(given.get("on", ""))
    wanted = wanted_of(request)
    reach: dict[str, Any] = {"on": asked.day, "known_at": now()}
    total = count_members(listed, wanted, **reach)
    page = Page.of(given.dict(), total=total)
    rows = member_rows(listed, wanted, offset=page.offset, limit=page.size, **reach)
    context: dict[str, Any] = {
        "room_tabs": tabs(request.user, "project_lists"),
        "listed": listed,
        "on": asked.day,
        "past": asked.day != today(),
        "wrong": asked.wrong,
        "version": list_version(listed, asked.day),
        "wanted": wanted,
        "townships": [
            (one.short_name, one.short_name == wanted.township) for one in townships(on=today())
        ],
        "classes": choices(PlanClass.choices, wanted.plan_class),
        "page": page,
        "whole": money(whole_of_members(listed, wanted, **reach)),
        "rows": [_shown(one) for one in rows],
        "rates": rates_shown(rates_as_of(listed, as_of=asked.day, known_at=now())),
        "versions": [(one, told(one)) for one in version_rows(listed, limit=NEWEST)],
        "version_count": count_versions(listed),
        "keeps": not why_not(check_can_keep_lists, request.user),
    }
    return render(request, "projects/list.html", context)


@require_GET
@opens(check_can_read_projects)
def list_statement(request: PageRequest, uid: UUID) -> HttpResponse:
    """变动情况: a list from one day to another, and every act in between."""
    listed = list_by_uid(uid, reader=request.user)
    span, wrong = span_asked(request, listed)
    found = statement(listed, since=span.since, until=span.until)
    page = Page.of(
        request.GET.dict(), total=count_versions(listed, since=span.since, until=span.until)
    )
    acts = version_rows(
        listed, since=span.since, until=span.until, offset=page.offset, limit=page.size
    )
    context = {
        "room_tabs": tabs(request.user, "project_lists"),
        "listed": listed,
        "span": span,
        "wrong": wrong,
        "found": found,
        "lines": [
            (line, yi(line.amount), line in found.lines)
            for line in (found.opening, *found.lines, found.closing)
        ],
        "sentences": list(sentences(listed, found, span)),
        "acts": [(one, told(one)) for one in acts],
        "page": page,
        "query": f"since={span.since.isoformat()}&until={span.until.isoformat()}",
    }
    return render(request, "projects/statement.html", context)


def wanted_of(request: PageRequest) -> RegisterFilter:
    """The filter of an address."""
    given = request.GET
    return RegisterFilter(
        words=given.get("q", "").strip(),
        township=given.get("township", "").strip(),
        plan_class=given.get("class", "").strip(),
        stage=given.get("stage", "").strip(),
    )


def span_asked(request: PageRequest, listed: ProjectList) -> tuple[StatementSpan, str]:
    """From the day of a list's first version to today, if the address says nothing else."""
    given = request.GET
    since = DayAsked.of(given.get("since", ""), first_day(listed))
    until = DayAsked.of(given.get("until", ""))
    wrong = since.wrong or until.wrong
    if since.day > until.day:
        wrong = _("起始日期在截止日期之后，请对调。")
    return StatementSpan(since.day, until.day, request.user.display_name, now()), wrong


def _make(request: PageRequest) -> UUID | None:
    """The list that was set up; None where the same form had done it."""
    given, at = clean(request.POST), now()
    campaign = campaign_in_force(today())
    if campaign is None:
        raise Missing("plan.none", _("还没有攻坚年，先建一个再设清单。"))
    with once(act_key(given.get("key", "")), by=request.user, act="list.make", at=at) as claim:
        if claim.done_before:
            return None
        made = make_list(
            campaign, given.get("kind", ""), given.get("name", ""), by=request.user, at=at
        )
        return made.uid


def _lists_page(
    request: PageRequest, *, refused: Refused | None = None, typed: dict[str, Any] | None = None
) -> HttpResponse:
    campaign, asked = campaign_in_force(today()), DayAsked.of(request.GET.get("on", ""))
    said = typed or {}
    context: dict[str, Any] = {
        "room_tabs": tabs(request.user, "project_lists"),
        "campaign": campaign,
        "on": asked.day,
        "wrong": asked.wrong,
        "rows": [],
        "typed": said,
        "kinds": choices(ProjectList.Kind.choices, said.get("kind", "")),
        "keeps": not why_not(check_can_keep_lists, request.user),
        "key": uuid4(),
        "refused": refused,
    }
    if campaign is not None:
        rows = list_overviews(campaign, on=asked.day)
        page = Page.of(request.GET.dict(), total=len(rows))
        shown = rows[page.offset : page.offset + page.size]
        context |= {"page": page, "rows": [(one, money(one.amount)) for one in shown]}
    return render(request, "projects/lists.html", context, status=409 if refused else 200)


def _shown(one: MemberRow) -> dict[str, Any]:
    row = one.row
    known = row.year_plan and row.year_done is not None
    return {
        "row": row,
        "since": one.since,
        "paper": one.paper,
        "total": money(row.total_investment),
        "plan": wan(row.year_plan),
        "done": wan(row.year_done),
        "rate": row.year_done / row.year_plan if known else None,  # type: ignore[operator]
    }

"""Changing one thing of many projects: what it will do stands there before anything is done."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.flow.duties.queries import answering_for_projects
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import (
    action_by_uid,
    campaign_in_force,
    plan_actions,
    read_day,
    written_day,
)
from gongjian.flow.projects.models import BulkChange, Category, PlanClass, Project
from gongjian.flow.projects.queries import BulkValue, projects_ticked
from gongjian.flow.projects.rules import check_can_keep_project
from gongjian.flow.projects.usecases import (
    BulkRow,
    change_in_bulk,
    follow_register,
    rehearse_in_bulk,
)
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.acts import act_key, uids_named, version_typed
from gongjian.interfaces.web.projects.forms import clean
from gongjian.interfaces.web.projects.rows.tabs import tabs
from gongjian.lib.refusals import Refused

Field = BulkChange.Field
DATES = (Field.START, Field.FINISH)


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_project)
def projects_bulk(request: PageRequest) -> HttpResponse:
    """What changing the ticked projects would do; then the change itself."""
    given = clean(request.POST if request.method == "POST" else request.GET)
    if request.method == "GET" or "confirm" not in given:
        return _page(request, given)
    try:
        projects = projects_ticked(uids_named(given.getlist("with")))
        said = _said(given, campaign_in_force(today()), by=request.user)
        key = act_key(given.get("key", ""))
        with once(key, by=request.user, act="projects.bulk", at=now()) as claim:
            if said is not None and not claim.done_before:
                whole = change_in_bulk(
                    projects, said, seen=_seen(given), reason=given.get("reason", ""),
                    by=request.user, at=now(),
                )  # fmt: skip
                claim.outcome = str(whole.uid)
    except Refused as no:
        return _page(request, given, refused=no)
    return redirect(_back(given, done=claim.outcome))


def _back(given: QueryDict, *, done: str = "") -> str:
    """The list the projects were ticked on, as it was filtered and sorted."""
    query = QueryDict(given.get("back", ""), mutable=True)
    if done:
        query["done"] = done
    return f"{reverse('projects')}?{query.urlencode()}" if query else reverse("projects")


def _page(
    request: PageRequest, given: QueryDict, *, refused: Refused | None = None
) -> HttpResponse:
    on = today()
    campaign = campaign_in_force(on)
    follow_register(at=now())
    projects: list[Project] = []
    rows: list[BulkRow] = []
    said = None
    try:
        projects = projects_ticked(uids_named(given.getlist("with")))
        said = _said(given, campaign, by=request.user)
        rows = rehearse_in_bulk(projects, said, at=now()) if said else []
    except Refused as no:
        refused = refused or no
    doing = [row for row in rows if not row.skipped]
    field = given.get("field", "")
    context: dict[str, Any] = {
        "room_tabs": tabs(request.user, "projects"),
        "projects": projects,
        "back": given.get("back", ""),
        "back_url": _back(given),
        "rows": rows,
        "said": said,
        "doing": len(doing),
        "skipping": len(rows) - len(doing),
        "affected": _affected(doing, campaign, on),
        "fields": [(one.value, one.label, one.value == field) for one in Field],
        "field": field,
        "dated": field in DATES,
        "values": _values(field, campaign, on, given.get("value", "")),
        "value": given.get("value", ""),
        "reason": given.get("reason", ""),
        "refused": refused,
        "key": act_key(""),
    }
    status = 409 if refused is not None and request.method == "POST" else 200
    return render(request, "projects/bulk.html", context, status=status)


def _affected(rows: list[BulkRow], campaign: Campaign | None, on: date) -> list[str]:
    """Whom the change concerns and what it leaves as it is, in sentences."""
    if not rows or campaign is None:
        return []
    answering = answering_for_projects(campaign, on=on)
    of = [answering[row.project.pk] for row in rows if row.project.pk in answering]
    named = (
        (_("填报单位"), {row.filler for row in rows if row.filler}),
        (_("牵头单位"), {one.lead for one in of if one.lead}),
        (_("包靠领导"), {one.sponsor for one in of if one.sponsor}),
    )
    return [
        *(
            _("%(label)s：%(names)s") % {"label": label, "names": _("、").join(sorted(names))}
            for label, names in named
            if names
        ),
        _(
            "只改这一栏：月计划、草稿、已采信的数、已亮的灯、留底的报送表都不跟着变；以后出的表按新的。"
        ),
    ]


def _said(given: QueryDict, campaign: Campaign | None, *, by: User) -> BulkValue | None:
    """What is said of all; None where nothing was chosen yet. Refused: bulk.value, plan.day."""
    field, typed = given.get("field", ""), given.get("value", "").strip()
    if field not in Field.values or not typed:
        return None
    if field in DATES:
        day, precision = read_day(typed, today().year)
        return BulkValue(field, day, written_day(day, precision), precision)
    if field == Field.ACTION:
        action = action_by_uid(uids_named([typed])[0], reader=by)
        if campaign is not None and action.campaign_id == campaign.pk:
            return BulkValue(field, action, action.name)
    choices: Any = {Field.PLAN_CLASS: PlanClass, Field.CATEGORY: Category}.get(Field(field))
    if choices is not None and typed in choices.values:
        return BulkValue(field, typed, str(choices(typed).label))
    raise Refused("bulk.value", _("请选要改成什么。"))


def _values(
    field: str, campaign: Campaign | None, on: date, chosen: str
) -> list[tuple[str, str, bool]]:
    choices: list[tuple[str, str]] = []
    if field == Field.ACTION and campaign is not None:
        choices = [(str(one.uid), one.name) for one in plan_actions(campaign, on=on)]
    elif field == Field.PLAN_CLASS:
        choices = [(one.value, str(one.label)) for one in PlanClass]
    elif field == Field.CATEGORY:
        choices = [(one.value, str(one.label)) for one in Category]
    return [(value, label, value == chosen) for value, label in choices]


def _seen(given: QueryDict) -> dict[UUID, int]:
    """The versions the preview was made from. Refused: form.broken."""
    pairs = [text.rpartition(":") for text in given.getlist("seen")]
    uids = uids_named(uid for uid, _colon, _version in pairs)
    return {
        uid: version_typed(version)
        for uid, (_uid, _colon, version) in zip(uids, pairs, strict=True)
    }

"""Views of the list: kept under a name, given to a unit or to everyone, taken away."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.models import SavedView
from gongjian.flow.projects.queries import township_names, view_by_uid, views_shown_to
from gongjian.flow.projects.rules import check_can_keep_view
from gongjian.flow.projects.usecases import ViewWords, change_view, keep_view, remove_view
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.queries import unit_by_uid, units
from gongjian.foundation.orgs.rules import OFFICE
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.acts import act_key, uids_named, version_typed
from gongjian.interfaces.web.projects.forms import clean
from gongjian.interfaces.web.projects.rows.list_asked import list_asked
from gongjian.interfaces.web.projects.rows.list_words import asked_in_words, names_asked
from gongjian.interfaces.web.projects.rows.tabs import tabs
from gongjian.lib.refusals import Refused

PASSING = ("size", "dense", "more", "page")  # how a screen is held, not what a view is of


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_view)
def project_views(request: PageRequest) -> HttpResponse:
    """The views one has, and a form to keep what the list shows now."""
    if request.method == "GET":
        return _page(request, _query(request.GET))
    given = clean(request.POST)
    try:
        key = act_key(given.get("key", ""))
        with once(key, by=request.user, act="view.keep", at=now()) as claim:
            if not claim.done_before:
                keep_view(_words(given, given.get("query", "")), by=request.user, at=now())
    except Refused as no:
        return _page(request, given.get("query", ""), refused=no, typed=given.dict())
    return redirect("project_views")


@require_http_methods(["POST"])
@opens(check_can_keep_view)
def project_view(request: PageRequest, uid: UUID) -> HttpResponse:
    """Call a view of one's own otherwise, give it to others, or take it away."""
    view = view_by_uid(uid, reader=request.user)
    given = clean(request.POST)
    by, at, version = request.user, now(), version_typed(given.get("version", ""))
    try:
        if given.get("act") == "remove":
            remove_view(view, version=version, by=by, at=at)
        else:
            change_view(view, _words(given, view.query), version=version, by=by, at=at)
    except Refused as no:
        return _page(request, "", refused=no)
    return redirect("project_views")


def _query(given: QueryDict) -> str:
    """The address of a list without what belongs to the screen it was looked at on."""
    places = township_names(on=today())
    asked = list_asked(given, townships=places)
    return asked.address(**dict.fromkeys(PASSING, ""))[1:]


def _words(given: QueryDict, query: str) -> ViewWords:
    """Refused: form.broken, and as unit_by_uid."""
    unit: Unit | None = None
    if given.get("share") == SavedView.Share.UNIT and given.get("unit"):
        unit = unit_by_uid(uids_named(given.getlist("unit"))[0])
    return ViewWords(given.get("name", ""), query, given.get("share", "own"), unit)


def _page(
    request: PageRequest,
    query: str,
    *,
    refused: Refused | None = None,
    typed: dict[str, Any] | None = None,
) -> HttpResponse:
    campaign, on = campaign_in_force(today()), today()
    places = township_names(on=on)

    def words(held: str) -> str:
        asked = list_asked(QueryDict(held), townships=places)
        names = names_asked(campaign, asked, on) if campaign is not None else {}
        return " · ".join(asked_in_words(asked, names=names)) or _("全部项目")

    office = not OFFICE.isdisjoint(request.user.roles)
    shares = list(SavedView.Share) if office else [SavedView.Share.OWN]
    context: dict[str, Any] = {
        "room_tabs": tabs(request.user, "projects"),
        "views": [
            (view, _for_whom(view), view.owner_id == request.user.pk, words(view.query))
            for view in views_shown_to(request.user)
        ],
        "query": query,
        "words": words(query),
        "typed": typed or {},
        "shares": [(one.value, one.label) for one in shares],
        "units": units(on=today()) if office else [],
        "refused": refused,
        "key": act_key(""),
    }
    return render(request, "projects/views.html", context, status=409 if refused else 200)


def _for_whom(view: SavedView) -> str:
    if view.share == SavedView.Share.UNIT and view.unit is not None:
        return view.unit.short_name
    return _("所有人") if view.share == SavedView.Share.ALL else _("只有自己")

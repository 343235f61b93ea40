"""The tree of units as of a day, and the page of one unit."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongjian.flow.progress.queries import closed_rows, period_shown
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.queries import (
    bypass_rows,
    count_bypasses,
    regions,
    tree_rows,
    unit_by_uid,
    unit_card,
)
from gongjian.foundation.orgs.rules import (
    check_can_keep_people,
    check_can_read_bypasses,
    check_can_register_units,
    check_can_see_orgs,
    check_is_of_unit,
)
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.orgs.answers import unit_context
from gongjian.interfaces.web.paging import Page


@opens(check_can_see_orgs)
@require_GET
def units(request: PageRequest) -> HttpResponse:
    """The units of a day, one under another, 40 a page, filtered."""
    given = request.GET
    day = _day(given.get("on", ""))
    asked = {name: given.get(name, "").strip() for name in ("kind", "level", "region")}
    words = given.get("q", "").strip()
    rows = tree_rows(on=day, words=words, **asked)
    page = Page.of(given, total=len(rows))
    context = {
        "rows": rows[page.offset : page.offset + page.size],
        "page": page,
        "q": words,
        "on": day,
        "past": day != today(),
        **asked,
        "kinds": Unit.Kind.choices,
        "levels": [(str(value), label) for value, label in Unit.Level.choices],
        "regions": [(one.code, one.name) for one in regions()],
        "keeps": not why_not(check_can_register_units, request.user),
    }
    return render(request, "orgs/units.html", context)


@opens(check_can_see_orgs)
@require_GET
def unit(request: PageRequest, uid: UUID) -> HttpResponse:
    """One unit: its names over time, its posts and people, what it came from and went into."""
    found, by = unit_by_uid(uid), request.user
    concerned = not why_not(check_can_read_bypasses, by, unit=found)
    period = period_shown(now())
    context = {
        "card": unit_card(found, on=today()),
        "keeps": not why_not(check_can_register_units, by) and found.valid_to is None,
        "keeps_people": not why_not(check_can_keep_people, by, unit=found),
        "of_unit": not why_not(check_is_of_unit, found, by=by),
        "bypasses": bypass_rows(unit=found, limit=5) if concerned else [],
        "bypass_count": count_bypasses(unit=found) if concerned else 0,
        "closed": closed_rows(found, period.key, reader=by) if period else [],
        **unit_context(found, by, request.GET.dict(), on=today(), at=now()),
    }
    return render(request, "orgs/unit.html", context)


def _day(text: str) -> date:
    """The day that was asked for; today where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today()

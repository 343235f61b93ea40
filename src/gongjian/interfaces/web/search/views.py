"""The search: its palette asks for a piece of this page."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongjian.foundation.orgs.rules import check_can_enter
from gongjian.foundation.search.queries import best_hits, followed, hit_rows, matches, words_of
from gongjian.interfaces.request import PageRequest, opens
from gongjian.interfaces.web.kept import kept_until_written
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.search.kinds import GROUPS, audiences_for, sources_for
from gongjian.interfaces.web.search.rows import found_groups, found_rows, scopes


@require_GET
@opens(check_can_enter)
@kept_until_written(also=followed)
def search(request: PageRequest) -> HttpResponse:
    """All that was found, a page at a time; for the palette only the best of it."""
    typed = request.GET.get("q", "").strip()
    sources, audiences = sources_for(request.user), audiences_for(request.user)
    found = matches(typed, sources=sources, audiences=audiences)
    context: dict[str, object] = {
        "q": typed,
        "asked": bool(words_of(typed)),
        "all_url": f"{reverse('search')}?{urlencode({'q': typed})}",
    }
    if request.htmx:
        hits = best_hits(found)
        context |= {"groups": found_groups(hits), "total": hits.total}
        return render(request, "search/search.html#hits", context)
    group = request.GET.get("group", "")
    group = group if group in GROUPS else ""
    counts = found.counts
    total = counts.get(group, 0) if group else sum(counts.values())
    page = Page.of(request.GET, total=total)
    rows = hit_rows(found, group=group, offset=page.offset, limit=page.size)
    context |= {
        "rows": found_rows(rows),
        "page": page,
        "group": group,
        "scopes": scopes(counts, chosen=group, typed=typed),
    }
    return render(request, "search/search.html", context)

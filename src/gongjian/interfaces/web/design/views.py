"""The one view of the design page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.interfaces.request import open_to_all
from gongjian.interfaces.web.design import samples
from gongjian.interfaces.web.tags import icons


@open_to_all("shows made-up rows, and only while debugging")
def design_page(request: HttpRequest) -> HttpResponse:
    """Every component in each state. Where nobody debugs there is no such page."""
    if not settings.DEBUG:
        raise Http404
    context = {
        "rows": samples.ROWS,
        "refused": samples.REFUSAL,
        "conflict": samples.CONFLICT,
        "events": samples.EVENTS,
        "people": samples.PEOPLE,
        "at": samples.AT,
        "missing": ("measure", "check"),
        "icons": sorted(icons()),
    }
    return render(request, "design/design_page.html", context)

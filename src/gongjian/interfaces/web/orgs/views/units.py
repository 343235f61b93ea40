"""The units of the county: the list in the office's order, and the table that brings them in."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.foundation.orgs.queries import count_units, unit_rows
from gongjian.foundation.orgs.rules import check_can_register_units
from gongjian.foundation.orgs.usecases import register_unit_table
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.paging import Page
from gongjian.lib.refusals import Refused

MOST = 1024 * 1024  # a table of units is small; what is larger is not read into memory


@opens(check_can_register_units)
@require_http_methods(["GET", "POST"])
def units(request: PageRequest) -> HttpResponse:
    """All units in force, 40 a page; a table of new ones is registered whole or not at all."""
    if request.method == "GET":
        return _page(request)
    key = act_key(request.POST.get("key", ""))
    try:
        with once(key, by=request.user, act="units.register", at=now()) as claim:
            if not claim.done_before:
                register_unit_table(_content(request), by=request.user, at=now())
    except Refused as no:
        return _page(request, refused=no)
    return redirect("units")


def _content(request: PageRequest) -> bytes:
    """The bytes of the file that was sent. Refused: units.no-file."""
    file = request.FILES.get("file")
    if file is None:
        raise Refused("units.no-file", _("还没有选文件。"))
    content: bytes = file.read(MOST + 1)
    return content


def _page(request: PageRequest, *, refused: Refused | None = None) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    page = Page.of(request.GET, total=count_units(words, on=today()))
    context = {
        "rows": unit_rows(on=today(), words=words, offset=page.offset),
        "page": page,
        "q": words,
        "key": uuid4(),
        "refused": refused,
    }
    return render(request, "orgs/units.html", context, status=409 if refused else 200)

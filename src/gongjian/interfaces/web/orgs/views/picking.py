"""The list of a field that is searched as one types."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongjian.foundation.orgs.rules import check_can_see_orgs
from gongjian.interfaces.request import PageRequest, opens, today
from gongjian.interfaces.web.picking import pick_again


@opens(check_can_see_orgs)
@require_GET
def pick(request: PageRequest, of: str) -> HttpResponse:
    """What matches the letters typed so far, below what is chosen already."""
    return render(
        request, "parts/pick_list.html", {"pick": pick_again(of, request.GET, on=today())}
    )

"""The first run: three administrators, made by who can read the server's output."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongjian.foundation.orgs import usecases
from gongjian.foundation.orgs.queries import anybody_registered
from gongjian.interfaces.request import first_run_code, now, open_to_all
from gongjian.interfaces.web.orgs.forms import (
    LONGEST_PLACE,
    Administrator,
    gaps,
    misfit,
    read_administrators,
    three_administrators,
)
from gongjian.lib.refusals import Missing, Refused

Errors = list[tuple[str, str]]


@open_to_all("nobody has an account yet; the code is known to who started the server")
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Once, while nobody is registered; afterwards there is no such page."""
    if anybody_registered():
        raise Missing("first-run.over", _("三个管理员已经设好，这一页不再有了。"))
    if request.method == "GET":
        return _page(request, three_administrators(), [])
    sections = read_administrators(request.POST)
    errors = _errors(request, sections)
    if not errors:
        try:
            _do(request, sections)
        except Refused as no:
            errors = [(_place_of(no.code), no.sentence)]
        else:
            return redirect("login")
    return _page(request, sections, errors)


def _do(request: HttpRequest, sections: list[Administrator]) -> None:
    usecases.first_run(
        {one.role: one.typed() for one in sections},
        place=request.POST["place"].strip(),
        one_person="one_person" in request.POST,
        at=now(),
    )


def _errors(request: HttpRequest, sections: list[Administrator]) -> Errors:
    errors = gaps(sections)
    place = request.POST.get("place", "").strip()
    why = misfit(_("在哪里用"), place, longest=LONGEST_PLACE)
    if not place:
        why = _("还没有填在哪里用，如“诸城市”")
    if why:
        errors.insert(0, ("place", why))
    if not constant_time_compare(request.POST.get("token", "").strip(), first_run_code()):
        errors.insert(0, ("token", _("首次运行口令不对。它印在启动服务的窗口里。")))
    return errors


def _place_of(code: str) -> str:
    return "one_person" if code == "first-run.same-person" else "sys_admin_username"


def _page(request: HttpRequest, sections: list[Administrator], errors: Errors) -> HttpResponse:
    context = {
        "admins": sections,
        "one_person": "one_person" in request.POST,
        "token": request.POST.get("token", ""),
        "place": request.POST.get("place", ""),
        "errors": errors,
    }
    return render(request, "orgs/first_run.html", context, status=409 if errors else 200)

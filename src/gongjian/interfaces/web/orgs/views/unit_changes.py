"""Forms that change a unit: a new name, another place, an end or a merger, the order."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongjian.flow.duties.usecases import close_unit
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.queries import regions, unit_by_uid, unit_choices
from gongjian.foundation.orgs.rules import check_can_register_units
from gongjian.foundation.orgs.usecases import move_unit, rename_unit, reorder_unit
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.orgs.typed import (
    day_of,
    kind_of,
    level_of,
    uid_of,
    version_of,
    words_of,
)
from gongjian.interfaces.web.picking import Pick, pick
from gongjian.lib.refusals import Refused


@opens(check_can_register_units)
@require_http_methods(["GET", "POST"])
def unit_rename(request: PageRequest, uid: UUID) -> HttpResponse:
    """A new name from a day."""
    sent = request.POST

    def do(found: Unit) -> None:
        rename_unit(
            found,
            name=words_of(sent, "name"),
            short_name=words_of(sent, "short_name"),
            from_day=day_of(sent, "from_day", _("更名日期")),
            basis=words_of(sent, "basis"),
            version=version_of(sent),
            by=request.user,
            at=now(),
        )

    return _form(request, uid, "orgs/unit_rename.html", do)


@opens(check_can_register_units)
@require_http_methods(["GET", "POST"])
def unit_move(request: PageRequest, uid: UUID) -> HttpResponse:
    """Another parent, kind, level or region."""
    sent = request.POST

    def do(found: Unit) -> None:
        parent = uid_of(sent, "parent")
        code = words_of(sent, "region")
        move_unit(
            found,
            parent=unit_by_uid(parent) if parent else None,
            kind=kind_of(sent),
            level=level_of(sent),
            region=next((one for one in regions() if one.code == code), None),
            version=version_of(sent),
            by=request.user,
            at=now(),
        )

    def above(found: Unit) -> Pick:
        under = [found.parent.uid] if found.parent else []
        return _unit_pick(
            request,
            found,
            "parent",
            _("上级单位"),
            chosen=under,
            nobody=_("没有上级单位"),
        )

    return _form(request, uid, "orgs/unit_move.html", do, above)


@opens(check_can_register_units)
@require_http_methods(["GET", "POST"])
def unit_end(request: PageRequest, uid: UUID) -> HttpResponse:
    """The end of a unit, or its merger into another."""
    sent = request.POST

    def do(found: Unit) -> None:
        into = uid_of(sent, "into")
        close_unit(
            found,
            into=unit_by_uid(into) if into else None,
            on=day_of(sent, "on", _("撤并日期")),
            basis=words_of(sent, "basis"),
            version=version_of(sent),
            by=request.user,
            at=now(),
        )

    def into(found: Unit) -> Pick:
        return _unit_pick(
            request,
            found,
            "into",
            _("并入哪个单位"),
            hint=_("账号一起转去；只撤销、没有单位承接的不选"),
            nobody=_("没有单位承接"),
        )

    return _form(request, uid, "orgs/unit_end.html", do, into)


@opens(check_can_register_units)
@require_POST
def unit_order(request: PageRequest, uid: UUID) -> HttpResponse:
    """One place up or down among those under the same parent."""
    reorder_unit(
        unit_by_uid(uid), up=words_of(request.POST, "to") == "up", by=request.user, at=now()
    )
    return redirect("unit", uid=uid)


def _unit_pick(request: PageRequest, found: Unit, field: str, label: str, **more: Any) -> Pick:
    """One of the other units, or none."""
    others = [one for one in unit_choices(on=today()) if one.uid != found.uid]
    return pick(
        field, label, others, of="units", given=request.POST, one=True, optional=True, **more
    )


def _form(
    request: PageRequest,
    uid: UUID,
    template: str,
    do: Callable[[Unit], None],
    picked: Callable[[Unit], Pick] | None = None,
) -> HttpResponse:
    found, refused = unit_by_uid(uid), None
    if request.method == "POST" and not request.POST.get("find"):
        try:
            do(found)
        except Refused as no:
            refused, found = no, unit_by_uid(uid)
        else:
            return redirect("unit", uid=uid)
    context = {
        "unit": found,
        "typed": request.POST,
        "today": today(),
        "refused": refused,
        "pick": picked(found) if picked else None,
        "kinds": Unit.Kind.choices,
        "levels": Unit.Level.choices,
        "regions": regions(),
    }
    return render(request, template, context, status=409 if refused else 200)

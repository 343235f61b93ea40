"""What waits for one account: stages and months, taken a step further one by one or together."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gongjian.flow.projects.queries import (
    Step,
    count_waiting,
    months_named,
    stages_named,
    steps_of,
    waiting_months,
    waiting_stages,
)
from gongjian.flow.projects.rules import check_can_read_projects
from gongjian.flow.projects.usecases import (
    accept_months,
    accept_stages,
    check_months,
    check_stages,
    recognise_stages,
)
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.projects.forms import uid_typed
from gongjian.interfaces.web.projects.money import wan
from gongjian.interfaces.web.projects.rows.tabs import tabs
from gongjian.lib.refusals import Refused

STEPS = {
    "check": gettext_lazy("审核通过"),
    "recognise": gettext_lazy("认定"),
    "accept": gettext_lazy("采信"),
}
KINDS = {"stages": gettext_lazy("阶段"), "months": gettext_lazy("月度投资")}


@require_http_methods(["GET", "POST"])
@opens(check_can_read_projects)
def projects_waiting(request: PageRequest) -> HttpResponse:
    """Stages and months whose next step is this account's; ticked ones go on together."""
    given = request.POST or request.GET
    mine = steps_of(request.user)
    step = next((one for one in mine if one == given.get("step")), mine[0] if mine else None)
    kind = "months" if given.get("kind") == "months" else "stages"
    if request.method == "GET" or step is None:
        return _page(request, step, kind)
    try:
        _go_on(request, step, kind)
    except Refused as no:
        return _page(request, step, kind, refused=no)
    return redirect(f"{reverse('projects_waiting')}?step={step}&kind={kind}")


def _go_on(request: PageRequest, step: Step, kind: str) -> None:
    """Everything ticked, or nothing. Refused: waiting.none, and those of the step."""
    uids = dict(ticked(row) for row in request.POST.getlist("row"))
    by, at = request.user, now()
    if kind == "months":
        months = months_named(by, step, uids)
        check_all_there(len(months), len(uids))
        (check_months if step == "check" else accept_months)(months, by=by, at=at)
        return
    stages = stages_named(by, step, uids)
    check_all_there(len(stages), len(uids))
    acts = {"check": check_stages, "recognise": recognise_stages, "accept": accept_stages}
    acts[step](stages, by=by, at=at)


def ticked(row: str) -> tuple[UUID, int]:
    """The row a ticked box names, and its version as it was shown. Refused: form.broken."""
    uid, _colon, version = row.partition(":")
    if not version.isdecimal() or len(version) > 8:
        raise Refused("form.broken", _("表单不完整，请刷新页面再试。"))
    return uid_typed(uid), int(version)


def check_all_there(found: int, ticked: int) -> None:
    """Something was ticked, and all of it still waits. Refused: waiting.none, report.changed."""
    if not ticked:
        raise Refused("waiting.none", _("一条也没有勾选。"))
    if found != ticked:
        raise Refused("report.changed", _("有的刚被别人办过了，请刷新后再看。没有一条重复生效。"))


def _page(
    request: PageRequest, step: Step | None, kind: str, *, refused: Refused | None = None
) -> HttpResponse:
    by = request.user
    context: dict[str, Any] = {"step": step, "kind": kind, "refused": refused, "rows": []}
    context["room_tabs"] = tabs(by, "projects_waiting")
    if step is not None:
        counts = dict(zip(KINDS, count_waiting(by, step), strict=True))
        page = Page.of(request.GET.dict(), total=counts[kind])
        reach = {"offset": page.offset, "limit": page.size}
        context |= {
            "page": page,
            "act": STEPS[step],
            "steps": [(STEPS[one], f"?step={one}&kind={kind}", None, one == step)
                      for one in steps_of(by)],
            "kinds": [(label, f"?step={step}&kind={name}", counts[name], name == kind)
                      for name, label in KINDS.items()],
            "rows": waiting_stages(by, step, **reach) if kind == "stages" else [
                (row, wan(row.done), wan(row.arrived), wan(row.early_cost))
                for row in waiting_months(by, step, **reach)
            ],
        }  # fmt: skip
    return render(request, "projects/waiting.html", context, status=409 if refused else 200)

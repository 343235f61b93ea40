"""Sheets of units and people: a template, a preview, and only then the writing."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.queries import (
    SheetPlan,
    SheetRow,
    people_plan,
    people_template,
    unit_plan,
    unit_template,
)
from gongjian.foundation.orgs.rules import (
    check_can_keep_people,
    check_can_register_units,
    kept_unit,
)
from gongjian.foundation.orgs.usecases import import_people, import_units
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.answers import attachment
from gongjian.lib.refusals import Refused

MOST = 1024 * 1024  # a sheet of units or people is small; what is larger is not read into memory
SHOWN = 200  # rows of each kind
LONGEST_NAME = 120
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Wording:
    """What the page of one kind of sheet says and where it leads."""

    title: str
    parent: str
    list_of: str
    page: str
    confirm: str
    template: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that share a fate, as many as are shown."""

    state: str
    label: str
    total: int
    rows: list[SheetRow]

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


@opens(check_can_register_units)
@require_http_methods(["GET", "POST"])
def units_import(request: PageRequest) -> HttpResponse:
    """Choose a sheet of units; sent, it is compared and nothing is written."""
    return _preview(request, _units(), _unit_plan)


@opens(check_can_register_units)
@require_POST
def units_import_confirm(request: PageRequest) -> HttpResponse:
    """Write what the preview showed."""
    return _confirm(request, _units(), _unit_plan, import_units)


@opens(check_can_register_units)
@require_GET
def units_template(request: PageRequest) -> HttpResponse:  # noqa: ARG001
    """The empty sheet."""
    return attachment(unit_template(at=now()), _("单位登记表.xlsx"), kind=XLSX)


@opens(check_can_keep_people)
@require_http_methods(["GET", "POST"])
def people_import(request: PageRequest) -> HttpResponse:
    """Choose a sheet of people; sent, it is compared and nothing is written."""
    return _preview(request, _people(), _people_plan)


@opens(check_can_keep_people)
@require_POST
def people_import_confirm(request: PageRequest) -> HttpResponse:
    """Write what the preview showed."""
    return _confirm(request, _people(), _people_plan, import_people)


@opens(check_can_keep_people)
@require_GET
def people_template_file(request: PageRequest) -> HttpResponse:  # noqa: ARG001
    """The empty sheet."""
    return attachment(people_template(at=now()), _("人员登记表.xlsx"), kind=XLSX)


Plan = Callable[[str, bytes, User], SheetPlan]


def _unit_plan(name: str, content: bytes, by: User) -> SheetPlan:  # noqa: ARG001
    return unit_plan(name, content, today=today())


def _people_plan(name: str, content: bytes, by: User) -> SheetPlan:
    return people_plan(name, content, today=today(), only=kept_unit(by))


def _units() -> Wording:
    return Wording(
        _("导入单位"), _("单位"), "units", "units_import", "units_import_confirm", "units_template"
    )


def _people() -> Wording:
    return Wording(
        _("导入人员"),
        _("人员"),
        "people",
        "people_import",
        "people_import_confirm",
        "people_template",
    )


def _preview(request: PageRequest, wording: Wording, plan: Plan) -> HttpResponse:
    if request.method == "GET":
        return _page(request, wording)
    file = request.FILES.get("file")
    if file is None:
        return _page(request, wording, refused=Refused("sheet.no-file", _("还没有选文件。")))
    name, content = (file.name or "")[-LONGEST_NAME:], file.read(MOST + 1)
    try:
        found = plan(name, content, request.user)
    except Refused as no:
        return _page(request, wording, refused=no)
    return _page(request, wording, plan=found, name=name, content=content)


def _confirm(
    request: PageRequest, wording: Wording, plan: Plan, write: Callable[..., SheetPlan]
) -> HttpResponse:
    """Write; where something moved since the preview, show it anew and write nothing."""
    name, mark = request.POST.get("name", "")[-LONGEST_NAME:], request.POST.get("mark", "")
    try:
        content = b64decode(request.POST.get("content", ""), validate=True)
        write(name, content, mark=mark, by=request.user, at=now())
    except ValueError:
        gone = Refused("sheet.gone", _("预览的内容不完整了，请重新选文件。"))
        return _page(request, wording, refused=gone)
    except Refused as no:
        if no.code != "sheet.moved":
            return _page(request, wording, refused=no)
        found = plan(name, content, request.user)
        return _page(request, wording, plan=found, name=name, content=content, refused=no)
    return redirect(wording.list_of)


def _page(
    request: PageRequest,
    wording: Wording,
    *,
    plan: SheetPlan | None = None,
    name: str = "",
    content: bytes = b"",
    refused: Refused | None = None,
) -> HttpResponse:
    counts = plan.counts if plan else {}
    context = {
        "words": wording,
        "plan": plan,
        "counts": counts,
        "writes": bool(counts.get("new") or counts.get("changed")),
        "groups": _groups(plan) if plan else [],
        "name": name,
        "content": b64encode(content).decode(),
        "refused": refused,
    }
    return render(request, "orgs/import.html", context, status=409 if refused else 200)


def _groups(plan: SheetPlan) -> list[Group]:
    """What needs a look first: refused, then changed, then new; what is the same is counted."""
    labels = {"refused": _("不收的"), "changed": _("要改的"), "new": _("新的")}
    groups = []
    for state, label in labels.items():
        rows = [row for row in plan.rows if row.state == state]
        if rows:
            groups.append(Group(state, label, len(rows), rows[:SHOWN]))
    return groups

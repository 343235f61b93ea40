"""Working on one node of the plan: words, numbers, dates, definitions, tags, its place, its end."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.flow.plan.models import Action, Milestone, Target, Task
from gongjian.flow.plan.queries import (
    action_by_uid,
    member_by_uid,
    milestone_by_uid,
    part_by_uid,
    read_amount,
    tag_by_uid,
    target_by_uid,
    task_by_uid,
)
from gongjian.flow.plan.rules import check_can_keep_plan
from gongjian.flow.plan.usecases import (
    FormWords,
    add_milestone,
    define_node,
    edit_node,
    end_node,
    form_target,
    move_node,
    propose_date,
    propose_value,
    put_under_part,
    set_value,
    tag_node,
    untag_node,
)
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.plan import forms
from gongjian.interfaces.web.plan.rows.editing import edit_context
from gongjian.lib.refusals import Refused

Node = Action | Target | Task | Milestone
Given = Mapping[str, str]


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_plan)
def action_edit(request: PageRequest, uid: UUID) -> HttpResponse:
    """An action: its words, its part of the year, its tags, its end."""
    return _edit(request, action_by_uid(uid, reader=request.user))


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_plan)
def target_edit(request: PageRequest, uid: UUID) -> HttpResponse:
    """A target: its words, its value, its date, how its figure is formed."""
    return _edit(request, target_by_uid(uid, reader=request.user))


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_plan)
def task_edit(request: PageRequest, uid: UUID) -> HttpResponse:
    """A task: its words, its date, its milestones."""
    return _edit(request, task_by_uid(uid, reader=request.user))


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_plan)
def milestone_edit(request: PageRequest, uid: UUID) -> HttpResponse:
    """A milestone: its words and its day."""
    return _edit(request, milestone_by_uid(uid, reader=request.user))


def _edit(request: PageRequest, node: Node) -> HttpResponse:
    if request.method == "GET":
        return _page(request, node)
    name = request.POST.get("act", "")
    act = ACTS.get(name)
    try:
        if act is None:
            raise Refused("form.broken", _("表单不完整，请刷新页面再试。"))
        act(node, request.POST.dict(), request.user)
    except Refused as no:
        return _page(request, node, refused=no, act=name)
    kind = node._meta.model_name
    return redirect(f"{reverse(f'{kind}_edit', args=[node.uid])}?done={name}#{name}")


def _page(
    request: PageRequest, node: Node, *, refused: Refused | None = None, act: str = ""
) -> HttpResponse:
    typed = request.POST.dict() if refused else {}
    context: dict[str, Any] = edit_context(node, typed, on=today())
    context |= {"refused": refused, "act": act, "done": request.GET.get("done", "")}
    return render(request, "plan/edit.html", context, status=409 if refused else 200)


def _words(node: Node, given: Given, by: User) -> None:
    edit_node(node, given, version=forms.version(given.get("version", "")), by=by, at=now())


def _value(node: Node, given: Given, by: User) -> None:
    """The first value is typed; every later one is proposed."""
    target = _of(Target, node)
    value, value_max = read_amount(given.get("value", ""))
    kept = forms.version(given.get("version", ""))
    base = None if value is None else value * target.factor
    most = None if value_max is None else value_max * target.factor
    basis = given.get("basis", "")
    if given.get("first"):
        set_value(target, base, most, basis=basis, version=kept, by=by, at=now())
        return
    reason = given.get("reason", "")
    propose_value(target, base, most, reason=reason, basis=basis, version=kept, by=by, at=now())


def _date(node: Node, given: Given, by: User) -> None:
    if isinstance(node, Action):
        raise Refused("form.broken", _("行动没有时限。"))
    day, precision = forms.day(given, "day", node.action.campaign.year)
    propose_date(
        node,
        day,
        precision,
        reason=given.get("reason", ""),
        basis=given.get("basis", ""),
        version=forms.version(given.get("version", "")),
        by=by,
        at=now(),
    )


def _form(node: Node, given: Given, by: User) -> None:
    target = _of(Target, node)
    words = FormWords(
        given.get("form", ""),
        given.get("source", ""),
        given.get("numerator", ""),
        given.get("denominator", ""),
    )
    since = (
        forms.day(given, "since", target.action.campaign.year)[0] if given.get("since") else today()
    )
    kept = forms.version(given.get("version", ""))
    form_target(target, words, valid_from=since, version=kept, by=by, at=now())


def _define(node: Node, given: Given, by: User) -> None:
    if not isinstance(node, Target | Task):
        raise Refused("form.broken", _("表单不完整，请刷新页面再试。"))
    purpose = "statistics" if given.get("purpose") == "statistics" else "dispatch"
    define_node(
        node,
        given.get("text", ""),
        purpose=purpose,
        basis=given.get("basis", ""),
        valid_from=today(),
        by=by,
        at=now(),
    )


def _milestone(node: Node, given: Given, by: User) -> None:
    if not isinstance(node, Target | Task):
        raise Refused("form.broken", _("表单不完整，请刷新页面再试。"))
    words = forms.node_words(given, "milestone", node.action.campaign.year)
    add_milestone(node, words, by=by, at=now())


def _part(node: Node, given: Given, by: User) -> None:
    action = _of(Action, node)
    named = given.get("part", "")
    part = part_by_uid(action.campaign, forms.uid(named)) if named else None
    kept = forms.version(given.get("version", ""))
    put_under_part(action, part, version=kept, by=by, at=now())


def _tag(node: Node, given: Given, by: User) -> None:
    if isinstance(node, Milestone):
        raise Refused("form.broken", _("节点不加标签，请加在它的任务或目标上。"))
    tag_node(tag_by_uid(forms.uid(given.get("tag", "")), reader=by), node, by=by, at=now())


def _untag(_node: Node, given: Given, by: User) -> None:
    untag_node(member_by_uid(forms.uid(given.get("member", "")), reader=by), by=by, at=now())


def _up(node: Node, given: Given, by: User) -> None:
    move_node(node, -1, version=forms.version(given.get("version", "")), by=by, at=now())


def _down(node: Node, given: Given, by: User) -> None:
    move_node(node, 1, version=forms.version(given.get("version", "")), by=by, at=now())


def _end(node: Node, given: Given, by: User) -> None:
    kept = forms.version(given.get("version", ""))
    end_node(node, given.get("why", ""), version=kept, by=by, at=now())


def _of(kind: type[Any], node: Node) -> Any:
    """The node, where it is of the kind that an act is for."""
    if not isinstance(node, kind):
        raise Refused("form.broken", _("表单不完整，请刷新页面再试。"))
    return node


ACTS: Mapping[str, Callable[[Any, Given, User], None]] = {
    "words": _words,
    "value": _value,
    "date": _date,
    "form": _form,
    "define": _define,
    "milestone": _milestone,
    "part": _part,
    "tag": _tag,
    "untag": _untag,
    "up": _up,
    "down": _down,
    "end": _end,
}

"""The plan by hand: one node typed in, rows pasted from a sheet, nodes copied from another year."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.flow.plan.models import Action, Campaign, TargetSource
from gongjian.flow.plan.queries import (
    ActionRow,
    action_choices,
    campaign_of_year,
    campaigns,
    copies_there,
    copies_with_old_year,
    part_by_uid,
    parts_of,
    plan_actions,
    written_day,
    written_goal,
)
from gongjian.flow.plan.rules import MOST_LINES, check_can_keep_plan, check_can_read_plan
from gongjian.flow.plan.usecases import (
    ActionWords,
    Pasted,
    add_action,
    add_node,
    create_campaign,
    create_part,
    plant_pasted,
    read_pasted,
)
from gongjian.flow.progress.usecases import copy_nodes
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.acts import uids_named
from gongjian.interfaces.web.plan import forms
from gongjian.interfaces.web.plan.rows.editing import form_choices, form_table
from gongjian.interfaces.web.plan.views.tree import campaign_asked, campaign_named
from gongjian.lib.refusals import Missing, Refused

SHOWN = 200
KINDS = ("target", "task", "milestone", "action", "part")


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_plan)
def plan_add(request: PageRequest) -> HttpResponse:
    """A target, task, milestone, action or part of the year, typed in."""
    campaign = _campaign(request)
    given = (request.POST if request.method == "POST" else request.GET).dict()
    kind = given.get("kind", "task")
    if request.method == "GET":
        return _add_page(request, campaign, given, kind)
    try:
        url = _add(request, campaign, given, kind)
    except Refused as no:
        return _add_page(request, campaign, given, kind, refused=no)
    return redirect(url)


def _add(request: PageRequest, campaign: Campaign, given: dict[str, str], kind: str) -> str:
    """Do what the form asks; where to go then."""
    by, name = request.user, given.get("name", "")
    if kind == "part":
        create_part(campaign, name, by=by, at=now())
        return f"{reverse('plan')}?year={campaign.year}"
    if kind == "action":
        named = given.get("part", "")
        part = part_by_uid(campaign, forms.uid(named)) if named else None
        words = ActionWords(name, part, given.get("basis", ""))
        return reverse("action", args=[add_action(campaign, words, by=by, at=now()).uid])
    home = _home(campaign, given)
    if home is None:
        raise Refused("plan.homeless", _("请选所属行动。"))
    node = add_node(home, forms.node_words(given, kind, campaign.year), by=by, at=now())
    if given.get("again"):
        return f"{reverse('plan_add')}?year={campaign.year}&kind={kind}&action={home.seq}&added=1"
    return reverse(kind, args=[node.uid])


def _add_page(
    request: PageRequest,
    campaign: Campaign,
    given: dict[str, str],
    kind: str,
    *,
    refused: Refused | None = None,
) -> HttpResponse:
    kind = kind if kind in KINDS else "task"
    address = f"{reverse('plan_add')}?year={campaign.year}&action={given.get('action', '')}"
    labels = {
        "target": _("目标"),
        "task": _("任务"),
        "milestone": _("行动的节点"),
        "action": _("行动"),
        "part": _("分项攻坚年"),
    }
    context: dict[str, Any] = {
        "campaign": campaign,
        "kind": kind,
        "typed": given,
        "refused": refused,
        "added": given.get("added"),
        "kinds": [
            (words, f"{address}&kind={key}", None, key == kind) for key, words in labels.items()
        ],
        "label": labels[kind],
        "actions": _actions(campaign, given.get("action", "")),
        "parts": [
            (str(part.uid), part.name, str(part.uid) == given.get("part"))
            for part, _held in parts_of(campaign, on=today())
        ],
        **form_choices(given, "flow", "reported"),
    }
    return render(request, "plan/add.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_plan)
def plan_paste(request: PageRequest) -> HttpResponse:
    """Rows from a sheet: shown line by line, written when confirmed, refused ones kept."""
    campaign = _campaign(request)
    given = request.POST.dict()
    if request.method == "GET":
        return _paste_page(request, campaign, request.GET.dict())
    home = _home(campaign, given)
    text = given.get("rows", "")
    try:
        if not given.get("confirm"):
            pasted = read_pasted(
                campaign, text, home=home, completes=True, by=request.user, at=now()
            )
            return _paste_page(request, campaign, given, pasted=pasted)
        count, pasted = plant_pasted(
            campaign, text, home=home, completes=True, by=request.user, at=now()
        )
    except Refused as no:
        return _paste_page(request, campaign, given, refused=no)
    left = {**given, "rows": pasted.left}
    return _paste_page(request, campaign, left, written=count)


def _paste_page(
    request: PageRequest,
    campaign: Campaign,
    given: dict[str, str],
    *,
    pasted: Pasted | None = None,
    written: int = 0,
    refused: Refused | None = None,
) -> HttpResponse:
    lines = sorted(pasted.lines, key=lambda line: line.state != "refused") if pasted else []
    counts = pasted.counts if pasted else {}
    brings = counts.get("new", 0) + counts.get("fills", 0)
    context = {
        "campaign": campaign,
        "rows": given.get("rows", ""),
        "actions": _actions(campaign, given.get("action", "")),
        "pasted": pasted,
        "lines": lines[:SHOWN],
        "unseen": len(lines) - SHOWN if len(lines) > SHOWN else 0,
        "counts": counts,
        "confirm": ngettext("写入 %(count)s 行", "写入 %(count)s 行", brings) % {"count": brings},
        "brings": brings,
        "written": written,
        "most": MOST_LINES,
        "refused": refused,
    }
    return render(request, "plan/paste.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_plan)
def plan_copy(request: PageRequest) -> HttpResponse:
    """Choose what is taken over from another year."""
    into = _campaign(request)
    given = request.POST if request.method == "POST" else request.GET
    source = _source(into, given.get("from", ""))
    if request.method == "POST" and given.get("begin"):
        return _begin(request, into)
    if request.method == "GET" or source is None:
        return _copy_page(request, into, source)
    chosen = given.getlist("node")
    try:
        count = copy_nodes(source, into, uids_named(chosen), by=request.user, at=now())
    except Refused as no:
        return _copy_page(request, into, source, chosen=chosen, refused=no)
    return redirect(f"{reverse('plan_copy')}?year={into.year}&from={source.year}&done={count}")


def _begin(request: PageRequest, last: Campaign) -> HttpResponse:
    """The next year, to copy into."""
    try:
        coming = create_campaign(last.name, year=last.year + 1, by=request.user, at=now())
    except Refused as no:
        return _copy_page(request, last, None, refused=no)
    return redirect(f"{reverse('plan_copy')}?year={coming.year}&from={last.year}")


def _copy_page(
    request: PageRequest,
    into: Campaign,
    source: Campaign | None,
    *,
    chosen: list[str] | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    years = campaigns()
    actions = plan_actions(source, on=today()) if source is not None else []
    only = request.GET.get("action") or request.POST.get("action") or ""
    shown = [a for a in actions if str(a.seq) == only] if only else actions
    there = copies_there(source, into, on=today()) if source is not None else set()
    done = request.GET.get("done", "")
    speaking = copies_with_old_year(source, into) if source is not None and done else []
    context = {
        "campaign": into,
        "source": source,
        "sources": [
            (str(c.year), f"{c.year} {c.name}", c == source) for c in years if c.year != into.year
        ],
        "coming": into.year + 1 if into.year == max(c.year for c in years) else 0,
        "actions": [(str(a.seq), f"{a.seq} {a.name}", str(a.seq) == only) for a in actions],
        "only": only,
        "groups": [
            (
                action,
                [
                    (uid, *row, uid in there, chosen is None or str(uid) in chosen)
                    for uid, row in _choosable(action)
                ],
            )
            for action in shown
        ],
        "done": done,
        "speaking": [
            (str(node), reverse(f"{node._meta.model_name}_edit", args=[node.uid]))
            for node in speaking
        ],
        "refused": refused,
    }
    return render(request, "plan/copy.html", context, status=409 if refused else 200)


def _choosable(action: ActionRow) -> list[tuple[UUID, tuple[str, str, str, str, str]]]:
    """What may be chosen below an action: uid; number, name, goal, date, kind."""
    targets = [
        (
            t.uid,
            (
                t.code,
                t.metric,
                written_goal(t.comparator, t.value, t.value_max, t.unit, t.factor),
                written_day(t.deadline, t.precision),
                _("目标"),
            ),
        )
        for t in action.targets
    ]
    tasks = [
        (t.uid, (t.code, t.title, "", written_day(t.deadline, t.precision), _("任务")))
        for t in action.tasks
    ]
    return targets + tasks


@require_GET
@opens(check_can_read_plan)
def plan_kinds(request: PageRequest) -> HttpResponse:
    """Kind × source: how every figure is formed."""
    sources = [str(source.label) for source in TargetSource.Source]
    return render(request, "plan/kinds.html", {"sources": sources, "table": form_table()})


def _campaign(request: PageRequest) -> Campaign:
    campaign = campaign_asked(request)
    if campaign is None:
        raise Missing("plan.none", _("还没有攻坚年。先上传一份方案，或在首次上传时建立。"))
    return campaign


def _home(campaign: Campaign, given: dict[str, str]) -> Action | None:
    """The action that a form chooses by its number."""
    typed = given.get("action", "")
    return next((a for a in action_choices(campaign, on=today()) if str(a.seq) == typed), None)


def _actions(campaign: Campaign, current: str) -> list[tuple[str, str, bool]]:
    rows = action_choices(campaign, on=today())
    return [(str(a.seq), f"{a.seq} {a.name}", str(a.seq) == current) for a in rows]


def _source(into: Campaign, typed: str) -> Campaign | None:
    return campaign_named(typed) if typed else campaign_of_year(into.year - 1)

"""What a target, a task or an action lacks of the 五定, where it is mended, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.flow.duties.rules import check_can_assign
from gongjian.flow.plan.models import Action, Target, Task
from gongjian.flow.plan.queries import ActionRow
from gongjian.flow.plan.rules import check_can_keep_plan
from gongjian.flow.progress.queries import Held, held_items
from gongjian.flow.progress.rules import FIVE
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import why_not

PLACES = {
    "goal": "words",
    "measure": "words",
    "time": "date",
    "check": "define",
}  # of the edit page
FEW = 5
Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing in a line, what follows from it, and the ways to mend it.

    `items` names nodes below an action: (name, url, what each lacks).
    """

    title: str
    words: str
    links: Sequence[Link] = ()
    items: Sequence[tuple[str, str, str]] = ()


def five_of(node: Target | Task, *, on: date, by: User) -> Gaps | None:
    """Of a target or task; None where nothing is missing, or it was withdrawn."""
    kind = node._meta.model_name or ""
    held = held_items([(kind, node.pk)], on=on).get((kind, node.pk))
    if held is None or node.ended_on is not None:
        return None
    links = _links(kind, node, held.missing, by=by)
    words = (
        _("以前报过，填报照旧开放；请尽快补齐。")
        if held.open_already
        else _("补齐以前，新的一期不开放填报。")
    )
    return Gaps(
        title=_("五定有缺：还没有%(what)s") % {"what": _named(held.missing)},
        words=words if links else words + _("由攻坚办补齐。"),
        links=links,
    )


def five_below(
    action: Action, row: ActionRow | None, *, led: bool, on: date, by: User
) -> Gaps | None:
    """Of an action: its own lead unit, and the targets and tasks below it that lack something."""
    if action.ended_on is not None:
        return None
    below = {("target", t.pk): (t.code, t.metric, t.uid) for t in (row.targets if row else ())}
    below |= {("task", t.pk): (t.code, t.title, t.uid) for t in (row.tasks if row else ())}
    held = held_items(below, on=on)
    links = [] if led else _links("action", action, ("duty",), by=by)
    if held:
        every = f"{reverse('plan')}?year={action.campaign.year}&action={action.seq}&only=gaps"
        links.append((_("在总表里看这些条目"), every))
    if led and not held:
        return None
    said = [] if led else [_("这个行动还没有确认的牵头单位")]
    if held:
        count = ngettext("%(n)s 项五定有缺", "%(n)s 项五定有缺", len(held)) % {"n": len(held)}
        said.append(count)
    return Gaps(
        title=_("；").join(said),
        words=_what_follows(list(held.values())),
        links=links,
        items=[
            (
                f"{below[key][0]} {below[key][1]}",
                reverse(key[0], args=[below[key][2]]),
                _("缺%(what)s") % {"what": _named(one.missing)},
            )
            for key, one in list(held.items())[:FEW]
        ],
    )


def _what_follows(held: Sequence[Held]) -> str:
    shut = sum(not one.open_already for one in held)
    stays = len(held) - shut
    words = []
    if shut:
        words.append(_("%(n)s 项补齐以前，新的一期不开放填报。") % {"n": shut})
    if stays:
        words.append(_("%(n)s 项以前报过，填报照旧开放；请尽快补齐。") % {"n": stays})
    return "".join(words)


def _links(
    kind: str, node: Target | Task | Action, missing: Sequence[str], *, by: User
) -> list[Link]:
    """Where each of the missing is mended, for who may."""
    links: list[Link] = []
    if "duty" in missing and not why_not(check_can_assign, by):
        links.append((_("去确认牵头单位"), reverse("work_assign", args=[kind, node.uid])))
    if why_not(check_can_keep_plan, by):
        return links
    for name in missing:
        if name in PLACES:
            edit = reverse(f"{kind}_edit", args=[node.uid])
            label = _("去填%(what)s") % {"what": FIVE[name]}
            links.append((label, f"{edit}#{PLACES[name]}"))
    return links


def _named(missing: Sequence[str]) -> str:
    """A lead unit that the plan's words propose does not count before it is confirmed."""
    words = {**FIVE, "duty": _("确认的牵头单位")}
    return _("、").join(str(words[name]) for name in missing)

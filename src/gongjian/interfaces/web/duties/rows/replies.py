"""How the units answered about one line, in a few words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import LineReplies

VIEWS = ("objected", "silent", "open", "claimed", "decided")


@dataclass(frozen=True, slots=True)
class Told:
    """How the units of a line answered: a tone, what is said, and of whom."""

    tone: str
    words: str
    who: str = ""


def told(line: LineReplies) -> Told:
    """What the office has to look at first: objections, then silences, then who may still answer.

    >>> from uuid import UUID
    >>> from gongjian.flow.duties.queries import Reply
    >>> told(LineReplies(UUID(int=0), [Reply("市财政局", "claimed", False)]))
    Told(tone='g', words='认领 1/1', who='')
    """
    for tone, state, words in (
        ("y", "objected", _("%(count)s 个异议")),
        ("", "silent", _("%(count)s 个未答复")),
        ("", "open", _("%(count)s 个还没答复")),
    ):
        if names := line.names(state):
            return Told(tone, words % {"count": len(names)}, _joined(names))
    counts = {"claimed": line.claimed, "all": len(line.replies), "decided": line.decided}
    if line.decided:
        return Told("g", _("认领 %(claimed)s/%(all)s，已定 %(decided)s") % counts)
    return Told("g", _("认领 %(claimed)s/%(all)s") % counts)


def view_labels() -> dict[str, str]:
    """The filters of a consultation, all first."""
    return {
        "": _("全部"),
        "objected": _("异议待定"),
        "silent": _("到期未答复"),
        "open": _("答复期内"),
        "claimed": _("全部认领"),
        "decided": _("已定"),
    }


def _joined(names: Sequence[str]) -> str:
    return _("、").join(names)

"""Two reviewers at once: both values side by side, and nothing overwritten."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Candidate
from gongjian.flow.plan.queries.candidates import shown_fields
from gongjian.lib.refusals import Conflict


def conflict_about(
    theirs: Candidate, *, mine: Mapping[str, Any], state: Candidate.State, home: Candidate | None
) -> Conflict:
    """A finding that changed since it was shown: what is kept beside what was meant."""
    label = str(_("决定"))
    kept = {label: str(theirs.get_state_display()), **_shown(theirs.fields, theirs.under)}
    meant = {label: str(state.label), **_shown(mine, home)}
    names = [name for name in {**kept, **meant} if kept.get(name, "") != meant.get(name, "")]
    return Conflict(
        "candidate.changed",
        _sentence(theirs, differs=bool(names)),
        mine={name: meant.get(name, "") for name in names},
        theirs={name: kept.get(name, "") for name in names},
    )


def _sentence(theirs: Candidate, *, differs: bool) -> str:
    """Who changed it meanwhile: another reviewer, or the plan itself."""
    if theirs.moved or theirs.decided_by is None:
        said = _("你打开以后，这一条变过：计划动了，或有人重审过。你的改动没有保存。")
    else:
        said = _("这条候选刚被%(who)s改过，你的改动没有保存。") % {
            "who": theirs.decided_by.display_name
        }
    return said + (_("两边不同的内容列在下面。") if differs else _("请看现在的样子，再定。"))


def _shown(fields: Mapping[str, Any], home: Candidate | None) -> dict[str, str]:
    under = {str(_("所属行动")): str(home.fields["name"])} if home else {}
    return {**shown_fields(fields), **under}

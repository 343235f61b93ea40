"""A list of targets into the plan: as nodes of the actions that its rows or its groups name."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.flow.plan import rules
from gongjian.flow.plan.models import (
    Campaign,
    Definition,
    Milestone,
    Target,
    TargetSource,
    TargetValue,
    Task,
)
from gongjian.flow.plan.queries import TARGETS, campaign_by_uid
from gongjian.flow.plan.usecases.pasting import Pasted, plant_pasted, read_pasted
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.queries.ledgers import Entry, Fate, Going, ListKind
from gongjian.lib.refusals import Refused

HEADS = {
    "action": "所属行动",  # not shown
    "kind": "类别",  # not shown
    "name": "目标名称",  # not shown
    "goal": "目标值",  # not shown
    "unit": "单位",  # not shown
    "deadline": "完成时限",  # not shown
    "base": "基期",  # not shown
    "measures": "工作措施",  # not shown
    "definition": "口径",  # not shown
    "basis": "依据",  # not shown
}
NOTHING = "paste.nothing"


def try_targets(
    campaign: Campaign, entries: Sequence[Entry], *, by: User, at: datetime
) -> list[Fate]:
    """What would become of each row; nothing is written. Refused: office.only, paste.*"""
    taken = [entry for entry in entries if not entry.refused]
    pasted = read_pasted(campaign, _text(taken), home=None, by=by, at=at) if taken else None
    return _fates(entries, taken, pasted)


def import_targets(
    campaign: Campaign, entries: Sequence[Entry], *, by: User, at: datetime
) -> list[Fate]:
    """Write the rows that are new as targets, tasks and milestones of their actions.

    One that is there is the same; one whose action, number or day cannot be read is given back.
    Refused: office.only, paste.*
    """
    taken = [entry for entry in entries if not entry.refused]
    if not taken:
        return _fates(entries, taken, None)
    try:
        _count, pasted = plant_pasted(campaign, _text(taken), home=None, by=by, at=at)
    except Refused as no:
        if no.code != NOTHING:
            raise
        pasted = read_pasted(campaign, _text(taken), home=None, by=by, at=at)
    return _fates(entries, taken, pasted)


def _going(entries: Sequence[Entry], going: Going, write: bool) -> list[Fate]:
    act = import_targets if write else try_targets
    return act(campaign_by_uid(UUID(going.into)), entries, by=going.by, at=going.at)


TARGET_LIST = ListKind(
    TARGETS,
    rules.check_can_keep_plan,
    _going,
    (Target, TargetValue, TargetSource, Task, Definition, Milestone),
)


def _numbered(entries: Sequence[Entry]) -> dict[int, Entry]:
    """Rows by the line they get in the text: their own in the file, where it is free."""
    found: dict[int, Entry] = {}
    last = 1  # the heads
    for entry in entries:
        last = max(entry.row, last + 1)
        found[last] = entry
    return found


def _text(entries: Sequence[Entry]) -> str:
    """The rows as they could have been pasted, each at its line, below the heads."""
    out = io.StringIO()
    lines = csv.writer(out, delimiter="\t", lineterminator="\n")
    lines.writerow(HEADS.values())
    written = 1
    for line, entry in _numbered(entries).items():
        for _blank in range(line - written - 1):
            lines.writerow([])
        written = line
        record = dict(entry.record)
        group = str(record.get("category") or "").rpartition("/")[2]
        record["action"] = record.get("action") or group
        lines.writerow([_plain(record.get(name)) for name in HEADS])
    return out.getvalue()


def _plain(value: object) -> str:
    return " ".join(str(value or "").split())


def _fates(entries: Sequence[Entry], taken: Sequence[Entry], pasted: Pasted | None) -> list[Fate]:
    said = {line.number: line for line in pasted.lines} if pasted else {}
    of = {id(entry): said.get(line) for line, entry in _numbered(taken).items()}
    fates = []
    for entry in entries:
        line = of.get(id(entry))
        if entry.refused or line is None:
            fates.append(Fate.given_back(entry))
        else:
            brings = ((_("目标值"), line.goal), (_("完成时限"), line.deadline))
            changes = tuple((label, "", words) for label, words in brings if words)
            new = changes if line.state == "new" else ()
            fates.append(Fate(entry.sheet, entry.row, line.state, line.name, line.why, new))
    return fates

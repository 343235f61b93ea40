"""责任清单: one row a target and a task, under its action."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.flow.duties.models import DutyList
from gongjian.flow.duties.queries import (
    SheetLine,
    arranged,
    asked_line,
    gaps,
    issued_lines,
    issued_list,
    line_replies,
    list_in_the_making,
    named,
    proposed_duties,
    sheet_lines,
    unit_order_of,
    unread_lines,
)
from gongjian.flow.plan.models import Campaign
from gongjian.interfaces.web.duties.rows.replies import Told, told
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.tags import day_in

STATES = ("", "proposed", "open", "words", "five", "changed")
SIZE = 120


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One target or task: who leads, fills, answers, supports; proposed until confirmed."""

    uid: str
    code: str
    kind: str
    name: str
    goal: str
    url: str
    action: str
    action_seq: int
    old_code: str
    leader: str
    lead: str
    fills: str
    responsible: str
    supporting: str
    deadline: str
    missing: tuple[str, ...]
    state: str
    changed: str
    was: str
    reply: Told | None
    assign_url: str
    page_url: str
    unread: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class DutyGroup:
    """An action with its rows that are shown."""

    seq: int
    name: str
    rows: list[DutyRow]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader filters by; `open` are rows without a lead unit."""

    words: str = ""
    unit: str = ""
    action: str = ""
    state: str = ""
    year: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wanted":
        state = given.get("state", "")
        return cls(
            given.get("q", "").strip(),
            given.get("unit", ""),
            given.get("action", ""),
            state if state in STATES else "",
            given.get("year", ""),
        )

    def query(self, **other: str) -> str:
        words = {
            "year": self.year,
            "q": self.words,
            "unit": self.unit,
            "action": self.action,
            "state": self.state,
        }
        kept = {name: word for name, word in (words | other).items() if word}
        return f"{reverse('duties')}?{urlencode(kept)}" if kept else reverse("duties")

    def keeps(self, row: DutyRow) -> bool:
        units = _("、").join((row.lead, row.fills, row.responsible, row.supporting))
        return (
            (not self.words or self.words in f"{row.name}{units}{row.leader}")
            and (not self.unit or self.unit in units.split(_("、")))
            and self.action in ("", str(row.action_seq))
            and is_in(self.state, row)
        )


def is_in(state: str, row: DutyRow) -> bool:
    """Whether a row is one of a saved view."""
    kept = {"": True, "five": row.missing, "words": row.unread, "changed": row.changed}
    return bool(kept.get(state, state == row.state))


def duties_context(
    campaign: Campaign,
    wanted: Wanted,
    given: Mapping[str, str],
    *,
    on: date,
    at: datetime,
    may_assign: bool,
) -> dict[str, Any]:
    """The rows and filters that duties/duties.html names. A constant number of queries."""
    flat, gone = _all(campaign, on=on, at=at, may_assign=may_assign)
    found = [row for row in flat if wanted.keeps(row)]
    page = Page.of(given, total=len(found), size=SIZE)
    shown = found[page.offset : page.offset + page.size]
    proposed = proposed_duties(campaign)
    actions = {row.action_seq: row.action for row in flat}
    return {
        "facts": _facts(campaign, flat),
        "groups": [
            DutyGroup(seq, actions[seq], list(rows))
            for seq, rows in groupby(shown, key=lambda row: row.action_seq)
        ],
        "page": page,
        "gone": [row for row in gone if wanted.state == "changed" and wanted.keeps(row)],
        "given_order": unit_order_of(campaign) == DutyList.UnitOrder.GIVEN,
        "other_year": campaign.year != on.year,
        "planned": bool(flat),
        "q": wanted.words,
        "state": wanted.state,
        "units": [(name, name == wanted.unit) for name in _unit_names(flat)],
        "actions": [(str(seq), name, str(seq) == wanted.action) for seq, name in actions.items()],
        "states": _states([*flat, *gone], len(flat), wanted),
        "unread": sum(bool(row.unread) for row in flat),
        "replies": any(row.reply for row in flat),
        "proposed": [duty.uid for duty in proposed],
        "confirm_label": _confirm_label(len(proposed)),
    }


def _all(
    campaign: Campaign, *, on: date, at: datetime, may_assign: bool
) -> tuple[list[DutyRow], list[DutyRow]]:
    """The lines as they stand, and those of the issue that were taken out since."""
    lines = arranged(sheet_lines(campaign, on=on), unit_order_of(campaign))
    missing = gaps([line.key for line in lines], on=on)
    issued = issued_list(campaign)
    before = issued_lines(issued)
    unread = unread_lines(campaign, on=on)
    replies = _replies(list_in_the_making(campaign), at=at)
    there = {line.uid for line in lines}
    rows = [
        _row(
            line,
            missing.get(line.key, ()),
            year=campaign.year,
            changed=_changed(line, before) if issued else "",
            was=_was(line, before, issued),
            old_code=_old_code(line, before),
            reply=replies.get(line.key),
            may_assign=may_assign,
            unread=_("、").join(unread.get(line.key, ())),
        )
        for line in lines
    ]
    gone = [
        _row(line, (), year=campaign.year, changed=str(_("调出")), gone=True)
        for uid, line in before.items()
        if uid not in there
    ]
    return rows, gone


def _changed(line: SheetLine, before: Mapping[str, SheetLine]) -> str:
    old = before.get(line.uid)
    if old is None:
        return str(_("新"))
    if not line.same_as(old):
        return str(_("改"))
    return "" if line.code == old.code else str(_("编号"))


def _old_code(line: SheetLine, before: Mapping[str, SheetLine]) -> str:
    """The number under which the issue has the line, where that is another."""
    old = before.get(line.uid)
    return old.code if old is not None and old.code != line.code else ""


def _was(line: SheetLine, before: Mapping[str, SheetLine], issued: DutyList | None) -> str:
    """V1 印发的是：配合单位 无; "" where the issue says the same."""
    told = asked_line(line, before).changes
    if issued is None or not told or not _changed(line, before):
        return ""
    said = _("；").join(f"{column} {old or _('无')}" for column, old, _new in told)
    return _("%(version)s 印发的是：%(said)s") % {"version": issued, "said": said}


def _row(
    line: SheetLine,
    missing: tuple[str, ...],
    *,
    year: int,
    changed: str,
    was: str = "",
    old_code: str = "",
    reply: Told | None = None,
    may_assign: bool = False,
    unread: str = "",
    gone: bool = False,
) -> DutyRow:
    state = "open" if line.lead is None else "proposed" if line.proposed else "confirmed"
    return DutyRow(
        uid=line.uid,
        code=line.code,
        kind=line.kind,
        name=line.title,
        goal=line.goal,
        url=reverse(line.kind, args=[line.uid]),
        action=line.action,
        action_seq=line.action_seq,
        leader=line.leader,
        lead=line.lead.short if line.lead else "",
        fills=line.fills,
        responsible=named(line.responsible),
        supporting=named(line.supporting),
        deadline=day_in(line.deadline, year),
        missing=missing,
        state="gone" if gone else state,
        changed=changed,
        was=was,
        old_code=old_code,
        gone=gone,
        reply=reply,
        assign_url=reverse("work_assign", args=[line.kind, line.uid]) if may_assign else "",
        page_url=reverse("one_page", args=[line.kind, line.uid]),
        unread=unread,
    )


def _replies(making: DutyList | None, *, at: datetime) -> dict[tuple[str, int], Told]:
    """{line: how its units answered} while a version is out. One query."""
    if making is None or making.state != DutyList.State.CONSULTING:
        return {}
    return {key: told(replies) for key, replies in line_replies(making, at=at).items()}


def _facts(campaign: Campaign, rows: Sequence[DutyRow]) -> str:
    kinds = [row.kind for row in rows]
    return _(
        "%(name)s · %(targets)s 项目标、%(tasks)s 项任务 · 没有牵头单位 %(open)s 项 · "
        "五定有缺 %(five)s 项"
    ) % {
        "name": f"{campaign.year} {campaign.name}",
        "targets": kinds.count("target"),
        "tasks": kinds.count("task"),
        "open": sum(row.state == "open" for row in rows),
        "five": sum(bool(row.missing) for row in rows),
    }


def _confirm_label(count: int) -> str:
    return ngettext("确认 %(count)s 条责任", "确认 %(count)s 条责任", count) % {"count": count}


def _unit_names(rows: Sequence[DutyRow]) -> list[str]:
    return sorted({name for row in rows for name in (row.lead, row.fills) if name})


def _states(
    rows: Sequence[DutyRow], standing: int, wanted: Wanted
) -> list[tuple[str, str, int, bool]]:
    """The saved views; `standing` lines are on the list, the others were taken out of it."""
    labels = {
        "": _("全部"),
        "proposed": _("待确认"),
        "open": _("没有牵头单位"),
        "words": _("原文单位没认出"),
        "five": _("五定有缺"),
        "changed": _("印发后改"),
    }
    return [
        (
            label,
            wanted.query(state=state),
            sum(is_in(state, row) for row in rows) if state else standing,
            state == wanted.state,
        )
        for state, label in labels.items()
    ]

"""One version of the list: the clock, how units answered, what the office has to decide."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.duties import rules
from gongjian.flow.duties.models import DutyList
from gongjian.flow.duties.queries import (
    Consultation,
    LinesOfList,
    OpinionRow,
    SheetLine,
    blanks,
    column_label,
    consultation,
    issued_before,
    lacking,
    lines_of_list,
    lines_to_ask,
    opinion_rows,
)
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.queries import units
from gongjian.interfaces.request import why_not
from gongjian.interfaces.web.paging import Page

State = DutyList.State
VIEWS = ("objected", "silent", "open", "claimed", "decided")
SIZE = 40


def version_context(
    duties: DutyList, reader: User, given: Mapping[str, str], *, on: date, at: datetime
) -> dict[str, Any]:
    """All that duties/version.html names. A constant number of queries."""
    told, all_lines = consultation(duties, at=at), lines_of_list(duties, on=on)
    rows = opinion_rows(duties, at=at, lines=all_lines.lines)
    words, view = given.get("q", "").strip(), given.get("view", "")
    found = sorted((row for row in rows if _kept(row, words, view)), key=_first)
    draft = duties.state == State.DRAFT
    lines = lines_to_ask(duties.campaign, on=on) if draft else []
    page = Page.of(given, total=len(lines if draft else found), size=SIZE)
    shown = slice(page.offset, page.offset + page.size)
    return {
        "duties": duties,
        "told": told,
        "bars": _bars(told),
        "rows": found[shown],
        "page": page,
        "q": words,
        "views": _views(duties, rows, words, view),
        "view": view,
        "steps": _steps(duties),
        "acts": _acts(
            duties,
            reader,
            told,
            lines if draft else [asked.line for asked in all_lines.lines.values()],
        ),
        "to_ask": len(lines),
        "asking": [all_lines.lines[line.key] for line in lines[shown]],
        "asked_units": _asked_units(lines),
        "before": issued_before(duties),
        "may_decide": duties.state == State.CONSULTING
        and not why_not(rules.check_can_assign, reader),
        "silent": [row.uid for row in rows if row.state == "silent" and not row.outcome],
        "units": [(unit.uid, unit.short_name) for unit in units(on=on)],
        "gaps": _gaps(duties, [asked.line for asked in all_lines.lines.values()]),
        "changes": [] if draft or duties.state == State.SCRAPPED else _changes(all_lines),
    }


def _asked_units(lines: Sequence[SheetLine]) -> list[str]:
    """The short names of all units that sending the draft would ask, in the office's order."""
    asked = {unit.code: unit for line in lines for unit in line.units}
    return [unit.short for unit in sorted(asked.values(), key=lambda unit: (unit.order, unit.code))]


def _kept(row: OpinionRow, words: str, view: str) -> bool:
    named = f"{row.line}{row.unit}{row.better}{row.reason}"
    views = {_view_of(one) for one in (row, *row.asks)}
    return (not words or words in named) and (not view or view in views)


def _first(row: OpinionRow) -> int:
    """What the office has to look at stands before what was claimed."""
    return ("objected", "silent", "decided", "open", "claimed").index(_view_of(row))


def _view_of(row: OpinionRow) -> str:
    return "decided" if row.outcome else row.state


def _views(
    duties: DutyList, rows: Sequence[OpinionRow], words: str, view: str
) -> list[tuple[str, str, int, bool]]:
    asks = [one for row in rows for one in (row, *row.asks)]
    labels = {
        "": _("全部"),
        "objected": _("有异议待定"),
        "silent": _("到期未答复"),
        "open": _("答复期内"),
        "claimed": _("已认领"),
        "decided": _("已定"),
    }
    base = reverse("duty_list", args=[duties.uid])
    tail = f"&q={words}" if words else ""
    return [
        (
            label,
            f"{base}?view={key}{tail}",
            sum(key in ("", _view_of(one)) for one in asks),
            key == view,
        )
        for key, label in labels.items()
    ]


def _bars(told: Consultation) -> list[tuple[str, int]]:
    return [
        ("claimed", told.claimed_by),
        ("objected", told.objected_by),
        ("unanswered", told.unanswered_by),
    ]


def _steps(duties: DutyList) -> tuple[list[str], int]:
    names = [_("起草"), _("征求意见"), _("定稿"), _("签发"), _("印发")]
    if duties.state == State.SCRAPPED:
        return names, 1
    at = [State.DRAFT, State.CONSULTING, State.DECIDED, State.APPROVED, State.ISSUED]
    return names, at.index(State(duties.state)) + 1


def _acts(
    duties: DutyList, reader: User, told: Consultation, lines: Sequence[SheetLine]
) -> list[dict[str, str]]:
    """The steps this reader could take, each with why it cannot be taken now."""
    steps = {
        State.DRAFT: [
            (
                "send",
                _("发出征求意见"),
                why_not(
                    rules.check_can_send,
                    duties,
                    lines=len(lines),
                    lacks=lacking(lines),
                    by=reader,
                ),
            ),
            ("scrap", _("作废草稿"), why_not(rules.check_can_scrap, duties, why="-", by=reader)),
        ],
        State.CONSULTING: [
            (
                "settle",
                _("定稿，报主要领导签发"),
                why_not(
                    rules.check_can_settle,
                    duties,
                    waiting=told.waiting,
                    undecided=told.undecided,
                    lacks=lacking(lines),
                    by=reader,
                ),
            )
        ],
        State.DECIDED: [
            (
                "approve",
                _("签发"),
                why_not(rules.check_can_approve, duties, lacks=lacking(lines), by=reader),
            ),
            ("return", _("退回"), why_not(rules.check_can_return, duties, why="-", by=reader)),
        ],
        State.APPROVED: [("issue", _("印发"), why_not(rules.check_can_assign, reader))],
        State.ISSUED: [],
        State.SCRAPPED: [],
    }
    return [
        {
            "step": step,
            "label": label,
            "blocked": blocked,
            "url": reverse("duty_list_step", args=[duties.uid, step]),
        }
        for step, label, blocked in steps[State(duties.state)]
    ]


def _gaps(duties: DutyList, lines: Sequence[SheetLine]) -> list[tuple[SheetLine, str]]:
    """(line, what its 五定 lack) as long as the version may still be mended; then nothing."""
    if duties.state not in (State.DRAFT, State.CONSULTING, State.DECIDED):
        return []
    return [
        (line, _("、").join(map(column_label, names)))
        for line in lines
        for names in [blanks(line)]
        if names
    ]


def _changes(found: LinesOfList) -> list[dict[str, Any]]:
    """What a version changes: (code, title, [(column, old, new)])."""
    differing = [
        {
            "code": asked.line.code,
            "title": asked.line.title,
            "cells": asked.changes,
            "new": asked.new,
        }
        for asked in found.lines.values()
        if asked.changes or asked.new
    ]
    gone = [
        {"code": line.code, "title": line.title, "cells": (), "gone": True} for line in found.gone
    ]
    return differing + gone

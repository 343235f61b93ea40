"""One version of the list: the clock, how units answered, what the office has to decide."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.duties import rules
from gongjian.flow.duties.models import DutyList
from gongjian.flow.duties.queries import (
    Consultation,
    LinesOfList,
    SheetLine,
    blanks,
    column_label,
    consultation,
    issued_before,
    lacking,
    lines_of_list,
    lines_to_ask,
)
from gongjian.flow.plan.rules import check_can_keep_plan
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import why_not
from gongjian.interfaces.web.duties.rows.answers import SIZE, answers_context
from gongjian.interfaces.web.paging import Page

State = DutyList.State
Key = tuple[str, int]


def version_context(
    duties: DutyList,
    reader: User,
    given: Mapping[str, str],
    typed: QueryDict,
    *,
    on: date,
    at: datetime,
) -> dict[str, Any]:
    """All that duties/version.html names. A constant number of queries."""
    told, all_lines = consultation(duties, at=at), lines_of_list(duties, on=on)
    standing = [asked.line for asked in all_lines.lines.values()]
    draft = duties.state == State.DRAFT
    lines = lines_to_ask(duties.campaign, on=on) if draft else []
    asked = {line.key for line in lines}
    may_decide = duties.state == State.CONSULTING and not why_not(rules.check_can_assign, reader)
    context = {
        "duties": duties,
        "told": told,
        "steps": _steps(duties, asks=bool(lines) or not all_lines.differs),
        "acts": _acts(duties, reader, told, lines, standing, differs=all_lines.differs),
        "before": issued_before(duties),
        "may_decide": may_decide,
        "may_fill": not why_not(check_can_keep_plan, reader),
        "orders": _orders(duties, reader),
        "gaps": _gaps(duties, standing),
        "changes": [] if duties.state == State.SCRAPPED else _changes(all_lines, besides=asked),
        "given_order": duties.unit_order == DutyList.UnitOrder.GIVEN,
        "other_year": duties.campaign.year != on.year,
    }
    if draft:
        page = Page.of(given, total=len(lines), size=SIZE)
        shown = lines[page.offset : page.offset + page.size]
        return context | {
            "page": page,
            "to_ask": len(lines),
            "asking": [all_lines.lines[line.key] for line in shown],
            "asked_units": _asked_units(lines),
        }
    return context | answers_context(
        duties, all_lines.lines, given, typed, may_decide=may_decide, on=on, at=at
    )


def _orders(duties: DutyList, reader: User) -> list[tuple[str, str, bool]]:
    """(order, label, current) of the units on its papers; nothing where it is settled."""
    order = duties.unit_order
    if why_not(rules.check_can_arrange, duties, order=order, by=reader):
        return []
    return [(value, str(label), value == order) for value, label in DutyList.UnitOrder.choices]


def _asked_units(lines: Sequence[SheetLine]) -> list[str]:
    """The short names of all units that sending the draft would ask, in the office's order."""
    asked = {unit.code: unit for line in lines for unit in line.units}
    return [unit.short for unit in sorted(asked.values(), key=lambda unit: (unit.order, unit.code))]


def _steps(duties: DutyList, *, asks: bool) -> tuple[list[str], int]:
    """The steps and the one it is at; `asks`: a draft has lines to put to their units."""
    steps = [
        (State.DRAFT, _("起草")),
        (State.CONSULTING, _("征求意见")),
        (State.DECIDED, _("定稿")),
        (State.APPROVED, _("签发")),
        (State.ISSUED, _("印发")),
    ]
    if duties.sent_at is None and not (asks and duties.state in (State.DRAFT, State.SCRAPPED)):
        del steps[1]
    states = [state for state, _label in steps]
    at = State.DRAFT if duties.state == State.SCRAPPED else State(duties.state)
    return [label for _state, label in steps], states.index(at) + 1


def _acts(
    duties: DutyList,
    reader: User,
    told: Consultation,
    asking: Sequence[SheetLine],
    lines: Sequence[SheetLine],
    *,
    differs: bool,
) -> list[dict[str, str]]:
    """The steps this reader could take, each with why it cannot be taken now."""
    send = (
        "send",
        _("发出征求意见"),
        why_not(
            rules.check_can_send,
            duties,
            lines=len(asking),
            differs=differs,
            lacks=lacking(asking),
            by=reader,
        ),
    )
    settle = (
        "settle",
        _("定稿，报主要领导签发"),
        why_not(
            rules.check_can_settle,
            duties,
            waiting=told.waiting,
            undecided=told.undecided,
            lines=len(asking),
            differs=differs,
            lacks=lacking(lines),
            by=reader,
        ),
    )
    steps = {
        State.DRAFT: [
            send if asking or not differs else settle,
            ("scrap", _("作废草稿"), why_not(rules.check_can_scrap, duties, why="-", by=reader)),
        ],
        State.CONSULTING: [settle],
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


def _changes(found: LinesOfList, *, besides: Collection[Key]) -> list[dict[str, Any]]:
    """What a version changes: (code, title, [(column, old, new)]); `besides` stand elsewhere."""
    differing = [
        {
            "code": asked.line.code,
            "title": asked.line.title,
            "cells": asked.changes,
            "new": asked.new,
        }
        for key, asked in found.lines.items()
        if (asked.changes or asked.new) and key not in besides
    ]
    gone = [
        {"code": line.code, "title": line.title, "cells": (), "gone": True} for line in found.gone
    ]
    return differing + gone

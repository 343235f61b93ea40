"""The consultation of a version: one row a line, the answers of its units behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.duties.models import DutyList
from gongjian.flow.duties.queries import (
    AskedLine,
    LineReplies,
    OpinionRow,
    line_replies,
    named,
    opinion_rows,
    silent_of,
)
from gongjian.foundation.orgs.queries import unit_choices
from gongjian.interfaces.web.duties.rows.replies import VIEWS, Told, told, view_labels
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.picking import Pick, pick, uids_in
from gongjian.interfaces.web.tags import day_in

Key = tuple[str, int]
SIZE = 40


@dataclass(frozen=True, slots=True)
class Answer:
    """One opinion with the form it is dealt with in, where that form is open.

    `form`: decide, letter or "". `pick` is its field of a unit. `url` opens or shuts the form.
    """

    row: OpinionRow
    form: str
    pick: Pick | None
    url: str
    asks: tuple["Answer", ...] = ()


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the list: how its units answered, and their answers where they are open."""

    uid: UUID
    asked: AskedLine
    responsible: str
    supporting: str
    deadline: str
    told: Told
    url: str
    answers: tuple[Answer, ...] | None


@dataclass(frozen=True, slots=True)
class LineGroup:
    """An action with those of its lines that are shown."""

    seq: int
    name: str
    rows: list[LineRow]


def answers_context(
    duties: DutyList,
    lines: Mapping[Key, AskedLine],
    given: Mapping[str, str],
    typed: QueryDict,
    *,
    may_decide: bool,
    on: date,
    at: datetime,
) -> dict[str, Any]:
    """What duties/parts/answers.html names; `typed` is what was posted. Three queries.

    Lines with an objection to decide stand open, and the one asked for (?line=). A form is open
    in one answer at most (?of=), but those of objections, which are why the office is here.
    """
    every = {key: one for key, one in line_replies(duties, at=at).items() if key in lines}
    words, view = given.get("q", "").strip(), given.get("view", "")
    view = view if view in VIEWS else ""
    matching = {key: one for key, one in every.items() if _found(lines[key], one, words)}
    found = [key for key, one in matching.items() if not view or view in one.views]
    page = _page(given, [every[key].uid for key in found])
    shown = found[page.offset : page.offset + page.size]
    here = _Here(duties.uid, words, view, page.number, given.get("line", ""), given.get("of", ""))
    opened = [
        every[key].uid
        for key in shown
        if str(every[key].uid) == here.line or every[key].names("objected")
    ]
    answers = _answers(
        opinion_rows(duties, at=at, lines=lines, only=opened) if opened else [],
        here,
        typed,
        may_decide=may_decide,
        on=on,
    )
    year = duties.campaign.year
    rows = [_row(lines[key], every[key], answers, here, year) for key in shown]
    return {
        "groups": [
            LineGroup(seq, group[0].asked.line.action, group)
            for seq, found_rows in groupby(rows, key=lambda row: row.asked.line.action_seq)
            for group in [list(found_rows)]
        ],
        "page": page,
        "q": words,
        "view": view,
        "views": _views(duties.uid, matching, words, view),
        "silent": silent_of(duties, at=at) if may_decide else [],
        "here": here.query,
        "near": any(
            one.form and str(one.row.uid) == here.of
            for told_of in answers.values()
            for top in told_of
            for one in (top, *top.asks)
        ),
    }


@dataclass(frozen=True, slots=True)
class _Here:
    """The page that is looked at, and the answer whose form is open on it."""

    version: UUID
    words: str
    view: str
    page: int
    line: str
    of: str

    @property
    def query(self) -> str:
        """What is looked at, for a form that comes back to it."""
        asked = {"q": self.words, "view": self.view, "page": self.page if self.page > 1 else ""}
        return urlencode({name: value for name, value in asked.items() if value})

    def address(self, line: UUID, of: UUID | None = None) -> str:
        """The same page with a line open, and the form of an answer; shut where it is open now."""
        asked = {"q": self.words, "view": self.view, "page": self.page}
        if of or self.line != str(line):
            asked |= {"line": line, "of": of}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{reverse('duty_list', args=[self.version])}?{query}#l-{line}"


def _found(asked: AskedLine, line: LineReplies, words: str) -> bool:
    units = "".join(f"{one.unit}{one.words}" for one in line.replies)
    return not words or words in f"{asked.line.code} {asked.line.title}{units}"


def _page(given: Mapping[str, str], uids: Sequence[UUID]) -> Page:
    """The page asked for, else the one with the line that is to be open."""
    kept = {name: value for name, value in given.items() if name not in ("line", "of")}
    places = [place for place, uid in enumerate(uids) if str(uid) == given.get("line")]
    if "page" not in given and places:
        kept["page"] = str(places[0] // SIZE + 1)
    return Page.of(kept, total=len(uids), size=SIZE)


def _answers(
    rows: Sequence[OpinionRow],
    here: _Here,
    typed: QueryDict,
    *,
    may_decide: bool,
    on: date,
) -> dict[UUID, list[Answer]]:
    """{line: its answers}. One query, where a form is open."""
    every = [one for row in rows for one in (row, *row.asks)]
    known = [uid for name in ("unit", "better") for uid in uids_in(typed, name)]
    forms = {row.uid: _form(row, here.of, may_decide=may_decide) for row in every}
    choices = unit_choices(on=on, also=known) if any(forms.values()) else []

    def answer(row: OpinionRow) -> Answer:
        form, field = forms[row.uid], None
        if form == "decide" or (form == "letter" and not row.because_of):
            field = pick(
                "unit" if form == "decide" else "better",
                _("另定单位") if form == "decide" else _("来文说该由哪个单位负责"),
                choices,
                of="units",
                given=typed if here.of == str(row.uid) else QueryDict(),
                one=True,
                bare=True,
                place=f"u-{row.uid}",
            )
        return Answer(
            row=row,
            form=form,
            pick=field,
            url=here.address(row.line_uid, row.uid),
            asks=tuple(answer(one) for one in row.asks),
        )

    found: dict[UUID, list[Answer]] = {}
    for row in rows:
        found.setdefault(row.line_uid, []).append(answer(row))
    return found


def _form(row: OpinionRow, of: str, *, may_decide: bool) -> str:
    """Which form is open under an answer: that of an objection always, others when asked for."""
    if not may_decide or row.outcome:
        return ""
    if row.state == "objected" and not row.because_of:
        return "decide"
    if of != str(row.uid):
        return ""
    return {"silent": "" if row.because_of else "decide", "open": "letter"}.get(row.state, "")


def _row(
    asked: AskedLine,
    line: LineReplies,
    answers: Mapping[UUID, list[Answer]],
    here: _Here,
    year: int,
) -> LineRow:
    return LineRow(
        uid=line.uid,
        asked=asked,
        responsible=named(asked.line.responsible),
        supporting=named(asked.line.supporting),
        deadline=day_in(asked.line.deadline, year),
        told=told(line),
        url=here.address(line.uid),
        answers=tuple(answers[line.uid]) if line.uid in answers else None,
    )


def _views(
    version: UUID, lines: Mapping[Key, LineReplies], words: str, view: str
) -> list[tuple[str, str, int, bool]]:
    base = reverse("duty_list", args=[version])
    tail = {"q": words} if words else {}
    return [
        (
            label,
            f"{base}?{urlencode({'view': key} | tail)}",
            sum(not key or key in one.views for one in lines.values()),
            key == view,
        )
        for key, label in view_labels().items()
    ]

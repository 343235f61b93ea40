"""Rows pasted from a sheet: read line by line, shown, and written only when confirmed."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, get_args

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.engine.ledger import Goal, Vocabulary, day_of, goal_of, lay_out
from gongjian.flow.plan import rules
from gongjian.flow.plan.models import (
    Action,
    Campaign,
    Milestone,
    Precision,
    Target,
    Task,
)
from gongjian.flow.plan.queries import (
    LONGEST_WORDS,
    lacking_in,
    lacking_labels,
    standing,
    written_day,
    written_goal,
)
from gongjian.flow.plan.usecases.comparing import compare_anew
from gongjian.flow.plan.usecases.growing import Growth, Kind, NodeWords
from gongjian.flow.plan.usecases.tree import define_node, describe_measures
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused
from gongjian.lib.units import dimension_of

LEAST_COLUMNS = 2
VOCABULARY = Vocabulary(
    titles=tuple(
        (kind, re.compile(words))
        for kind, words in (
            ("seq", "^(?:序号|编号|代码)$"),  # not shown
            ("duty", "牵头|责任|配合|领导|联系人|单位名称"),  # not shown
            ("kind", "^(?:类别|种类|类型|层级)$"),  # not shown
            ("q1", "(?:^|第)[一1]季度"),  # not shown
            ("q2", "(?:^|第)[二2]季度|上半年"),  # not shown
            ("q3", "(?:^|第)[三3]季度"),  # not shown
            ("q4", "(?:^|第)[四4]季度"),  # not shown
            ("action", "行动$|专项$|板块$"),  # not shown
            ("base", "基期|基数|上年|去年|完成值$"),  # not shown
            ("goal", "目标值|年度目标|指标值|目标任务|计划数|^目标$|目标数"),  # not shown
            ("unit", "^(?:计量)?单位$"),  # not shown
            ("deadline", "时限|期限|截止|完成时间|完成日期|^时间$|^日期$"),  # not shown
            ("measures", "措施|举措|做法"),  # not shown
            ("definition", "口径|统计范围"),  # not shown
            ("basis", "依据|来源|文号"),  # not shown
            ("name", "任务|指标|目标名称|名称|事项|内容|节点"),  # not shown
        )
    )
)
KINDS: Mapping[str, Kind] = {
    "目标": "target", "指标": "target", "任务": "task", "节点": "milestone",  # not shown
}  # fmt: skip
NUMBERED = re.compile(r"^(?:行动)?\s*[(（]?(\d{1,3})[)）]?[、.．]?\s*(.*)$")  # not shown
QUARTERS = {"q1": 3, "q2": 6, "q3": 9, "q4": 12}


State = Literal["new", "fills", "same", "refused"]


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One pasted row: new, same as what is there, what that lacks, or refused with a sentence."""

    number: int
    state: State
    why: str
    kind: str
    action: str
    name: str
    goal: str
    deadline: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a text would bring, line by line; `notes` say what is left out on purpose."""

    lines: tuple[PastedLine, ...]
    notes: tuple[str, ...]
    left: str

    @property
    def counts(self) -> dict[str, int]:
        states = [line.state for line in self.lines]
        return {state: states.count(state) for state in get_args(State)}


def read_pasted(
    campaign: Campaign,
    text: str,
    *,
    home: Action | None,
    completes: bool = False,
    by: User,
    at: datetime,
) -> Pasted:
    """What the pasted rows would bring. Nothing is written. A constant number of queries.

    With `completes` a row of what the plan has brings the measures and 口径 that it lacks.
    Refused: office.only, paste.empty, paste.too-long, paste.no-header.
    """
    rules.check_can_keep_plan(by)
    return _Reader(campaign, text, home, local_day(at), completes=completes).pasted()


@transaction.atomic
def plant_pasted(
    campaign: Campaign,
    text: str,
    *,
    home: Action | None,
    completes: bool = False,
    by: User,
    at: datetime,
) -> tuple[int, Pasted]:
    """Write the new lines; how many, and what was read. Refused lines are handed back as `left`.

    Refused: see read_pasted; paste.nothing.
    """
    rules.check_can_keep_plan(by)
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    on = local_day(at)
    reader = _Reader(campaign, text, home, on, completes=completes)
    pasted = reader.pasted()
    if not reader.pairs and not reader.blanks:
        raise Refused("paste.nothing", _("没有可以写入的新行。请看每一行后面的说明。"))
    if reader.pairs:
        growth = Growth.of(reader.pairs, on=on)
        note("plan.pasted", *growth.rows, by=by, at=at, facts={"lines": len(reader.pairs)})
    since = min(date(campaign.year, 1, 1), on)
    for node, given in reader.blanks:
        if "measures" in given:
            describe_measures(node, given["measures"], by=by, at=at)
        if "definition" in given:
            define_node(node, given["definition"], valid_from=since, by=by, at=at)
    compare_anew(campaign, at=at)
    return len(reader.pairs) + len(reader.blanks), pasted


class _Reader:
    """Reads a pasted text once, against what the campaign holds."""

    def __init__(
        self, campaign: Campaign, text: str, home: Action | None, on: date, *, completes: bool
    ) -> None:
        self.campaign, self.home = campaign, home
        self.cells = _cells(text)
        actions = campaign.actions.filter(standing(on)).select_related("campaign")
        self.actions = {action.name: action for action in actions}
        self.numbers = {action.seq: action for action in self.actions.values()}
        self.known = _known(campaign, on)
        self.pairs: list[tuple[Action, NodeWords]] = []
        self.blanks: list[tuple[Target | Task, dict[str, str]]] = []
        self._lacking = lacking_in(campaign, on) if completes else {}
        self._at = home

    def pasted(self) -> Pasted:
        """Every line with its verdict."""
        layout = lay_out(self.cells, VOCABULARY)
        if not layout.headers:
            raise Refused(
                "paste.no-header",
                _(
                    "看不出哪一行是表头。第一行请写列名，例如：所属行动、任务名称、目标值、单位、"
                    "完成时限、工作措施。"
                ),
            )
        head = layout.headers[0]
        lines: list[PastedLine] = []
        for number, (row, place) in enumerate(zip(self.cells, layout.places, strict=True), start=1):
            if place.role == "category":
                self._at = self._action(row[place.column]) or self._at
            # One header a paste: what looks like another one is a row, and says what is wrong.
            again = place.role == "header" and number > head.last + 1 and any(row)
            if place.role == "data" or again:
                lines.append(self._line(number, row, head.kinds, layout.unit))
        refused = [line.cells for line in lines if line.state == "refused"]
        top = self.cells[head.first : head.last + 1]
        return Pasted(
            lines=tuple(lines),
            notes=tuple(_notes(head.kinds, head.titles)),
            left=_text([*top, *refused]) if refused else "",
        )

    def _line(self, number: int, row: Sequence[str], kinds: Sequence[str], unit: str) -> PastedLine:
        given: dict[str, str] = {}
        for kind, cell in zip(kinds, row, strict=False):
            if kind and cell.strip():
                given.setdefault(kind, cell.strip())
        action: Action | None = None
        words, why = None, ""
        try:
            completed = self._completed(number, row, given)
            if completed is not None:
                return completed
            action = self._home(given)
            self._at = action
            words = self._words(given, unit).checked(year=self.campaign.year)
        except Refused as no:
            why = no.sentence
        key = (words.kind, action.pk, words.name) if words and action else None
        state: State = "refused" if words is None else "new"
        if key is not None and key in self.known:
            state = "same"
            why = self.known[key] or _("计划里已经有同名的一条，不重复写入。")
        if state == "new" and words is not None and action is not None and key is not None:
            why = _also(words)
            self.known[key] = _("和第 %(line)s 行重复。") % {"line": number}
            self.pairs.append((action, words))
        return PastedLine(
            number=number,
            state=state,
            why=why,
            kind=words.kind if words else "",
            action=f"{action.seq} {action.name}" if action else given.get("action", ""),
            name=words.name if words else given.get("name", ""),
            goal=_goal_words(words) if words else given.get("goal", ""),
            deadline=written_day(words.deadline, words.precision)
            if words
            else given.get("deadline", ""),
            cells=tuple(row),
        )

    def _completed(
        self, number: int, row: Sequence[str], given: Mapping[str, str]
    ) -> PastedLine | None:
        """A row that brings what a node lacks; None where it brings a node, or nothing new.

        Refused: plan.text.
        """
        named = self._lacking.get(given.get("name", ""), [])
        action = self._action(given["action"]) if "action" in given else None
        if action is not None:
            named = [one for one in named if one.node.action_id == action.pk]
        if len(named) != 1:
            return None
        [found] = named
        brought = {
            name: given[name] for name in LONGEST_WORDS if name in found.lacks and name in given
        }
        if not brought:
            return None
        for name, text in brought.items():
            rules.check_text(lacking_labels()[name], text, most=LONGEST_WORDS[name])
            found.lacks.discard(name)
        self.blanks.append((found.node, brought))
        home = found.node.action
        return PastedLine(
            number=number,
            state="fills",
            why=_("计划里已有这一条，补上%(what)s：%(words)s")
            % {
                "what": _("和").join(lacking_labels()[name] for name in brought),
                "words": _("；").join(text[:40] for text in brought.values()),
            },
            kind="target" if isinstance(found.node, Target) else "task",
            action=f"{home.seq} {home.name}",
            name=given["name"],
            goal="",
            deadline="",
            cells=tuple(row),
        )

    def _home(self, given: Mapping[str, str]) -> Action:
        named = given.get("action", "")
        action = self._action(named) if named else self._at
        if action is None:
            raise Refused(
                "paste.action",
                _("没有叫“%(name)s”的行动。先在计划里加这个行动，或改成已有的名称。")
                % {"name": named[:40]}
                if named
                else _("没有写所属行动。加一列“所属行动”，或在上面选一个行动。"),
            )
        return action

    def _action(self, text: str) -> Action | None:
        words = " ".join(text.split())
        for name in (words, f"{words}行动", words.removesuffix("行动")):  # not shown
            if name in self.actions:
                return self.actions[name]
        found = NUMBERED.match(words)
        if found is None:
            return None
        named = self.actions.get(found[2])
        return named or (self.numbers.get(int(found[1])) if not found[2] else None)

    def _words(self, given: Mapping[str, str], unit: str) -> NodeWords:
        typed = given.get("kind", "")
        if typed and typed not in KINDS:
            sentence = _("类别只有目标、任务、节点三种，这里写的是“%(kind)s”。")
            raise Refused("paste.kind", sentence % {"kind": typed[:20]})
        goal = _goal(given.get("goal", ""))
        kind = KINDS.get(typed) or ("target" if goal else "task")
        deadline, precision = self._day(given.get("deadline", ""))
        words = NodeWords(
            kind=kind,
            name=given.get("name", ""),
            deadline=deadline,
            precision=precision,
            measures=given.get("measures", ""),
            definition=given.get("definition", ""),
            basis=given.get("basis", ""),
            below=() if kind == "milestone" else tuple(self._quarters(given)),
        )
        return _with_goal(words, goal, given, unit) if kind == "target" else words

    def _day(self, text: str) -> tuple[date, str]:
        if not text:
            return date(self.campaign.year, 12, 31), Precision.YEAR
        found = day_of(text, self.campaign.year)
        if found is None:
            raise Refused(
                "plan.day",
                _("时限“%(text)s”看不懂，或没有这一天。写成 2020-06-30、6月底、6月中旬或二季度。")
                % {"text": text[:20]},
            )
        return found

    def _quarters(self, given: Mapping[str, str]) -> Iterator[NodeWords]:
        """一季度 … 四季度 columns: what is to be done by the end of each."""
        for name, month in QUARTERS.items():
            if text := given.get(name, ""):
                found = day_of(f"{self.campaign.year}-{month:02}", self.campaign.year)
                if found is not None:
                    yield NodeWords("milestone", text, found[0], Precision.QUARTER)


def _cells(text: str) -> list[list[str]]:
    """Rows of a sheet as they are pasted: tabs between cells, quotes round cells with breaks."""
    if not text.strip():
        raise Refused("paste.empty", _("还没有粘贴内容。从 Excel 里选中表头和各行，复制后贴进来。"))
    rows = list(csv.reader(io.StringIO(text.replace("\0", "")), delimiter="\t"))
    if len(rows) > rules.MOST_LINES:
        raise Refused(
            "paste.too-long",
            _("一次最多粘贴 %(most)s 行，现在有 %(now)s 行。请分几次粘贴；贴过的行不会重复写入。")
            % {"most": rules.MOST_LINES, "now": len(rows)},
        )
    width = max(len(row) for row in rows)
    if width < LEAST_COLUMNS:
        raise Refused(
            "paste.no-header",
            _("只有一列，看不出表格。请从 Excel 里连表头一起复制，各列之间是制表符。"),
        )
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _text(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()


def _notes(kinds: Sequence[str], titles: Sequence[str]) -> Iterator[str]:
    duty = [title for kind, title in zip(kinds, titles, strict=True) if kind == "duty"]
    if duty:
        yield _("“%(columns)s”不在这里写入：责任在责任清单里明确。") % {
            "columns": _("”“").join(duty)
        }
    unread = [t for kind, t in zip(kinds, titles, strict=True) if not kind and t]
    if unread:
        yield _("没有认出这些列，不写入：%(columns)s。") % {"columns": _("、").join(unread)}


def _known(campaign: Campaign, on: date) -> dict[tuple[str, int, str], str]:
    """What the campaign holds, by kind, action and name. Three queries."""
    there = {"action__campaign": campaign}
    known: dict[tuple[str, int, str], str] = {}
    for action, name in (
        Target.objects.filter(standing(on), **there).order_by().values_list("action", "metric")
    ):
        known["target", action, name] = ""
    for action, name in (
        Task.objects.filter(standing(on), **there).order_by().values_list("action", "title")
    ):
        known["task", action, name] = ""
    for action, name in (
        Milestone.objects.filter(standing(on), **there).order_by().values_list("action", "text")
    ):
        known["milestone", action, name] = ""
    return known


def _also(words: NodeWords) -> str:
    """What a new line brings beside what its columns show."""
    brought = [label for name, label in lacking_labels().items() if getattr(words, name)]
    return _("带来%(what)s") % {"what": _("和").join(brought)} if brought else ""


def _goal(text: str) -> Goal | None:
    """The number of a row; None where none is given. Refused: paste.goal."""
    if not text or text in ("-", "—", "/"):
        return None
    found = goal_of(text)
    if found is None:
        raise Refused(
            "paste.goal",
            _("目标值“%(text)s”看不懂。写成 140、≥140亿元 或 6—8%%；没有数的填在任务里。")
            % {"text": text[:20]},
        )
    return found


def _with_goal(
    words: NodeWords, goal: Goal | None, given: Mapping[str, str], above: str
) -> NodeWords:
    """A target with its number, its unit from the cell, its column, or the line above the table."""
    unit = (goal.unit if goal else "") or given.get("unit", "") or above
    fraction = dimension_of(unit)[0] in ("fraction", "pp")
    return replace(
        words,
        comparator=(goal.sign if goal else "") or Target.Comparator.AT_LEAST,
        value=goal.low if goal else None,
        value_max=goal.high if goal else None,
        unit=unit,
        base_value=_base(given.get("base", "")),
        form=Target.Kind.RATE if fraction else Target.Kind.FLOW,
    )


def _base(text: str) -> Decimal | None:
    found = _goal(text)
    return found.low if found else None


def _goal_words(words: NodeWords) -> str:
    if words.kind != "target":
        return ""
    return written_goal(words.comparator, words.value, words.value_max, words.unit, Decimal(1))

"""One target, task or milestone of the plan as a row of its table, written once in Python.

A page holds fifty of them with ten cells each: a template would look five hundred names up. Every
word that comes from a plan or a person is escaped here, as a template does.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from html import escape
from uuid import UUID

from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjian.flow.judgement.queries import NodeBelow, TargetLine, TreeLine
from gongjian.flow.progress.models import Report
from gongjian.interfaces.web.plan.rows.words import (
    late_words,
    report_url,
    slip_words,
    told_words,
)
from gongjian.interfaces.web.tags import day, fig, five, light, rate

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes the lines of a page: the year its dates are of, the day it is, the words all share."""

    year: int
    on: date
    kinds: dict[str, str]
    heads: dict[str, str]
    next_node: str
    language: str | None
    routes: dict[str, tuple[str, str]]
    days: dict[date, str] = field(default_factory=dict)  # few days, named some hundred times
    lateness: dict[date, str] = field(default_factory=dict)

    @classmethod
    def of(cls, year: int, *, on: date) -> "Pen":
        kinds = {"target": _("目标"), "task": _("任务"), "milestone": _("节点")}
        heads = {"target": _("目标"), "actual": _("实际"), "due": _("序时"), "ends": _("时限")}
        return cls(
            year,
            on,
            kinds={key: escape(word) for key, word in kinds.items()},
            heads={key: escape(word) for key, word in heads.items()},
            next_node=_("节点 %(day)s"),
            language=get_language(),
            routes={kind: _route(kind, get_script_prefix()) for kind in kinds},
        )

    def line(self, line: TreeLine) -> SafeString:
        """The row of the table."""
        target, name, heads = line.target, escape(line.name), self.heads
        before, after = self.routes[line.kind]
        five_of = _five(_lacking(line), self.language) if line.kind != "milestone" else ""
        lit = self._light(target) if target else "—"
        return mark_safe(  # of escaped parts alone
            f'<tr class="{"tgt" if target else "task"}"><td>{escape(line.code)}</td>'
            f'<td><div class="ln"><span class="k">{self.kinds[line.kind]}</span>'
            f'<a class="nm" href="{before}{line.uid}{after}" title="{name}">{name}</a>'
            f"{self._nodes(line)}</div>{self._below(line)}</td>"
            f'<td class="g-num" data-c="target" data-l="{heads["target"]}">'
            f"{escape(target.goal) if target else ''}</td>"
            f"{self._figures(target) if target else self._told(line)}"
            f'<td data-c="light">{lit}</td>'
            f'<td data-c="five" class="hide-s">{five_of}</td>'
            f'<td data-c="unit">{escape(line.duty.lead)}</td>'
            f'<td data-c="deadline" data-l="{heads["ends"]}">{self._deadline(line)}</td></tr>'
        )

    @property
    def begun(self) -> bool:
        """Whether the year of the plan has begun: before, nothing is reported and nothing late."""
        return self.year <= self.on.year

    def _light(self, target: TargetLine) -> str:
        if not self.begun:
            return "—"
        return light(target.light, _("补齐") if target.made_good else "")

    def _figures(self, target: TargetLine) -> str:
        actual = fig(target.actual, report_url(target.report)) if self.begun else "—"
        return (
            f'<td class="g-num g-b" data-c="actual" data-l="{self.heads["actual"]}">'
            f"{actual}</td>"
            f'<td class="g-num g-2" data-c="due" data-l="{self.heads["due"]}">'
            f"{escape(target.expected or '')}</td>"
            f'<td class="pl-bw" data-c="rate">{rate(target.done, target.due)}</td>'
        )

    def _told(self, line: TreeLine) -> str:
        words = escape(line.end_reason or told_words(line.told, brief=line.kind == "milestone"))
        late = "" if line.end_reason else self._late(line.deadline, line.told)
        warned = (
            f'<span class="g-warn">{escape(late)}</span>{"　" if words else ""}' if late else ""
        )
        return f'<td class="g-num" data-c="words" colspan="3" title="{words}">{warned}{words}</td>'

    def _below(self, line: TreeLine) -> str:
        """The milestones of a line, in a line of their own."""
        return "".join(
            f'<span class="nd">{escape(self._due(node.day))} {escape(node.text)}'
            f"{self._state(node, report)}</span>"
            for node, report in line.nodes
        )

    def _nodes(self, line: TreeLine) -> str:
        """The milestones of a line in two words: which is next, or that they are done."""
        open_ones = [n for n, report in line.nodes if report is None or report.done_on is None]
        if not line.nodes:
            return ""
        if not open_ones:
            words, tone = _("节点 %(count)s 已办结") % {"count": len(line.nodes)}, "g-3"
        else:
            due = min(node.day for node in open_ones)
            words = self.next_node % {"day": self._due(due)}
            tone = "g-warn" if due < self.on else "g-2"
        told = "\n".join(f"{self._due(node.day)} {node.text}" for node, _report in line.nodes)
        return f'<span class="nx {tone}" title="{escape(told)}">{escape(words)}</span>'

    def _state(self, node: NodeBelow, report: Report | None) -> str:
        if report is not None and report.done_on is not None:
            told = escape(told_words(report, brief=True))
            return f' <span class="g-tag g-tag-g">{told}</span>'
        late = self._late(node.day, report)
        return f' <span class="g-warn">{escape(late)}</span>' if late else ""

    def _deadline(self, line: TreeLine) -> str:
        """The date that holds, beside the one before and how often it was moved."""
        words = escape(self._due(line.deadline))
        if not line.slips:
            return words
        before, often = self._due(line.slips[-1].old), _("%(count)s次") % {"count": len(line.slips)}
        return (
            f'<del class="g-old">{escape(before)}</del> {words} '
            f'<span class="g-tag g-tag-y" title="{escape(slip_words(line.slips))}">'
            f"{escape(often)}</span>"
        )

    def _due(self, deadline: date) -> str:
        """The day alone within the year of the plan."""
        if deadline not in self.days:
            words, year = day(deadline), deadline.year
            same = year == self.year
            self.days[deadline] = words if same else _year_and_day(year, words)
        return self.days[deadline]

    def _late(self, deadline: date, report: Report | None) -> str:
        if report is not None and report.done_on is not None:
            return ""
        if deadline not in self.lateness:
            self.lateness[deadline] = late_words(deadline, None, on=self.on)
        return self.lateness[deadline]


def _year_and_day(year: int, words: str) -> str:
    return _("%(year)s年%(day)s") % {"year": year, "day": words}


@lru_cache(maxsize=64)
def _five(lacking: tuple[str, ...], _language: str | None) -> SafeString:
    """There are few ways to be incomplete, and many lines."""
    return five(lacking)


@lru_cache(maxsize=8)
def _route(kind: str, _prefix: str) -> tuple[str, str]:
    """What stands before and behind the key of a node in the address of its page."""
    before, after = escape(reverse(kind, args=[NOBODY])).split(str(NOBODY))
    return before, after


def _lacking(line: TreeLine) -> tuple[str, ...]:
    gaps = {
        "goal": line.target is not None and line.target.target.value is None,
        "duty": not line.duty.lead or line.duty.proposed > 0,
        "measure": not line.measures,
        "check": not line.defined,
    }
    return tuple(name for name, missing in gaps.items() if missing)

"""One target, or one task, with all that is known of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import DutyLine
from gongjian.flow.judgement.queries import (
    TargetLine,
    amount,
    percent_text,
    phrase_verdict,
    verdict_history,
)
from gongjian.flow.plan.models import Sourced, Target, Task
from gongjian.flow.plan.queries import (
    TargetRow,
    TargetTerms,
    finding_of,
    milestones_of,
    target_terms,
)
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import Figure, figure_history, restated_figures
from gongjian.interfaces.web.plan.rows.tree import (
    Tree,
    late_words,
    report_url,
    target_name,
    told_words,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a node of the plan stands written."""

    sentence: str
    document: str
    url: str


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One period of a target: what was accepted, what was due, the light and why."""

    period: str
    actual: str
    url: str
    expected: str
    rate: str
    light: str
    note: str
    sentence: str
    level: str
    accepted_by: str
    accepted_at: datetime | None
    correction: bool


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A corrected figure: old beside new."""

    period: str
    was: str
    now: str
    reason: str
    by: str
    at: datetime | None
    url: str


def target_context(target: Target, tree: Tree) -> dict[str, Any]:
    """The context that plan/target.html names."""
    line = next(line for line in tree.board.targets if line.target.pk == target.pk)
    row, terms = line.target, target_terms(target)
    return {
        "target": target,
        "line": line,
        "name": target_name(line),
        "facts": _target_facts(target, line),
        "actual_url": report_url(line.report),
        "source": source_of(target),
        "words": _definition_words(target, row, terms),
        "definitions": terms.definitions,
        "values": _values(terms, row),
        "duty": tree.duties.get(("target", target.pk), DutyLine()),
        "periods": _periods(target, row),
        "corrections": _corrections(target, row),
        "month": tree.board.month,
        "pack": tree.board.pack,
    }


def task_context(task: Task, tree: Tree, told: Sequence[Report]) -> dict[str, Any]:
    """The context that plan/task.html names; `told` are all accepted words, newest last."""
    newest = tree.told.get(("task", task.pk))
    nodes = [
        {
            "text": node.text,
            "day": node.day,
            "words": told_words(report, brief=True),
            "late": late_words(node.day, report, on=tree.on),
            "url": report_url(report.uid) if report else "",
        }
        for node in milestones_of(task)
        for report in [tree.told.get(("milestone", node.pk))]
    ]
    return {
        "task": task,
        "facts": _("行动 %(seq)s %(action)s · 完成时限 %(day)s")
        % {"seq": task.action.seq, "action": task.action.name, "day": _day(task.deadline)},
        "code": f"{task.action.seq}-{task.seq}",
        "source": source_of(task),
        "duty": tree.duties.get(("task", task.pk), DutyLine()),
        "words": told_words(newest),
        "late": late_words(task.deadline, newest, on=tree.on),
        "nodes": nodes,
        "told": [_told(report) for report in reversed(told) if report.task_id == task.pk],
    }


def source_of(node: Sourced) -> Source | None:
    """The sentence of a node, and the review page where it is marked."""
    found = finding_of(node)
    if node.document is None:
        return None
    at = f"?c={found.seq}" if found else ""
    anchor = f"#s{found.seq}" if found else ""
    url = reverse("plan_review", args=[node.document.uid]) + at + anchor
    return Source(node.sentence, node.document.title, url)


def _target_facts(target: Target, line: TargetLine) -> str:
    return _("%(code)s · 行动 %(seq)s %(action)s · 目标 %(goal)s · 完成时限 %(day)s") % {
        "code": line.target.code,
        "seq": target.action.seq,
        "action": target.action.name,
        "goal": line.goal,
        "day": _day(target.deadline),
    }


def _definition_words(target: Target, row: TargetRow, terms: TargetTerms) -> list[tuple[str, str]]:
    """How the figure is formed, as label and value."""
    pairs = [
        (_("类型"), str(target.get_kind_display())),
        (_("比较"), str(target.get_comparator_display())),
        (_("单位"), target.unit or "—"),
        (_("序时"), str(target.get_trajectory_display())),
        (_("数据来源"), str(terms.sources[-1].get_source_display())),
    ]
    if row.base_value is not None:
        pairs.insert(3, (_("基期值"), amount(row.base_value, row)))
    return pairs


def _values(terms: TargetTerms, row: TargetRow) -> list[tuple[str, date, date | None, str]]:
    """The value to reach, from–to; more than one line once it was changed."""
    return [
        (amount(value.value, row), value.valid_from, value.valid_to, value.basis)
        for value in terms.values
    ]


def _periods(target: Target, row: TargetRow) -> list[PeriodLine]:
    """Newest period first; a period that was judged without a figure says 未报."""
    figures = {figure.period: figure for figure in figure_history(target)}
    verdicts = {verdict.period.key: verdict for verdict in verdict_history(target)}
    lines = []
    for key in sorted(figures.keys() | verdicts.keys(), reverse=True):
        figure, verdict = figures.get(key), verdicts.get(key)
        numbers: Mapping[str, Any] = verdict.numbers if verdict else {}
        said = phrase_verdict(row, int(key[5:]), verdict.rule, numbers) if verdict else ""
        lines.append(
            PeriodLine(
                period=key,
                actual=amount(figure.value, row) if figure else "",
                url=report_url(figure.report_uid) if figure else "",
                expected=_expected(numbers, row),
                rate=percent_text(numbers.get("done")),
                light=verdict.light if verdict else "",
                note=_("补齐") if verdict and verdict.made_good else "",
                sentence=said,
                **_accepted(figure),
            )
        )
    return lines


def _expected(numbers: Mapping[str, Any], row: TargetRow) -> str:
    due = numbers.get("expected")
    return "—" if due is None else amount(Decimal(due), row)


def _accepted(figure: Figure | None) -> dict[str, Any]:
    return {
        "level": f"V{figure.level}" if figure else "",
        "accepted_by": figure.accepted_by if figure else "",
        "accepted_at": figure.accepted_at if figure else None,
        "correction": figure.correction if figure else False,
    }


def _corrections(target: Target, row: TargetRow) -> list[CorrectionLine]:
    return [
        CorrectionLine(
            period=fact.period,
            was=amount(fact.was, row),
            now=amount(fact.now, row),
            reason=fact.reason,
            by=fact.accepted_by,
            at=fact.accepted_at,
            url=report_url(fact.report),
        )
        for fact in restated_figures(target)
    ]


def _told(report: Report) -> dict[str, Any]:
    return {
        "period": report.period.key,
        "words": told_words(report),
        "unit": report.unit.short_name,
        "by": report.accepted_by.display_name if report.accepted_by else "",
        "at": report.accepted_at,
        "url": report_url(report.uid),
    }


def _day(day: date) -> str:
    return _("%(year)s年%(month)s月%(day)s日") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }

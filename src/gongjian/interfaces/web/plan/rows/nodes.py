"""One target, or one task, with all that is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import DutyLine, leader_lines, lines_of, since_issue
from gongjian.flow.judgement.queries import (
    TargetLine,
    amount,
    line_of_target,
    verdict_history,
)
from gongjian.flow.plan.models import Action, Milestone, Sourced, Target, Task
from gongjian.flow.plan.queries import (
    TargetRow,
    TargetTerms,
    changes_of_node,
    definitions_of,
    finding_of,
    milestones_of,
    plan_actions,
    slips_of,
    superiors_of,
    tags_of_node,
    target_terms,
    written_amount,
    written_day,
    written_goal,
)
from gongjian.flow.plan.rules import Asked, form_of, why_not_measurable
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import (
    newest_words_of,
    told_of_task,
)
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.web.plan.rows.gaps import five_below, five_of
from gongjian.interfaces.web.plan.rows.history import corrections_of, periods_of
from gongjian.interfaces.web.plan.rows.words import (
    late_words,
    report_url,
    slip_words,
    target_name,
    told_words,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a node of the plan stands written."""

    sentence: str
    document: str
    url: str


def target_context(target: Target, *, period: str, on: date, by: User) -> dict[str, Any]:
    """The context that plan/target.html names."""
    line = line_of_target(target, period=period, on=on)
    row, terms = line.target, target_terms(target)
    duties = lines_of(actions=(), targets=[target.pk], tasks=(), on=on)
    duty = duties.get(("target", target.pk), DutyLine())
    history = verdict_history(target)
    packs = [v.pack for v in history if v.period.key == period]
    return {
        "target": target,
        "line": line,
        "name": target_name(line),
        "facts": _target_facts(target, line),
        "actual_url": report_url(line.report),
        "source": source_of(target),
        "words": _definition_words(target, row, terms),
        "gaps": five_of(target, on=on, by=by),
        "unmeasurable": why_not_measurable(asked_of(target, terms)),
        "definitions": terms.definitions,
        "values": _values(terms, row),
        "duty": duty,
        "since": since_issue(target, duty),
        "periods": periods_of(target, row, history),
        "corrections": corrections_of(target, row),
        "month": int(period[5:]),
        "coming": target.action.campaign.year if target.action.campaign.year > on.year else 0,
        "pack": f"{packs[0].name} v{packs[0].number}" if packs else "",
        "nodes": nodes_of(milestones_of(target), period=period, on=on),
        **moved_context(target),
        **borne_context("target", target.pk, on=on),
    }


def task_context(task: Task, *, period: str, on: date, by: User) -> dict[str, Any]:
    """The context that plan/task.html names."""
    told = told_of_task(task, upto=period)
    newest = told[-1] if told else None
    duties = lines_of(actions=(), targets=(), tasks=[task.pk], on=on)
    duty = duties.get(("task", task.pk), DutyLine())
    return {
        "task": task,
        "gaps": five_of(task, on=on, by=by),
        "facts": _("行动 %(seq)s %(action)s · 完成时限 %(day)s")
        % {
            "seq": task.action.seq,
            "action": task.action.name,
            "day": written_day(task.deadline, task.deadline_precision),
        },
        "code": f"{task.action.seq}-{task.seq}",
        "source": source_of(task),
        "duty": duty,
        "since": since_issue(task, duty),
        "words": told_words(newest),
        "late": "" if task.ended_on else late_words(task.deadline, newest, on=on),
        "nodes": nodes_of(milestones_of(task), period=period, on=on),
        "told": [_told(report) for report in reversed(told)],
        "definitions": definitions_of(task),
        **moved_context(task),
        **borne_context("task", task.pk, on=on),
    }


def milestone_context(node: Milestone, *, period: str, on: date) -> dict[str, Any]:
    """The context that plan/milestone.html names."""
    told = newest_words_of((), [node.pk], upto=period).get(("milestone", node.pk))
    above = node.target or node.task
    kind = "target" if node.target else "task"
    return {
        "node": node,
        "facts": _("行动 %(seq)s %(action)s · %(day)s")
        % {
            "seq": node.action.seq,
            "action": node.action.name,
            "day": written_day(node.day, node.precision),
        },
        "above": (str(above), reverse(kind, args=[above.uid])) if above else None,
        "value": written_amount(node.value, node.target.unit, node.target.factor)
        if node.target and node.value is not None
        else "",
        "source": source_of(node),
        "words": told_words(told),
        "url": report_url(told.uid) if told else "",
        "late": "" if node.ended_on else late_words(node.day, told, on=on),
        **moved_context(node),
    }


def action_context(action: Action, *, on: date, by: User) -> dict[str, Any]:
    """The context that plan/action.html names."""
    rows = plan_actions(action.campaign, on=on, only=action)
    found = rows[0] if rows else None
    duties = lines_of(actions=[action.pk], targets=(), tasks=(), on=on)
    duty = duties.get(("action", action.pk), DutyLine())
    leader = leader_lines(action.campaign, on=on).get(("action", action.pk))
    return {
        "action": action,
        "facts": _("%(year)s %(campaign)s · 目标 %(targets)s · 任务 %(tasks)s")
        % {
            "year": action.campaign.year,
            "campaign": action.campaign.name,
            "targets": len(found.targets) if found else 0,
            "tasks": len(found.tasks) if found else 0,
        },
        "targets": [
            (
                t.code,
                t.metric,
                reverse("target", args=[t.uid]),
                written_goal(t.comparator, t.value, t.value_max, t.unit, t.factor),
                written_day(t.deadline, t.precision),
            )
            for t in (found.targets if found else ())
        ],
        "tasks": [
            (
                t.code,
                t.title,
                reverse("task", args=[t.uid]),
                "",
                written_day(t.deadline, t.precision),
            )
            for t in (found.tasks if found else ())
        ],
        "duty": duty,
        "gaps": five_below(action, found, led=bool(duty.lead) and not duty.proposed, on=on, by=by),
        "leader": leader.words if leader else "",
        "source": source_of(action),
        **borne_context("action", action.pk, on=on),
    }


def nodes_of(nodes: Sequence[Milestone], *, period: str, on: date) -> list[dict[str, Any]]:
    """Milestones as they stand below their target or task."""
    told = newest_words_of((), [node.pk for node in nodes], upto=period)
    return [
        {
            "text": node.text,
            "day": written_day(node.day, node.precision),
            "words": told_words(report, brief=True),
            "late": late_words(node.day, report, on=on),
            "url": report_url(report.uid) if report else "",
            "node_url": reverse("milestone", args=[node.uid]),
        }
        for node in nodes
        for report in [told.get(("milestone", node.pk))]
    ]


def moved_context(node: Target | Task | Milestone) -> dict[str, Any]:
    """What moved, and why: the trail of a node."""
    slips = slips_of(node)
    return {
        "changes": changes_of_node(node),
        "slips": slip_words(slips) if slips else "",
        "ended": _ended(node),
    }


def borne_context(kind: str, key: int, *, on: date) -> dict[str, Any]:
    """What tags a node bears, and which tasks from above it answers."""
    return {
        "tags": [
            (member.tag.name, f"{reverse('plan_tags')}#t{member.tag_id}", member.uid)
            for member in tags_of_node(kind, key, on=on)
        ],
        "superiors": [
            (row.superior.seq, row.superior.title) for row in superiors_of(kind, key, on=on)
        ],
    }


def asked_of(target: Target, terms: TargetTerms) -> Asked:
    """What the measuring of a target rests on."""
    value, source = terms.values[-1], terms.sources[-1]
    return Asked(
        kind=target.kind,
        source=source.source,
        comparator=target.comparator,
        value=value.value,
        base_value=value.base_value,
        numerator=source.numerator,
        denominator=source.denominator,
    )


def _ended(node: Target | Task | Milestone | Action) -> str:
    if node.ended_on is None:
        return ""
    return _("已于 %(day)s 调出：%(reason)s") % {
        "day": node.ended_on.isoformat(),
        "reason": node.end_reason,
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
        "day": written_day(line.target.deadline, target.deadline_precision),
    }


def _definition_words(target: Target, row: TargetRow, terms: TargetTerms) -> list[tuple[str, str]]:
    """How the figure is formed, as label and value."""
    pairs = [
        (_("类型"), str(target.get_kind_display())),
        (_("比较"), str(target.get_comparator_display())),
        (_("单位"), target.unit or "—"),
        (_("序时"), str(target.get_trajectory_display())),
        (_("数据来源"), str(terms.sources[-1].get_source_display())),
        (_("怎样形成"), str(form_of(target.kind, terms.sources[-1].source).how) or "—"),
    ]
    if terms.sources[-1].numerator or terms.sources[-1].denominator:
        formula = f"{terms.sources[-1].numerator or '—'} ÷ {terms.sources[-1].denominator or '—'}"
        pairs.append((_("分子 ÷ 分母"), formula))
    if row.base_value is not None:
        pairs.insert(3, (_("基期值"), amount(row.base_value, row)))
    return pairs


def _values(terms: TargetTerms, row: TargetRow) -> list[tuple[str, date, date | None, str]]:
    """The value to reach, from–to; more than one line once it was changed."""
    return [
        (
            written_goal(row.comparator, value.value, value.value_max, row.unit, row.factor),
            value.valid_from,
            value.valid_to,
            value.basis,
        )
        for value in terms.values
        if value.valid_to is None or value.valid_to > value.valid_from
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

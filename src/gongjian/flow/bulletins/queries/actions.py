"""How one action is said: by its targets, or in words where it has none."""

from datetime import date

from django.utils.translation import gettext as _

from gongjian.flow.bulletins.queries.facts import BulletinFacts
from gongjian.flow.bulletins.queries.lineage import Figures, Said
from gongjian.flow.bulletins.queries.pieces import Piece, Pieces, fill, quoted
from gongjian.flow.bulletins.queries.targets import TargetWords
from gongjian.flow.plan.queries import ActionRow
from gongjian.lib.numerals import chinese_numeral


def heading(action: ActionRow) -> str:
    """（六）高质量“双招双引”"""
    return _("（%(number)s）%(name)s") % {
        "number": chinese_numeral(action.seq),
        "name": action.name,
    }


def paragraph(action: ActionRow, facts: BulletinFacts, figures: Figures) -> Pieces:
    """One paragraph: the action's targets, or its tasks and milestones in words."""
    lead = facts.duties["action", action.pk].lead
    begin = fill(_("牵头单位：{lead}。"), figures, {"lead": lead or _("未定")})
    if action.targets:
        clauses = [TargetWords.of(t, facts).sentence(figures) for t in action.targets]
        return begin + _joined(clauses, _("；")) + (Piece(_("。")),)
    return begin + _in_words(action, facts, figures)


def _in_words(action: ActionRow, facts: BulletinFacts, figures: Figures) -> Pieces:
    done = [task for task in action.tasks if _done(facts, "task", task.pk)]
    reached = [node for node in action.milestones if _done(facts, "milestone", node.pk)]
    silent = sum(("task", task.pk) not in facts.words for task in action.tasks)
    count = fill(
        _(
            "本行动以任务节点衡量：任务{tasks}，已办结{done}，未报{silent}；"
            "节点{nodes}，已完成{reached}。"
        ),
        figures,
        {
            "tasks": _count(len(action.tasks), _("项"), action, _("方案所列任务数")),
            "done": _count(len(done), _("项"), action, _("已采信办结的任务数")),
            "silent": _count(silent, _("项"), action, _("没有已采信进展的任务数")),
            "nodes": _count(len(action.milestones), _("个"), action, _("方案所列节点数")),
            "reached": _count(len(reached), _("个"), action, _("已采信完成的节点数")),
        },
    )
    sentences = [_task(facts, figures, task.pk, task.title, task.deadline) for task in action.tasks]
    return count + _joined([s for s in sentences if s], _("；")) + (Piece(_("。")),)


def _task(facts: BulletinFacts, figures: Figures, key: int, title: str, due: date) -> Pieces:
    """One task in the words its unit reported and the office accepted."""
    name = title.split("，")[0]  # not shown: only where the title is cut
    report = facts.words.get(("task", key))
    if report is None:
        return fill(_("{name}：未报"), figures, {"name": name})
    how = _("任务进展，已采信的填报原文")
    proof = facts.proofs.get(report.pk)
    words = report.words.rstrip("。")
    late = report.done_on is None and due < facts.day
    tail = (Piece(_("（已过完成时限）")),) if late else ()
    return (
        Piece(f"{name}："),
        *quoted(words, figures, target=title, how=how, proof=proof),
        *tail,
    )


def _done(facts: BulletinFacts, kind: str, key: int) -> bool:
    report = facts.words.get((kind, key))
    return report is not None and report.done_on is not None


def _count(number: int, unit: str, action: ActionRow, how: str) -> Said:
    return Said(str(number), unit, target=action.name, how=how)


def _joined(parts: list[Pieces], mark: str) -> Pieces:
    joined: list[Piece] = []
    for part in parts:
        if joined:
            joined.append(Piece(mark))
        joined += part
    return tuple(joined)

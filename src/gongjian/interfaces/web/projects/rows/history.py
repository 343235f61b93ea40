"""All that happened to a project, the newest first, with what is new to its reader."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from gongjian.flow.plan.queries import written_day
from gongjian.flow.projects.queries import DateMove, EventRow, PaidRow, ProjectCard, SaidAnew
from gongjian.interfaces.web.projects.money import money
from gongjian.lib.days import local_day

NEVER = datetime.min.replace(tzinfo=UTC)
LONGEST = 80  # characters of a value that a line repeats
KINDS = ("stage", "date", "said", "money", "standing", "list", "name")


@dataclass(frozen=True, slots=True)
class Happened:
    """One line: `at` is when it was written, which may be long after its day."""

    day: date
    kind: str
    label: str
    fact: str
    by: str
    at: datetime | None = None
    new: bool = False


def history(card: ProjectCard, *, since: datetime | None) -> list[Happened]:
    """Every line of a project; what was written after a moment is marked new."""
    every = sorted(_lines(card), key=lambda one: (one.day, one.at or NEVER), reverse=True)
    if since is None:
        return every
    return [
        replace(one, new=True) if one.at is not None and one.at > since else one for one in every
    ]


def kinds(lines: Sequence[Happened], chosen: str) -> list[tuple[str, str, int, bool]]:
    """(label, address, how many, current) of each kind there is, all of them first."""
    counts, labels = Counter(one.kind for one in lines), _labels()
    every = [(_("全部"), "?#history", len(lines), not chosen)]
    return every + [
        (labels[kind], f"?only={kind}#history", counts[kind], kind == chosen)
        for kind in KINDS
        if counts[kind]
    ]


def old_day(move: DateMove) -> str:
    return written_day(move.old, move.old_precision) if move.old else _("未定")


def new_day(move: DateMove) -> str:
    return written_day(move.new, move.new_precision) if move.new else _("未定")


def _labels() -> dict[str, str]:
    return {
        "stage": _("阶段"),
        "date": _("日期"),
        "said": _("登记"),
        "money": _("填报"),
        "standing": _("状态"),
        "list": _("清单"),
        "name": _("更名"),
    }


def _lines(card: ProjectCard) -> Iterator[Happened]:
    labels = _labels()
    for row in card.events:
        who = _(" · ").join(filter(None, (row.unit, row.state_label)))
        yield Happened(row.day, "stage", labels["stage"], _told(row), who, row.accepted_at)
    moves = [move for move in card.moves if move.old is not None]
    for number, move in enumerate(moves, start=1):
        said = {"label": move.label, "old": old_day(move), "new": new_day(move), "n": number}
        fact = _("%(label)s %(old)s → %(new)s，第 %(n)s 次调整") % said
        if move.reason:
            fact = _("%(fact)s。理由：%(reason)s") % {"fact": fact, "reason": move.reason}
        yield Happened(move.day, "date", labels["date"], fact, move.by, move.at)
    for anew in card.said:
        yield Happened(anew.day, "said", labels["said"], _anew(anew), anew.by, anew.at)
    for paid in card.paid:
        who = _("%(unit)s 报，%(by)s 采信") % {"unit": paid.unit, "by": paid.accepted_by}
        day = local_day(paid.accepted_at)
        yield Happened(day, "money", labels["money"], _paid(paid), who, paid.accepted_at)
    for one in card.standings:
        fact = f"{one.label}：{one.reason}"
        yield Happened(one.day, "standing", labels["standing"], fact, one.basis, one.at)
    for step in card.list_moves:
        fact = f"{step.act}：{step.name}"
        yield Happened(step.day, "list", labels["list"], fact, step.doc_no, step.at)
    for name, day in card.former_names:
        fact = _("原名%(name)s") % {"name": name}
        yield Happened(day, "name", labels["name"], fact, "")


def _told(row: EventRow) -> str:
    said = _("撤销%(label)s") if row.void else "%(label)s"
    text = said % {"label": row.label}
    if row.reason:
        return _("更正 %(text)s：%(reason)s") % {"text": text, "reason": row.reason}
    proofs = _("、").join(row.proofs)
    return f"{text}：{proofs}" if proofs else text


def _anew(row: SaidAnew) -> str:
    """总投资 13.50 亿元 → 14.50 亿元。理由：概算调整"""
    old, new = (
        Truncator(text).chars(LONGEST) if text else _("未填") for text in (row.old, row.new)
    )
    fact = _("%(label)s %(old)s → %(new)s") % {"label": row.label, "old": old, "new": new}
    if row.reason:
        return _("%(fact)s。理由：%(reason)s") % {"fact": fact, "reason": row.reason}
    return fact


def _paid(row: PaidRow) -> str:
    """5月：完成 580 万元，到位 200 万元。形象进度…"""
    amounts = (
        (_("完成"), row.done), (_("前期费用"), row.early_cost), (_("到位"), row.arrived),
    )  # fmt: skip
    said = [f"{label} {money(amount)}" for label, amount in amounts if amount is not None]
    month = _("%(month)s月") % {"month": int(row.month[5:])}
    head = _("更正%(month)s") % {"month": month} if row.correction else month
    text = f"{head}：{_('，').join(said)}" if said else head
    return _("%(text)s。%(words)s") % {"text": text, "words": row.words} if row.words else text

"""The rows of the board, as its template names them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.judgement.queries import ActionLine, Board, BoardChanges, TargetLine
from gongjian.flow.progress.queries import PeriodRow
from gongjian.interfaces.web.tags import LIGHTS, moment, percent

KINDS = ("green", "yellow", "red", "grey")


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action with the counts of its targets' lights."""

    seq: int
    name: str
    url: str
    light: str
    green: int
    yellow: int
    red: int
    grey: int
    counts_url: str
    change: str
    better: bool


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target with its light and the arithmetic behind it."""

    name: str
    url: str
    light: str
    note: str
    actual: str | None
    actual_url: str
    expected: str | None
    target: str
    rate: float | None
    due: float | None
    change: str
    reason: str
    months: tuple[float | None, ...]
    months_words: str


def facts(period: PeriodRow, board: Board) -> str:
    """2020 年 6 月期，实时，未冻结; the rules that lit it."""
    year, month = period.key.split("-")
    state = (
        _("快照 %(number)s，%(when)s 冻结")
        % {"number": period.snapshot, "when": moment(period.frozen_at)}
        if period.frozen
        else _("实时，%(when)s 冻结") % {"when": moment(period.freezes_at)}
    )
    words = _("%(year)s 年 %(month)s 月期，%(state)s") % {
        "year": year,
        "month": int(month),
        "state": state,
    }
    return (
        _("%(words)s；规则：%(pack)s") % {"words": words, "pack": board.pack}
        if board.pack
        else words
    )


def period_choices(
    opened: list[PeriodRow], shown: PeriodRow, look: dict[str, Any]
) -> list[tuple[str, str, None, bool]]:
    """(label, address, no count, current) of the periods in time; the look of the page is kept."""
    kept = {"view": "wall"} if look["wall"] else {}
    kept |= {"theme": look["theme"]} if look["theme"] != "light" else {}
    return [
        (
            _("%(month)s 月") % {"month": period.month},
            "?" + urlencode({"period": period.key} | kept),
            None,
            period.key == shown.key,
        )
        for period in sorted(opened, key=lambda period: period.key)
        if period.key[:4] == shown.key[:4]
    ]


def sums(board: Board) -> list[tuple[str, list[tuple[str, int, str]]]]:
    """The counts over the actions and over the targets."""
    lights = [line.light for line in board.actions]
    actions = {kind: lights.count(kind) for kind in KINDS}
    return [
        (_actions_words(board), _counts(actions, "#actions")),
        (_("%(n)s 个目标") % {"n": len(board.targets)}, _counts(board.lights, "#targets")),
    ]


def _actions_words(board: Board) -> str:
    """How many actions there are; those without a numeric target bear no light to be counted."""
    bare = sum(not line.targets for line in board.actions)
    words = _("%(n)s 个行动（%(bare)s 个无定量目标）") if bare else _("%(n)s 个行动")
    return words % {"n": len(board.actions), "bare": bare}


def action_row(line: ActionLine, changes: BoardChanges) -> ActionRow:
    turn = changes.actions.get(line.action.pk)
    url = f"{reverse('plan')}#a{line.action.seq}"
    return ActionRow(
        seq=line.action.seq,
        name=line.action.name,
        url=url,
        light=line.light,
        **{kind: line.lights[kind] for kind in KINDS},
        counts_url=url,
        change=_turned(turn.before, turn.now) if turn else "",
        better=turn.better if turn else False,
    )


def target_row(line: TargetLine, period: PeriodRow) -> TargetRow:
    """The note beside the light says 补齐 or 未报; nothing reported is no number."""
    report = reverse("report_check", args=[line.report]) if line.report else ""
    return TargetRow(
        name=line.target.metric,
        url=reverse("target", args=[line.target.uid]),
        light=line.light,
        note=_("补齐") if line.made_good else _("未报") if line.unreported else "",
        actual=line.actual,
        actual_url=report,
        expected=line.expected,
        target=line.goal,
        rate=line.done,
        due=line.due,
        change=line.change,
        reason=line.sentence,
        months=line.trend,
        months_words=_("；").join(
            _("%(month)s 月 %(rate)s") % {"month": month, "rate": percent(share)}
            for month, share in enumerate(line.trend, start=1)
        )
        or _("%(month)s 月期还没有数") % {"month": period.month},
    )


def attention(board: Board) -> list[tuple[str, str, str, str, str, str]]:
    """Red lights first, then what was not reported: (kind, name, url, where, unit, what)."""
    lines = [line for line in board.targets if line.light == "red"]
    lines += [line for line in board.targets if line.light != "red" and line.unreported]
    return [
        (
            line.light,
            line.target.metric,
            reverse("target", args=[line.target.uid]),
            "",
            line.fills if line.unreported else line.lead,
            line.sentence,
        )
        for line in lines
    ]


def change_lists(changes: BoardChanges) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (_("转好"), list(_turns(changes.better, changes))),
        (_("转差"), list(_turns(changes.worse, changes))),
        (_("补齐"), [(line.target.metric, _target(line)) for line in changes.made_good]),
    ]


def changes_for(before: Board | None) -> str:
    return _("较 %(month)s 月期") % {"month": before.month} if before else _("较上期")


def addresses() -> dict[str, str]:
    return {"plan_url": reverse("plan"), "rules_url": reverse("rules")}


def _counts(counts: dict[str, int], url: str) -> list[tuple[str, int, str]]:
    return [(kind, counts[kind], url) for kind in KINDS]


def _turns(lines: tuple[TargetLine, ...], changes: BoardChanges) -> Iterator[tuple[str, str]]:
    for line in lines:
        turn = changes.targets[line.target.pk]
        words = _turned(turn.before, turn.now)
        name = _("%(name)s（%(turn)s）") % {"name": line.target.metric, "turn": words}
        yield name, _target(line)


def _turned(before: str, now: str) -> str:
    return _("%(before)s转%(now)s") % {"before": LIGHTS[before], "now": LIGHTS[now]}


def _target(line: TargetLine) -> str:
    return reverse("target", args=[line.target.uid])

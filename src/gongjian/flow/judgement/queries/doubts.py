"""What a reviewer should look at twice in a figure before accepting it. Nothing is refused here."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.flow.judgement.queries.phrases import amount
from gongjian.flow.plan.queries import TargetRow

JUMP = 3
STEADY = 2


def doubts_of(
    target: TargetRow, value: Decimal | None, history: Sequence[Decimal | None], *, files: int
) -> tuple[str, ...]:
    """The checks that fired, in words: it fell, it jumped, it did not move, no file behind it.

    `history` holds the accepted values of the year so far, oldest first; None: not reported.
    """
    known = [earlier for earlier in history if earlier is not None]
    found: list[str] = []
    if value is not None and known:
        found += _against(target, value, known)
    if files == 0:
        found.append(_("没有附件，只有文号"))
    return tuple(found)


def _against(target: TargetRow, value: Decimal, known: list[Decimal]) -> list[str]:
    step = value - known[-1]
    if step < 0:
        return [_("比上期少 %(amount)s") % {"amount": amount(-step, target)}]
    if step == 0:
        return [_same(known)]
    usual = _usual_step(known)
    if usual is None or step <= JUMP * usual:
        return []
    return [
        _("本期增加 %(amount)s，超过前几期平均增幅的 %(times)s 倍")
        % {"amount": amount(step, target), "times": JUMP}
    ]


def _same(known: list[Decimal]) -> str:
    run = 1
    for value in reversed(known):
        if value != known[-1]:
            break
        run += 1
    if run > STEADY:
        return _("连续 %(run)s 期同一数值") % {"run": run}
    return _("和上期是同一数值")


def _usual_step(known: list[Decimal]) -> Decimal | None:
    """The average growth between the periods so far; None where there is none to compare with."""
    if len(known) < STEADY + 1:
        return None
    usual = (known[-1] - known[0]) / (len(known) - 1)
    return usual if usual > 0 else None

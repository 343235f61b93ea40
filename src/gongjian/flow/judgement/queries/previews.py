"""What a figure would mean before it counts: its rate, and the light the rules would give it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from gongjian.flow.judgement.models import LightColour
from gongjian.flow.judgement.queries.judging import Judgement, judgements
from gongjian.flow.judgement.queries.phrases import amount, percent_text, phrase_verdict, shown
from gongjian.flow.plan.queries import TargetRow
from gongjian.flow.progress.models import Period


@dataclass(frozen=True, slots=True)
class Preview:
    """A figure with the light it would get, and the period before it, ready to print.

    `history` holds the values of the year in base units, `months` the same in the plan's unit,
    this one last; None: not reported.
    """

    light: str
    rule: str
    why: str
    value: str
    change: str
    rate: str
    sum: str
    expected: str
    before: str
    before_value: str
    before_why: str
    history: tuple[Decimal | None, ...]
    months: tuple[Decimal | None, ...]

    @property
    def last_known(self) -> Decimal | None:
        """The newest value before this one, in base units."""
        return next((value for value in reversed(self.history[:-1]) if value is not None), None)


def preview_verdict(
    target: TargetRow, periods: Sequence[Period], value: Decimal | None, *, known_at: datetime
) -> Preview:
    """What the rules would say if a value were accepted for the last of the periods.

    Periods are those of the year in time; the last is the one that is filled in. Nothing is
    written. Missing: judgement.no-pack.
    """
    return preview_verdicts([target], periods, {target.pk: value}, known_at=known_at)[target.pk]


def preview_verdicts(
    targets: Sequence[TargetRow],
    periods: Sequence[Period],
    values: Mapping[int, Decimal | None],
    *,
    known_at: datetime,
) -> dict[int, Preview]:
    """{target: preview} for several at once. Two queries, however many targets."""
    if not targets or not periods:
        return {}
    supposed = {(pk, periods[-1].key): value for pk, value in values.items()}
    by_target: dict[int, list[Judgement]] = {}
    for found in judgements(targets, periods, known_at=known_at, supposed=supposed):
        by_target.setdefault(found.target.pk, []).append(found)
    return {pk: _preview(found) for pk, found in by_target.items()}


def _preview(found: Sequence[Judgement]) -> Preview:
    """The judgements of one target in time, the supposed one last."""
    now, target = found[-1], found[-1].target
    before = found[-2] if len(found) > 1 else None
    value, earlier = now.value, before.value if before else None
    expected = now.numbers["expected"]
    return Preview(
        light=now.light,
        rule=now.rule,
        why=_why(now),
        value=amount(value, target),
        change=_change(value, earlier, target),
        rate=percent_text(now.numbers["done"]),
        sum=_sum(now),
        expected=amount(Decimal(expected), target) if expected else "",
        before=before.light if before else LightColour.GREY,
        before_value=amount(earlier, target) if before else "",
        before_why=_why(before) if before else "",
        history=tuple(one.value for one in found),
        months=tuple(_written(one.value, target) for one in found),
    )


def _written(value: Decimal | None, target: TargetRow) -> Decimal | None:
    return None if value is None else Decimal(shown(value, target))


def _why(found: Judgement) -> str:
    return phrase_verdict(found.target, int(found.period[5:]), found.rule, found.numbers)


def _change(value: Decimal | None, earlier: Decimal | None, target: TargetRow) -> str:
    """What is added to the period before; the whole value where that one is not known."""
    if value is None:
        return ""
    step = value - (earlier or Decimal(0))
    sign = "−" if step < 0 else ""
    return sign + amount(abs(step), target)


def _sum(found: Judgement) -> str:
    """Numerator ÷ denominator as the rate is formed, in the plan's unit."""
    numerator, denominator = found.numbers["numerator"], found.numbers["denominator"]
    if numerator is None or denominator is None:
        return ""
    parts = (shown(Decimal(part), found.target) for part in (numerator, denominator))
    return "÷".join(parts)

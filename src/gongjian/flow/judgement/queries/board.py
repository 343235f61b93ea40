"""The board: every target of the plan with its light, its arithmetic and its way so far."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from gongjian.flow.duties.queries import DutyLine, duty_lines
from gongjian.flow.judgement.models import LightColour, Verdict
from gongjian.flow.judgement.queries.phrases import amount, goal, percent_text, phrase_verdict
from gongjian.flow.plan.models import Campaign, Target
from gongjian.flow.plan.queries import ActionRow, TargetRow, plan_actions


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target on the board, ready to print; shares are fractions for drawing."""

    target: TargetRow
    lead: str
    fills: str
    light: str
    first_light: str
    made_good: bool
    rule: str
    sentence: str
    actual: str | None
    expected: str | None
    goal: str
    rate: str
    done: float | None
    due: float | None
    change: str
    trend: tuple[float | None, ...]
    report: UUID | None
    unreported: bool


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action with its targets and the counts of their lights."""

    action: ActionRow
    lead: str
    targets: tuple[TargetLine, ...]
    lights: dict[str, int]
    light: str


@dataclass(frozen=True, slots=True)
class Board:
    """A period of a campaign: its actions, and the counts over all targets."""

    period: str
    month: int
    actions: tuple[ActionLine, ...]
    lights: dict[str, int]
    pack: str

    @property
    def targets(self) -> tuple[TargetLine, ...]:
        return tuple(line for action in self.actions for line in action.targets)


def board(campaign: Campaign, period: str, *, on: date) -> Board:
    """The board of a period from the verdicts that stand. A constant number of queries."""
    actions = plan_actions(campaign, on=on)
    duties = duty_lines(campaign, on=on)
    verdicts = verdicts_of(campaign, upto=period)
    month = int(period[5:])
    lines = []
    for action in actions:
        targets = tuple(
            target_line(target, period, verdicts.get(target.pk, {}), duties[("target", target.pk)])
            for target in action.targets
        )
        counts = _counts(targets)
        lines.append(
            ActionLine(action, duties[("action", action.pk)].lead, targets, counts, _worst(counts))
        )
    packs = [v.pack for of in verdicts.values() for v in of.values() if v.period.key == period]
    return Board(
        period=period,
        month=month,
        actions=tuple(lines),
        lights=_counts([line for action in lines for line in action.targets]),
        pack=f"{packs[0].name} v{packs[0].number}" if packs else "",
    )


def verdicts_of(campaign: Campaign, *, upto: str) -> dict[int, dict[str, Verdict]]:
    """{target: {period: standing verdict}} up to a period. One query."""
    rows = (
        Verdict.objects.standing()
        .filter(target__action__campaign=campaign, period__key__lte=upto)
        .select_related("period", "pack", "report")
    )
    found: dict[int, dict[str, Verdict]] = {}
    for verdict in rows:
        found.setdefault(verdict.target_id, {})[verdict.period.key] = verdict
    return found


def verdict_history(target: Target) -> list[Verdict]:
    """The standing verdicts of one target, in time. One query."""
    rows = Verdict.objects.standing().filter(target=target).select_related("period", "report")
    return sorted(rows, key=lambda verdict: verdict.period.key)


def target_line(
    target: TargetRow, period: str, verdicts: dict[str, Verdict], duty: DutyLine
) -> TargetLine:
    """One target on the board, from its standing verdicts up to the period."""
    verdict = verdicts.get(period)
    numbers = verdict.numbers if verdict else {}
    actual, expected = numbers.get("actual"), numbers.get("expected")
    return TargetLine(
        target=target,
        lead=duty.lead,
        fills=duty.fills,
        light=verdict.light if verdict else LightColour.GREY,
        first_light=verdict.first_light if verdict else LightColour.GREY,
        made_good=verdict.made_good if verdict else False,
        rule=verdict.rule if verdict else "",
        sentence=_sentence(target, period, verdict),
        actual=amount(Decimal(actual), target) if actual else None,
        expected=amount(Decimal(expected), target) if expected else None,
        goal=goal(target),
        rate=percent_text(numbers.get("done")),
        done=_share(numbers.get("done")),
        due=_due(numbers),
        change=_change(target, period, verdicts),
        trend=tuple(
            _share(verdicts[key].numbers.get("done")) if key in verdicts else None
            for key in _months(period)
        ),
        report=verdict.report.uid if verdict and verdict.report else None,
        unreported=bool(numbers.get("unreported")) or actual is None,
    )


def _sentence(target: TargetRow, period: str, verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    return phrase_verdict(target, int(period[5:]), verdict.rule, verdict.numbers)


def _due(numbers: dict[str, str]) -> float | None:
    """Where the tick of the expected value stands on the bar of the rate."""
    parts = [numbers.get(name) for name in ("expected", "actual", "numerator", "denominator")]
    expected, actual, numerator, denominator = (Decimal(part) if part else None for part in parts)
    if expected is None or actual is None or numerator is None or not denominator:
        return None
    base = actual - numerator
    return float((expected - base) / denominator)


def _change(target: TargetRow, period: str, verdicts: dict[str, Verdict]) -> str:
    """What was added since the period before, where both are known."""
    earlier = [key for key in sorted(verdicts) if period[:4] <= key < period]
    now = verdicts[period].numbers.get("actual") if period in verdicts else None
    before = verdicts[earlier[-1]].numbers.get("actual") if earlier else None
    if now is None or before is None:
        return ""
    step = Decimal(now) - Decimal(before)
    sign = "+" if step > 0 else "−" if step < 0 else ""
    return f"{sign}{amount(abs(step), target).split(' ')[0]}"


def _months(period: str) -> list[str]:
    return [f"{period[:5]}{month:02}" for month in range(1, int(period[5:]) + 1)]


def _share(text: str | None) -> float | None:
    return None if text is None else float(text)


def _counts(lines: list[TargetLine] | tuple[TargetLine, ...]) -> dict[str, int]:
    counts = dict.fromkeys((colour.value for colour in LightColour), 0)
    for line in lines:
        counts[line.light] += 1
    return counts


def _worst(counts: dict[str, int]) -> str:
    """The most severe light among an action's targets; no light where it has none."""
    for colour in (LightColour.RED, LightColour.YELLOW, LightColour.GREEN):
        if counts[colour]:
            return colour
    return LightColour.GREY if counts[LightColour.GREY] else ""

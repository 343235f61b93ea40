"""Lights of a campaign as they follow from what was known at a moment. Nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from gongjian.engine.calendar import last_day
from gongjian.engine.lights import Finding, Items, Judged, Light, judge, made_good
from gongjian.engine.packs import RulePack, rule_pack
from gongjian.engine.rates import COMPARATORS, Aims, Column, Comparator, Measure
from gongjian.engine.trajectory import Paths, Trajectory, expected_share
from gongjian.flow.judgement.models import LightColour, RulePackVersion
from gongjian.flow.plan.queries import TargetRow
from gongjian.flow.progress.models import Period
from gongjian.flow.progress.queries import Figure, accepted_figures
from gongjian.lib.refusals import Missing

COLOURS = {
    Light.GREY: LightColour.GREY,
    Light.RED: LightColour.RED,
    Light.YELLOW: LightColour.YELLOW,
    Light.GREEN: LightColour.GREEN,
}
LEVELS = ("growth", "rate")
Supposed = Mapping[tuple[int, str], Decimal | None]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of one target in one period."""

    target: TargetRow
    period: str
    light: LightColour
    made_good: bool
    rule: str
    numbers: Mapping[str, Any]
    figure: Figure | None
    value: Decimal | None
    frozen: bool


def pack_in_force(day: date) -> RulePackVersion:
    """The rules published for a day. Missing where none were."""
    pack = (
        RulePackVersion.objects.filter(valid_from__lte=day).order_by("-valid_from", "-pk").first()
    )
    if pack is None:
        raise Missing("judgement.no-pack", _("还没有发布亮灯规则，不能亮灯。请先由攻坚办发布。"))
    return pack


def is_pack_published() -> bool:
    """Whether the office has published rules at all."""
    return RulePackVersion.objects.exists()


def judgements(
    targets: Sequence[TargetRow],
    periods: Sequence[Period],
    *,
    known_at: datetime,
    supposed: Supposed | None = None,
) -> list[Judgement]:
    """The lights of all targets in all periods of one year, as known at a moment.

    Periods must be given in time. A period counts as frozen where its hour had passed. `supposed`
    values stand in for accepted ones; None supposes that nothing is known. Two queries, however
    many targets; the arithmetic is the engine's.
    """
    if not periods or not targets:
        return []
    pack = rule_pack(_table(pack_in_force(periods[-1].last_day).params))
    known = accepted_figures([target.pk for target in targets], known_at=known_at)
    values = {key: figure.value for key, figure in known.items()} | dict(supposed or {})
    run = _Run(targets, pack)
    for period in periods:
        run.judge(period, values, frozen=known_at >= period.freezes_at)
    return run.results(known, values)


class _Run:
    """One pass through a year: what a period owes to the ones before it is carried in columns."""

    def __init__(self, targets: Sequence[TargetRow], pack: RulePack) -> None:
        n = len(targets)
        self.targets, self.pack = targets, pack
        self.aims = _aims(targets)
        shapes = [Trajectory[target.trajectory] for target in targets]
        self.paths = Paths(shape=np.array(shapes, dtype=np.int8))
        self.missed, self.yellows = np.zeros(n), np.zeros(n)
        self.gap = np.full(n, np.nan)
        self.done: list[tuple[Period, Judged, bool]] = []

    def judge(self, period: Period, values: Supposed, *, frozen: bool) -> None:
        reported = [values.get((target.pk, period.key)) for target in self.targets]
        actual = _column(np.nan if value is None else float(value) for value in reported)
        self.missed = np.where(np.isnan(actual), self.missed + 1, 0.0)
        items = Items(
            aims=self.aims,
            actual=actual,
            share=expected_share(self.paths, last_day(period.key)),
            missed=self.missed,
            yellows_before=self.yellows,
            gap_before=self.gap,
        )
        judged = judge(items, self.pack, month=period.first_day.month, frozen=frozen)
        self.done.append((period, judged, frozen))
        self.yellows = np.where(judged.light == Light.YELLOW, self.yellows + 1, 0.0)
        self.gap = judged.progress.gap_pp

    def results(self, known: Mapping[tuple[int, str], Figure], values: Supposed) -> list[Judgement]:
        latest = self._latest()
        found: list[Judgement] = []
        for period, judged, frozen in self.done:
            lights, filled = made_good(judged.light, latest, judged.progress.expected)
            for row, target in enumerate(self.targets):
                finding = judged.finding(row)
                found.append(
                    Judgement(
                        target=target,
                        period=period.key,
                        light=COLOURS[Light(lights[row])],
                        made_good=bool(filled[row]),
                        rule=finding.rule or "",
                        numbers=_numbers(finding),
                        figure=known.get((target.pk, period.key)),
                        value=values.get((target.pk, period.key)),
                        frozen=frozen,
                    )
                )
        return found

    def _latest(self) -> Column:
        """The newest accepted cumulative value of each target in the year."""
        latest = np.full(len(self.targets), np.nan)
        for _period, judged, _frozen in self.done:
            latest = np.where(np.isnan(judged.actual), latest, judged.actual)
        return latest


def _aims(targets: Sequence[TargetRow]) -> Aims:
    measures = [
        Measure.DONE if t.kind == "done" else Measure.LEVEL if t.kind in LEVELS else Measure.PATH
        for t in targets
    ]
    comparators = [COMPARATORS.get(t.comparator, Comparator.EQUAL) for t in targets]
    return Aims(
        target=_column(float(t.value) for t in targets),
        comparator=np.array(comparators, dtype=np.int8),
        measure=np.array(measures, dtype=np.int8),
        base=_column(float(t.base_value or 0) for t in targets),
        whole=np.array([t.decimals == 0 and t.kind in ("flow", "stock") for t in targets]),
    )


def _column(values: Any) -> Column:
    return np.fromiter(values, dtype=np.float64)


def _table(params: Mapping[str, Any]) -> dict[str, Any]:
    """A kept pack as the engine reads it: JSON has no dates."""
    return {**params, "since": date.fromisoformat(params["since"])}


def _numbers(finding: Finding) -> dict[str, Any]:
    """The numbers of a verdict as they are kept: decimals as strings of nine places."""
    numbers: dict[str, Any] = asdict(finding) | {
        "light": finding.light.name,
        "grey": finding.grey.name,
    }
    return {
        name: f"{value:.9f}" if isinstance(value, float) else value
        for name, value in numbers.items()
    }

"""Lights of a campaign as they follow from what was known at a moment. Nothing is written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engine.lights import Finding, Light
from gongjian.engine.packs import rule_pack
from gongjian.flow.judgement.models import LightColour, RulePackVersion
from gongjian.flow.judgement.queries.run import Lit, Run, Values, came_late
from gongjian.flow.plan.models import TargetValue
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


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of one target in one period; `first` before anything was made good."""

    target: TargetRow
    period: str
    light: LightColour
    first: LightColour
    made_good: bool
    rule: str
    numbers: Mapping[str, Any]
    figure: Figure | None
    value: Decimal | None
    frozen: bool
    pack: RulePackVersion


def pack_in_force(day: date, *, known_at: datetime | None = None) -> RulePackVersion:
    """The rules for a day, as they were published by a moment. Missing where none were."""
    packs = RulePackVersion.objects.filter(valid_from__lte=day)
    if known_at is not None:
        packs = packs.filter(published_at__lte=known_at)
    pack = packs.order_by("-valid_from", "-pk").first()
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
    supposed: Values | None = None,
) -> list[Judgement]:
    """The lights of all targets in all periods of one year, as known at a moment.

    Periods must be given in time; each is judged by the rules and the target values in force on
    its last day. A period counts as frozen where its hour had passed. `supposed` values stand in
    for accepted ones; None supposes that nothing is known. A constant number of queries, however
    many targets; the arithmetic is the engine's. Missing: judgement.no-pack.
    """
    targets = [target for target in targets if target.value is not None]
    if not periods or not targets:
        return []
    known = accepted_figures([target.pk for target in targets], known_at=known_at)
    values = {key: figure.value for key, figure in known.items()} | dict(supposed or {})
    packs = _packs(periods, known_at)
    run = Run(targets, _terms(targets))
    for period in periods:
        pack = rule_pack(_table(packs[period.key].params))
        run.judge(period, values, pack, frozen=known_at >= period.freezes_at)
    first = {key: figure.first_accepted_at for key, figure in known.items()}
    return [
        judgement
        for lit in run.lit(came_late(first))
        for judgement in _judgements(lit, targets, known, values, packs[lit.period.key])
    ]


def _judgements(
    lit: Lit,
    targets: Sequence[TargetRow],
    known: Mapping[tuple[int, str], Figure],
    values: Values,
    pack: RulePackVersion,
) -> list[Judgement]:
    key = lit.period.key
    found = []
    for row, target in enumerate(targets):
        finding = lit.judged.finding(row)
        found.append(
            Judgement(
                target=target,
                period=key,
                light=COLOURS[lit.now[row]],
                first=COLOURS[lit.first[row]],
                made_good=lit.made_good[row],
                rule=finding.rule or "",
                numbers=_numbers(finding),
                figure=known.get((target.pk, key)),
                value=values.get((target.pk, key)),
                frozen=lit.frozen,
                pack=pack,
            )
        )
    return found


def _packs(periods: Sequence[Period], known_at: datetime) -> dict[str, RulePackVersion]:
    """The rules of each period: the newest that held on its last day and were published."""
    published = list(
        RulePackVersion.objects.filter(published_at__lte=known_at).order_by("valid_from", "pk")
    )
    found: dict[str, RulePackVersion] = {}
    for period in periods:
        held = [pack for pack in published if pack.valid_from <= period.last_day]
        found[period.key] = held[-1] if held else pack_in_force(period.last_day, known_at=known_at)
    return found


def _terms(targets: Sequence[TargetRow]) -> dict[int, list[TargetValue]]:
    """The values of each target in time, with the days they hold. One query."""
    terms: dict[int, list[TargetValue]] = defaultdict(list)
    for value in TargetValue.objects.filter(target__in=[t.pk for t in targets]).order_by(
        "valid_from", "pk"
    ):
        terms[value.target_id].append(value)
    return terms


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

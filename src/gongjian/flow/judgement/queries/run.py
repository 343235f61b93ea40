"""One pass through a year: each period by the terms and rules of its own time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import numpy as np

from gongjian.engine.lights import Items, Judged, Light, judge, made_good
from gongjian.engine.packs import RulePack
from gongjian.engine.rates import COMPARATORS, Aims, Column, Comparator, Flags, Measure
from gongjian.engine.trajectory import Paths, Trajectory, expected_share
from gongjian.flow.judgement.queries.phrases import LEVELS
from gongjian.flow.plan.models import TargetValue
from gongjian.flow.plan.queries import TargetRow
from gongjian.flow.progress.models import Period

DECEMBER = 12
Values = Mapping[tuple[int, str], Decimal | None]


@dataclass(frozen=True, slots=True)
class Lit:
    """The lights of one period: as first judged, and as later periods made good."""

    period: Period
    judged: Judged
    first: Sequence[Light]
    now: Sequence[Light]
    made_good: Sequence[bool]
    frozen: bool


class Run:
    """Judges the periods of a year in time; what one owes to those before is carried in columns.

    A target is judged in each period by the value it had then, and not before it was adopted. A
    missed report that comes in after the freeze fills the gap and is never green (L-5).
    """

    def __init__(
        self, targets: Sequence[TargetRow], terms: Mapping[int, list[TargetValue]]
    ) -> None:
        n = len(targets)
        self.targets, self.terms = targets, terms
        self.missed, self.running = np.zeros(n), np.zeros(n)
        self.gap = np.full(n, np.nan)
        self.judged: list[tuple[Period, Judged, bool]] = []

    def judge(self, period: Period, values: Values, pack: RulePack, *, frozen: bool) -> None:
        """Judge one period, the next in time."""
        actual = _column(_number(values.get((t.pk, period.key))) for t in self.targets)
        apart = self._not_taking_part(period, actual)
        self.missed = np.where(np.isnan(actual) & ~apart, self.missed + 1, 0.0)
        items = Items(
            aims=self._aims(period.last_day),
            actual=actual,
            share=self._share(period.last_day),
            days_late=_column(self._days_late(t, period.last_day) for t in self.targets),
            missed=self.missed,
            yellows_before=self.running,
            gap_before=self.gap,
            not_applicable=apart,
        )
        judged = judge(items, pack, month=period.first_day.month, frozen=frozen)
        self.judged.append((period, judged, frozen))
        behind = (judged.light == Light.YELLOW) | (judged.light == Light.RED)
        self.running = np.where(behind, self.running + 1, 0.0)
        known = ~np.isnan(judged.progress.gap_pp)
        self.gap = np.where(known, judged.progress.gap_pp, self.gap)

    def lit(self, late: Callable[[int, Period], bool]) -> list[Lit]:
        """The lights of all periods; `late` says whose first report came after the freeze."""
        later = np.full(len(self.targets), np.nan)
        found: list[Lit] = []
        for period, judged, frozen in reversed(self.judged):
            lights, filled = made_good(
                judged.light, self._climbing(later), judged.progress.expected
            )
            came_late = np.array([late(t.pk, period) for t in self.targets])
            caught_up = came_late & (lights == Light.GREEN)
            lights = np.where(caught_up, np.int8(Light.YELLOW), lights)
            found.append(
                Lit(
                    period=period,
                    judged=judged,
                    first=[Light(code) for code in judged.light],
                    now=[Light(code) for code in lights],
                    made_good=[bool(flag) for flag in filled | caught_up],
                    frozen=frozen,
                )
            )
            later = np.where(np.isnan(later), judged.actual, later)
        return found[::-1]

    def _climbing(self, later: Column) -> Column:
        """Only what is climbed to can be made good: a limit once passed stays passed."""
        climbs = [t.comparator != "<=" and t.kind in ("flow", "stock") for t in self.targets]
        return np.where(np.array(climbs), later, np.nan)

    def _not_taking_part(self, period: Period, actual: Column) -> Flags:
        """Targets adopted after the period had frozen, or without a value in it yet."""
        apart = [
            self._value(t, period.last_day) is None
            or (t.adopted_at is not None and t.adopted_at > period.freezes_at)
            for t in self.targets
        ]
        return np.array(apart, dtype=bool) & np.isnan(actual)

    def _value(self, target: TargetRow, day: date) -> TargetValue | None:
        """The value of a target in force on a day."""
        held = [
            value
            for value in self.terms.get(target.pk, [])
            if value.value is not None
            and value.valid_from <= day
            and (value.valid_to is None or day < value.valid_to)
        ]
        return held[-1] if held else None

    def _aims(self, day: date) -> Aims:
        held = [self._value(target, day) for target in self.targets]
        rows = list(zip(self.targets, held, strict=True))
        measures = [
            Measure.DONE
            if t.kind_on(day) == "done"
            else Measure.LEVEL
            if t.kind_on(day) in LEVELS
            else Measure.PATH
            for t in self.targets
        ]
        comparators = [COMPARATORS.get(t.comparator, Comparator.EQUAL) for t in self.targets]
        return Aims(
            target=_column(_number(v.value if v else t.value) for t, v in rows),
            comparator=np.array(comparators, dtype=np.int8),
            measure=np.array(measures, dtype=np.int8),
            base=_column(float((v.base_value if v else t.base_value) or 0) for t, v in rows),
            whole=np.array([t.decimals == 0 and t.kind in ("flow", "stock") for t in self.targets]),
        )

    def _share(self, day: date) -> Column:
        """What is due by the day: the whole by the deadline, nothing yet of later years."""
        shapes = [self._shape(target, day) for target in self.targets]
        n = len(self.targets)
        paths = Paths(
            shape=np.array(shapes, dtype=np.int8),
            first=np.ones(n),
            last=_column(float(target.deadline_on(day).month) for target in self.targets),
        )
        share = expected_share(paths, day)
        years = np.array([target.deadline_on(day).year for target in self.targets])
        return np.where(years > day.year, np.nan, np.where(years < day.year, 1.0, share))

    def _shape(self, target: TargetRow, day: date) -> Trajectory:
        deadline = target.deadline_on(day)
        if deadline.year == day.year and deadline.month < DECEMBER:
            return Trajectory.WINDOW
        return Trajectory[target.trajectory]

    def _days_late(self, target: TargetRow, day: date) -> float:
        """How late a thing is that is done or not; other kinds are late by their numbers."""
        late = (day - target.deadline_on(day)).days
        return float(late) if target.kind_on(day) == "done" else np.nan


def came_late(first_accepted: Mapping[tuple[int, str], datetime]) -> Callable[[int, Period], bool]:
    """Whether the first accepted report of a target came after its period had frozen."""

    def late(target: int, period: Period) -> bool:
        accepted = first_accepted.get((target, period.key))
        return accepted is not None and accepted > period.freezes_at

    return late


def _number(value: Decimal | None) -> float:
    return np.nan if value is None else float(value)


def _column(values: Iterable[float]) -> Column:
    return np.fromiter(values, dtype=np.float64)

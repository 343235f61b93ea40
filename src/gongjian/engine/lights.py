"""Lights: what a rule pack says of each item, with the rule that fired and its numbers."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from gongjian.engine.packs import RulePack
from gongjian.engine.rates import Aims, Codes, Column, Flags, Measure, Progress, measure, settled
from gongjian.engine.trajectory import expected_value

NO_RULE = -1


class Light(IntEnum):
    """From nothing to say to all well. Of RED, YELLOW and GREEN the smaller is the more severe."""

    GREY = 0
    RED = 1
    YELLOW = 2
    GREEN = 3


class Grey(IntEnum):
    """Why an item has no colour."""

    NONE = 0
    NOT_REPORTED = 1  # only before the freeze
    NOT_DUE = 2
    SUSPENDED = 3
    NOT_APPLICABLE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """What is judged, one row an item; a fact nobody keeps yet is left out.

    Units    actual: the item's own, cumulative (DONE: 1 or 0). share: fraction of the way due by
             the end of the period. days_late: calendar days past the due day of an open node or
             DONE item, negative before it. months_*: months. problem_days: working days.
             missed, yellows_before: periods running, missed with this one, yellows_before without.
             gap_before: percentage points, as gap_pp of the period before.
    Missing  NaN in actual: this period is not reported. NaN in share: not due. NaN in any other
             fact: it does not apply to the item.
    """

    aims: Aims
    actual: Column
    share: Column
    days_late: Column | None = None
    months_unstarted: Column | None = None
    months_unlisted: Column | None = None
    missed: Column | None = None
    yellows_before: Column | None = None
    gap_before: Column | None = None
    false_claim: Flags | None = None
    problem_days: Column | None = None
    suspended: Flags | None = None
    not_applicable: Flags | None = None

    def __post_init__(self) -> None:
        for name in self.__slots__[1:]:
            column = getattr(self, name)
            if column is not None and column.shape != self.aims.target.shape:
                raise ValueError(f"{name} is {column.shape} for {self.aims.target.shape} aims")

    def fact(self, name: str) -> Column:
        """A fact as floats; NaN throughout where it was left out."""
        column = getattr(self, name)
        if column is None:
            return np.full(self.actual.shape, np.nan)
        return np.asarray(column, dtype=np.float64)

    def flag(self, name: str) -> Flags:
        """A flag; nowhere set where it was left out."""
        column = getattr(self, name)
        if column is None:
            return np.zeros(self.actual.shape, dtype=bool)
        return np.asarray(column, dtype=bool)


@dataclass(frozen=True, slots=True)
class Finding:
    """One item's judgement in plain values, for a sentence. None is 'there is no such number'."""

    light: Light
    rule: str | None
    measured: str | None
    value: float | None
    bound: str | None
    grey: Grey
    unreported: bool
    due_soon: bool
    marked: bool
    actual: float | None
    expected: float | None
    numerator: float | None
    denominator: float | None
    done: float | None
    gap_pp: float | None
    ratio: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The judgement of each item, one row an item."""

    pack: RulePack
    light: Codes  # of Light
    rule: Codes  # row in pack.rules, or NO_RULE
    value: Column  # what that rule measured
    grey: Codes  # of Grey
    unreported: Flags  # 未报 stands beside the colour
    due_soon: Flags  # 临期
    marked: Flags  # green, yet the pack wants it seen
    actual: Column
    progress: Progress

    def finding(self, row: int) -> Finding:
        """The judgement of one item."""
        light = Light(self.light[row])
        fired = None if self.rule[row] == NO_RULE else self.pack.rules[self.rule[row]]
        bounds = {Light.RED: "red", Light.YELLOW: "yellow", Light.GREEN: "mark"}
        numbers = ("expected", "numerator", "denominator", "done", "gap_pp", "ratio")
        return Finding(
            light=light,
            rule=fired.code if fired else None,
            measured=fired.measure if fired else None,
            value=_plain(self.value[row]),
            bound=str(getattr(fired, bounds[light])) if fired else None,
            grey=Grey(self.grey[row]),
            unreported=bool(self.unreported[row]),
            due_soon=bool(self.due_soon[row]),
            marked=bool(self.marked[row]),
            actual=_plain(self.actual[row]),
            **{name: _plain(getattr(self.progress, name)[row]) for name in numbers},
        )


def judge(items: Items, pack: RulePack, *, month: int, frozen: bool) -> Judged:
    """Light each item by the pack: its rules in order, the most severe counts.

    Shapes   n items. Returns columns of (n,).
    Units    month: 1 to 12, that of the period judged. frozen: whether its freeze has passed.
    Missing  NaN in actual before the freeze: GREY, unless a check found a claim false; after it
             the pack's rule on `missed` decides, and `unreported` is set. Not due (NaN in share, a
             DONE item before its day): GREY unless a rule on another fact fires. Suspended and not
             applicable: GREY whatever fires. Nothing else is grey.
    Errors   ValueError where month is no month.
    Source   docs/rules/lights.md, L-1 to L-4.
    """
    if not 1 <= month <= 12:
        raise ValueError(f"{month} is no month")
    numbers = measure(items.aims, items.actual, expected_value(items.aims, items.share))
    facts = _facts(items, numbers, frozen=frozen)
    light, rule, value = _try_rules(items, numbers, facts, pack=pack, month=month)
    grey = _greys(items, light, frozen=frozen)
    colourless = grey != Grey.NONE
    return Judged(
        pack=pack,
        light=np.where(colourless, np.int8(Light.GREY), light),
        rule=np.where(colourless, np.int8(NO_RULE), rule),
        value=np.where(colourless, np.nan, value),
        grey=grey,
        unreported=_owed(items) & np.isnan(items.actual),
        due_soon=_due_soon(items, pack),
        marked=(light == Light.GREEN) & (rule != NO_RULE) & ~colourless,
        actual=items.actual,
        progress=numbers,
    )


def made_good(first: Codes, cumulative: Column, period_target: Column) -> tuple[Codes, Flags]:
    """The light a past period has now: red turns yellow once its gap is filled, never green.

    Only for what is climbed to: a limit once passed in a period stays passed.

    Shapes   first: (n,) of Light as first judged; cumulative, period_target: (n,).
             Returns the lights now and where the gap was filled, (n,) each.
    Units    cumulative: accepted up to now; period_target: what was due by the end of that past
             period; both the item's own.
    Missing  NaN in either leaves the light as it was.
    Errors   ValueError where the columns differ in length.
    Source   docs/rules/lights.md, L-5.

    >>> made_good(np.array([1], dtype=np.int8), np.array([58.0]), np.array([50.0]))
    (array([2], dtype=int8), array([ True]))
    """
    if not first.shape == cumulative.shape == period_target.shape:
        raise ValueError(f"{first.shape}, {cumulative.shape}, {period_target.shape} differ")
    filled = (first == Light.RED) & (settled(cumulative) >= settled(period_target))
    return np.where(filled, np.int8(Light.YELLOW), first), filled


def _try_rules(
    items: Items, numbers: Progress, facts: dict[str, Column], *, pack: RulePack, month: int
) -> tuple[Codes, Codes, Column]:
    """The most severe light of the rules, the first rule that gave it, and what that measured."""
    light = np.full(items.actual.shape, Light.GREEN, dtype=np.int8)
    rule = np.full(items.actual.shape, NO_RULE, dtype=np.int8)
    value = np.full(items.actual.shape, np.nan)
    for row, line in enumerate(pack.rules):
        facts["stuck_yellows"] = _stuck_yellows(items, numbers, light)
        values = facts[line.measure]
        fired = pack.fires(row, values, month=month, due=numbers.due)
        said = np.select([fired.red, fired.yellow], [Light.RED, Light.YELLOW], Light.GREEN)
        newer = (said < light) | (fired.mark & (rule == NO_RULE))
        light = np.minimum(light, said).astype(np.int8)
        rule = np.where(newer, np.int8(row), rule)
        value = np.where(newer, values, value)
    return light, rule, value


def _facts(items: Items, numbers: Progress, *, frozen: bool) -> dict[str, Column]:
    """What the rules measure. Before the freeze nothing but a check speaks of who is not in yet."""
    unreported = np.isnan(items.actual)
    missed = items.fact("missed")
    missed = np.where(np.isnan(missed), 1.0, missed)
    facts = {
        "days_late": np.where(_done(items), np.nan, items.fact("days_late")),
        "behind_pp": np.maximum(-numbers.gap_pp, 0.0),
        "ratio": numbers.ratio,
        "months_unstarted": items.fact("months_unstarted"),
        "months_unlisted": items.fact("months_unlisted"),
        "missed": np.where(_owed(items) & unreported, missed, 0.0),
        "problem_days": items.fact("problem_days"),
    }
    if not frozen:
        facts = {name: np.where(unreported, np.nan, fact) for name, fact in facts.items()}
    return facts | {"false_claim": items.fact("false_claim")}


def _stuck_yellows(items: Items, numbers: Progress, light: Codes) -> Column:
    narrowed = numbers.gap_pp > settled(items.fact("gap_before"))
    known = ~np.isnan(numbers.gap_pp) & ~np.isnan(items.fact("gap_before"))
    stuck = (light == Light.YELLOW) & known & ~narrowed
    return np.where(stuck, np.nan_to_num(items.fact("yellows_before")) + 1, 0.0)


def _greys(items: Items, light: Codes, *, frozen: bool) -> Codes:
    quiet = light == Light.GREEN
    reasons = {
        Grey.NOT_APPLICABLE: items.flag("not_applicable"),
        Grey.SUSPENDED: items.flag("suspended"),
        Grey.NOT_DUE: quiet & ~_due(items),
        Grey.NOT_REPORTED: quiet & np.isnan(items.actual) & (not frozen),
    }
    grey = np.select(list(reasons.values()), [int(reason) for reason in reasons], Grey.NONE)
    return grey.astype(np.int8)


def _due(items: Items) -> Flags:
    """A path is due once a share of it is; a DONE item when it is done or its day has passed."""
    late = items.fact("days_late") > 0
    is_done = items.aims.measure == Measure.DONE
    return np.where(is_done, _done(items) | late, ~np.isnan(items.share))


def _owed(items: Items) -> Flags:
    return _due(items) & ~items.flag("suspended") & ~items.flag("not_applicable")


def _done(items: Items) -> Flags:
    done: Flags = (items.aims.measure == Measure.DONE) & (settled(items.actual) >= 1)
    return done


def _due_soon(items: Items, pack: RulePack) -> Flags:
    """On the due day and the days before it. The day itself is the last in which to be in time."""
    left = -items.fact("days_late")
    stands = ~items.flag("suspended") & ~items.flag("not_applicable") & ~_done(items)
    return stands & (left >= 0) & (left <= pack.due_soon_days)


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else float(value)

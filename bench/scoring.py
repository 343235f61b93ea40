"""How well findings match the labels of a text: hits, misses and false alarms, best pairs first.

A found target is right where number, dimension and comparator are those of the label and the
metrics share half of their pairs of characters, or one holds the other. An action needs three
quarters, a task's text six tenths. What is labelled optional is neither hit nor miss. Each label
is met once. A false alarm takes its number out of a passage that is labelled as no target.
"""

import calendar
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from gongjian.lib.numerals import to_decimal
from gongjian.lib.units import dimension_of, to_base

Item = Mapping[str, Any]
Pair = tuple[int, int]

METRIC, ACTION, TASK = 0.5, 0.75, 0.6  # how much two texts must share
HOLDS = 0.9  # the likeness of two names of which one holds the other
CLOSE = 1e-6
PERIOD = re.compile(r"(\d{4})(?:-?(?:Q([1-4])|H([12])|(\d{1,2})(?:-(\d{1,2}))?))?", re.IGNORECASE)
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
HANZI = re.compile(r"[零〇一二三四五六七八九十百千万萬两]+")


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the wanted were found, of how many found."""

    hits: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.hits + other.hits, self.found + other.found, self.wanted + other.wanted
        )  # fmt: skip

    @property
    def f1(self) -> float:
        both = self.found + self.wanted
        return 2 * self.hits / both if both else 1.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some matched pairs also agree in one thing."""

    right: int = 0
    of: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.right + other.right, self.of + other.of)

    @property
    def rate(self) -> float:
        return self.right / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class Score:
    """The counts of a text, or the sum over texts."""

    quantities: Count = field(default_factory=Count)
    targets: Count = field(default_factory=Count)
    actions: Count = field(default_factory=Count)
    tasks: Count = field(default_factory=Count)
    deadlines: Share = field(default_factory=Share)
    directions: Share = field(default_factory=Share)
    leads: Share = field(default_factory=Share)
    task_deadlines: Share = field(default_factory=Share)
    alarms: Share = field(default_factory=Share)  # of the passages labelled as no target

    def __add__(self, other: "Score") -> "Score":
        names = [one.name for one in fields(self)]
        return Score(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is not right. `kind` is lost, extra, alarm, deadline, action or task."""

    kind: str
    text: str
    wanted: str
    found: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One finding with how sure the reader was and whether it is right."""

    kind: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """A text as marked: its score, what is not right, and each finding judged."""

    score: Score
    misses: tuple[Miss, ...]
    judged: tuple[Judged, ...]


def mark(label: Item, found: Item) -> Marked:
    """One text's findings against its labels; a part that is not labelled is left out."""
    labelled = label.get("labelled", {})
    misses: list[Miss] = []
    judged: list[Judged] = []
    score = Score()
    if labelled.get("targets", True):
        score += _targets(label, found.get("targets", []), misses, judged)
    if labelled.get("actions", True):
        score += _actions(label, found.get("actions", []), misses, judged)
    if labelled.get("tasks", True):
        score += _tasks(label, found.get("tasks", []), misses, judged)
    return Marked(score, tuple(misses), tuple(judged))


def _targets(label: Item, found: Sequence[Item], misses: list[Miss], judged: list[Judged]) -> Score:
    wanted, spare = label.get("targets", []), label.get("targets_optional", [])
    by_number = Matching.of(wanted, spare, found, like_quantity)
    matching = Matching.of(wanted, spare, found, like_target)
    hit = {there for _, there in matching.pairs}
    # A number that meets an optional label is no error, whatever its comparator.
    free = {there for _, there in by_number.spare} - hit
    counted = min(len(found) - len(matching.spare), len(found) - len(free))
    due = [
        (wanted[here], found[there])
        for here, there in matching.pairs
    ]  # fmt: skip
    late = [(a, b) for a, b in due if last_day(a.get("deadline")) != last_day(b.get("deadline"))]
    growing = [(a, b) for a, b in due if a.get("direction")]
    good = {there for _, there in by_number.pairs + by_number.spare}
    traps = label.get("non_targets", [])
    alarms = [one for there, one in enumerate(found) if there not in good and _trapped(label, one)]

    name = label["id"]
    misses += [
        Miss("deadline", name, str(a.get("deadline")), str(b.get("deadline")), a["evidence"])
        for a, b in late
    ]
    misses += _lost(name, wanted, found, matching, by_number)
    misses += [
        Miss("alarm" if one in alarms else "extra", name, "", said(one), one.get("evidence", ""))
        for there, one in enumerate(found)
        if there not in good
    ]
    judged += _judge("target", found, matching)
    return Score(
        quantities=Count(len(by_number.pairs), len(found) - len(by_number.spare), len(wanted)),
        targets=Count(len(matching.pairs), counted, len(wanted)),
        deadlines=Share(len(due) - len(late), len(due)),
        directions=Share(
            sum(a["direction"] == b.get("direction") for a, b in growing), len(growing)
        ),
        alarms=Share(len(alarms), len(traps)),
    )


def _lost(
    name: str, wanted: Sequence[Item], found: Sequence[Item],
    matching: "Matching", by_number: "Matching",
) -> Iterator[Miss]:  # fmt: skip
    """The targets not met, each with the finding that has its number, where there is one."""
    hit = {here for here, _ in matching.pairs}
    near = dict(by_number.pairs)
    for here, one in enumerate(wanted):
        if here not in hit:
            other = said(found[near[here]]) if here in near else ""
            yield Miss("lost", name, said(one), other, one["evidence"])


def _actions(label: Item, found: Sequence[Item], misses: list[Miss], judged: list[Judged]) -> Score:
    wanted, spare = label.get("actions", []), label.get("actions_optional", [])
    names = [one["name"] for one in found]
    matching = Matching.of(wanted, spare, names, like_action)
    hit = {here for here, _ in matching.pairs}
    misses += [
        Miss("action", label["id"], name, "", name)
        for here, name in enumerate(wanted)
        if here not in hit
    ]
    misses += [
        Miss("action", label["id"], "", name, name)
        for there, name in enumerate(names)
        if there not in matching.met
    ]
    judged += _judge("action", found, matching)
    return Score(actions=Count(len(matching.pairs), len(found) - len(matching.spare), len(wanted)))


def _tasks(label: Item, found: Sequence[Item], misses: list[Miss], judged: list[Judged]) -> Score:
    wanted = label.get("tasks", [])
    matching = Matching.of(wanted, [], found, like_task)
    both = [(wanted[here], found[there]) for here, there in matching.pairs]
    hit = {here for here, _ in matching.pairs}
    misses += [
        Miss("task", label["id"], one["text"], "", one["text"])
        for here, one in enumerate(wanted)
        if here not in hit
    ]
    misses += [
        Miss("task", label["id"], "", one["text"], one["text"])
        for there, one in enumerate(found)
        if there not in matching.met
    ]
    judged += _judge("task", found, matching)
    return Score(
        tasks=Count(len(both), len(found), len(wanted)),
        leads=Share(sum(_units(a) == _units(b) for a, b in both), len(both)),
        task_deadlines=Share(
            sum(last_day(a.get("deadline")) == last_day(b.get("deadline")) for a, b in both),
            len(both),
        ),
    )


def _units(task: Item) -> set[str]:
    return {bare(name) for name in task.get("lead", [])}


def _judge(kind: str, found: Sequence[Item], matching: "Matching") -> Iterator[Judged]:
    for there, one in enumerate(found):
        yield Judged(kind, float(one.get("confidence", 0)), there in matching.met)


def said(target: Item) -> str:
    """A target in one line: metric, comparator, number with unit, deadline."""
    high = f"—{target['value_max']}" if target.get("value_max") is not None else ""
    direction = target.get("direction") or ""
    return (
        f"{target['metric']} {target['comparator']}{direction} "
        f"{target['value']}{high}{target.get('unit', '')} {target.get('deadline') or ''}".rstrip()
    )


# Matching


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs of a wanted and a found, and of an optional and a found that was left."""

    pairs: list[Pair]
    spare: list[Pair]

    @property
    def met(self) -> set[int]:
        """The found that met a label of either kind."""
        return {there for _, there in self.pairs + self.spare}

    @classmethod
    def of(
        cls, wanted: Sequence[Any], optional: Sequence[Any], found: Sequence[Any],
        like: Callable[[Any, Any], float],
    ) -> "Matching":  # fmt: skip
        pairs = _best(wanted, found, range(len(found)), like)
        taken = {there for _, there in pairs}
        left = [there for there in range(len(found)) if there not in taken]
        return cls(pairs, _best(optional, found, left, like))


def _best(
    wanted: Sequence[Any], found: Sequence[Any], free: Sequence[int],
    like: Callable[[Any, Any], float],
) -> list[Pair]:  # fmt: skip
    """One to one, the most alike first; of equals the earlier."""
    scored = sorted(
        (-like(want, found[there]), here, there)
        for here, want in enumerate(wanted)
        for there in free
    )
    pairs: list[Pair] = []
    heres: set[int] = set()
    theres: set[int] = set()
    for minus, here, there in scored:
        if minus < 0 and here not in heres and there not in theres:
            pairs.append((here, there))
            heres.add(here)
            theres.add(there)
    return pairs


def like_quantity(want: Item, found: Item) -> float:
    """Above 0 where number and dimension agree; the metric and the comparator decide a tie."""
    if not _same_quantity(want, found):
        return 0.0
    same = want.get("comparator") == found.get("comparator")
    return 1.0 + alike(want.get("metric", ""), found.get("metric", "")) + 0.5 * same


def like_target(want: Item, found: Item) -> float:
    """Above 0 where number, dimension, comparator and metric agree."""
    if want.get("comparator") != found.get("comparator") or not _same_quantity(want, found):
        return 0.0
    likeness = alike(want.get("metric", ""), found.get("metric", ""))
    return likeness if likeness >= METRIC else 0.0


def like_action(want: str, found: str) -> float:
    """Above 0 where two names are nearly one, or one is a good half of the other."""
    short, long = sorted((bare(want), bare(found)), key=len)
    if not short:
        return 0.0
    if short == long:
        return 1.0
    likeness = dice(want, found)
    if short in long and 2 * len(short) >= len(long):
        likeness = max(likeness, HOLDS)
    return likeness if likeness >= ACTION else 0.0


def like_task(want: Item, found: Item) -> float:
    """Above 0 where the texts share six tenths, in one of the wordings that are labelled."""
    texts = [want.get("text", ""), *want.get("text_alt", [])]
    likeness = max(dice(text, found.get("text", "")) for text in texts)
    return likeness if likeness >= TASK else 0.0


def _same_quantity(want: Item, found: Item) -> bool:
    here, there = _quantity(want), _quantity(found)
    if here is None or there is None or here[1] != there[1]:
        return False
    return any(same_number(one, other) for one in here[0] for other in there[0])


def _quantity(target: Item) -> tuple[list[float], str] | None:
    """The ends of a target in its base unit, and the dimension."""
    value, unit = _decimal(target.get("value")), target.get("unit") or ""
    given = _decimal(target.get("value_base"))
    if value is None and given is None:
        return None
    ends = [float(given) if given is not None else float(to_base(value or Decimal(0), unit))]
    high = _decimal(target.get("value_max"))
    if high is not None:
        ends.append(float(to_base(high, unit)))
    return ends, dimension_of(unit)[0]


def _decimal(value: object) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def same_number(one: float, other: float) -> bool:
    """Equal but for the machine's rounding."""
    return abs(one - other) <= CLOSE * max(abs(one), abs(other), 1e-12)


# Words


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """A name without punctuation, blanks, case and width."""
    return re.sub(r"[^\w%]", "", unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=20_000)
def _couples(text: str) -> Counter[str]:
    word = bare(text)
    if len(word) < 2:
        return Counter([word] if word else [])
    return Counter(word[at : at + 2] for at in range(len(word) - 1))


def dice(one: str, other: str) -> float:
    """What two texts share: twice their common pairs of characters over all pairs."""
    here, there = _couples(one), _couples(other)
    total = here.total() + there.total()
    return 2 * (here & there).total() / total if total else 0.0


def alike(one: str, other: str) -> float:
    """The same for metrics, where a name that holds the other is nearly the same."""
    short, long = sorted((bare(one), bare(other)), key=len)
    likeness = dice(one, other)
    return max(likeness, HOLDS) if len(short) >= 2 and short in long else likeness


def last_day(deadline: str | None) -> str | None:
    """The last day of a deadline as written in the labels: 2020, 2020-06, 2020-Q2, 2020-H1."""
    if not deadline:
        return None
    found = PERIOD.fullmatch(deadline.strip())
    if found is None:
        return deadline.strip().lower()
    year, quarter, half, month, day = found.groups()
    last = int(quarter or 0) * 3 or int(half or 0) * 6 or int(month or 12)
    if not 1 <= last <= 12:
        return deadline.strip().lower()
    end = int(day) if day else calendar.monthrange(int(year), last)[1]
    return f"{year}-{last:02d}-{end:02d}"


# False alarms


def _trapped(label: Item, found: Item) -> bool:
    """Does a target take its number out of a passage that is labelled as no target?"""
    value = _decimal(found.get("value"))
    if value is None:
        return False
    text = label["text"]
    own = list(_places(text, found.get("evidence") or ""))
    for trap in label.get("non_targets", []):
        if not any(same_number(float(value), number) for number in _numbers(trap)):
            continue
        if not own or any(
            start < trap_end and trap_start < end
            for start, end in own
            for trap_start, trap_end in _places(text, trap)
        ):
            return True
    return False


def _places(text: str, part: str) -> Iterator[Pair]:
    start = text.find(part) if part else -1
    while start >= 0:
        yield start, start + len(part)
        start = text.find(part, start + 1)


@lru_cache(maxsize=20_000)
def _numbers(passage: str) -> frozenset[float]:
    """The numbers of a passage, in digits or in characters."""
    text = unicodedata.normalize("NFKC", passage)
    written = (word.replace(",", "") for word in DIGITS.findall(text))
    spelt = (to_decimal(word) for word in HANZI.findall(text))
    return frozenset(
        [float(word) for word in written if word]
        + [float(number) for number in spelt if number is not None]
    )

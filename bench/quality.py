"""How well plans are read: scores over labelled texts, by set, by genre, and the corpus.

Our own texts stand in tests/spec/plan_texts; the corpus only where ../shared is beside the project.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measuring import Measured, checksum, figure
from bench.scoring import Judged, Marked, Miss, Score, mark
from gongjian.engine.extract import as_record, read_plan
from gongjian.lib.pages import Document

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "tests/spec/plan_texts"
CORPUS = ROOT.parent / "shared/corpus/extraction_dev.jsonl"
SETS = ("a", "b", "c", "d", "e", "f")
TIERS = ("own", "sets", "genres", "corpus")
SURE = 0.9
Label = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """A labelled text as read now: its set, its labels, its record and its marks."""

    group: str
    label: Label
    record: Mapping[str, object]
    marked: Marked


@dataclass(frozen=True, slots=True)
class Sureness:
    """Of the findings of some confidence: how many, and how many are right."""

    low: float
    found: int
    right: int


def own_readings() -> list[Reading]:
    """Our own texts, read by today's code."""
    return [_read(label, group) for group in SETS for label in labels_of(TEXTS / f"{group}.jsonl")]


def corpus_readings() -> list[Reading]:
    """The corpus of the handbook, read by today's code; empty where it is not there."""
    if not CORPUS.exists():
        return []
    return [_read(label, "corpus") for label in labels_of(CORPUS)]


def labels_of(path: Path) -> list[Label]:
    """The labelled texts of a file, one a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _read(label: Label, group: str) -> Reading:
    document = Document.from_text(label["text"])
    record = as_record(read_plan(document), document)
    return Reading(group, label, record, mark(label, record))


def score_of(readings: Sequence[Reading]) -> Score:
    """The sum of the counts over some texts."""
    return sum((one.marked.score for one in readings), Score())


def by(readings: Sequence[Reading], key: str) -> dict[str, list[Reading]]:
    """The readings of each set or of each genre, in order of name."""
    groups: defaultdict[str, list[Reading]] = defaultdict(list)
    for one in readings:
        groups[one.label["genre"] if key == "genre" else getattr(one, key)].append(one)
    return dict(sorted(groups.items()))


def judged_in(readings: Sequence[Reading], *kinds: str) -> list[Judged]:
    """The findings of some kinds; of all three where none is named."""
    return [
        found for one in readings for found in one.marked.judged if not kinds or found.kind in kinds
    ]


def sureness(judged: Sequence[Judged], lows: Sequence[float]) -> list[Sureness]:
    """How often the findings of each band of confidence are right, the lowest band first."""
    highs = [*lows[1:], 2.0]
    bands = [
        [one.right for one in judged if low <= one.confidence < high]
        for low, high in zip(lows, highs, strict=True)
    ]
    return [Sureness(low, len(band), sum(band)) for low, band in zip(lows, bands, strict=True)]


def run(only: str | None) -> Iterator[Measured]:
    """The figures of each group of texts."""
    if only != "corpus":
        own = own_readings()
        for tier, readings in _groups(own, only):
            yield from _figures(tier, readings)
    if only in (None, "corpus") and (corpus := corpus_readings()):
        yield from _figures("corpus", corpus)


def misses() -> Iterator[str]:
    """Everything that is not right in our own texts, one a line."""
    for one in own_readings():
        for miss in one.marked.misses:
            yield f"{one.group} {miss.text}  {miss.kind}  {_wrong(miss)}"


def _wrong(miss: Miss) -> str:
    return f"wanted {miss.wanted or '-'}; found {miss.found or '-'} | {miss.evidence[:60]}"


def _groups(own: list[Reading], only: str | None) -> Iterator[tuple[str, list[Reading]]]:
    if only in (None, "own"):
        yield "own", own
    for tier, key in (("sets", "group"), ("genres", "genre")):
        if only in (None, tier):
            for name, readings in by(own, key).items():
                yield f"{key}-{name}", readings


def _figures(tier: str, readings: Sequence[Reading]) -> Iterator[Measured]:
    score = score_of(readings)
    records = json.dumps([one.record for one in readings], ensure_ascii=False)
    seal = checksum(records)
    counts = {
        "target-f1": score.targets, "quantity-f1": score.quantities,
        "action-f1": score.actions, "task-f1": score.tasks,
    }  # fmt: skip
    shares = {
        "deadline": score.deadlines, "direction": score.directions, "lead": score.leads,
        "task-deadline": score.task_deadlines, "false-alarms": score.alarms,
    }  # fmt: skip
    values = {name: count.f1 for name, count in counts.items() if count.wanted or count.found}
    values |= {name: share.rate for name, share in shares.items() if share.of}
    judged = judged_in(readings)
    sure = [one.right for one in judged if one.confidence >= SURE]
    if sure:
        values |= {"sure-share": len(sure) / len(judged), "sure-right": sum(sure) / len(sure)}
    for name, value in values.items():
        yield figure(name, value, bench="quality", tier=tier, unit="1", checksum=seal)

"""Timing on a shared machine: several runs, their spread, and a fixed piece of work beside them."""

import hashlib
import math
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

NOISY = 0.25  # a spread of the runs above this share of the median is marked


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure. `calibration` is the seconds of a fixed loop just before it: figures of two
    machines, or of two hours on one, compare by it."""

    bench: str
    metric: str
    tier: str
    value: float
    unit: str
    runs: int
    min: float
    p50: float
    p95: float
    checksum: str
    machine: str
    calibration: float
    noisy: bool

    def as_record(self) -> dict[str, object]:
        return asdict(self)

    def as_line(self) -> str:
        noisy = "  (noisy)" if self.noisy else ""
        return f"{self.bench} {self.metric} [{self.tier}]  {self.value:g} {self.unit}{noisy}"


def seconds_of(work: Callable[[], object], runs: int) -> list[float]:
    """The processor seconds of each run, so that neighbours on the machine count less."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return taken


def measured(
    metric: str, values: list[float], *, bench: str, tier: str, unit: str, checksum: str = ""
) -> Measured:
    """A figure out of its runs: the median stands for it."""
    ordered = sorted(values)
    middle = statistics.median(ordered)
    last = ordered[min(len(ordered) - 1, math.ceil(0.95 * len(ordered)) - 1)]
    return Measured(
        bench, metric, tier, round(middle, 4), unit, len(values), round(ordered[0], 4),
        round(middle, 4), round(last, 4), checksum, machine(), round(calibration(), 4),
        middle > 0 and (ordered[-1] - ordered[0]) / middle > NOISY,
    )  # fmt: skip


def figure(
    metric: str, value: float, *, bench: str, tier: str, unit: str, checksum: str
) -> Measured:
    """A figure that no clock gave: one run, the same on every machine."""
    rounded = round(value, 4)
    return Measured(
        bench, metric, tier, rounded, unit, 1, rounded, rounded, rounded, checksum, machine(),
        0.0, noisy=False,
    )  # fmt: skip


def calibration() -> float:
    """Seconds for a fixed loop of the interpreter."""
    start = time.process_time()
    total = 0
    for number in range(400_000):
        total += number * number % 7
    return time.process_time() - start


def machine() -> str:
    return f"{platform.machine()} {os.cpu_count()} cpu python {platform.python_version()}"


def checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]

"""Thousands of broken files through the readers: what is read, refused, crashed, hung.

Each file is the work of its number and the seed alone, made and read in a worker of 1 GiB; one
that gives no answer in 20 s is ended. What crashed or hung is written down for whoever mends it.
"""

import json
import random
import resource
import select
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from bench.measuring import Measured, measured
from bench.mutations import mutated
from bench.seeds import seeds
from gongjian.documents import Unreadable, read_document
from gongjian.engine.extract import read_plan

SECONDS = 20.0
MEMORY = 1 << 30
WORKERS = 2
Seeds = list[tuple[str, bytes, int]]


@dataclass(slots=True)
class Told:
    """What became of the files so far."""

    outcomes: Counter[str] = field(default_factory=Counter)
    formats: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    bad: list[str] = field(default_factory=list)


def run(seed: int, files: int, folder: Path) -> Iterator[Measured]:
    """Counts of a run, the slowest file, and on stderr a line for each that crashed or hung."""
    told, lock = Told(), Lock()
    numbers = iter(range(files))
    with TemporaryDirectory() as kept, ThreadPoolExecutor(WORKERS) as pool:
        for name, content, weight in seeds():
            Path(kept, f"{weight:03d} {name}").write_bytes(content)
        given = seeds_in(Path(kept))

        def work() -> None:
            worker = Worker(seed, Path(kept))
            while True:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    break
                started = time.monotonic()
                outcome, detail = worker.ask(number)
                taken = 1000 * (time.monotonic() - started)
                name = _chosen(seed, number, given)[0]
                with lock:
                    _note(told, f"{number} {name}", outcome, taken)
                if outcome in {"crashed", "hung"}:
                    broken = file_of(seed, number, given)[1]
                    _keep(folder / f"{seed}-{number}-{name}", broken, outcome, detail)
            worker.end()

        for done in [pool.submit(work) for _ in range(WORKERS)]:
            done.result()
    return _report(told, seed, files)


def file_of(seed: int, number: int, given: Seeds) -> tuple[str, bytes]:
    """The file of a number: the same on every machine that has the same seeds."""
    name, content, pick = _chosen(seed, number, given)
    return name, mutated(content, Path(name).suffix, pick)


def _chosen(seed: int, number: int, given: Seeds) -> tuple[str, bytes, random.Random]:
    pick = random.Random(f"{seed}/{number}")
    name, content, _ = pick.choices(given, [weight for _, _, weight in given])[0]
    return name, content, pick


def seeds_in(folder: Path) -> Seeds:
    return [
        (path.name[4:], path.read_bytes(), int(path.name[:3])) for path in sorted(folder.iterdir())
    ]


class Worker:
    """A process that reads one file after another, begun anew where it was ended."""

    def __init__(self, seed: int, kept: Path) -> None:
        self._command = [sys.executable, "-m", "bench.fuzz", str(seed), str(kept)]
        self._start()

    def ask(self, number: int) -> tuple[str, str]:
        """What became of the file of this number, and the stage or the traceback."""
        pipe = self._process.stdin
        assert pipe is not None
        pipe.write(f"{number}\n".encode())
        pipe.flush()
        end, stage = time.monotonic() + SECONDS, "read_document"
        while line := self._line(end):
            answer = json.loads(line)
            if "outcome" in answer:
                return str(answer["outcome"]), str(answer["detail"])
            stage = answer["stage"]
        died = self._process.poll() is not None
        self.end()
        self._start()
        return "crashed" if died else "hung", stage

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )

    def _line(self, end: float) -> bytes:
        """A line of the worker; nothing where it is late or dead."""
        out = self._process.stdout
        assert out is not None
        ready, _, _ = select.select([out], [], [], max(0, end - time.monotonic()))
        return out.readline() if ready else b""


def answer_for(number: int, seed: int, given: Seeds) -> dict[str, str]:
    """Read one file as the product does."""
    name, content = file_of(seed, number, given)
    try:
        document = read_document(name, content)
    except Unreadable as no:
        return {"outcome": f"refused.{no.code}", "detail": ""}
    except BaseException:
        return {"outcome": "crashed", "detail": traceback.format_exc()}
    _say({"stage": "read_plan"})
    try:
        read_plan(document)
    except BaseException:
        return {"outcome": "crashed", "detail": traceback.format_exc()}
    return {"outcome": f"read.{document.media}", "detail": ""}


def _note(told: Told, name: str, outcome: str, taken: float) -> None:
    told.outcomes[outcome] += 1
    told.formats[name.rpartition(".")[2]] += 1
    told.slowest = max(told.slowest, (taken, name))


def _keep(path: Path, content: bytes, outcome: str, detail: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    sys.stderr.write(f"{outcome}: {path}\n{detail}\n")


def _report(told: Told, seed: int, files: int) -> Iterator[Measured]:
    slowest, name = told.slowest
    rows = {f"files.{kind}": count for kind, count in sorted(told.formats.items())}
    rows |= dict(sorted(told.outcomes.items()))
    rows |= {"crashed": told.outcomes["crashed"], "hung": told.outcomes["hung"]}
    same = {"bench": "fuzz", "tier": f"seed {seed}"}
    for metric, count in rows.items():
        yield measured(metric, [count], unit=f"of {files}", **same)
    yield measured("slowest", [slowest], bench="fuzz", tier=f"seed {seed}, {name}", unit="ms")


def _say(answer: dict[str, str]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main(seed: str, kept: str) -> None:
    """The worker: numbers come in, answers go out."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    given = seeds_in(Path(kept))
    for line in sys.stdin:
        _say(answer_for(int(line), int(seed), given))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""This side of the process apart: starts it, hands it the bytes, and believes nothing it says."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from gongjian.documents.apart.wire import answer_from
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.lib.pages import Document

# The child imports the room of its one reader; through the doorway all other rooms would come in.
START = """
import sys, types
sys.path[:] = {path!r}
house = sys.modules["gongjian.documents"] = types.ModuleType("gongjian.documents")
house.__path__ = [{house!r}]
from gongjian.documents.apart.answering import answer
answer()
"""
HOUSE = Path(__file__).resolve().parent.parent
# Nothing of ours: a reader that was taken over finds no password and no address.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the process may use. Units: bytes of address space and of files written, seconds."""

    memory: int = 1 << 30
    seconds: int = 18
    written: int = 0


ORDINARY = Bounds()


def read_apart(reader: str, content: bytes, limits: Limits, bounds: Bounds = ORDINARY) -> Document:
    """What the reader of this name (`answering.READERS`) makes of the bytes.

    Safe in any thread: nothing is forked without exec. Whatever the process started dies with it.
    Errors: Unreadable as the reader says; 'too_slow' where time ran out, 'damaged' where the
        process died or spoke nonsense.
    """
    job = {"reader": reader, "limits": asdict(limits), "bounds": asdict(bounds)}
    start = START.format(path=[str(Path(part).absolute()) for part in sys.path], house=str(HOUSE))
    largest = 16 * limits.text_bytes + 64 * limits.cells
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-B", "-c", start],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd="/",
        start_new_session=True,
    ) as child:
        late = threading.Event()
        timer = threading.Timer(bounds.seconds, _end, (child, late))
        timer.start()
        try:
            said = _exchange(child, (json.dumps(job).encode(), b"\n", content), largest)
        finally:
            timer.cancel()
            _end(child)
    if late.is_set():
        raise Unreadable("too_slow", seconds=bounds.seconds)
    if len(said) > largest:
        raise Unreadable("too_large", measure="text_bytes", limit=limits.text_bytes)
    return answer_from(said, reader)


def _exchange(child: subprocess.Popen[bytes], question: Iterable[bytes], largest: int) -> bytes:
    """All the child says, or one byte more than we take; it is fed from a thread meanwhile."""
    assert child.stdin is not None
    assert child.stdout is not None
    feeder = threading.Thread(target=_feed, args=(child.stdin, question))
    feeder.start()
    said = child.stdout.read(largest + 1)
    _end(child)  # a child that stopped listening would hold the feeder
    feeder.join()
    return said


def _feed(stream: IO[bytes], question: Iterable[bytes]) -> None:
    with contextlib.suppress(BrokenPipeError), stream:
        stream.writelines(question)


def _end(child: subprocess.Popen[bytes], late: threading.Event | None = None) -> None:
    """Kill the child and what it started. It was not waited for yet, so its id is still its own."""
    if late is not None:
        late.set()
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)

"""The far side of the process apart: bound first, then read, then one line of JSON."""

import contextlib
import gc
import importlib
import json
import os
import resource
import sys
from collections.abc import Callable
from typing import Any

from gongjian.documents.apart.wire import document_line, fault_line, refusal_line
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.lib.pages import Document

# The name of a reader → where it lives. Imported by name: only one of them is ever needed.
READERS = {
    "pdf": ("gongjian.documents.pdf_file", "read_pdf"),
}


def answer() -> None:
    """Read the job and the bytes from stdin; say a document, or why there is none."""
    gc.disable()  # it lives for one file, and its memory is bound
    voice = os.dup(1)
    os.dup2(2, 1)  # a library that prints would spoil the answer
    job = json.loads(sys.stdin.buffer.readline())
    _bind(**job["bounds"])
    with os.fdopen(voice, "wb") as stream:
        stream.write(_said(job))
    os._exit(0)  # a library that cleans up badly after hostile bytes is not asked to


def _said(job: dict[str, Any]) -> bytes:
    limits = Limits(**job["limits"])
    try:
        read = _reader(job["reader"])
    except Exception as fault:  # ours, before a byte was looked at: not to be laid to the file
        return fault_line(fault)
    try:
        return document_line(read(sys.stdin.buffer.read(), limits))
    except Unreadable as no:
        return refusal_line(no)
    except MemoryError:
        return refusal_line(Unreadable("too_large", measure="memory", limit=limits.bytes))


def _reader(name: str) -> Callable[[bytes, Limits], Document]:
    room, function = READERS[name]
    found: Callable[[bytes, Limits], Document] = getattr(importlib.import_module(room), function)
    return found


def _bind(memory: int, seconds: int, written: int) -> None:
    """Processor time is bound too, a little later: our parent may die before it can end us."""
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds + 1),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # not every system has every bound
            resource.setrlimit(kind, (most, most))

"""Rows that were read once and are gone through again: a few in memory, the rest in a file."""

import marshal
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO

from gongjian.documents.unreadable import Limits
from gongjian.lib.grids import TOO_LONG, Cell, Row

CHUNK = 60_000  # cells, and characters twenty times as many
LONGEST = 100_000  # characters; Excel keeps 32,767


class Spool:
    """Takes rows in their order; each round over it begins anew. Errors: Unreadable 'too_large'.

    The file has no name and is gone with the spool; nothing in it was not in the file read.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._chunk: list[Row] = []
        self._weight = 0
        self._cells = 0
        self._file: IO[bytes] | None = None
        self._length = 0

    def add(self, row: int, cells: list[Cell]) -> None:
        """Keep a row that holds something; empty cells at its end are dropped."""
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            return
        weight = len(cells)
        for at, cell in enumerate(cells):
            if cell.__class__ is str:
                length = len(cell)
                weight += length // 20
                if length > LONGEST:
                    cells[at] = TOO_LONG
        self._chunk.append((row, tuple(cells)))
        self._weight += weight
        self._cells += len(cells)
        if self._weight > CHUNK:
            self._spill()
            self._limits.check("cells", self._cells)

    def _spill(self) -> None:
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115 — lives as long as the spool
        self._file.seek(0, 2)
        marshal.dump(self._chunk, self._file)
        self._length = self._file.tell()
        self._chunk, self._weight = [], 0

    def __del__(self) -> None:
        """The file goes with the spool, and says nothing of it."""
        if self._file is not None:
            self._file.close()

    def __iter__(self) -> Iterator[Row]:
        at = 0
        while self._file is not None and at < self._length:
            self._file.seek(at)
            chunk: list[Row] = marshal.load(self._file)  # our own, just written
            at = self._file.tell()
            yield from chunk
        yield from self._chunk
